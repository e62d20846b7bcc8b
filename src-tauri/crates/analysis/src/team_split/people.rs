//! Who goes with the services.

use headroom_model::{Owner, PersonId, ServiceIx, is_lead};
use rustc_hash::FxHashSet;

use super::Whole;
use crate::team_load::weight;

/// The people who go: in proportion to the load, those first who have a role of their own for what goes, then by location,
/// so that sites stay together. Whoever leads stays.
pub(super) fn going(whole: &Whole<'_>, away: &FxHashSet<ServiceIx>) -> FxHashSet<PersonId> {
    let snapshot = whole.snapshot;
    let points = |services: &mut dyn Iterator<Item = &ServiceIx>| -> u32 {
        services.map(|at| weight(snapshot.service(*at))).sum()
    };
    let count = whole.problem().people_for(points(&mut away.iter()), points(&mut whole.services.iter()));
    let leads: FxHashSet<PersonId> = snapshot
        .team_ix(whole.team)
        .into_iter()
        .flat_map(|team| snapshot.members(team))
        .filter(|row| is_lead(&row.role))
        .map(|row| row.person)
        .collect();
    // Positive for those who belong to what goes.
    let tie = |person: PersonId| -> i64 {
        let holds = |at: &&ServiceIx| snapshot.ownerships(**at).any(|row| row.owner == Owner::Person(person));
        let held: Vec<&ServiceIx> = whole.services.iter().filter(holds).collect();
        held.iter().map(|at| if away.contains(*at) { 1 } else { -1 }).sum()
    };
    let plan = snapshot.plan();
    let location =
        |person: PersonId| plan.people.get(person).map(|row| row.location.clone()).unwrap_or_default();
    let mut found: Vec<PersonId> =
        whole.people.iter().copied().filter(|person| !leads.contains(person)).collect();
    found.sort_by_cached_key(|person| (-tie(*person), location(*person), plan.place_of(*person)));
    found.into_iter().take(count as usize).collect()
}
