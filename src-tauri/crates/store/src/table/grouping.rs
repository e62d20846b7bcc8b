use headroom_model::{Grouping, GroupingKind};

use super::{Cells, Columns, SqlRow};

impl SqlRow for Grouping {
    const TABLE: &'static str = "grouping";
    const COLUMNS: &'static [&'static str] = &[
        "kind",
        "key",
        "name",
        "aliases",
        "parent",
        "team",
        "person",
        "description",
        "tags",
        "links",
        "unconfirmed",
        "source",
        "extra",
        "from",
        "until",
    ];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.text(self.kind.noun());
        cells.text(&self.key);
        cells.text(&self.name);
        cells.list(&self.aliases);
        cells.id(self.parent);
        cells.owner(self.owner);
        cells.text(&self.description);
        cells.list(&self.tags);
        cells.links(&self.links);
        cells.flag(self.unconfirmed);
        cells.optional_text(self.source.as_ref());
        cells.extra(&self.extra);
        cells.day(self.from);
        cells.day(self.until);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            kind: match columns.text()?.as_str() {
                "domain" => GroupingKind::Domain,
                _ => GroupingKind::System,
            },
            key: columns.text()?,
            name: columns.text()?,
            aliases: columns.json()?,
            parent: columns.optional_id()?,
            owner: columns.owner()?,
            description: columns.text()?,
            tags: columns.json()?,
            links: columns.json()?,
            unconfirmed: columns.flag()?,
            source: columns.optional_text()?,
            extra: columns.json()?,
            from: columns.day()?,
            until: columns.day()?,
        })
    }
}
