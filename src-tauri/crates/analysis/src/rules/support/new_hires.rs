//! Helpers of the rules about new hires.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};
use headroom_model::{Checklist, LifecycleEvent, PersonId, Plan, TeamId};

use super::positions;
use crate::{
    check::RuleContext,
    finding::{Evidence, Finding, Threshold},
    schedule::days_after,
};

pub const BEFORE: Threshold = Threshold {
    name: "days",
    default: 14,
    meaning: "Report from (days before the start date)",
    source: "GitLab handbook: created no later than two weeks before the new team member joins",
};

/// The name of each rule's threshold for how many days from the start date, which counts, a new hire is reported.
pub const FROM_START: &str = "days-from-start";

/// The start dates that are reported on the day looked at. On a future date, only those that are reported today
/// already: nothing can be overdue that is not due by today.
pub fn near(check: &RuleContext<'_>) -> RangeInclusive<NaiveDate> {
    let day = check.context.snapshot.day();
    let from_start = Days::new(check.threshold(FROM_START).into());
    let first = day.checked_sub_days(from_start).and_then(|before| before.succ_opt());
    first.unwrap_or(NaiveDate::MIN)..=days_after(check.context.asked_on, check.threshold(BEFORE.name).into())
}

/// Onboarding checklists with such a start date, of people who have not left.
pub fn lists<'a>(check: &RuleContext<'a>) -> Vec<&'a Checklist> {
    let (plan, near) = (check.context.snapshot.plan(), near(check));
    let joining = plan.checklists.iter().filter(|list| list.occasion == LifecycleEvent::Join);
    let near = joining.filter(|list| near.contains(&list.start));
    let is_there =
        |list: &&Checklist| is_there(plan, list.person, list.start.max(check.context.snapshot.day()));
    let mut lists: Vec<&Checklist> = near.filter(is_there).collect();
    lists.sort_by_key(|list| (plan.place_of(list.person), list.start));
    lists
}

/// Whether someone has not left before the day. They may not have joined yet.
pub fn is_there(plan: &Plan, person: PersonId, day: NaiveDate) -> bool {
    plan.people.get(person).is_some_and(|row| row.until.is_none_or(|last| last >= day))
}

/// `starts on 11 Jan 2027`, `started on 1 Sep 2026`.
pub fn starts(start: NaiveDate, today: NaiveDate) -> String {
    let verb = if start < today { "started" } else { "starts" };
    format!("{verb} on {}", positions::date(start))
}

/// A finding about a checklist. Its id tells it from those about other checklists of the same person.
pub fn of_list(check: &RuleContext<'_>, list: &Checklist, team: Option<TeamId>, message: String) -> Finding {
    let finding = Finding::of_new_hire(check, list.person, team, message);
    Finding { day: ahead(check, list.start), ..finding }
        .about(&list.start.to_string())
        .with(Evidence::entities("Checklist", [list.id.into()]))
}

/// The day, if it is in the future.
pub fn ahead(check: &RuleContext<'_>, day: NaiveDate) -> Option<NaiveDate> {
    Some(day).filter(|day| *day > check.context.snapshot.day())
}
