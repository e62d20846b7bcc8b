//! People whose allocations to teams do not add up to full time.

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "person-share",
    title: "Over- or under-allocated",
    severity: Severity::Low,
    why: "The person’s allocations don’t add up to full time: the plan counts on hours that don’t exist, or misses some.",
    fix: "Correct the allocations: 100% in total for someone who works full time.",
    source: Source {
        text: "Fractional assignments: the “percentages” anti-pattern",
        url: "https://teamtopologies.com/key-concepts",
    },
    depends_on_date: false,
    thresholds: &[Threshold {
        name: "full",
        default: 100,
        meaning: "Full allocation (% of working time)",
        source: "By definition",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let full = check.threshold("full");
    for at in (0..snapshot.person_count()).filter(|at| !snapshot.person(*at).unconfirmed) {
        // Skipped while the allocation to one of the teams is unknown.
        let shares: Option<Vec<u32>> = snapshot.memberships(at).map(|row| row.share.map(u32::from)).collect();
        let Some(shares) = shares.filter(|shares| !shares.is_empty()) else { continue };
        let sum: u32 = shares.iter().sum();
        if sum != full {
            let person = snapshot.person(at);
            let message = format!("{} is allocated {sum}% (full time: {full}%)", person.name);
            let teams = snapshot.memberships(at).map(|row| row.team.into());
            let mut finding = Finding::of_person(check, at, message).with(Evidence::entities("Teams", teams));
            if sum > full {
                finding.severity = finding.severity.max(Severity::Medium);
            }
            found.push(finding);
        }
    }
}
