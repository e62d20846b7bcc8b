//! Services with exactly one responder.

use headroom_model::role;

use super::support::remedies::to_a_team;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Source},
    gap::{CoverageState, GapKind},
};

pub static RULE: Rule = Rule {
    id: "bus-factor-one",
    title: "Single point of failure",
    severity: GapKind::OnePerson.severity(),
    why: "Bus factor 1: if that person is ill or leaves, no one else can support the service.",
    fix: "Add a second person to the owning team, or name a backup owner.",
    source: Source {
        text: "G. Avelino et al.: A novel approach for estimating truck factors",
        url: "https://arxiv.org/abs/1604.06766",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(to_a_team) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.service_count() {
        let [one] = check.responders.of(at)[..] else { continue };
        let name = snapshot.plan().name_of(one.into());
        let message = format!("Only {name} can support {}", snapshot.service(at).name);
        let mut finding =
            Finding::of_service(check, at, message).with(Evidence::entities("Person", [one.into()]));
        let backups = || snapshot.ownerships(at).filter(|row| row.role == role::BACKUP);
        let has_backup = check.responders.lasting_behind(backups()).into_iter().any(|person| person != one);
        let state = if has_backup { CoverageState::OnePersonWithBackup } else { CoverageState::OnePerson };
        finding.severity = check.of_coverage(snapshot.service(at), state);
        if has_backup {
            // A lasting backup lowers the severity.
            finding = finding.with(Evidence::entities("Backup", backups().map(|row| row.owner.into())));
        }
        found.push(finding);
    }
}
