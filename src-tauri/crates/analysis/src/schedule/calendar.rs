use chrono::{Datelike, NaiveDate, Weekday};
use headroom_model::Plan;
use rustc_hash::{FxHashMap, FxHashSet};

/// The days on which people work: Monday to Friday, without the plan's holidays.
#[derive(Debug, Default)]
pub struct Calendar {
    everywhere: FxHashSet<NaiveDate>,
    /// By location, in small letters.
    at: FxHashMap<String, FxHashSet<NaiveDate>>,
}

fn place(location: &str) -> String {
    location.trim().to_lowercase()
}

impl Calendar {
    pub fn new(plan: &Plan) -> Self {
        let mut calendar = Self::default();
        for holiday in plan.holidays.iter() {
            match place(&holiday.location) {
                everywhere if everywhere.is_empty() => calendar.everywhere.insert(holiday.day),
                location => calendar.at.entry(location).or_default().insert(holiday.day),
            };
        }
        calendar
    }

    /// Whether people at a location work on the day; no location: those holidays count that hold everywhere.
    pub fn is_working(&self, day: NaiveDate, location: &str) -> bool {
        let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let is_off = || self.at.get(&place(location)).is_some_and(|days| days.contains(&day));
        !is_weekend && !self.everywhere.contains(&day) && !is_off()
    }

    /// The last working day on or before the day: by when something has to be done that is due on it.
    pub fn on_or_before(&self, day: NaiveDate, location: &str) -> NaiveDate {
        let mut days = std::iter::successors(Some(day), |day| day.pred_opt());
        days.find(|day| self.is_working(*day, location)).unwrap_or(day)
    }

    /// The first working day on or after the day: the soonest on which something can be done.
    pub fn on_or_after(&self, day: NaiveDate, location: &str) -> NaiveDate {
        let mut days = std::iter::successors(Some(day), |day| day.succ_opt());
        days.find(|day| self.is_working(*day, location)).unwrap_or(day)
    }
}
