//! The tickets and calls of a team by month: measured, and along their line.

use chrono::NaiveDate;
use headroom_model::{Metric, PeriodLength, Plan, TeamId};
use num_traits::Zero;

use crate::{
    assumptions::{Assumptions, Subject},
    gates::{TrendLine, trend_line},
    metrics::{ExactValue, Figures, MeasuredMetric, Period, SeriesScope, approximate},
};

/// What comes to a team: the key of its volume, that of its handle time, and how many of the latter are a minute.
struct Channel {
    volume: &'static str,
    handle: &'static str,
    in_a_minute: f64,
}

const CHANNELS: [Channel; 2] = [
    Channel { volume: "tickets-created", handle: "handle-minutes", in_a_minute: 1.0 },
    Channel { volume: "calls", handle: "handle-seconds", in_a_minute: 60.0 },
];

/// How many months of figures are read at most.
const MOST_MONTHS: usize = 24;

/// The keys of everything that is read here.
pub(super) fn metric_keys() -> impl Iterator<Item = &'static str> {
    CHANNELS.iter().flat_map(|channel| [channel.volume, channel.handle])
}

/// The volume of a channel, with the time that each takes.
#[derive(Debug)]
pub(super) struct TeamVolume {
    /// By number of the month; the newest first.
    values: Vec<(i32, ExactValue)>,
    line: Option<TrendLine>,
    pub handle_minutes: f64,
}

/// Why nothing can be said of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoVolume {
    NoFigures,
    NoHandleTime,
}

impl TeamVolume {
    /// The last day of the newest month with a figure.
    pub fn until(&self) -> Option<NaiveDate> {
        let (number, _) = self.values.first()?;
        Some(Period { length: PeriodLength::Month, number: *number }.last())
    }

    /// The volume of a month, and whether it is measured: later ones follow the line through the last six, or stay as
    /// they are if there are too few for one.
    pub fn of_month(&self, first: NaiveDate) -> Option<(f64, bool)> {
        let number = Period::of(PeriodLength::Month, first).number;
        if let Some((_, value)) = self.values.iter().find(|(known, _)| *known == number) {
            return Some((approximate(value), true));
        }
        let (newest, last) = self.values.first()?;
        if number < *newest {
            return None;
        }
        let value = self.line.as_ref().map_or_else(|| last.clone(), |line| line.at(number));
        Some((approximate(&value.max(ExactValue::zero())), false))
    }
}

/// The channels of a team of which there are figures.
pub(super) fn team_volumes(
    figures: &Figures<'_>,
    assumptions: &Assumptions<'_>,
    plan: &Plan,
    team: TeamId,
    day: NaiveDate,
) -> Result<Vec<TeamVolume>, NoVolume> {
    let scope = SeriesScope { team: Some(team), ..SeriesScope::default() };
    let values = |key: &str| values_of(figures, plan, key, &scope, day);
    let mut found = Vec::new();
    for channel in &CHANNELS {
        let volume = values(channel.volume);
        if volume.is_empty() {
            continue;
        }
        let measured =
            values(channel.handle).first().map(|(_, value)| approximate(value) / channel.in_a_minute);
        let subject = Subject { team: Some(team), ..Subject::default() };
        let handle = measured.unwrap_or_else(|| assumptions.number("handle-time", subject, day).as_f64());
        if handle <= 0.0 {
            return Err(NoVolume::NoHandleTime);
        }
        let line = trend_line(volume.iter().cloned());
        found.push(TeamVolume { values: volume, line, handle_minutes: handle });
    }
    if found.is_empty() { Err(NoVolume::NoFigures) } else { Ok(found) }
}

/// The values of a metric by month that were believed on a day, the newest first.
pub(super) fn values_of(
    figures: &Figures<'_>,
    plan: &Plan,
    key: &str,
    scope: &SeriesScope,
    day: NaiveDate,
) -> Vec<(i32, ExactValue)> {
    let Some(metric) = plan.find::<Metric>(key).and_then(|id| plan.get::<Metric>(id)) else {
        return Vec::new();
    };
    let measured = MeasuredMetric::new(figures, metric, scope, PeriodLength::Month);
    if !(measured.is_valid && measured.is_measured()) {
        return Vec::new();
    }
    let periods = measured.periods_until(day, MOST_MONTHS);
    let mut values: Vec<(i32, ExactValue)> =
        periods.filter_map(|period| Some((period.number, measured.value(period, day).ok()?))).collect();
    values.reverse();
    values
}
