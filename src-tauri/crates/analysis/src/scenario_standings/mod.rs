//! How open scenarios stand to the plan and to each other: since when the plan has gone on without them, what two of
//! them change differently, and who is in their holding areas. The rows of a plan do not say any of it.
//!
//! Tests: `tests.rs`.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    Change, Draft, Entity, EntityRef, Kind, Membership, PersonId, Plan, ScenarioId,
    merge::{Fields, Patch, merge},
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::blast_radius::{HoldingArea, in_effect_from};

/// An open scenario and what it changes.
#[derive(Debug, Clone, Copy)]
pub struct OpenScenarioChanges<'a> {
    pub scenario: ScenarioId,
    /// One for each entity.
    pub changes: &'a [Patch],
    /// The day on which the plan went on without it.
    pub behind_since: Option<NaiveDate>,
}

/// How the open scenarios of a plan stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScenarioStandings {
    /// Those that are behind the plan, and since which day.
    pub behind: Vec<(ScenarioId, NaiveDate)>,
    pub overlaps: Vec<ScenarioOverlap>,
    /// Who and what is in the holding area of each, if anybody is.
    pub held: Vec<(ScenarioId, Vec<EntityRef>)>,
}

/// Fields that two scenarios set to different values: one of them at most can be merged as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioOverlap {
    /// By name.
    pub scenarios: [ScenarioId; 2],
    /// The field is empty where one of the two removes what the other changes.
    pub fields: Vec<(EntityRef, String)>,
}

impl ScenarioStandings {
    /// `plan` is the plan itself.
    pub fn new(plan: &Arc<Plan>, open: &[OpenScenarioChanges<'_>], today: NaiveDate) -> Self {
        let mut open: Vec<&OpenScenarioChanges<'_>> = open.iter().collect();
        open.sort_by_cached_key(|open| {
            let subject = open.scenario.into();
            (plan.name_of(subject), plan.key_of(subject).to_owned())
        });
        let behind = |scenario: &&OpenScenarioChanges<'_>| Some((scenario.scenario, scenario.behind_since?));
        let held = |scenario: &&OpenScenarioChanges<'_>| {
            let held = held(plan, scenario.changes, today);
            (!held.is_empty()).then_some((scenario.scenario, held))
        };
        Self {
            behind: open.iter().filter_map(behind).collect(),
            overlaps: overlaps(plan, &open),
            held: open.iter().filter_map(held).collect(),
        }
    }
}

fn overlaps(plan: &Plan, open: &[&OpenScenarioChanges<'_>]) -> Vec<ScenarioOverlap> {
    let mut by_subject: FxHashMap<EntityRef, Vec<(usize, &Patch)>> = FxHashMap::default();
    for (at, scenario) in open.iter().enumerate() {
        for patch in scenario.changes {
            by_subject.entry(patch.subject()).or_default().push((at, patch));
        }
    }
    let mut found: FxHashMap<(usize, usize), Vec<(EntityRef, String)>> = FxHashMap::default();
    for (subject, patches) in by_subject.into_iter().filter(|(_, patches)| patches.len() > 1) {
        for (place, (one, a)) in patches.iter().enumerate() {
            for (other, b) in &patches[place + 1..] {
                let fields = differing(plan, a, b).into_iter().map(|field| (subject, field));
                found.entry((*one, *other)).or_default().extend(fields);
            }
        }
    }
    let mut pairs: Vec<_> = found.into_iter().filter(|(_, fields)| !fields.is_empty()).collect();
    pairs.sort_unstable_by_key(|(pair, _)| *pair);
    let overlap = |((one, other), mut fields): ((usize, usize), Vec<(EntityRef, String)>)| {
        fields.sort_by_cached_key(|(subject, field)| {
            (subject.kind, plan.name_of(*subject), plan.key_of(*subject).to_owned(), field.clone())
        });
        ScenarioOverlap { scenarios: [open[one].scenario, open[other].scenario], fields }
    };
    pairs.into_iter().map(overlap).collect()
}

/// The fields that both change, and not to the same. What the plan has already, one of them does not change any more.
fn differing(plan: &Plan, one: &Patch, other: &Patch) -> Vec<String> {
    let (Some(a), Some(b)) = (&one.after, &other.after) else {
        let is_removed_by_both = one.after.is_none() && other.after.is_none();
        return if is_removed_by_both { Vec::new() } else { vec![String::new()] };
    };
    let theirs = other.changed();
    let mut names = one.changed();
    match one.before.is_none() && other.before.is_none() {
        // What one has made and the other has begun with: a field that is not told is empty.
        true => names.extend(theirs.iter().filter(|name| !a.contains_key(**name))),
        false => names.retain(|name| theirs.contains(name)),
    }
    // What is empty is left out, or said to be empty.
    let value = |fields: &Fields, name: &str| fields.get(name).filter(|value| !value.is_null()).cloned();
    names.retain(|name| {
        value(a, name) != value(b, name) && !one.is_in(plan, name) && !other.is_in(plan, name)
    });
    names.into_iter().map(str::to_owned).collect()
}

/// Who and what is in the holding area once the scenario is merged, on the first day on which all of it is in effect.
fn held(plan: &Arc<Plan>, changes: &[Patch], today: NaiveDate) -> Vec<EntityRef> {
    // Whole plans are merged and compared only where somebody may be left: mostly they are on another team.
    if may_hold(plan, changes, today) { held_of_plans(plan, changes, today) } else { Vec::new() }
}

fn held_of_plans(plan: &Arc<Plan>, changes: &[Patch], today: NaiveDate) -> Vec<EntityRef> {
    let merged = merge(plan, changes, &FxHashSet::default()).changes;
    let day = in_effect_from(&merged).map_or(today, |day| day.max(today));
    let mut draft = Draft::new(plan);
    draft.extend(merged);
    let Ok(after) = draft.outcome() else { return Vec::new() };
    let area = HoldingArea::new(&plan.as_of(day), &Arc::new(after).as_of(day));
    let people = area.people.into_iter().map(EntityRef::from);
    people.chain(area.positions.into_iter().map(EntityRef::from)).collect()
}

/// Whether a position loses its team, or somebody has no membership left on the day on which all of it is in effect. A
/// membership that the plan has changed meanwhile counts as none.
fn may_hold(plan: &Plan, changes: &[Patch], today: NaiveDate) -> bool {
    let is_left = |patch: &Patch| {
        let team = |fields: &Option<Fields>| fields.as_ref().and_then(|fields| fields.get("team")).cloned();
        let has_team = |fields: &Option<Fields>| team(fields).is_some_and(|team| !team.is_null());
        patch.kind == Kind::Position
            && patch.after.is_some()
            && has_team(&patch.before)
            && !has_team(&patch.after)
    };
    if changes.iter().any(is_left) {
        return true;
    }
    let memberships: Vec<&Patch> = changes.iter().filter(|patch| patch.kind == Kind::Membership).collect();
    let person = |patch: &Patch| Some(plan.get::<Membership>(patch.id.into())?.person);
    let mut people: FxHashSet<PersonId> = memberships.iter().filter_map(|patch| person(patch)).collect();
    if people.is_empty() {
        return false;
    }
    let sets_day = |patch: &&Patch| {
        patch
            .after
            .iter()
            .flat_map(Fields::keys)
            .any(|field| ["from", "until", "on"].contains(&field.as_str()))
    };
    let alone: Vec<Change> = changes.iter().filter(sets_day).map(Patch::alone).collect();
    let day = in_effect_from(&alone).map_or(today, |day| day.max(today));
    let mut draft = Draft::new(plan);
    for patch in memberships {
        match patch.onto(plan) {
            Ok(change) => draft.extend([change]),
            Err(_) => draft.remove::<Membership>(patch.id.into()),
        }
    }
    for row in draft.iter::<Membership>().filter(|row| row.date_range().contains(day)) {
        people.remove(&row.person);
    }
    !people.is_empty()
}
