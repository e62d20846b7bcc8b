use headroom_model::{LifecycleEvent, Template};

use super::{Cells, Columns, SqlRow};

impl SqlRow for Template {
    const TABLE: &'static str = "template";
    const COLUMNS: &'static [&'static str] = &[
        "key",
        "name",
        "occasion",
        "team",
        "discipline",
        "level",
        "version",
        "reviewed",
        "text",
        "source",
        "extra",
    ];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.text(&self.key);
        cells.text(&self.name);
        cells.word(Some(self.occasion.word()));
        cells.id(self.team);
        cells.text(&self.discipline);
        cells.text(&self.level);
        cells.number(Some(self.version));
        cells.day(self.reviewed);
        cells.text(&self.text);
        cells.optional_text(self.source.as_ref());
        cells.extra(&self.extra);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            key: columns.text()?,
            name: columns.text()?,
            occasion: LifecycleEvent::from_word(&columns.text()?).unwrap_or_default(),
            team: columns.optional_id()?,
            discipline: columns.text()?,
            level: columns.text()?,
            version: columns.number()?,
            reviewed: columns.day()?,
            text: columns.text()?,
            source: columns.optional_text()?,
            extra: columns.json()?,
        })
    }
}
