use headroom_model::Team;

use super::{Cells, Columns, SqlRow};

impl SqlRow for Team {
    const TABLE: &'static str = "team";
    const COLUMNS: &'static [&'static str] = &[
        "key",
        "name",
        "aliases",
        "parent",
        "kind",
        "description",
        "outcome",
        "segment",
        "unconfirmed",
        "source",
        "extra",
        "from",
        "until",
    ];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.text(&self.key);
        cells.text(&self.name);
        cells.list(&self.aliases);
        cells.id(self.parent);
        cells.text(&self.kind);
        cells.text(&self.description);
        cells.text(&self.outcome);
        cells.text(&self.segment);
        cells.flag(self.unconfirmed);
        cells.optional_text(self.source.as_ref());
        cells.extra(&self.extra);
        cells.day(self.from);
        cells.day(self.until);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            key: columns.text()?,
            name: columns.text()?,
            aliases: columns.json()?,
            parent: columns.optional_id()?,
            kind: columns.text()?,
            description: columns.text()?,
            outcome: columns.text()?,
            segment: columns.text()?,
            unconfirmed: columns.flag()?,
            source: columns.optional_text()?,
            extra: columns.json()?,
            from: columns.day()?,
            until: columns.day()?,
        })
    }
}
