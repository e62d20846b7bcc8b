use headroom_model::Assignment;

use super::{Cells, Columns, SqlRow};

impl SqlRow for Assignment {
    const TABLE: &'static str = "assignment";
    const COLUMNS: &'static [&'static str] =
        &["position", "person", "pay", "currency", "source", "from", "until"];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.id(Some(self.position));
        cells.id(Some(self.person));
        cells.money(self.pay);
        cells.optional_text(self.source.as_ref());
        cells.day(self.from);
        cells.day(self.until);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            position: columns.id()?,
            person: columns.id()?,
            pay: columns.money()?,
            source: columns.optional_text()?,
            from: columns.day()?,
            until: columns.day()?,
        })
    }
}
