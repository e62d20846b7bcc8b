//! Items of templates that are often late.

use std::cmp::Ordering;

use chrono::NaiveDate;
use headroom_model::{Entity, ItemState, Plan, Template, TemplateId, TemplateItem};
use rustc_hash::FxHashMap;

use super::Quartiles;
use crate::onboarding::{ChecklistSchedule, ScheduledItem};

/// The fewest cases for a verdict. With two, one bad week would be half of them.
pub const LEAST_CASES: u32 = 3;
/// The percentage of late cases from which an item is reported. From half on, its due date misleads at least as often
/// as it helps.
pub const LEAST_LATE_PERCENT: u32 = 50;

/// An item of a template that is often late in the lists made from it.
///
/// Counted are required items with a due date that were not skipped. Days are working days: due on Friday and done on
/// Sunday is one day late.
#[derive(Debug, Clone, PartialEq)]
pub struct LateItems {
    /// The id of the template's item, which may be deleted.
    pub origin: u64,
    /// The template that it is in; none if the item is deleted.
    pub template: Option<TemplateId>,
    /// The title in the template; if the item is deleted, that in the newest list.
    pub title: String,
    /// Lists in which it is done, or was due before today.
    pub cases: u32,
    /// Cases in which it was done after its due date, or is overdue.
    pub late: u32,
    /// Late cases in which it is still open.
    pub open: u32,
    /// Late cases in which a dependency was not done by the due date: the item was blocked, and the dependency is to
    /// blame.
    pub held_up: u32,
    /// Working days late, over the late cases; for open items until today.
    pub days_late: Quartiles,
}

/// A copy of a template's item that is done or due.
struct Case<'c, 'a> {
    scheduled: &'c ScheduledItem<'a>,
    /// Working days after the due date; 0 if not late.
    /// The start of the checklist.
    start: NaiveDate,
    days_late: i32,
    is_held_up: bool,
}

/// The items that are often late, those with the highest share of late cases first.
pub(super) fn late_items(plan: &Plan, schedules: &[&ChecklistSchedule<'_>]) -> Vec<LateItems> {
    let mut by_origin: FxHashMap<u64, Vec<Case<'_, '_>>> = FxHashMap::default();
    for schedule in schedules {
        for scheduled in &schedule.items {
            if let Some((origin, case)) = scheduled.item.origin.zip(case(schedule, scheduled)) {
                by_origin.entry(origin).or_default().push(case);
            }
        }
    }
    let mut found: Vec<LateItems> =
        by_origin.into_iter().filter_map(|(origin, cases)| of_cases(plan, origin, &cases)).collect();
    found.sort_by(|one, other| by_weight(one, other).then_with(|| in_order(plan, one, other)));
    found
}

fn by_weight(a: &LateItems, b: &LateItems) -> Ordering {
    let lateness = |it: &LateItems| it.days_late.median;
    b.late.cmp(&a.late).then(lateness(b).total_cmp(&lateness(a)))
}

/// Of the same weight: by title, then as in the templates; items of deleted templates first.
fn in_order(plan: &Plan, one: &LateItems, other: &LateItems) -> Ordering {
    let item = |late: &LateItems| plan.template_items.get(late.origin.into());
    one.title.cmp(&other.title).then_with(|| match (item(one), item(other)) {
        (Some(one), Some(other)) => one.compare(other, plan),
        (one, other) => one.is_some().cmp(&other.is_some()),
    })
}

fn case<'c, 'a>(schedule: &ChecklistSchedule<'_>, scheduled: &'c ScheduledItem<'a>) -> Option<Case<'c, 'a>> {
    let due = scheduled.due_number.filter(|_| scheduled.is_required())?;
    let until = match &scheduled.item.state {
        ItemState::Skipped { .. } => return None,
        ItemState::Done { on, .. } => schedule.number(*on),
        ItemState::Open | ItemState::Blocked { .. } => {
            Some(schedule.number(schedule.today)).filter(|today| *today > due)?
        }
    };
    let is_held_up = scheduled.after.iter().any(|(before, _)| schedule.items[*before].finish > due);
    let start = schedule.checklist.start;
    Some(Case { scheduled, start, days_late: until.saturating_sub(due).max(0), is_held_up })
}

fn of_cases(plan: &Plan, origin: u64, cases: &[Case<'_, '_>]) -> Option<LateItems> {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let late: Vec<&Case<'_, '_>> = cases.iter().filter(|case| case.days_late > 0).collect();
    if count(cases.len()) < LEAST_CASES || late.len() * 100 < cases.len() * LEAST_LATE_PERCENT as usize {
        return None;
    }
    let item: Option<&TemplateItem> = plan.template_items.get(origin.into());
    let newest = cases.iter().max_by_key(|case| (case.start, &case.scheduled.item.title))?.scheduled.item;
    Some(LateItems {
        origin,
        template: item.map(|item| item.template).filter(|id| plan.get::<Template>(*id).is_some()),
        title: item.map_or_else(|| newest.title.clone(), |item| item.title.clone()),
        cases: count(cases.len()),
        late: count(late.len()),
        open: count(late.iter().filter(|case| !case.scheduled.is_over()).count()),
        held_up: count(late.iter().filter(|case| case.is_held_up).count()),
        days_late: Quartiles::of(late.iter().map(|case| case.days_late.into()))?,
    })
}
