//! The user's answers to ambiguities, given apart from a profile. Each holds for every table.

use headroom_model::{Currency, Decimal6};
use headroom_tabular::cell::{amount::PayPeriod, date::DateOrder, number::DecimalMark};

use super::profile::{HiddenRows, Profile};

/// What a table does not say by itself; see [`TableProfile`](super::TableProfile) for the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableAnswers {
    pub dates: Option<DateOrder>,
    pub short_years: Option<i32>,
    pub currency: Option<Currency>,
    pub dollar: Option<Currency>,
    pub decimal: Option<DecimalMark>,
    pub pay_period: Option<PayPeriod>,
    pub full_time_hours: Option<Decimal6>,
    pub part_time: Option<Decimal6>,
    pub hidden: Option<HiddenRows>,
}

impl TableAnswers {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether one of them is about something that only tables of people have.
    pub fn are_about_people(&self) -> bool {
        let of_any_table = Self {
            dates: self.dates,
            currency: self.currency,
            dollar: self.dollar,
            decimal: self.decimal,
            ..Self::default()
        };
        *self != of_any_table
    }

    /// Sets the answers in each table of a profile.
    pub fn put(&self, profile: &mut Profile) {
        for table in &mut profile.tables {
            macro_rules! put {
                ($($field:ident),*) => { $(table.$field = self.$field.or(table.$field);)* };
            }
            put!(
                dates,
                short_years,
                currency,
                dollar,
                decimal,
                pay_period,
                full_time_hours,
                part_time,
                hidden
            );
        }
    }
}
