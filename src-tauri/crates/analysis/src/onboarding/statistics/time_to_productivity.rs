use chrono::NaiveDate;
use headroom_model::ItemState;

use super::Quartiles;
use crate::onboarding::{ChecklistSchedule, ResolvedAssignee, ScheduledItem, generated::TASK_KEY};

/// How long a group of lists took.
///
/// Days count from the start of the list: 0 is the first day, and negative is before it. Working days are those at the
/// person's location; what is done on a day off counts for the next working day. Only what has happened is counted: as
/// long as lists are under way, the slow ones among them are missing, and the median is rather too low.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeToProductivity {
    pub lists: u32,
    /// Not complete, and the start is after today.
    pub to_come: u32,
    /// Started and not complete.
    pub under_way: u32,
    /// Everything that has to be done is done or skipped.
    pub complete: u32,
    /// Working days until the last item that had to be done was done, of lists that are complete. A list of which
    /// everything was skipped has no such day.
    pub done_working_days: Option<Quartiles>,
    /// The same in calendar days.
    pub done_calendar_days: Option<Quartiles>,
    /// Working days until the first contribution, of all lists that have one; see [`first_contribution`].
    pub contribution_working_days: Option<Quartiles>,
    /// The same in calendar days.
    pub contribution_calendar_days: Option<Quartiles>,
    /// Lists under way without a contribution so far. Complete lists without one have nothing that would be one, or it
    /// was not done.
    pub contribution_awaited: u32,
}

impl TimeToProductivity {
    pub(super) fn of(courses: &[&ChecklistSchedule<'_>]) -> Self {
        let mut times = Self {
            lists: u32::try_from(courses.len()).unwrap_or(u32::MAX),
            to_come: 0,
            under_way: 0,
            complete: 0,
            done_working_days: None,
            done_calendar_days: None,
            contribution_working_days: None,
            contribution_calendar_days: None,
            contribution_awaited: 0,
        };
        let (mut done, mut contributed) = (Vec::new(), Vec::new());
        for course in courses {
            let contribution = first_contribution(course).map(|day| since_start(course, day));
            contributed.extend(contribution);
            if course.is_complete() {
                times.complete += 1;
                done.extend(last_done(course).map(|day| since_start(course, day)));
            } else if course.checklist.start > course.today {
                times.to_come += 1;
            } else {
                times.under_way += 1;
                times.contribution_awaited += u32::from(contribution.is_none());
            }
        }
        (times.done_working_days, times.done_calendar_days) = spreads(&done);
        (times.contribution_working_days, times.contribution_calendar_days) = spreads(&contributed);
        times
    }
}

/// Working days and calendar days.
type Elapsed = (i64, i64);

fn since_start(course: &ChecklistSchedule<'_>, day: NaiveDate) -> Elapsed {
    (course.number(day).into(), (day - course.checklist.start).num_days())
}

fn spreads(days: &[Elapsed]) -> (Option<Quartiles>, Option<Quartiles>) {
    (
        Quartiles::of(days.iter().map(|(working, _)| *working)),
        Quartiles::of(days.iter().map(|(_, days)| *days)),
    )
}

/// The day on which the last item that had to be done was done.
fn last_done(course: &ChecklistSchedule<'_>) -> Option<NaiveDate> {
    course.items.iter().filter(|placed| placed.is_required()).filter_map(done_on).max()
}

/// The day of the first contribution: on or after the start, the first item was done that is about the work of the team
/// and that the person does themself. Such is
///
/// - a first task that was found in the plan (`task:…`): it settles something about the team or its services;
/// - an item of a template or made by hand that is about a service, as a goal or as something that has to be done. So a
///   template says what its first contribution is by naming the service.
///
/// What the plan gives to learn and whom to meet is none, nor is what others do, such as access to the service.
pub fn first_contribution(course: &ChecklistSchedule<'_>) -> Option<NaiveDate> {
    let contributions = course.items.iter().filter(|placed| is_contribution(course, placed));
    contributions.filter_map(done_on).filter(|day| *day >= course.checklist.start).min()
}

fn is_contribution(course: &ChecklistSchedule<'_>, placed: &ScheduledItem<'_>) -> bool {
    let item = placed.item;
    let is_about_work = match item.generated.as_str() {
        "" => item.service.is_some() && !item.optional,
        generated => generated.starts_with(TASK_KEY),
    };
    is_about_work && placed.who == ResolvedAssignee::Person(course.checklist.person)
}

fn done_on(placed: &ScheduledItem<'_>) -> Option<NaiveDate> {
    match placed.item.state {
        ItemState::Done { on, .. } => Some(on),
        _ => None,
    }
}
