//! Planned hires for support that has enough people without them.

use headroom_model::{Metric, Objective, Plan, Position, TeamId, reason, same_word};

use super::support::{help_desk, positions};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
    gates::{ObjectiveState, state_on},
    metrics::Figures,
    staffing::{SupportForecast, SupportMonth},
};

const BEFORE: Threshold = Threshold {
    name: "months",
    default: 2,
    meaning: "Months before the day in which people had to be enough",
    source: "Headroom default: one month may be an exception",
};

/// What customers feel when support is too small.
const PROMISED: [&str; 3] = ["first-reply-minutes", "service-level", "answer-seconds"];

pub static RULE: Rule = Rule {
    id: "support-hire-not-needed",
    title: "Hire for support not needed",
    severity: Severity::Medium,
    why: "The position is planned for support load, but those who are there, and the other hires, have hours enough for the \
          tickets and calls to come.",
    fix: "Put it on hold, or give it another reason.",
    source: Source {
        text: "Headroom: every planned position has a reason that can be reviewed",
        url: "https://kinnectx.com/blog-post/position-management-vs-job-management-in-workday-a-decision-guide",
    },
    depends_on_date: true,
    thresholds: &[BEFORE],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(positions::close_or_hold) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    let coming = positions::coming_hires(check);
    let for_support: Vec<&Position> = coming
        .iter()
        .map(|one| one.position)
        .filter(|position| same_word(&position.reason, reason::SUPPORT_LOAD))
        .collect();
    if for_support.is_empty() || check.shared.support(plan, day).is_empty() {
        return;
    }
    let Some(forecast) = SupportForecast::new(plan, day) else { return };
    let before = check.threshold("months") as usize;
    for (_, outlook) in help_desk::outlooks(check) {
        let past = &outlook.months[..outlook.over];
        let newest = &past[past.len().saturating_sub(before)..];
        let was_enough = newest.len() == before && !newest.iter().any(SupportMonth::falls_short);
        if !was_enough || misses_what_is_promised(plan, outlook.team, check) {
            continue;
        }
        let mut without = Vec::new();
        // The last to start goes first: what it does not take is for those before it.
        for position in for_support.iter().rev().filter(|position| position.team == Some(outlook.team)) {
            without.push(position.id);
            let Ok(left) = forecast.outlook_without(outlook.team, &without) else { return };
            let Some(worst) = left.coming().iter().max_by(|one, other| one.load().total_cmp(&other.load()))
            else {
                continue;
            };
            if left.first_short(1, usize::MAX).is_some() {
                without.pop();
                continue;
            }
            let message = format!(
                "{} is planned for support load, but {} has enough people without this hire",
                position.name(),
                plan.name_of(outlook.team.into())
            );
            let finding = Finding::of_position(check, position, message);
            let worst = Evidence::words("Without it, at most", help_desk::month_words(worst));
            found.push(finding.with(worst).with(help_desk::handle_time(outlook)));
        }
    }
}

/// Whether an objective of the team for what customers feel is not met.
fn misses_what_is_promised(plan: &Plan, team: TeamId, check: &RuleContext<'_>) -> bool {
    let is_of_team = |objective: &&Objective| {
        let metric = plan.get::<Metric>(objective.metric);
        objective.team == Some(team) && metric.is_some_and(|metric| PROMISED.contains(&metric.key.as_str()))
    };
    let objectives: Vec<&Objective> = plan.objectives.iter().filter(is_of_team).collect();
    let figures = Figures::new(plan);
    let is_missed = |objective: &&Objective| {
        state_on(&figures, objective, check.context.asked_on) == ObjectiveState::NotMet
    };
    objectives.iter().any(is_missed)
}
