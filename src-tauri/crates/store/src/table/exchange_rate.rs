use headroom_model::ExchangeRate;

use super::{Cells, Columns, SqlRow};

impl SqlRow for ExchangeRate {
    const TABLE: &'static str = "exchange_rate";
    const COLUMNS: &'static [&'static str] = &["currency", "rate", "origin", "source", "from"];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.written(&self.currency);
        cells.written(&self.rate);
        cells.text(&self.origin);
        cells.optional_text(self.source.as_ref());
        cells.day(self.from);
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            currency: columns.written()?,
            rate: columns.written()?,
            origin: columns.text()?,
            source: columns.optional_text()?,
            from: columns.day()?,
        })
    }
}
