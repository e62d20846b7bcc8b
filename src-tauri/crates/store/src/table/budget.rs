use headroom_model::{Budget, Decimal6};

use super::{Cells, Columns, SqlRow};

impl SqlRow for Budget {
    const TABLE: &'static str = "budget";
    const COLUMNS: &'static [&'static str] =
        &["team", "amount", "currency", "seats", "note", "source", "from", "until"];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.id(self.team);
        cells.money(self.amount);
        cells.integer(self.seats.map(Decimal6::millionths));
        cells.text(&self.note);
        cells.optional_text(self.source.as_ref());
        cells.day(self.from);
        cells.day(self.until);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            team: columns.optional_id()?,
            amount: columns.money()?,
            seats: columns.integer()?.map(Decimal6::from_millionths),
            note: columns.text()?,
            source: columns.optional_text()?,
            from: columns.day()?,
            until: columns.day()?,
        })
    }
}
