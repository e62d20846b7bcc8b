//! Working days: weekly days off and holidays, by location.
//!
//! Weekly days off are the assumption `days-off`. Without a location it holds everywhere; it may hold for a range of
//! dates, and `none` makes every day a working day. Without any it is Saturday and Sunday. Schedules, due dates,
//! checklists and calendar files all count working days with this calendar.

use chrono::{Datelike, NaiveDate};
use headroom_model::{AssumptionValue, DateRange, DaysOff, Entity, Plan, folded};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::assumptions::kind;

/// Kind of the assumption with weekly days off.
const DAYS_OFF: &str = "days-off";

/// Working days of a plan by location.
#[derive(Debug)]
pub struct Calendar {
    everywhere: FxHashSet<NaiveDate>,
    /// Holidays by location, folded.
    at: FxHashMap<String, FxHashSet<NaiveDate>>,
    /// Weekly days off by folded location; the empty location holds everywhere. Of several on a day the first counts.
    weekly: FxHashMap<String, Vec<(DateRange, DaysOff)>>,
    /// Default of the plan.
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

    /// Working days at a location; without a location those that hold everywhere.
    pub fn at(&self, location: &str) -> WorkingWeek<'_> {
        let place = folded(location);
        let rows = |place: &str| self.weekly.get(place).map_or(&[][..], Vec::as_slice);
        WorkingWeek { calendar: self, holidays: self.at.get(&*place), own: rows(&place), all: rows("") }
    }

    /// Whether a day is a working day at a location.
    pub fn is_working(&self, day: NaiveDate, location: &str) -> bool {
        self.at(location).is_working(day)
    }

    /// Last working day on or before a day: the last day to do what is due on it.
    pub fn on_or_before(&self, day: NaiveDate, location: &str) -> NaiveDate {
        let here = self.at(location);
        let mut days = std::iter::successors(Some(day), |day| day.pred_opt());
        days.find(|day| here.is_working(*day)).unwrap_or(day)
    }

    /// First working day on or after a day: the earliest on which something can be done.
    pub fn on_or_after(&self, day: NaiveDate, location: &str) -> NaiveDate {
        let here = self.at(location);
        let mut days = std::iter::successors(Some(day), |day| day.succ_opt());
        days.find(|day| here.is_working(*day)).unwrap_or(day)
    }
}

/// The calendar of one location, looked up once.
pub struct WorkingWeek<'a> {
    calendar: &'a Calendar,
    holidays: Option<&'a FxHashSet<NaiveDate>>,
    own: &'a [(DateRange, DaysOff)],
    all: &'a [(DateRange, DaysOff)],
}

impl WorkingWeek<'_> {
    pub fn is_working(&self, day: NaiveDate) -> bool {
        let is_holiday = |days: &FxHashSet<NaiveDate>| days.contains(&day);
        !self.days_off(day).is_some_and(|days| days.contains(day.weekday()))
            && !is_holiday(&self.calendar.everywhere)
            && !self.holidays.is_some_and(is_holiday)
    }

    fn days_off(&self, day: NaiveDate) -> Option<DaysOff> {
        let said = self.own.iter().chain(self.all).find(|(span, _)| span.contains(day));
        said.map(|(_, days)| *days).or(self.calendar.usual)
    }
}

/// Weekly days off by folded location: the one that began last first, then the last one in the order of rows.
fn weekly(plan: &Plan) -> FxHashMap<String, Vec<(DateRange, DaysOff)>> {
    let said = plan.assumptions.iter().filter(|row| row.kind == DAYS_OFF && row.check().is_ok());
    let mut rows: Vec<_> = said.collect();
    plan.sort(&mut rows);
    rows.sort_by_key(|row| row.from);
    rows.reverse();
    let mut weekly: FxHashMap<String, Vec<(DateRange, DaysOff)>> = FxHashMap::default();
    for row in rows {
        if let AssumptionValue::DaysOff(days) = row.value {
            weekly.entry(folded(&row.location).into_owned()).or_default().push((row.date_range(), days));
        }
    }
    weekly
}
