use chrono::NaiveDate;

use super::*;
use crate::{decimal6::Decimal6, money::Money};

entity! {
    /// The budget of a team and its sub-teams for a period: an amount, a headcount limit, or both.
    pub struct Budget: BudgetId {
        /// None for the whole organisation.
        team: Option<TeamId>, "team", identity();
        /// For the whole period.
        amount: Option<Money>, "amount", columns(&["amount", "currency"]);
        /// Headcount limit at any time, in FTE.
        seats: Option<Decimal6>, "headcount limit";
        note: String, "note", long();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        /// First day of the period.
        from: Option<NaiveDate>, "start date", required();
        /// Last day of the period.
        until: Option<NaiveDate>, "end date", required();
    }
}

impl Entity for Budget {
    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (row.from, row.until, row.team.map(|team| places.of(team)), row.amount.map(Money::in_order), row.seats, &row.note, &row.source))
    }

    fn without(&self, _removal: &dyn Removal) -> Option<Self> {
        // One of a team that no longer exists would be that of the organisation.
        None
    }

    fn display_name(&self, names: &dyn Names) -> String {
        let whose = self.team.map_or_else(|| "organisation".to_owned(), |team| names.name(team.into()));
        format!("{whose} budget")
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        for (field, day) in [("from", self.from), ("until", self.until)] {
            if day.is_none() {
                return Err(FieldError::new(
                    field,
                    "is missing: a budget needs a start date and an end date",
                ));
            }
        }
        if self.amount.is_some_and(|amount| amount.minor < 0) {
            return Err(FieldError::new("amount", "must not be negative"));
        }
        if self.seats.is_some_and(|seats| seats < Decimal6::ZERO) {
            return Err(FieldError::new("seats", "must not be negative"));
        }
        Ok(())
    }
}
