//! Objectives on a day: met, not met or unknown, and when they could be met at the earliest.

use std::{cell::RefCell, collections::BTreeMap};

use chrono::NaiveDate;
use headroom_model::{Entity, MissingFigures, Objective, ObjectiveId, Plan};

use super::{
    tier_objective::{of_each_service, reading_of_all},
    trend::line,
};
use crate::metrics::{ExactValue, Figures, MeasuredMetric, MissingReason, Period, exact};

/// Periods before the newest that are looked at for a value.
pub(super) const LOOK_BACK: i32 = 60;

/// Periods ahead that the line through the last values is followed.
const LOOK_AHEAD: i32 = 36;

/// Whether an objective is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObjectiveState {
    Met,
    NotMet,
    /// A figure is missing: see the periods.
    Unknown,
    /// It asks for periods that are shorter than those which the metric is measured in.
    Invalid,
}

impl ObjectiveState {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            ObjectiveState::Met => "met",
            ObjectiveState::NotMet => "not-met",
            ObjectiveState::Unknown => "unknown",
            ObjectiveState::Invalid => "invalid",
        }
    }
}

/// What a period says of an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodVerdict {
    Pass,
    Fail,
    Unknown,
}

impl PeriodVerdict {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            PeriodVerdict::Pass => "pass",
            PeriodVerdict::Fail => "fail",
            PeriodVerdict::Unknown => "unknown",
        }
    }
}

/// A period that was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodReading {
    pub period: Period,
    pub value: Result<ExactValue, MissingReason>,
    pub verdict: PeriodVerdict,
}

/// Why an objective has no periods to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NothingToRead {
    /// There has never been a figure of its metric in its scope.
    NoFigures,
    /// It does not hold on the day.
    NotInForce,
    /// It asks for periods that are shorter than those of its metric, or the metric is part of itself.
    Invalid,
}

impl NothingToRead {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            NothingToRead::NoFigures => "no-figures",
            NothingToRead::NotInForce => "not-in-force",
            NothingToRead::Invalid => "invalid",
        }
    }
}

/// An objective on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectiveReading {
    pub state: ObjectiveState,
    /// Why there is no period to look at; none if there is one.
    pub nothing: Option<NothingToRead>,
    /// The first day on which it could be met, if all that is still to come passes.
    pub earliest: Option<NaiveDate>,
    /// The day on which it would be met if the line through its last values went on.
    pub trend: Option<NaiveDate>,
    /// The newest that count, the newest first.
    pub periods: Vec<PeriodReading>,
}

impl ObjectiveReading {
    fn without_periods(nothing: NothingToRead, earliest: Option<NaiveDate>) -> Self {
        let state = match nothing {
            NothingToRead::Invalid => ObjectiveState::Invalid,
            NothingToRead::NoFigures | NothingToRead::NotInForce => ObjectiveState::Unknown,
        };
        Self { state, nothing: Some(nothing), earliest, trend: None, periods: Vec::new() }
    }
}

/// The periods of an objective as they stand on a day.
pub(super) struct Readings<'f> {
    objective: &'f Objective,
    measure: MeasuredMetric<'f>,
    day: NaiveDate,
    /// The first period of which there has ever been a figure.
    first: Period,
    /// The newest that counts; the one before `first` if none does.
    newest: Period,
    /// By number, those that were asked for.
    values: RefCell<BTreeMap<i32, Result<ExactValue, MissingReason>>>,
}

/// The state of an objective on a day.
pub(crate) fn state_on(figures: &Figures<'_>, objective: &Objective, day: NaiveDate) -> ObjectiveState {
    if let Some(each) = of_each_service(figures.plan, objective, day) {
        return reading_of_all(figures, &each, day).state;
    }
    match Readings::new(figures, objective, day) {
        Ok(readings) => readings.looked_at().state(),
        Err(reading) => reading.state,
    }
}

/// Each of these objectives on a day.
pub fn objective_readings(
    plan: &Plan,
    objectives: &[ObjectiveId],
    day: NaiveDate,
) -> Vec<(ObjectiveId, ObjectiveReading)> {
    let rows: Vec<&Objective> = objectives.iter().filter_map(|id| plan.get::<Objective>(*id)).collect();
    let figures = Figures::new(plan);
    rows.into_iter().map(|row| (row.id, reading_on(&figures, row, day))).collect()
}

/// All that is to be said of an objective on a day.
pub(crate) fn reading_on(figures: &Figures<'_>, objective: &Objective, day: NaiveDate) -> ObjectiveReading {
    if let Some(each) = of_each_service(figures.plan, objective, day) {
        return reading_of_all(figures, &each, day);
    }
    let readings = match Readings::new(figures, objective, day) {
        Ok(readings) => readings,
        Err(reading) => return reading,
    };
    let looked_at = readings.looked_at();
    let state = looked_at.state();
    ObjectiveReading {
        state,
        nothing: None,
        earliest: Some(readings.earliest(&looked_at, state)),
        trend: if state == ObjectiveState::Met { Some(day) } else { readings.trend() },
        periods: readings.periods(),
    }
}

/// The periods by which an objective is judged.
struct LookedAt {
    /// With their verdicts, the newest first.
    verdicts: Vec<(Period, PeriodVerdict)>,
    /// How many are lacking, since figures have begun.
    lacking: i32,
}

impl LookedAt {
    fn state(&self) -> ObjectiveState {
        let is_any = |wanted| self.verdicts.iter().any(|(_, verdict)| *verdict == wanted);
        if is_any(PeriodVerdict::Fail) {
            ObjectiveState::NotMet
        } else if is_any(PeriodVerdict::Unknown) || self.lacking > 0 || self.verdicts.is_empty() {
            ObjectiveState::Unknown
        } else {
            ObjectiveState::Met
        }
    }
}

impl<'f> Readings<'f> {
    /// The readings, or what is to be said without any.
    fn new(
        figures: &'f Figures<'f>,
        objective: &'f Objective,
        day: NaiveDate,
    ) -> Result<Self, ObjectiveReading> {
        let without = ObjectiveReading::without_periods;
        let measure = MeasuredMetric::of_objective(figures, objective).filter(|measure| measure.is_valid);
        let measure = measure.ok_or_else(|| without(NothingToRead::Invalid, None))?;
        let span = objective.date_range();
        if !span.contains(day) {
            return Err(without(NothingToRead::NotInForce, span.from.filter(|from| *from > day)));
        }
        let beginning = measure.beginning(day).ok_or_else(|| without(NothingToRead::NoFigures, Some(day)))?;
        let first = Period::of(measure.length, beginning);
        let now = Period::of(measure.length, day);
        let mut readings = Self { objective, measure, day, first, newest: now, values: RefCell::default() };
        while readings.newest >= first && !readings.counts(readings.newest) {
            readings.newest = readings.newest.later(-1);
        }
        Ok(readings)
    }

    /// The value of a period; none if it does not count, or is too long ago to be looked at.
    fn value(&self, period: Period) -> Option<Result<ExactValue, MissingReason>> {
        let oldest = self.first.max(self.newest.later(-LOOK_BACK));
        if period < oldest || period > self.newest {
            return None;
        }
        let mut values = self.values.borrow_mut();
        let value = values.entry(period.number).or_insert_with(|| self.measure.value(period, self.day));
        Some(value.clone())
    }

    /// The newest periods that have a value, the newest first.
    fn with_value(&self) -> impl Iterator<Item = (Period, ExactValue)> {
        let periods = (0..=LOOK_BACK).map(|back| self.newest.later(-back));
        periods.filter_map(|period| Some((period, self.value(period)?.ok()?)))
    }

    fn wanted(&self) -> i32 {
        self.objective.periods.try_into().unwrap_or(i32::MAX)
    }

    /// Whether a period is over and has a value, or is due.
    fn counts(&self, period: Period) -> bool {
        period.last() < self.day
            && (self.day >= self.measure.due(period) || self.measure.value(period, self.day).is_ok())
    }

    fn is_kept(&self, value: &ExactValue) -> bool {
        self.objective.op.is_kept(value.cmp(&exact(self.objective.value.number)))
    }

    fn verdict(&self, period: Period) -> PeriodVerdict {
        match self.value(period) {
            Some(Ok(value)) if self.is_kept(&value) => PeriodVerdict::Pass,
            Some(Ok(_)) => PeriodVerdict::Fail,
            Some(Err(_)) | None => PeriodVerdict::Unknown,
        }
    }

    fn looked_at(&self) -> LookedAt {
        let wanted = self.wanted();
        let periods: Vec<Period> = match self.objective.gaps {
            MissingFigures::Hold => (0..wanted).map(|back| self.newest.later(-back)).collect(),
            MissingFigures::Skip => {
                let newest = self.with_value().map(|(period, _)| period);
                let found: Vec<Period> = newest.take(self.objective.periods as usize).collect();
                let is_too_old =
                    found.first().is_none_or(|period| period.number < self.newest.number - wanted);
                if is_too_old { Vec::new() } else { found }
            }
        };
        let lacking = match self.objective.gaps {
            MissingFigures::Hold => periods.iter().filter(|period| **period < self.first).count() as i32,
            MissingFigures::Skip => wanted - periods.len() as i32,
        };
        LookedAt {
            verdicts: periods.into_iter().map(|period| (period, self.verdict(period))).collect(),
            lacking,
        }
    }

    fn periods(&self) -> Vec<PeriodReading> {
        let shown = (0..self.wanted()).map(|back| self.newest.later(-back));
        let reading = |period: Period| {
            let value = self.value(period)?;
            Some(PeriodReading { period, value, verdict: self.verdict(period) })
        };
        shown.filter_map(reading).collect()
    }

    /// The first day on which it could be met, if everything still to come passes: a missing figure may come today.
    fn earliest(&self, looked_at: &LookedAt, state: ObjectiveState) -> NaiveDate {
        let newest_fail = looked_at.verdicts.iter().find(|(_, verdict)| *verdict == PeriodVerdict::Fail);
        let last_needed = match (state, newest_fail) {
            (ObjectiveState::NotMet, Some((fail, _))) => Some(fail.later(self.wanted())),
            (ObjectiveState::Unknown, _) => {
                let there = self.newest.number - self.first.number + 1;
                (there < self.wanted()).then(|| self.first.later(self.wanted() - 1))
            }
            _ => None,
        };
        last_needed.map_or(self.day, |period| self.measure.due(period).max(self.day))
    }

    /// The day on which it would be met along the line through its last values; none if that never comes.
    fn trend(&self) -> Option<NaiveDate> {
        let line = line(self.with_value().map(|(period, value)| (period.number, value)))?;
        let asked = exact(self.objective.value.number);
        let is_kept_in = |period: Period| match self.value(period) {
            Some(Ok(value)) => self.is_kept(&value),
            _ => period >= self.first && self.objective.op.is_kept(line.compared(period.number, &asked)),
        };
        let is_met = |period: &Period| (0..self.wanted()).all(|back| is_kept_in(period.later(-back)));
        let met = (0..=LOOK_AHEAD).map(|ahead| self.newest.later(ahead)).find(is_met)?;
        Some(self.measure.due(met).max(self.day))
    }
}
