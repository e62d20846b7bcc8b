use chrono::NaiveDate;

use super::*;
use crate::money::{Currency, Rate};

entity! {
    /// The exchange rate of a currency from a date on, until the next one: units of the plan's currency for one of it.
    pub struct ExchangeRate: ExchangeRateId {
        currency: Currency = Currency::USD, "currency", identity();
        rate: Rate = Rate::ONE, "rate";
        /// First day; none is since ever.
        from: Option<NaiveDate>, "valid from";
        /// Source of the rate: an address, or words.
        origin: String, "source", long();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
    }
}

impl Entity for ExchangeRate {
    fn compare(&self, other: &Self, _places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (row.currency, row.from, row.rate, &row.origin, &row.source))
    }

    fn display_name(&self, _names: &dyn Names) -> String {
        format!("{} exchange rate", self.currency)
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, None)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if self.rate.billionths() <= 0 {
            return Err(FieldError::new("rate", "must be greater than zero"));
        }
        Ok(())
    }
}
