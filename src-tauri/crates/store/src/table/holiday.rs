use headroom_model::Holiday;

use super::{Cells, Columns, SqlRow};

impl SqlRow for Holiday {
    const TABLE: &'static str = "holiday";
    const COLUMNS: &'static [&'static str] = &["name", "day", "location", "source"];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.text(&self.name);
        cells.day(Some(self.day));
        cells.text(&self.location);
        cells.optional_text(self.source.as_ref());
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            name: columns.text()?,
            day: columns.day()?.unwrap_or_default(),
            location: columns.text()?,
            source: columns.optional_text()?,
        })
    }
}
