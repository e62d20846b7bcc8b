//! Findings and remedies shared by the two rules about dependency cycles.

use headroom_model::{Dependency, EntityRef, Owner, ServiceIx, Snapshot};
use rustc_hash::FxHashMap;

use super::remedies::end_dependencies;
use crate::{
    across_teams::is_across_owners,
    check::RuleContext,
    context::Context,
    finding::{Evidence, Finding, Remedy},
    graph::{feedback_arc_sets, shortest_cycle},
};

/// Reports the cycles for which `is_wanted` accepts whether they are across owners, that is whether no owner owns
/// every service. Each of several owners of a service counts.
pub fn find(check: &RuleContext<'_>, found: &mut Vec<Finding>, is_wanted: impl Fn(bool) -> bool) {
    let snapshot = check.context.snapshot;
    for members in check.context.facts.condensation.cycles() {
        let mut owners: Vec<Option<Owner>> =
            members.iter().flat_map(|member| owners_of(snapshot, *member as usize)).collect();
        owners.sort_unstable_by_key(|owner| owner.map(|owner| snapshot.plan().place_of(owner)));
        owners.dedup();
        if is_wanted(is_across_owners(snapshot, members)) {
            found.push(finding(check, members, &owners));
        }
    }
}

/// The owners of a service; `None` stands for no owner.
fn owners_of(snapshot: &Snapshot, at: ServiceIx) -> Vec<Option<Owner>> {
    let owners = snapshot.owners(at);
    if owners.is_empty() { vec![None] } else { owners.iter().copied().map(Some).collect() }
}

fn finding(check: &RuleContext<'_>, members: &[u32], owners: &[Option<Owner>]) -> Finding {
    let snapshot = check.context.snapshot;
    let reference = |member: &u32| EntityRef::from(snapshot.service(*member as usize).id);
    // The subject is the first member by name, so that the finding keeps its id when weights change.
    let place = |member: &u32| snapshot.plan().place_of(snapshot.service(*member as usize).id);
    let first = members.iter().min_by_key(|member| place(member)).copied().unwrap_or_default();
    let round = shortest_cycle(snapshot.needs_graph(), members, first);
    let names: Vec<&str> =
        round.iter().chain([&first]).map(|at| snapshot.service(*at as usize).name.as_str()).collect();
    let across = match owners.len() {
        1 => String::new(),
        count => format!(" across {count} owners"),
    };
    let message = format!("Dependency cycle of {} services{across}: {}", members.len(), names.join(" → "));
    let finding = Finding::of_service(check, first as usize, message)
        .with(Evidence::entities("Shortest cycle", round.iter().map(reference)))
        .with(Evidence::entities("All services", members.iter().map(reference)));
    let owners = owners.iter().flatten().map(|owner| EntityRef::from(*owner));
    let finding = finding.with(Evidence::entities("Owners", owners));
    // For a larger cycle the list of cuts is too long to be of use. The remedy has all of them.
    if members.len() > CUT_IN_WORDS {
        return finding;
    }
    finding.with(Evidence::words("Cheapest to remove", cuts_in_words(snapshot, members)))
}

/// The largest cycle for which the cuts are listed.
const CUT_IN_WORDS: usize = 1000;
/// The number of cuts listed.
const LISTED: usize = 8;

/// The cost of removing a dependency: 1 if it is soft, 3 if it is hard, else 2. Several rows between two services add
/// up.
fn cost(criticality: &str) -> u32 {
    match criticality.to_lowercase().as_str() {
        "soft" => 1,
        "hard" => 3,
        _ => 2,
    }
}

/// The cheapest dependencies whose removal leaves no cycle among the members.
pub fn cuts(snapshot: &Snapshot, members: &[u32]) -> Vec<(u32, u32)> {
    let mut costs: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for from in members {
        for row in snapshot.dependencies(*from as usize) {
            if let Some(to) = snapshot.service_ix(row.depends_on) {
                *costs.entry((*from, to as u32)).or_default() += cost(&row.criticality);
            }
        }
    }
    feedback_arc_sets(snapshot.needs_graph(), members, |from, to| {
        costs.get(&(from, to)).copied().unwrap_or(1)
    })
}

fn cuts_in_words(snapshot: &Snapshot, members: &[u32]) -> String {
    let cuts = cuts(snapshot, members);
    let name = |at: u32| snapshot.service(at as usize).name.as_str();
    let listed: Vec<String> =
        cuts.iter().take(LISTED).map(|(from, to)| format!("{} → {}", name(*from), name(*to))).collect();
    let more = cuts.len().saturating_sub(LISTED);
    listed.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}

/// The remedy that ends the cheapest dependencies.
pub fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let condensation = &context.facts.condensation;
    let members = &condensation.components[condensation.component_of[at] as usize];
    let cuts = cuts(snapshot, members);
    let is_cut = |row: &&Dependency| {
        let ends = snapshot.service_ix(row.service).zip(snapshot.service_ix(row.depends_on));
        ends.is_some_and(|(from, to)| cuts.contains(&(from as u32, to as u32)))
    };
    let rows = members.iter().flat_map(|member| snapshot.dependencies(*member as usize)).filter(is_cut);
    let label = match cuts.len() {
        1 => "Remove the cheapest dependency".to_owned(),
        count => format!("Remove the {count} cheapest dependencies"),
    };
    end_dependencies(snapshot, rows, &label)
}
