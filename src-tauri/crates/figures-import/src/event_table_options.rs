//! What the user chose about reading tables of subscriptions, tickets and deployments.

use chrono::NaiveDate;
use headroom_model::Currency;
use headroom_tabular::cell::{amount::CurrencyMark, date::DateOrder};

#[derive(Debug, Clone, Copy, Default)]
pub struct EventTableOptions {
    /// The day on which they are read, by which a month is over or not.
    pub today: Option<NaiveDate>,
    /// Whether day or month comes first in dates of which no other in the column says it.
    pub dates: Option<DateOrder>,
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
    /// The currency that `$` means; US dollars if it is not said.
    pub dollar: Option<Currency>,
}

impl EventTableOptions {
    /// The currency of an amount by what its cell says.
    pub(crate) fn currency_of(&self, mark: CurrencyMark) -> Option<Currency> {
        match mark {
            CurrencyMark::Named(currency) => Some(currency),
            CurrencyMark::Sign('$') => self.dollar.or(Some(Currency::USD)),
            CurrencyMark::Sign(_) | CurrencyMark::None => self.currency,
        }
    }
}
