use headroom_model::{Service, Slo};

use super::{Cells, Columns, SqlRow};

impl SqlRow for Service {
    const TABLE: &'static str = "service";
    const COLUMNS: &'static [&'static str] = &[
        "key",
        "name",
        "aliases",
        "kind",
        "lifecycle",
        "tier",
        "system",
        "domain",
        "description",
        "url",
        "tags",
        "links",
        "unconfirmed",
        "source",
        "extra",
        "from",
        "until",
        "objective",
        "standalone",
    ];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.text(&self.key);
        cells.text(&self.name);
        cells.list(&self.aliases);
        cells.text(&self.kind);
        cells.text(&self.lifecycle);
        cells.number(self.tier.map(u32::from));
        cells.id(self.system);
        cells.id(self.domain);
        cells.text(&self.description);
        cells.text(&self.url);
        cells.list(&self.tags);
        cells.links(&self.links);
        cells.flag(self.unconfirmed);
        cells.optional_text(self.source.as_ref());
        cells.extra(&self.extra);
        cells.day(self.from);
        cells.day(self.until);
        cells.number(self.objective.map(Slo::millionths));
        cells.flag(self.standalone);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            key: columns.text()?,
            name: columns.text()?,
            aliases: columns.json()?,
            kind: columns.text()?,
            lifecycle: columns.text()?,
            tier: columns.small()?,
            system: columns.optional_id()?,
            domain: columns.optional_id()?,
            description: columns.text()?,
            url: columns.text()?,
            tags: columns.json()?,
            links: columns.json()?,
            unconfirmed: columns.flag()?,
            source: columns.optional_text()?,
            extra: columns.json()?,
            from: columns.day()?,
            until: columns.day()?,
            objective: columns.availability()?,
            standalone: columns.flag()?,
        })
    }
}
