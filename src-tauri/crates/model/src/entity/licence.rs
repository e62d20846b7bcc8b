//! The kind of entity of the test that adds one (`app/tests/example_kind.rs`): there with the feature `example-kind`.

use chrono::NaiveDate;

use super::*;
use crate::money::Money;

entity! {
    /// A licence that a team pays for.
    pub struct Licence: LicenceId {
        /// The key by which people and other tools know it; never changes.
        key: String, "ID", required();
        team: TeamId, "team";
        price: Option<Money>, "price", columns(&["price", "currency"]), pay();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        /// First day.
        from: Option<NaiveDate>, "start date";
        /// Last day.
        until: Option<NaiveDate>, "end date";
    }
}

impl Entity for Licence {
    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }
}
