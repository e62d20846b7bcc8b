use headroom_model::Person;

use super::{Cells, Columns, SqlRow};

impl SqlRow for Person {
    const TABLE: &'static str = "person";
    const COLUMNS: &'static [&'static str] = &[
        "key",
        "name",
        "aliases",
        "title",
        "company",
        "email",
        "location",
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
        cells.text(&self.title);
        cells.text(&self.company);
        cells.text(&self.email);
        cells.text(&self.location);
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
            title: columns.text()?,
            company: columns.text()?,
            email: columns.text()?,
            location: columns.text()?,
            unconfirmed: columns.flag()?,
            source: columns.optional_text()?,
            extra: columns.json()?,
            from: columns.day()?,
            until: columns.day()?,
        })
    }
}
