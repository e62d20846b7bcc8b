use headroom_model::Ownership;

use super::{Cells, Columns, SqlRow};

impl SqlRow for Ownership {
    const TABLE: &'static str = "ownership";
    const COLUMNS: &'static [&'static str] =
        &["service", "team", "person", "role", "confirmed", "source", "from", "until", "named"];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.id(Some(self.service));
        cells.owner(Some(self.owner));
        cells.text(&self.role);
        cells.day(self.confirmed);
        cells.optional_text(self.source.as_ref());
        cells.day(self.from);
        cells.day(self.until);
        cells.optional_text(self.named.as_ref());
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            service: columns.id()?,
            owner: columns.owner()?.unwrap_or_default(),
            role: columns.text()?,
            confirmed: columns.day()?,
            source: columns.optional_text()?,
            from: columns.day()?,
            until: columns.day()?,
            named: columns.optional_text()?,
        })
    }
}
