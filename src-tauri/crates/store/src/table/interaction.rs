use headroom_model::Interaction;

use super::{Cells, Columns, SqlRow};

impl SqlRow for Interaction {
    const TABLE: &'static str = "interaction";
    const COLUMNS: &'static [&'static str] =
        &["team", "with", "mode", "purpose", "expected_end", "source", "from", "until"];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.id(Some(self.team));
        cells.id(Some(self.with));
        cells.text(&self.mode);
        cells.text(&self.purpose);
        cells.day(self.expected_end);
        cells.optional_text(self.source.as_ref());
        cells.day(self.from);
        cells.day(self.until);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            team: columns.id()?,
            with: columns.id()?,
            mode: columns.text()?,
            purpose: columns.text()?,
            expected_end: columns.day()?,
            source: columns.optional_text()?,
            from: columns.day()?,
            until: columns.day()?,
        })
    }
}
