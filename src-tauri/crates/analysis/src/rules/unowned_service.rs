//! Services without an accountable owner.

use headroom_model::EntityRef;

use super::support::remedies::to_a_team;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Source},
    gap::{CoverageState, GapKind},
};

pub static RULE: Rule = Rule {
    id: "unowned-service",
    title: "Unowned service",
    severity: GapKind::Unowned.severity(),
    why: "When it fails at night, no one is called; when it must change, no one decides.",
    fix: "Assign a team. The owner of most related services is a good first choice.",
    source: Source {
        text: "Backstage: an entity’s owner bears ultimate responsibility for it",
        url: "https://backstage.io/docs/features/software-catalog/descriptor-format/#specowner-required",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(to_a_team) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in (0..snapshot.service_count()).filter(|at| snapshot.owners(*at).is_empty()) {
        let message = format!("{} has no owner", snapshot.service(at).name);
        let dependents =
            snapshot.needed_by(at).iter().map(|other| snapshot.service(*other as usize).id.into());
        let mut finding = Finding::of_service(check, at, message);
        finding.severity = check.of_coverage(snapshot.service(at), CoverageState::Unowned);
        if !snapshot.needed_by(at).is_empty() {
            finding = finding.with(Evidence::entities("Dependents", dependents));
        }
        let backups: Vec<EntityRef> = snapshot.ownerships(at).map(|row| row.owner.into()).collect();
        if !backups.is_empty() {
            finding = finding.with(Evidence::entities("Other roles", backups));
        }
        found.push(finding);
    }
}
