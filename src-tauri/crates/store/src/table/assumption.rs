use headroom_model::Assumption;

use super::{Cells, Columns, SqlRow};

impl SqlRow for Assumption {
    const TABLE: &'static str = "assumption";
    const COLUMNS: &'static [&'static str] = &[
        "kind",
        "label",
        "value",
        "cap",
        "currency",
        "person",
        "position",
        "level",
        "discipline",
        "location",
        "team",
        "origin",
        "source",
        "from",
        "until",
    ];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.text(&self.kind);
        cells.text(&self.label);
        cells.written(&self.value);
        cells.money(self.cap);
        cells.id(self.person);
        cells.id(self.position);
        cells.text(&self.level);
        cells.text(&self.discipline);
        cells.text(&self.location);
        cells.id(self.team);
        cells.text(&self.origin);
        cells.optional_text(self.source.as_ref());
        cells.day(self.from);
        cells.day(self.until);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            kind: columns.text()?,
            label: columns.text()?,
            value: columns.written()?,
            cap: columns.money()?,
            person: columns.optional_id()?,
            position: columns.optional_id()?,
            level: columns.text()?,
            discipline: columns.text()?,
            location: columns.text()?,
            team: columns.optional_id()?,
            origin: columns.text()?,
            source: columns.optional_text()?,
            from: columns.day()?,
            until: columns.day()?,
        })
    }
}
