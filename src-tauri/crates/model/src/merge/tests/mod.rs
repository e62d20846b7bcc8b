mod meeting;

use super::*;
use crate::NewIds;

/// A copy that gives other IDs.
fn copy(plan: &Plan, seed: u64) -> Plan {
    let tables = (**plan).clone();
    Plan::from_tables(tables, NewIds::seeded(seed)).unwrap()
}

fn patches(from: &Plan, to: &Plan) -> Vec<Patch> {
    changes_between(from, to).iter().map(Patch::of).collect()
}

/// Theirs merged into ours.
fn merged(base: &Plan, ours: &Plan, theirs: &Plan) -> (Plan, Merge) {
    let others = patches(base, ours).iter().map(Patch::subject).collect();
    let merge = merge(ours, &patches(base, theirs), &others);
    let mut plan = ours.clone();
    plan.apply(&merge.changes).expect("a merge applies");
    (plan, merge)
}
