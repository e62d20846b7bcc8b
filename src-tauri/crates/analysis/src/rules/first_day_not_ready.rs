//! New hires whose onboarding checklist will not be ready on day one.

use headroom_model::wording::count_of;

use super::support::{apart::add_apart, new_hires, positions};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
    onboarding::{ChecklistSchedule, ChecklistSchedules, Milestone, ResolvedAssignee},
    schedule::Calendar,
};

pub static RULE: Rule = Rule {
    id: "first-day-not-ready",
    title: "Day one at risk",
    severity: Severity::High,
    why: "The new hire can’t start working: the critical path of their checklist ends after day one, however quickly \
          the rest is done.",
    fix: "Follow up on the first item of the critical path, find a workaround, or move the start date.",
    source: Source {
        text: "J. E. Kelley, M. R. Walker: Critical-path planning and scheduling, 1959",
        url: "https://doi.org/10.1145/1460299.1460318",
    },
    depends_on_date: true,
    thresholds: &[
        new_hires::BEFORE,
        Threshold {
            name: new_hires::FROM_START,
            default: 7,
            meaning: "Keep reporting for (days from the start date)",
            source: "Headroom default: the first week; after that, open items are overdue",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    // On a future date, nobody can have done anything later than today: open items continue from there.
    let (plan, today) = (check.context.snapshot.plan(), check.context.asked_on);
    let lists = new_hires::lists(check);
    if lists.is_empty() {
        return;
    }
    let calendar = Calendar::new(plan);
    let schedules = ChecklistSchedules::of(plan, &calendar, today, &lists);
    for schedule in lists.into_iter().filter_map(|list| schedules.course(list)) {
        if let Some(late) = schedule.milestones().day_one.filter(|milestone| milestone.number > 0)
            && let Some(finding) = finding(check, &schedule, &late)
        {
            add_apart(found, finding);
        }
    }
}

/// None if no open item delays the milestone: then it is over.
fn finding(check: &RuleContext<'_>, schedule: &ChecklistSchedule<'_>, late: &Milestone) -> Option<Finding> {
    let plan = check.context.snapshot.plan();
    let first = &schedule.items[*late.path.first()?];
    let message = format!(
        "{} isn’t ready for day one ({}): “{}” ({}) delays it by {}",
        plan.name_of(schedule.checklist.person.into()),
        positions::date(schedule.day(0)),
        first.item.title,
        first.who.name(plan),
        count_of(late.number as usize, "working day")
    );
    let path = || late.path.iter().map(|at| &schedule.items[*at]);
    let mut assignees: Vec<&ResolvedAssignee> = Vec::new();
    let mut to_act: Vec<String> = Vec::new();
    // Each assignee once, with their first item.
    for placed in path() {
        if !assignees.contains(&&placed.who) {
            assignees.push(&placed.who);
            let due = placed.due.map(|due| format!(", due {}", positions::date(due))).unwrap_or_default();
            to_act.push(format!("{}{due}", placed.who.name(plan)));
        }
    }
    let mut finding = new_hires::of_list(check, schedule.checklist, schedule.new_hire.team, message)
        .with(Evidence::entities("Critical path", path().map(|placed| placed.item.id.into())))
        .with(Evidence::words("Assignees", to_act.join("; ")))
        .with(Evidence::words("Ready on", positions::date(late.on).to_string()));
    finding.day = new_hires::ahead(check, schedule.day(0));
    Some(finding)
}
