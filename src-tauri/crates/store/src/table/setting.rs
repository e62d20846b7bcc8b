use headroom_model::Setting;

use super::{Cells, Columns, SqlRow};

impl SqlRow for Setting {
    const TABLE: &'static str = "setting";
    const COLUMNS: &'static [&'static str] = &["key", "value"];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.text(&self.key);
        cells.text(&self.value);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: columns.id()?, key: columns.text()?, value: columns.text()? })
    }
}
