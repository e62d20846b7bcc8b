//! The gate of a position: all or any of some objectives, by a day, perhaps waived.

use chrono::NaiveDate;
use headroom_model::{Entity, EntityRef, Objective, ObjectiveId, Plan, Position, PositionId};
use rayon::prelude::*;

use super::{
    objective::{ObjectiveReading, ObjectiveState, reading_on, state_on},
    tier_objective::of_each_service,
};
use crate::{
    metrics::{Figures, MeasuredMetric},
    schedule::days_after,
};

/// How a gate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GateState {
    Met,
    NotMet,
    /// A figure is missing.
    Unknown,
    /// It was not met by its last day.
    Lapsed,
    /// An objective asks for what its metric cannot tell.
    Invalid,
}

impl GateState {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            GateState::Met => "met",
            GateState::NotMet => "not-met",
            GateState::Unknown => "unknown",
            GateState::Lapsed => "lapsed",
            GateState::Invalid => "invalid",
        }
    }
}

/// The gate of a position on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    pub position: PositionId,
    pub state: GateState,
    /// The first of the days running on which it has been met.
    pub since: Option<NaiveDate>,
    /// The first day on which it could be met, if all figures that are still to come pass.
    pub earliest: Option<NaiveDate>,
    /// The day on which it would be met if each objective went on along the line through its last values. No forecast.
    pub trend: Option<NaiveDate>,
    /// In the order in which the position has them.
    pub objectives: Vec<(ObjectiveId, ObjectiveReading)>,
}

/// The gates of all positions that wait for something on a day and exist, or begin later; by name.
pub fn gates(plan: &Plan, day: NaiveDate) -> Vec<Gate> {
    let mut waiting: Vec<&Position> = plan
        .positions
        .iter()
        .filter(|row| !row.waits_for.is_empty() && row.until.is_none_or(|until| day <= until))
        .collect();
    waiting.sort_by_cached_key(|row| {
        let subject = EntityRef::from(row.id);
        (plan.name_of(subject), plan.key_of(subject).to_owned())
    });
    let figures = Figures::new(plan);
    waiting.into_par_iter().map(|row| gate_on(plan, &figures, row, day)).collect()
}

/// The gate of one position on a day; none if it waits for nothing.
pub fn gate_of(plan: &Plan, position: PositionId, day: NaiveDate) -> Option<Gate> {
    let row = plan.get::<Position>(position).filter(|row| !row.waits_for.is_empty())?;
    Some(gate_on(plan, &Figures::new(plan), row, day))
}

fn gate_on(plan: &Plan, figures: &Figures<'_>, row: &Position, day: NaiveDate) -> Gate {
    let waited = Waited { figures, row, objectives: objectives_of(plan, row) };
    let readings: Vec<ObjectiveReading> =
        waited.objectives.iter().map(|objective| reading_on(figures, objective, day)).collect();
    let state = waited.judged(readings.iter().map(|reading| reading.state), day);
    let days = |each: fn(&ObjectiveReading) -> Option<NaiveDate>| {
        let days = readings.iter().map(each);
        if row.waits_any { days.flatten().min() } else { days.collect::<Option<Vec<_>>>()?.into_iter().max() }
    };
    let (since, earliest, trend) = match state {
        GateState::Met => (Some(waited.met_since(day)), Some(day), Some(day)),
        GateState::NotMet | GateState::Unknown => {
            (None, days(|reading| reading.earliest), days(|reading| reading.trend))
        }
        GateState::Lapsed | GateState::Invalid => (None, None, None),
    };
    let objectives = waited.objectives.iter().map(|objective| objective.id).zip(readings).collect();
    Gate { position: row.id, state, since, earliest, trend, objectives }
}

fn objectives_of<'p>(plan: &'p Plan, row: &Position) -> Vec<&'p Objective> {
    row.waits_for.iter().filter_map(|objective| plan.get::<Objective>(*objective)).collect()
}

/// A position with what it waits for.
struct Waited<'a> {
    figures: &'a Figures<'a>,
    row: &'a Position,
    objectives: Vec<&'a Objective>,
}

impl Waited<'_> {
    fn state(&self, day: NaiveDate) -> GateState {
        self.judged(self.objectives.iter().map(|objective| state_on(self.figures, objective, day)), day)
    }

    /// All or any of the objectives, with three values: what is not known decides only where nothing else does.
    fn judged(&self, states: impl Iterator<Item = ObjectiveState>, day: NaiveDate) -> GateState {
        if self.row.waived_on.is_some_and(|waived| waived <= day) {
            return GateState::Met;
        }
        let states: Vec<ObjectiveState> = states.collect();
        let is_any = |state| states.contains(&state);
        let (decides, otherwise) = match self.row.waits_any {
            true => ((ObjectiveState::Met, GateState::Met), GateState::NotMet),
            false => ((ObjectiveState::NotMet, GateState::NotMet), GateState::Met),
        };
        let state = if is_any(ObjectiveState::Invalid) {
            return GateState::Invalid;
        } else if is_any(decides.0) {
            decides.1
        } else if is_any(ObjectiveState::Unknown) {
            GateState::Unknown
        } else {
            otherwise
        };
        let is_past = self.row.waits_by.is_some_and(|by| by < day);
        if is_past && state != GateState::Met { GateState::Lapsed } else { state }
    }

    /// The first of the days running up to this one on which it has been met.
    fn met_since(&self, day: NaiveDate) -> NaiveDate {
        let each = |objective: &&Objective| {
            of_each_service(self.figures.plan, objective, day).unwrap_or_else(|| vec![(*objective).clone()])
        };
        let measures: Vec<_> = self
            .objectives
            .iter()
            .flat_map(each)
            .filter_map(|objective| MeasuredMetric::of_objective(self.figures, &objective))
            .collect();
        let beginnings = measures.iter().filter_map(|measure| measure.beginning(day));
        let Some(beginning) = beginnings.chain(self.row.waived_on).min() else { return day };
        let mut changes: Vec<NaiveDate> =
            measures.iter().flat_map(|measure| measure.changes_until(day)).collect();
        let spans = self.objectives.iter().map(|objective| objective.date_range());
        changes.extend(
            spans.flat_map(|span| [span.from, span.until.map(|until| days_after(until, 1))]).flatten(),
        );
        changes.extend(self.row.waived_on);
        changes.extend(self.row.waits_by.map(|by| days_after(by, 1)));
        changes.push(beginning);
        changes.retain(|change| (beginning..=day).contains(change));
        changes.sort_unstable_by(|a, b| b.cmp(a));
        changes.dedup();
        // Between two changes nothing does.
        changes.into_iter().take_while(|change| self.state(*change) == GateState::Met).last().unwrap_or(day)
    }
}
