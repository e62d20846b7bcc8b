//! Teams without members that own services.

use headroom_model::{EntityRef, wording::count_of};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Source},
    gap::GapKind,
};

pub static RULE: Rule = Rule {
    id: "empty-team-owns",
    title: "Empty team owns services",
    severity: GapKind::TeamEmpty.severity(),
    why: "Its services have an owner on paper, but no one looks after them.",
    fix: "Hand its services over to another team, or staff it.",
    source: Source {
        text: "Kubernetes OWNERS guide: “OWNERS maintenance”",
        url: "https://www.kubernetes.dev/docs/guide/owners/",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in (0..snapshot.team_count())
        .filter(|at| check.responders.on(*at).is_empty() && !snapshot.team(*at).unconfirmed)
    {
        let owned = snapshot.held_by_team(at).filter(|row| row.is_accountable());
        let mut owned: Vec<EntityRef> = owned.map(|row| row.service.into()).collect();
        owned.dedup();
        if !owned.is_empty() {
            let message = format!(
                "{} has no members but owns {}",
                snapshot.team(at).name,
                count_of(owned.len(), "service")
            );
            found.push(Finding::of_team(check, at, message).with(Evidence::entities("Owns", owned)));
        }
    }
}
