use chrono::NaiveDate;

use super::*;
use crate::decimal6::Decimal6;

entity! {
    /// A service depends on another.
    pub struct Dependency: DependencyId {
        /// The dependent.
        service: ServiceId, "service";
        /// What it depends on.
        depends_on: ServiceId, "depends on";
        /// `consumes-api`, `provided-by`, …; empty for a plain dependency.
        kind: String, "type";
        /// `hard` (fails with it), `soft` (works without it), or empty if unknown.
        criticality: String, "criticality";
        /// With which weight it takes over what its provider costs, beside the other dependents; none: as all that say
        /// nothing.
        cost_weight: Option<Decimal6>, "weight of cost";
        /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
        source: Option<String>, "imported from";
        /// First day.
        from: Option<NaiveDate>, "start date";
        /// Last day.
        until: Option<NaiveDate>, "end date";
    }
}

impl Entity for Dependency {
    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (places.of(row.service), places.of(row.depends_on), &row.kind, &row.criticality, row.cost_weight, row.from, row.until, &row.source))
    }

    fn display_name(&self, names: &dyn Names) -> String {
        format!("{} depends on {}", names.name(self.service.into()), names.name(self.depends_on.into()))
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if self.cost_weight.is_some_and(|weight| weight <= Decimal6::ZERO) {
            return Err(FieldError::new("cost_weight", "must be greater than zero"));
        }
        Ok(())
    }
}
