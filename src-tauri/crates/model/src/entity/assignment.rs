use chrono::NaiveDate;

use super::*;
use crate::money::Money;

entity! {
    /// A person in a position, for a date range.
    pub struct Assignment: AssignmentId {
        position: PositionId, "position";
        person: PersonId, "person";
        /// Annual full-time salary of this person, where it differs from that of the position.
        pay: Option<Money>, "salary", columns(&["pay", "currency"]), pay();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        /// First day.
        from: Option<NaiveDate>, "start date";
        /// Last day.
        until: Option<NaiveDate>, "end date";
    }
}

impl Entity for Assignment {
    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (places.of(row.position), places.of(row.person), row.from, row.until, row.pay.map(Money::in_order), &row.source))
    }

    fn display_name(&self, names: &dyn Names) -> String {
        format!("{} in {}", names.name(self.person.into()), names.name(self.position.into()))
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if self.pay.is_some_and(|pay| pay.minor < 0) {
            return Err(FieldError::new("pay", "must not be negative"));
        }
        Ok(())
    }
}
