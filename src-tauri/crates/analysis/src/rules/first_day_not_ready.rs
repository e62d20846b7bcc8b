use super::*;
use crate::{
    onboarding::{Course, Courses, Doer, Milestone},
    schedule::Calendar,
};

pub static RULE: Rule = Rule {
    id: "first-day-not-ready",
    title: "First day that comes before what it needs",
    severity: Severity::High,
    why: "Somebody comes and cannot begin: the longest chain of what is still to do ends after the first day, however \
          quickly the rest is done.",
    fix: "Ask whoever has to do the first item of the chain, find a way around it, or move the start.",
    source: Source {
        text: "J. E. Kelley, M. R. Walker: Critical-path planning and scheduling, 1959",
        url: "https://doi.org/10.1145/1460299.1460318",
    },
    thresholds: &[
        starting::BEFORE,
        Threshold {
            name: starting::FROM_START,
            default: 7,
            meaning: "how long after the start it is still told, in days from the first one on",
            source: "Headroom's own: the first week; what is open then is overdue",
        },
    ],
    check,
    remedies: None,
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    // On a day ahead nobody could have done anything later than today: what is open goes on from then.
    let (plan, today) = (check.context.snapshot.plan(), check.context.asked_on);
    let lists = starting::lists(check);
    if lists.is_empty() {
        return;
    }
    let calendar = Calendar::new(plan);
    let courses = Courses::of(plan, &calendar, today, &lists);
    for course in lists.into_iter().filter_map(|list| courses.course(list)) {
        if let Some(late) = course.milestones().day_one.filter(|milestone| milestone.number > 0)
            && let Some(finding) = finding(check, &course, &late)
        {
            add_apart(found, finding);
        }
    }
}

/// None when nothing open holds it up: then it is over.
fn finding(check: &Check<'_>, course: &Course<'_>, late: &Milestone) -> Option<Finding> {
    let plan = check.context.snapshot.plan();
    let first = &course.items[*late.path.first()?];
    let message = format!(
        "“{}” ({}) holds up the first day of {}, {}, by {}",
        first.item.title,
        first.who.name(plan),
        plan.name_of(course.checklist.person.into()),
        seats::date(course.day(0)),
        count_of(late.number as usize, "working day")
    );
    let path = || late.path.iter().map(|at| &course.items[*at]);
    let mut doers: Vec<&Doer> = Vec::new();
    let mut to_act: Vec<String> = Vec::new();
    // Each once, with the first of what is theirs.
    for placed in path() {
        if !doers.contains(&&placed.who) {
            doers.push(&placed.who);
            let due = placed.due.map(|due| format!(", due {}", seats::date(due))).unwrap_or_default();
            to_act.push(format!("{}{due}", placed.who.name(plan)));
        }
    }
    let mut finding = starting::of_list(check, course.checklist, course.newcomer.team, message)
        .with(Evidence::entities("One after the other", path().map(|placed| placed.item.id.into())))
        .with(Evidence::words("Have to act", to_act.join("; ")))
        .with(Evidence::words("Ready", seats::date(late.on).to_string()));
    finding.day = starting::ahead(check, course.day(0));
    Some(finding)
}
