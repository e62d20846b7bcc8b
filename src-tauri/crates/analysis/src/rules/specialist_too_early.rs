//! Specialists hired for a team that is still small.

use headroom_model::{Breadth, Position, wording::count_of};

use super::support::positions;
use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Finding, Remedy, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "specialist-too-early",
    title: "Specialist on a small team",
    severity: Severity::Low,
    why: "On a small team everyone does whatever comes up. A specialist waits for work in their field while the rest is short-handed.",
    fix: "Hire a generalist first, or plan the specialist for later.",
    source: Source {
        text: "Headroom: generalists first, then specialists; team sizes by W. Larson",
        url: "https://lethain.com/sizing-engineering-teams/",
    },
    depends_on_date: true,
    thresholds: &[Threshold {
        name: "people",
        default: 4,
        meaning: "Minimum team size before a specialist joins (people)",
        source: "Headroom default; W. Larson: fewer than four people are not a team",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let least = check.threshold("people") as usize;
    let coming = positions::coming_hires(check);
    for (one, size) in coming.iter().zip(positions::sizes(check, &coming)) {
        let (Some(team), Some(Breadth::Specialist)) = (one.position.team, one.position.breadth) else {
            continue;
        };
        if size < least {
            let team = snapshot.plan().name_of(team.into());
            let message = format!(
                "{} is a specialist for {team}, which has only {} by then",
                one.position.name(),
                count_of(size, "person")
            );
            found.push(Finding::of_position(check, one.position, message));
        }
    }
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let Some(position) = positions::position_of(context, finding) else { return Vec::new() };
    let generalist = Position { breadth: Some(Breadth::Generalist), ..position.clone() };
    vec![positions::remedy(context.snapshot.plan(), "Make it a generalist".to_owned(), generalist)]
}
