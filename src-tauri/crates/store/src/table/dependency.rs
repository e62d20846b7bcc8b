use headroom_model::Dependency;

use super::{Cells, Columns, SqlRow};

impl SqlRow for Dependency {
    const TABLE: &'static str = "dependency";
    const COLUMNS: &'static [&'static str] =
        &["service", "depends_on", "kind", "criticality", "source", "from", "until"];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.id(Some(self.service));
        cells.id(Some(self.depends_on));
        cells.text(&self.kind);
        cells.text(&self.criticality);
        cells.optional_text(self.source.as_ref());
        cells.day(self.from);
        cells.day(self.until);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            service: columns.id()?,
            depends_on: columns.id()?,
            kind: columns.text()?,
            criticality: columns.text()?,
            source: columns.optional_text()?,
            from: columns.day()?,
            until: columns.day()?,
        })
    }
}
