use headroom_model::Membership;

use super::{Cells, Columns, SqlRow};

impl SqlRow for Membership {
    const TABLE: &'static str = "membership";
    const COLUMNS: &'static [&'static str] = &["person", "team", "role", "share", "source", "from", "until"];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.id(Some(self.person));
        cells.id(Some(self.team));
        cells.text(&self.role);
        cells.number(self.share.map(u32::from));
        cells.optional_text(self.source.as_ref());
        cells.day(self.from);
        cells.day(self.until);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            person: columns.id()?,
            team: columns.id()?,
            role: columns.text()?,
            share: columns.small()?,
            source: columns.optional_text()?,
            from: columns.day()?,
            until: columns.day()?,
        })
    }
}
