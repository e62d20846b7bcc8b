//! What is believed on a day of the minutes in which services were down.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use headroom_model::{
    MINUTES_A_DAY, Metric, Plan, ServiceId,
    built_in_metric::{AVAILABILITY, DOWNTIME_MINUTES},
};
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
    longer: Vec<DownFigure>,
}

#[derive(Debug, Clone, PartialEq)]
enum Belief {
    Minutes(ExactValue),
    /// Two figures say different things.
    Contradiction,
}

/// Minutes down in some days.
#[derive(Debug, Clone)]
struct DownFigure {
    first: NaiveDate,
    last: NaiveDate,
    minutes: ExactValue,
}

impl DownFigure {
    /// Of a figure of minutes, or of availability: what is not available is down. None if that is no share.
    fn of(figure: &Figure, is_share: bool) -> Option<Self> {
        let (first, last, value) = (figure.first, figure.last, exact(figure.value.number));
        let days = (last - first).num_days() + 1;
        let all = ExactValue::from_integer((days * MINUTES_A_DAY as i64).into());
        let minutes = match is_share {
            true if value < ExactValue::zero() || value > ExactValue::one() => return None,
            true => (ExactValue::one() - value) * all,
            false => value,
        };
        Some(Self { first, last, minutes })
    }

    fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }
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
        let (downtime, availability) =
            (plan.find::<Metric>(DOWNTIME_MINUTES), plan.find::<Metric>(AVAILABILITY));
        if downtime.is_none() && availability.is_none() {
            return Self::default();
        }
        let index = FigureIndex::of(plan);
        let of_service = |scope: &SeriesScope| {
            let service = scope.service.filter(|service| only.is_none_or(|only| only == *service))?;
            (*scope == SeriesScope { service: Some(service), ..SeriesScope::default() }).then_some(service)
        };
        let mut services: FxHashMap<ServiceId, MeasuredMinutes> = FxHashMap::default();
        for (metric, is_share) in [(downtime, false), (availability, true)] {
            let series = metric.into_iter().flat_map(|metric| index.of_metric(metric));
            for (service, series) in series.filter_map(|(scope, series)| Some((of_service(scope)?, series))) {
                let figures = series.figures.iter().filter(|figure| is_believed(figure, day));
                let mut down = figures.filter_map(|figure| DownFigure::of(figure, is_share)).peekable();
                if down.peek().is_some() {
                    services.entry(service).or_default().add(down);
                }
            }
        }
        Self { services }
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
    /// Adds figures of days that are not known yet.
    fn add(&mut self, figures: impl Iterator<Item = DownFigure>) {
        let mut by_day = Self::default();
        let (single, several): (Vec<DownFigure>, Vec<DownFigure>) =
            figures.partition(|figure| figure.days() == 1);
        for figure in single {
            by_day.believe(figure.first, &figure.minutes);
        }
        let known: Vec<(NaiveDate, NaiveDate)> =
            self.longer.iter().map(|figure| (figure.first, figure.last)).collect();
        let is_new = |day: &NaiveDate| known.iter().all(|(first, last)| day < first || last < day);
        for (day, belief) in by_day.days.into_iter().filter(|(day, _)| is_new(day)) {
            self.days.entry(day).or_insert(belief);
        }
        // What is said by day is more than what is said of a month; shorter figures are more than longer ones.
        let mut several: Vec<DownFigure> =
            several.into_iter().filter(|figure| figure.days() <= MOST_DAYS).collect();
        several.sort_by_key(|figure| (figure.days(), figure.first));
        for figure in several {
            self.add_longer(figure);
        }
        self.longer.sort_by_key(|figure| figure.first);
    }

    fn believe(&mut self, day: NaiveDate, minutes: &ExactValue) {
        let belief = Belief::Minutes(minutes.clone());
        let known = self.days.entry(day).or_insert_with(|| belief.clone());
        if *known != belief {
            *known = Belief::Contradiction;
        }
    }

    fn add_longer(&mut self, figure: DownFigure) {
        if figure.minutes.is_zero() {
            // Not a minute on any of its days.
            for day in figure.first.iter_days().take_while(|day| *day <= figure.last) {
                self.days.entry(day).or_insert_with(|| Belief::Minutes(ExactValue::zero()));
            }
            return;
        }
        let overlaps = |other: &DownFigure| other.first <= figure.last && figure.first <= other.last;
        let is_known = self.days.range(figure.first..=figure.last).next().is_some();
        if !is_known && !self.longer.iter().any(overlaps) {
            self.longer.push(figure);
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
