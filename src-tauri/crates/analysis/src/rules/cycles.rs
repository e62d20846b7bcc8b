//! What both rules about dependency cycles share.

use super::*;
use crate::graph::shortest_cycle;

/// Reports each cycle whose number of first owners is wanted. The subject is the member on which most depend.
pub fn find(check: &Check<'_>, found: &mut Vec<Finding>, is_wanted: impl Fn(usize) -> bool) {
    let snapshot = check.context.snapshot;
    for members in check.context.facts.condensation.cycles() {
        let mut owners: Vec<Option<Owner>> =
            members.iter().map(|member| snapshot.owners(*member as usize).first().copied()).collect();
        owners.sort_unstable();
        owners.dedup();
        if is_wanted(owners.len()) {
            found.push(finding(check, members, &owners));
        }
    }
}

fn finding(check: &Check<'_>, members: &[u32], owners: &[Option<Owner>]) -> Finding {
    let snapshot = check.context.snapshot;
    let reference = |member: &u32| EntityRef::from(snapshot.service(*member as usize).id);
    let key = |member: &u32| snapshot.service(*member as usize).key.as_str();
    // Named after its first member, so that it stays the same finding when its weight changes.
    let first = members.iter().min_by_key(|member| key(member)).copied().unwrap_or_default();
    let round = shortest_cycle(snapshot.needs_graph(), members, first);
    let names: Vec<&str> =
        round.iter().chain([&first]).map(|at| snapshot.service(*at as usize).name.as_str()).collect();
    let across = match owners.len() {
        1 => String::new(),
        count => format!(" across {count} owners"),
    };
    let message = format!("{} services need each other{across}: {}", members.len(), names.join(" → "));
    let finding = Finding::of_service(check, first as usize, message)
        .with(Evidence::entities("Shortest round", round.iter().map(reference)))
        .with(Evidence::entities("All members", members.iter().map(reference)));
    finding.with(Evidence::entities("Owners", owners.iter().flatten().map(|owner| EntityRef::from(*owner))))
}
