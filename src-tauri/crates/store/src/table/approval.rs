use headroom_model::Approval;

use super::{Cells, Columns, SqlRow};

impl SqlRow for Approval {
    const TABLE: &'static str = "approval";
    const COLUMNS: &'static [&'static str] = &["name", "on", "by", "note", "seats"];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.text(&self.name);
        cells.day(Some(self.on));
        cells.text(&self.by);
        cells.text(&self.note);
        cells.json(&self.seats, self.seats.is_empty(), "[]");
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            name: columns.text()?,
            on: columns.day()?.unwrap_or_default(),
            by: columns.text()?,
            note: columns.text()?,
            seats: columns.json()?,
        })
    }
}
