use chrono::NaiveDate;

use super::*;

entity! {
    /// A public holiday, everywhere or at one location.
    pub struct Holiday: HolidayId {
        name: String, "name";
        day: NaiveDate, "date", identity();
        /// Empty for everywhere.
        location: String, "location", identity();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
    }
}

impl Entity for Holiday {
    fn compare(&self, other: &Self, _places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (row.day, &row.location, &row.name, &row.source))
    }
}
