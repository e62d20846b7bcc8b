//! Assignments of one person to one position that overlap.

use rustc_hash::FxHashSet;

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
    hiring::said_twice,
};

pub static RULE: Rule = Rule {
    id: "assigned-twice",
    title: "Duplicate assignment",
    severity: Severity::Low,
    why: "The person counts only once, so one of the two assignments is redundant, or the first should have ended.",
    fix: "Delete one of the two assignments, or end the first where the second begins.",
    source: Source {
        text: "Frappe HR: a person’s shift assignments must not overlap",
        url: "https://github.com/frappe/hrms/blob/develop/hrms/hr/doctype/shift_assignment/shift_assignment.py",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (plan, day) = (check.context.snapshot.plan(), check.context.snapshot.day());
    let mut reported = FxHashSet::default();
    for (_, row) in said_twice(plan, day) {
        let Some(position) = plan.positions.get(row.position) else { continue };
        if !reported.insert((row.position, row.person)) {
            continue;
        }
        let (person, name) = (plan.name_of(row.person.into()), position.name());
        let message = format!("{person} is assigned to {name} twice for the same dates");
        let finding = Finding::of_position(check, position, message).about(plan.key_of(row.person.into()));
        found.push(finding.with(Evidence::entities("Person", [row.person.into()])));
    }
}
