//! What is believed on a day of the minutes in which services were down.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use headroom_model::{MINUTES_A_DAY, Metric, Plan, ServiceId, built_in_metric::DOWNTIME_MINUTES};
use num_traits::{One, Zero};
use rustc_hash::FxHashMap;

use crate::metrics::{ExactValue, Figure, FigureIndex, SeriesScope, exact};

/// Days of a figure that are taken one by one; a longer one is a slip.
const MOST_DAYS: i64 = 3_660;

/// The minutes down of services, as they are believed on a day.
#[derive(Debug, Default)]
pub struct Downtime {
    services: FxHashMap<ServiceId, MeasuredMinutes>,
}

/// The minutes in which a service was down.
#[derive(Debug, Default, Clone)]
pub struct MeasuredMinutes {
    days: BTreeMap<NaiveDate, Belief>,
    /// Figures of several days of which nothing is known by day.
    longer: Vec<LongFigure>,
}

#[derive(Debug, Clone, PartialEq)]
enum Belief {
    Minutes(ExactValue),
    /// Two figures say different things.
    Contradiction,
}

#[derive(Debug, Clone)]
struct LongFigure {
    first: NaiveDate,
    last: NaiveDate,
    minutes: ExactValue,
}

/// The minutes of some days.
#[derive(Debug, Clone, PartialEq)]
pub struct DayMinutes {
    /// How many of the days were measured.
    pub days: i64,
    pub minutes: ExactValue,
}

impl Default for DayMinutes {
    fn default() -> Self {
        Self { days: 0, minutes: ExactValue::zero() }
    }
}

impl Downtime {
    /// Of all services, or of one.
    pub fn new(plan: &Plan, day: NaiveDate, only: Option<ServiceId>) -> Self {
        let Some(metric) = plan.find::<Metric>(DOWNTIME_MINUTES) else { return Self::default() };
        let index = FigureIndex::of(plan);
        let of_service = |scope: &SeriesScope| {
            let service = scope.service.filter(|service| only.is_none_or(|only| only == *service))?;
            (*scope == SeriesScope { service: Some(service), ..SeriesScope::default() }).then_some(service)
        };
        let measured = index.of_metric(metric).filter_map(|(scope, series)| {
            let service = of_service(scope)?;
            let mut figures = series.figures.iter().filter(|figure| is_believed(figure, day)).peekable();
            figures.peek()?;
            Some((service, MeasuredMinutes::new(figures)))
        });
        Self { services: measured.collect() }
    }

    pub fn of(&self, service: ServiceId) -> Option<&MeasuredMinutes> {
        self.services.get(&service)
    }

    /// The services that have figures.
    pub fn services(&self) -> impl Iterator<Item = ServiceId> {
        self.services.keys().copied()
    }
}

/// Minutes of a day count on that day, and not only when it is over: a budget that is spent is spent.
fn is_believed(figure: &Figure, day: NaiveDate) -> bool {
    figure.from.unwrap_or(figure.last) <= day && day <= figure.until
}

impl MeasuredMinutes {
    fn new<'f>(figures: impl Iterator<Item = &'f Figure>) -> Self {
        let mut measured = Self::default();
        let length = |row: &Figure| (row.last - row.first).num_days() + 1;
        let (single, several): (Vec<&Figure>, Vec<&Figure>) = figures.partition(|row| length(row) == 1);
        for row in single {
            measured.believe(row.first, &exact(row.value.number));
        }
        // What is said by day is more than what is said of a month; shorter figures are more than longer ones.
        let mut several: Vec<&Figure> = several.into_iter().filter(|row| length(row) <= MOST_DAYS).collect();
        several.sort_by_key(|row| (length(row), row.first));
        for row in several {
            measured.add_longer(row);
        }
        measured.longer.sort_by_key(|figure| figure.first);
        measured
    }

    fn believe(&mut self, day: NaiveDate, minutes: &ExactValue) {
        let belief = Belief::Minutes(minutes.clone());
        let known = self.days.entry(day).or_insert_with(|| belief.clone());
        if *known != belief {
            *known = Belief::Contradiction;
        }
    }

    fn add_longer(&mut self, row: &Figure) {
        let minutes = exact(row.value.number);
        if minutes.is_zero() {
            // Not a minute on any of its days.
            for day in row.first.iter_days().take_while(|day| *day <= row.last) {
                self.days.entry(day).or_insert_with(|| Belief::Minutes(ExactValue::zero()));
            }
            return;
        }
        let overlaps = |figure: &LongFigure| figure.first <= row.last && row.first <= figure.last;
        let is_known = self.days.range(row.first..=row.last).next().is_some();
        if !is_known && !self.longer.iter().any(overlaps) {
            self.longer.push(LongFigure { first: row.first, last: row.last, minutes });
        }
    }

    /// The minutes of a day; none if it was not measured.
    pub fn on(&self, day: NaiveDate) -> Option<&ExactValue> {
        match self.days.get(&day)? {
            Belief::Minutes(minutes) => Some(minutes),
            Belief::Contradiction => None,
        }
    }

    /// The first day of which there is a figure.
    pub fn beginning(&self) -> Option<NaiveDate> {
        let longer = self.longer.first().map(|figure| figure.first);
        self.days.keys().next().copied().into_iter().chain(longer).min()
    }

    /// What was measured on these days. A figure of several days counts if all of them are among these.
    pub fn within(&self, first: NaiveDate, last: NaiveDate) -> DayMinutes {
        let mut sum = DayMinutes::default();
        if last < first {
            return sum;
        }
        for belief in self.days.range(first..=last).map(|(_, belief)| belief) {
            if let Belief::Minutes(minutes) = belief {
                sum.days += 1;
                sum.minutes += minutes;
            }
        }
        for figure in self.longer.iter().filter(|figure| first <= figure.first && figure.last <= last) {
            sum.days += (figure.last - figure.first).num_days() + 1;
            sum.minutes += &figure.minutes;
        }
        sum
    }

    /// The share of the time of these days in which it was up; none unless each of them was measured.
    pub fn availability(&self, first: NaiveDate, last: NaiveDate) -> Option<ExactValue> {
        let (measured, days) = (self.within(first, last), (last - first).num_days() + 1);
        let all = ExactValue::from_integer((days * MINUTES_A_DAY as i64).into());
        (days > 0 && measured.days == days).then(|| ExactValue::one() - measured.minutes / all)
    }

    /// What leaves a window that began on this day when it begins on the next one.
    pub(super) fn beginning_on(&self, day: NaiveDate, until: NaiveDate) -> DayMinutes {
        let mut left = DayMinutes::default();
        if let Some(minutes) = self.on(day) {
            left = DayMinutes { days: 1, minutes: minutes.clone() };
        }
        for figure in self.longer.iter().filter(|figure| figure.first == day && figure.last <= until) {
            left.days += (figure.last - figure.first).num_days() + 1;
            left.minutes += &figure.minutes;
        }
        left
    }
}
