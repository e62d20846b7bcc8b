//! Open actions whose owner does not know of them: their service changed hands, or whose they are is gone.

use headroom_model::{Action, Draft, Owner, Snapshot, TeamId, wording};

use super::{
    action_overdue::{team_of, with_owners},
    support::incidents::statuses,
};
use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source},
    incidents::{ActionOwners, LostOwner},
};

pub static RULE: Rule = Rule {
    id: "action-lost-its-owner",
    title: "Action lost its owner",
    severity: Severity::High,
    why: "Since the action was agreed on, its service was handed over, or whose it was is gone. It came along without a word, \
          and nobody works on it.",
    fix: "Let today’s owner take it, with a day by which it is done, or drop it.",
    source: Source {
        text: "Headroom default: an action follows its service",
        url: "https://sre.google/workbook/postmortem-culture/",
    },
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    for status in statuses(check) {
        let Some((lost, action)) = status.lost.as_ref().zip(plan.get::<Action>(status.action)) else {
            continue;
        };
        let name = |owner: &Owner| plan.name_of((*owner).into());
        let why = match lost {
            LostOwner::HandedOver { before, on } => {
                let from = before.iter().map(&name).collect::<Vec<_>>().join(" and ");
                let when = on.map(|on| format!(" on {}", wording::date(on))).unwrap_or_default();
                let to = status.owners.iter().map(&name).collect::<Vec<_>>().join(" and ");
                format!("went from {from} to {to}{when}")
            }
            LostOwner::Nobody => "has no owner any more".to_owned(),
            LostOwner::Gone(owner) => format!("is {}’s, which is not there any more", name(owner)),
            LostOwner::Empty(owner) => format!("is {}’s, which has nobody", name(owner)),
        };
        let message = format!("“{}” {why}", action.title);
        let finding = Finding::of_action(check, action, team_of(status), message);
        let finding = with_owners(finding, status);
        found.push(match lost {
            LostOwner::HandedOver { before, .. } => {
                finding.with(Evidence::entities("Before", before.iter().map(|owner| (*owner).into())))
            }
            _ => finding,
        });
    }
}

/// The team that owns the service today takes it.
fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let plan = context.snapshot.plan();
    let Some(action) = plan.actions.iter().find(|action| finding.subject == action.id.into()) else {
        return Vec::new();
    };
    let (owners, day) = (ActionOwners::new(plan), context.snapshot.day());
    // A team that is gone or has nobody takes nothing.
    let is_handed_over = owners.handed_over(action, day).is_some();
    let owners = if is_handed_over { owners.owners(action, day) } else { Vec::new() };
    let teams = owners.into_iter().filter_map(|owner| match owner {
        Owner::Team(team) if has_people(context.snapshot, team) => Some(team),
        _ => None,
    });
    let give = |team| {
        let mut draft = Draft::new(plan);
        draft.put(Action { team: Some(team), ..action.clone() });
        Remedy::new(format!("Give it to {}", plan.name_of(team.into())), draft.finish())
    };
    teams.filter(|team| action.team != Some(*team)).map(give).collect()
}

fn has_people(snapshot: &Snapshot, team: TeamId) -> bool {
    snapshot.team_ix(team).is_some_and(|at| !snapshot.people_on(at).is_empty())
}
