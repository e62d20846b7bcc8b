use std::{cmp::Ordering, collections::BTreeMap};

use headroom_model::{ItemState, Plan, Template, TemplateId, TemplateItem};

use super::Quartiles;
use crate::onboarding::{ChecklistSchedule, ScheduledItem};

/// An item is called slipping from so many cases on. Of two, one bad week of one person would be half.
pub const LEAST_CASES: u32 = 3;
/// An item is slipping when it is late in at least so many of a hundred cases: then its due day misleads whoever goes by
/// it at least as often as it helps.
pub const LEAST_LATE_PERCENT: u32 = 50;

/// An item of a template that is late again and again, in the lists that were made from it.
///
/// Counted is what has to be done; neither goals, nor what is optional, nor what was skipped, nor what never had a due
/// day. Days are working days: what is due on Friday and done on Sunday is one day late.
#[derive(Debug, Clone, PartialEq)]
pub struct LateItems {
    /// The number of the template's item, which may be gone.
    pub origin: u32,
    /// The template that it is in; none when the item is gone.
    pub template: Option<TemplateId>,
    /// As the template has it; when it is gone, as the newest list has it.
    pub title: String,
    /// Lists in which it is done, or was due before today.
    pub cases: u32,
    /// Those in which it was done after its due day, or is still to do after it.
    pub late: u32,
    /// Those of the late ones that it is still to do in.
    pub open: u32,
    /// Those of the late ones in which something that it waits for was not done by the due day: it was held up, and what
    /// comes before it is to blame.
    pub held_up: u32,
    /// By how many working days the late ones are late; what is still to do, until today.
    pub days_late: Quartiles,
}

/// A copy of a template's item that is done or due.
struct Case<'c, 'a> {
    placed: &'c ScheduledItem<'a>,
    /// Working days after the due day; not late is 0.
    days_late: i32,
    is_held_up: bool,
}

/// Those that are late in most cases come first.
pub(super) fn late_items(plan: &Plan, courses: &[&ChecklistSchedule<'_>]) -> Vec<LateItems> {
    let mut by_origin: BTreeMap<u32, Vec<Case<'_, '_>>> = BTreeMap::new();
    for course in courses {
        for placed in &course.items {
            if let Some((origin, case)) = placed.item.origin.zip(case(course, placed)) {
                by_origin.entry(origin).or_default().push(case);
            }
        }
    }
    let mut found: Vec<LateItems> =
        by_origin.into_iter().filter_map(|(origin, cases)| of_cases(plan, origin, &cases)).collect();
    found.sort_by(by_weight);
    found
}

fn by_weight(a: &LateItems, b: &LateItems) -> Ordering {
    let lateness = |it: &LateItems| it.days_late.median;
    b.late.cmp(&a.late).then(lateness(b).total_cmp(&lateness(a))).then(a.origin.cmp(&b.origin))
}

fn case<'c, 'a>(course: &ChecklistSchedule<'_>, placed: &'c ScheduledItem<'a>) -> Option<Case<'c, 'a>> {
    let due = placed.due_number.filter(|_| placed.is_required())?;
    let until = match &placed.item.state {
        ItemState::Skipped { .. } => return None,
        ItemState::Done { on, .. } => course.number(*on),
        ItemState::Open | ItemState::Blocked { .. } => {
            Some(course.number(course.today)).filter(|today| *today > due)?
        }
    };
    let is_held_up = placed.after.iter().any(|(before, _)| course.items[*before].finish > due);
    Some(Case { placed, days_late: until.saturating_sub(due).max(0), is_held_up })
}

fn of_cases(plan: &Plan, origin: u32, cases: &[Case<'_, '_>]) -> Option<LateItems> {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let late: Vec<&Case<'_, '_>> = cases.iter().filter(|case| case.days_late > 0).collect();
    if count(cases.len()) < LEAST_CASES || late.len() * 100 < cases.len() * LEAST_LATE_PERCENT as usize {
        return None;
    }
    let item: Option<&TemplateItem> = plan.template_items.get(origin.into());
    let newest = cases.iter().max_by_key(|case| case.placed.item.id)?.placed.item;
    Some(LateItems {
        origin,
        template: item.map(|item| item.template).filter(|id| plan.get::<Template>(*id).is_some()),
        title: item.map_or_else(|| newest.title.clone(), |item| item.title.clone()),
        cases: count(cases.len()),
        late: count(late.len()),
        open: count(late.iter().filter(|case| !case.placed.is_over()).count()),
        held_up: count(late.iter().filter(|case| case.is_held_up).count()),
        days_late: Quartiles::of(late.iter().map(|case| case.days_late.into()))?,
    })
}
