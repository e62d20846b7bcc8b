use chrono::NaiveDate;
use headroom_model::{Entity, Kind, Plan, Table, each_table};

/// Event dates: the days on which anything in a plan begins, and those on which something no longer exists.
///
/// From one to the day before the next the organisation is the same, so a [`crate::DayView`] can be reused in
/// between.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventDates(Vec<NaiveDate>);

impl EventDates {
    pub fn new(plan: &Plan) -> Self {
        let mut days = Vec::new();
        each_table!(plan, table => collect(table, &mut days));
        days.sort_unstable();
        days.dedup();
        Self(days)
    }

    /// Number of event dates up to and including `day`. Two days with the same number have the same organisation.
    pub fn before(&self, day: NaiveDate) -> usize {
        self.0.partition_point(|turn| *turn <= day)
    }

    /// Whether nothing begins or ends between the two days.
    pub fn is_same(&self, one: NaiveDate, other: NaiveDate) -> bool {
        self.before(one) == self.before(other)
    }
}

fn collect<T: Entity>(table: &Table<T>, days: &mut Vec<NaiveDate>) {
    // What is known of figures changes nothing in the organisation; there may be a million of them.
    if T::KIND == Kind::Observation {
        return;
    }
    for row in table {
        let span = row.date_range();
        days.extend(span.from);
        days.extend(span.until.and_then(|last| last.succ_opt()));
    }
}
