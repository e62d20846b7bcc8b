use headroom_model::{Breadth, Decimal6, Position, Status};

use super::{Cells, Columns, SqlRow};

impl SqlRow for Position {
    const TABLE: &'static str = "position";
    const COLUMNS: &'static [&'static str] = &[
        "key",
        "title",
        "team",
        "discipline",
        "level",
        "breadth",
        "manager",
        "location",
        "reason",
        "backfill_of",
        "service",
        "need_by",
        "status",
        "requisition",
        "priority",
        "fte",
        "pooled",
        "pay",
        "pay_up_to",
        "currency",
        "start",
        "description",
        "source",
        "extra",
        "from",
        "until",
    ];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.text(&self.key);
        cells.text(&self.title);
        cells.id(self.team);
        cells.text(&self.discipline);
        cells.text(&self.level);
        cells.word(self.breadth.map(Breadth::word));
        cells.id(self.manager);
        cells.text(&self.location);
        cells.text(&self.reason);
        cells.id(self.backfill_of);
        cells.id(self.service);
        cells.day(self.need_by);
        cells.word(Some(self.status.word()));
        cells.text(&self.requisition);
        cells.number(self.priority.map(u32::from));
        cells.integer(Some(self.fte.millionths()));
        cells.flag(self.pooled);
        cells.integer(self.pay.map(|pay| pay.minor));
        cells.integer(self.pay_up_to.map(|pay| pay.minor));
        cells.currency(self.pay);
        cells.day(self.start);
        cells.text(&self.description);
        cells.optional_text(self.source.as_ref());
        cells.extra(&self.extra);
        cells.day(self.from);
        cells.day(self.until);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let mut row = Self {
            id: columns.id()?,
            key: columns.text()?,
            title: columns.text()?,
            team: columns.optional_id()?,
            discipline: columns.text()?,
            level: columns.text()?,
            breadth: columns.optional_text()?.and_then(|word| Breadth::from_word(&word)),
            manager: columns.optional_id()?,
            location: columns.text()?,
            reason: columns.text()?,
            backfill_of: columns.optional_id()?,
            service: columns.optional_id()?,
            need_by: columns.day()?,
            status: Status::from_word(&columns.text()?).unwrap_or_default(),
            requisition: columns.text()?,
            priority: columns.small()?,
            fte: Decimal6::from_millionths(columns.integer()?.unwrap_or_default()),
            pooled: columns.flag()?,
            ..Self::default()
        };
        let (pay, pay_up_to) = (columns.integer()?, columns.integer()?);
        let currency = columns.currency()?;
        (row.pay, row.pay_up_to) = (super::money(pay, currency), super::money(pay_up_to, currency));
        row.start = columns.day()?;
        row.description = columns.text()?;
        row.source = columns.optional_text()?;
        row.extra = columns.json()?;
        row.from = columns.day()?;
        row.until = columns.day()?;
        Ok(row)
    }
}
