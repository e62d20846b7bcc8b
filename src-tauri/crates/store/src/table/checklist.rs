use headroom_model::{Checklist, LifecycleEvent};

use super::{Cells, Columns, SqlRow};

impl SqlRow for Checklist {
    const TABLE: &'static str = "checklist";
    const COLUMNS: &'static [&'static str] =
        &["person", "occasion", "start", "buddy", "manager", "service", "templates"];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.id(Some(self.person));
        cells.word(Some(self.occasion.word()));
        cells.day(Some(self.start));
        cells.id(self.buddy);
        cells.id(self.manager);
        cells.id(self.service);
        cells.json(&self.templates, self.templates.is_empty(), "[]");
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            person: columns.id()?,
            occasion: LifecycleEvent::from_word(&columns.text()?).unwrap_or_default(),
            start: columns.day()?.unwrap_or_default(),
            buddy: columns.optional_id()?,
            manager: columns.optional_id()?,
            service: columns.optional_id()?,
            templates: columns.json()?,
        })
    }
}
