use chrono::{Datelike, NaiveDate};
use headroom_model::{DaysOff, Entity, Plan, Quantity, Span, folded};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::assumptions::kind;

/// The kind of assumption that says on which days of the week nobody works.
const DAYS_OFF: &str = "days-off";

/// The days on which people work: the plan's weekly days off and its holidays are none. Whatever counts working days
/// asks here.
#[derive(Debug)]
pub struct Calendar {
    everywhere: FxHashSet<NaiveDate>,
    /// By location, folded.
    at: FxHashMap<String, FxHashSet<NaiveDate>>,
    /// By location, folded, and everywhere under none; of several that hold on a day the first counts.
    weekly: FxHashMap<String, Vec<(Span, DaysOff)>>,
    /// Where the plan says nothing.
    usual: Option<DaysOff>,
}

impl Calendar {
    pub fn new(plan: &Plan) -> Self {
        let usual = kind(DAYS_OFF).and_then(|kind| kind.default?.parse().ok());
        let (everywhere, at) = (FxHashSet::default(), FxHashMap::default());
        let mut calendar = Self { everywhere, at, weekly: weekly(plan), usual };
        for holiday in plan.holidays.iter() {
            match folded(&holiday.location) {
                everywhere if everywhere.is_empty() => calendar.everywhere.insert(holiday.day),
                location => calendar.at.entry(location.into_owned()).or_default().insert(holiday.day),
            };
        }
        calendar
    }

    /// Whether people at a location work on the day; no location: what holds everywhere counts.
    pub fn is_working(&self, day: NaiveDate, location: &str) -> bool {
        if self.everywhere.contains(&day) {
            return false;
        }
        let place = if self.at.is_empty() && self.weekly.is_empty() { "".into() } else { folded(location) };
        let is_holiday = || self.at.get(&*place).is_some_and(|days| days.contains(&day));
        !self.days_off(day, &place).is_some_and(|days| days.contains(day.weekday())) && !is_holiday()
    }

    fn days_off(&self, day: NaiveDate, place: &str) -> Option<DaysOff> {
        let said = |place: &str| {
            let rows = self.weekly.get(place)?;
            rows.iter().find(|(span, _)| span.contains(day)).map(|(_, days)| *days)
        };
        said(place).or_else(|| said("")).or(self.usual)
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

/// What the plan says, by location; the one that began last first, and of those the one made last.
fn weekly(plan: &Plan) -> FxHashMap<String, Vec<(Span, DaysOff)>> {
    let said = plan.assumptions.iter().filter(|row| row.kind == DAYS_OFF && row.check().is_ok());
    let mut rows: Vec<_> = said.collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.from, row.id)));
    let mut weekly: FxHashMap<String, Vec<(Span, DaysOff)>> = FxHashMap::default();
    for row in rows {
        if let Quantity::DaysOff(days) = row.value {
            weekly.entry(folded(&row.location).into_owned()).or_default().push((row.span(), days));
        }
    }
    weekly
}
