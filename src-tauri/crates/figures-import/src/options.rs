//! What the user chose about reading figures.

use chrono::NaiveDate;
use headroom_model::Currency;
use headroom_tabular::cell::{date::DateOrder, number::DecimalMark};

#[derive(Debug, Clone, Copy, Default)]
pub struct FiguresOptions {
    /// The day on which they are read: a period that is not over by then is left out.
    pub today: Option<NaiveDate>,
    pub decimal: Option<DecimalMark>,
    pub dates: Option<DateOrder>,
    /// Of amounts that name none.
    pub currency: Option<Currency>,
    /// Meant by a sign that several currencies share: `$`, `¥`.
    pub dollar: Option<Currency>,
    /// The month that begins a fiscal year: 1, 4, 7 or 10.
    pub fiscal_year: Option<u32>,
}
