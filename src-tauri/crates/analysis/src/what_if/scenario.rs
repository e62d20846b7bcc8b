//! The plan with and without departures, each with its hires and gaps.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    ApplyError, Assignment, Draft, Entity, Membership, Owner, Ownership, Person, PersonId, Plan, Position,
    PositionId, Status,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    coverage::hires,
    forecast::{Added, ForecastParams, Gap, Hire, added, forecast},
};

/// A departure to try out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HypotheticalDeparture {
    pub person: PersonId,
    pub last_day: NaiveDate,
}

/// A plan with its hires and gaps.
#[derive(Debug, Clone)]
pub struct ForecastPlan {
    pub plan: Arc<Plan>,
    /// All planned hires, whether the gaps count them or not.
    pub hires: Vec<Hire>,
    pub gaps: Vec<Gap>,
}

impl ForecastPlan {
    fn new(plan: Plan, params: &ForecastParams<'_>, is_with_hires: bool) -> Self {
        let params = params.clone().with(&[]);
        let hires = hires(&plan, &params);
        let gaps = match is_with_hires {
            true => forecast(&plan, &params.with(&hires)),
            false => forecast(&plan, &params),
        };
        Self { plan: Arc::new(plan), hires, gaps }
    }
}

/// Three scenarios and the differences between their gaps.
#[derive(Debug, Clone)]
pub struct WhatIf {
    /// The plan without any departure of these people.
    pub remaining: ForecastPlan,
    /// The plan as it is.
    pub planned: ForecastPlan,
    /// The plan with the hypothetical departures in place of the planned ones.
    pub departed: ForecastPlan,
    /// Added by the planned departures: planned compared with remaining.
    pub planned_losses: Vec<Added>,
    /// Added by the hypothetical departures: departed compared with planned.
    pub added: Vec<Added>,
    /// Spared by them, because they leave later than planned: planned compared with departed.
    pub spared: Vec<Added>,
    /// Added in total: departed compared with remaining. Empty if nothing depends on these people.
    pub losses: Vec<Added>,
}

impl WhatIf {
    /// Calculates all three scenarios. The hires in `params` are ignored: each scenario has its own, and its gaps
    /// count them if `is_with_hires` is set.
    ///
    /// # Errors
    ///
    /// Any [`ApplyError`], if the plan refuses one of the departures.
    pub fn new(
        plan: &Plan,
        params: &ForecastParams<'_>,
        departures: &[HypotheticalDeparture],
        is_with_hires: bool,
    ) -> Result<Self, ApplyError> {
        let people: Vec<PersonId> = departures.iter().map(|departure| departure.person).collect();
        let (remaining, departed) = (with_remaining(plan, &people)?, with_departures(plan, departures)?);
        let variant = |plan| ForecastPlan::new(plan, params, is_with_hires);
        let (remaining, (planned, departed)) = rayon::join(
            || variant(remaining),
            || rayon::join(|| variant(plan.clone()), || variant(departed)),
        );
        let against =
            |variant: &ForecastPlan, other: &ForecastPlan| added(params, &variant.gaps, &other.gaps);
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

/// The plan in which these people leave: see [`depart`].
///
/// # Errors
///
/// Any [`ApplyError`], if the plan refuses the change.
pub fn with_departures(plan: &Plan, departures: &[HypotheticalDeparture]) -> Result<Plan, ApplyError> {
    let mut draft = Draft::new(plan);
    depart(&mut draft, departures);
    draft.outcome()
}

/// Drafts the departures of these people. Their employment ends on the given day, and with it every membership,
/// ownership, assignment and position that depends on it; what ends on an earlier planned last day goes on until
/// then. Someone whose last day is before their first never joins.
pub fn depart(draft: &mut Draft<'_>, departures: &[HypotheticalDeparture]) {
    let plan = draft.base();
    let mut lasts: FxHashMap<PersonId, NaiveDate> = FxHashMap::default();
    for departure in departures {
        let last = lasts.entry(departure.person).or_insert(departure.last_day);
        *last = departure.last_day.min(*last);
    }
    for person in plan.people.iter() {
        let Some(last) = lasts.get(&person.id).copied() else { continue };
        // With the last day right before the first, they are employed on no day.
        let day_before = person.from.and_then(|from| from.pred_opt());
        let until = Some(day_before.map_or(last, |day_before| last.max(day_before)));
        draft.put(Person { until, ..person.clone() });
    }
    let is_longer = |person: &Person| {
        let last = lasts.get(&person.id).copied()?;
        let planned = person.until.filter(|until| *until < last && !person.date_range().is_empty())?;
        Some((person.id, Moved { planned, to: Some(last) }))
    };
    move_ends(draft, plan, &plan.people.iter().filter_map(is_longer).collect());
}

/// The plan in which these people remain: without their planned last day and without what ends or follows because of
/// it, that is memberships, ownerships, assignments and positions that end on that day, and backfills that nobody is
/// assigned to.
///
/// # Errors
///
/// Any [`ApplyError`], if the plan refuses the change.
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
    draft.outcome()
}

/// A planned last day and its replacement; none: no last day.
#[derive(Debug, Clone, Copy)]
struct Moved {
    planned: NaiveDate,
    to: Option<NaiveDate>,
}

/// Moves the last day of every membership, ownership, assignment and position that ends with the person. Returns the
/// positions that they are in on the planned last day.
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
