use chrono::NaiveDate;
use headroom_model::{Entity, Plan, Table, each_table};

/// The days on which anything in a plan begins or has ended. From one to the eve of the next an organisation stays as it
/// is, so that a day can be looked at as its neighbour was.
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

    /// How many of these days have come: two days with the same number have the same organisation.
    pub fn before(&self, day: NaiveDate) -> usize {
        self.0.partition_point(|turn| *turn <= day)
    }

    pub fn is_same(&self, one: NaiveDate, other: NaiveDate) -> bool {
        self.before(one) == self.before(other)
    }
}

fn collect<T: Entity>(table: &Table<T>, days: &mut Vec<NaiveDate>) {
    for row in table {
        let span = row.date_range();
        days.extend(span.from);
        days.extend(span.until.and_then(|last| last.succ_opt()));
    }
}
