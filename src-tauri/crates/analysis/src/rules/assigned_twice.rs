use rustc_hash::FxHashSet;

use super::*;
use crate::hiring::said_twice;

pub static RULE: Rule = Rule {
    id: "assigned-twice",
    title: "Somebody assigned to a position twice",
    severity: Severity::Low,
    why: "It counts once, so one of the two rows is not needed, and perhaps the first should have ended.",
    fix: "Remove one of the two assignments, or let the first one end where the second begins.",
    source: Source {
        text: "Frappe HR: shift assignments of one person must not overlap",
        url: "https://github.com/frappe/hrms/blob/develop/hrms/hr/doctype/shift_assignment/shift_assignment.py",
    },
    thresholds: &[],
    check,
    remedies: None,
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let (plan, day) = (check.context.snapshot.plan(), check.context.snapshot.day());
    let mut told = FxHashSet::default();
    for (_, row) in said_twice(plan, day) {
        let Some(position) = plan.positions.get(row.position) else { continue };
        if !told.insert((row.position, row.person)) {
            continue;
        }
        let (person, name) = (plan.name_of(row.person.into()), position.name());
        let message = format!("{person} is assigned to {name} twice at the same time; it counts once");
        let finding = Finding::of_position(check, position, message).about(plan.key_of(row.person.into()));
        found.push(finding.with(Evidence::entities("In it", [row.person.into()])));
    }
}
