use chrono::NaiveDate;

use super::*;

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
        compare_by!(self, other, row => (places.of(row.service), places.of(row.depends_on), &row.kind, &row.criticality, row.from, row.until, &row.source))
    }

    fn display_name(&self, names: &dyn Names) -> String {
        format!("{} depends on {}", names.name(self.service.into()), names.name(self.depends_on.into()))
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }
}
