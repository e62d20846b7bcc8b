use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::money::{Currency, Rate};

/// The exchange rate of a currency from a date on, until the next one: units of the plan's currency for one of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeRate {
    pub id: ExchangeRateId,
    pub currency: Currency,
    pub rate: Rate,
    /// Source of the rate: an address, or words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// Format it was imported from; none if entered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// First day; none is since ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
}

impl Default for ExchangeRate {
    fn default() -> Self {
        Self {
            id: ExchangeRateId::default(),
            currency: Currency::USD,
            rate: Rate::ONE,
            origin: String::new(),
            source: None,
            from: None,
        }
    }
}

impl Entity for ExchangeRate {
    type Id = ExchangeRateId;
    const KIND: Kind = Kind::ExchangeRate;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, None)
    }

    fn references(&self, _visit: &mut dyn FnMut(EntityRef)) {}

    fn check(&self) -> Result<(), FieldError> {
        if self.rate.billionths() <= 0 {
            return Err(FieldError::new("rate", "must be greater than zero"));
        }
        check_text("origin", &self.origin)
    }
}
