//! Open actions past the day by which they were to be done.

use headroom_model::{Action, Owner, TeamId, wording};

use super::support::incidents::{is_important, statuses};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
    incidents::ActionStatus,
    policy::{IMPORTANT_ACTION_DAYS, OTHER_ACTION_DAYS},
};

pub static RULE: Rule = Rule {
    id: "action-overdue",
    title: "Action overdue",
    severity: Severity::High,
    why: "What was to be done so that it does not happen again is not done. Less severe where no service of tier 1 or 2 is \
          concerned.",
    fix: "Do it, agree on a new day, or drop it and say why.",
    source: Source {
        text: "Atlassian incident handbook, “Postmortems”: priority actions have four or eight weeks",
        url: "https://www.atlassian.com/incident-management/handbook/postmortems",
    },
    depends_on_date: true,
    thresholds: &[IMPORTANT_ACTION_DAYS, OTHER_ACTION_DAYS],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    for status in statuses(check) {
        let Some((days, due)) = status.overdue_days.zip(status.due) else { continue };
        let Some(action) = plan.get::<Action>(status.action) else { continue };
        let message = format!("“{}” was due on {}", action.title, wording::date(due));
        let mut finding = Finding::of_action(check, action, team_of(status), message);
        if !is_important(check, status.service) {
            finding.severity = finding.severity.min(Severity::Medium);
        }
        finding = finding.with(Evidence::words("Overdue", wording::count_of(days as usize, "day")));
        found.push(with_owners(finding, status));
    }
}

/// The first team of its owners.
pub(super) fn team_of(status: &ActionStatus) -> Option<TeamId> {
    status.owners.iter().find_map(|owner| match owner {
        Owner::Team(team) => Some(*team),
        Owner::Person(_) => None,
    })
}

pub(super) fn with_owners(finding: Finding, status: &ActionStatus) -> Finding {
    match status.owners.as_slice() {
        [] => finding.with(Evidence::words("Owner", "nobody")),
        owners => finding.with(Evidence::entities("Owner", owners.iter().map(|owner| (*owner).into()))),
    }
}
