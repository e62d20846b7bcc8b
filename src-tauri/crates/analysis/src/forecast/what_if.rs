//! What if somebody leaves: the plan in which they do, beside the plan as it is and the plan in which they remain.
//!
//! Each of the three is a plan of its own, made by changes as any other, so that gaps, hires and costs of a departure that
//! is only asked about are those of one that is decided. Copies of a plan share what is not altered in them.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    ApplyError, Assignment, Draft, Entity, Membership, Owner, Ownership, Person, PersonId, Plan, Position,
    PositionId, Status,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Added, ForecastParams, Gap, Hire, added, forecast};
use crate::coverage::hires;

/// Somebody who might leave: the day is the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HypotheticalDeparture {
    pub person: PersonId,
    pub last_day: NaiveDate,
}

/// A plan with the gaps and the hires that follow from it.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub plan: Arc<Plan>,
    /// Those who are planned, counted or not.
    pub hires: Vec<Hire>,
    pub gaps: Vec<Gap>,
}

impl Scenario {
    fn new(plan: Plan, question: &ForecastParams<'_>, is_with_hires: bool) -> Self {
        let question = question.clone().with(&[]);
        let hires = hires(&plan, &question);
        let gaps = match is_with_hires {
            true => forecast(&plan, &question.with(&hires)),
            false => forecast(&plan, &question),
        };
        Self { plan: Arc::new(plan), hires, gaps }
    }
}

/// The answer to what happens if somebody leaves.
#[derive(Debug, Clone)]
pub struct WhatIf {
    /// They remain, though the plan may have their last day.
    pub remaining: Scenario,
    /// The plan as it is.
    pub planned: Scenario,
    /// They leave on the day that is asked about, whatever the plan says.
    pub departed: Scenario,
    /// What the plan loses already, by departures of theirs that are planned.
    pub planned_losses: Vec<Added>,
    /// What the departures that are asked about add to the plan.
    pub added: Vec<Added>,
    /// What they take away from what the plan loses: days on which they are there longer than planned.
    pub spared: Vec<Added>,
    /// Both together: the departures against their remaining. Nothing depends on them when it is empty.
    pub losses: Vec<Added>,
}

impl WhatIf {
    /// Those of the question's hires do not count: each of the three has its own, or none when `is_with_hires` is not set.
    ///
    /// # Errors
    /// See [`ApplyError`].
    pub fn new(
        plan: &Plan,
        question: &ForecastParams<'_>,
        departures: &[HypotheticalDeparture],
        is_with_hires: bool,
    ) -> Result<Self, ApplyError> {
        let people: Vec<PersonId> = departures.iter().map(|departure| departure.person).collect();
        let (remaining, departed) = (with_remaining(plan, &people)?, with_departures(plan, departures)?);
        let scenario = |plan| Scenario::new(plan, question, is_with_hires);
        let (remaining, (planned, departed)) = rayon::join(
            || scenario(remaining),
            || rayon::join(|| scenario(plan.clone()), || scenario(departed)),
        );
        let against = |scenario: &Scenario, other: &Scenario| added(question, &scenario.gaps, &other.gaps);
        Ok(Self {
            planned_losses: against(&planned, &remaining),
            added: against(&departed, &planned),
            spared: against(&planned, &departed),
            losses: against(&departed, &remaining),
            remaining,
            planned,
            departed,
        })
    }
}

/// The plan in which these people leave: their employment, and with it whatever they are on and in, ends on the day, or
/// goes on until then where the plan has an earlier one. Who would have begun later never comes.
///
/// # Errors
/// See [`ApplyError`].
pub fn with_departures(plan: &Plan, departures: &[HypotheticalDeparture]) -> Result<Plan, ApplyError> {
    let mut lasts: FxHashMap<PersonId, NaiveDate> = FxHashMap::default();
    for departure in departures {
        let last = lasts.entry(departure.person).or_insert(departure.last_day);
        *last = departure.last_day.min(*last);
    }
    let mut draft = Draft::new(plan);
    for person in plan.people.iter() {
        let Some(last) = lasts.get(&person.id).copied() else { continue };
        // Ended on the eve of the first day, they are there on no day.
        let eve = person.from.and_then(|from| from.pred_opt());
        let until = Some(eve.map_or(last, |eve| last.max(eve)));
        draft.put(Person { until, ..person.clone() });
    }
    let is_longer = |person: &Person| {
        let last = lasts.get(&person.id).copied()?;
        let planned = person.until.filter(|until| *until < last && !person.date_range().is_empty())?;
        Some((person.id, Moved { planned, to: Some(last) }))
    };
    move_ends(&mut draft, plan, &plan.people.iter().filter_map(is_longer).collect());
    applied(plan, draft)
}

/// The plan in which these people remain: without their planned last day, and without what ends or follows because of
/// it: memberships, ownerships, assignments and positions that end on that day, and backfills for which nobody is found.
///
/// # Errors
/// See [`ApplyError`].
pub fn with_remaining(plan: &Plan, people: &[PersonId]) -> Result<Plan, ApplyError> {
    let (mut draft, mut moved) = (Draft::new(plan), FxHashMap::default());
    for person in plan.people.iter().filter(|person| people.contains(&person.id)) {
        if let Some(planned) = person.until.filter(|_| !person.date_range().is_empty()) {
            draft.put(Person { until: None, ..person.clone() });
            moved.insert(person.id, Moved { planned, to: None });
        }
    }
    let left = move_ends(&mut draft, plan, &moved);
    let assigned: FxHashSet<PositionId> = plan.assignments.iter().map(|row| row.position).collect();
    let is_backfill = |row: &&Position| row.backfill_of.is_some_and(|before| left.contains_key(&before));
    for position in plan.positions.iter().filter(is_backfill) {
        if !assigned.contains(&position.id) && !left.contains_key(&position.id) {
            draft.put(Position { status: Status::Closed, ..position.clone() });
        }
    }
    applied(plan, draft)
}

/// A planned last day, and the one that takes its place.
#[derive(Debug, Clone, Copy)]
struct Moved {
    planned: NaiveDate,
    to: Option<NaiveDate>,
}

/// What people are on and in, and ends on their planned last day, ends with them. Gives the positions that they are in
/// on that day.
fn move_ends(
    draft: &mut Draft<'_>,
    plan: &Plan,
    moved: &FxHashMap<PersonId, Moved>,
) -> FxHashMap<PositionId, Moved> {
    let mut left = FxHashMap::default();
    if moved.is_empty() {
        return left;
    }
    let of = |person: PersonId, until: Option<NaiveDate>| {
        moved.get(&person).filter(|moved| until == Some(moved.planned)).map(|moved| moved.to)
    };
    for row in plan.memberships.iter() {
        if let Some(until) = of(row.person, row.until) {
            draft.put(Membership { until, ..row.clone() });
        }
    }
    for row in plan.ownerships.iter() {
        let Owner::Person(person) = row.owner else { continue };
        if let Some(until) = of(person, row.until) {
            draft.put(Ownership { until, ..row.clone() });
        }
    }
    for row in plan.assignments.iter() {
        if let Some(until) = of(row.person, row.until) {
            draft.put(Assignment { until, ..row.clone() });
        }
        if let Some(moved) = moved.get(&row.person).filter(|moved| row.date_range().contains(moved.planned)) {
            left.insert(row.position, *moved);
        }
    }
    for position in plan.positions.iter() {
        if let Some(moved) = left.get(&position.id).filter(|moved| position.until == Some(moved.planned)) {
            draft.put(Position { until: moved.to, ..position.clone() });
        }
    }
    left
}

fn applied(plan: &Plan, draft: Draft<'_>) -> Result<Plan, ApplyError> {
    let changes = draft.finish();
    let mut plan = plan.clone();
    plan.apply(&changes)?;
    Ok(plan)
}
