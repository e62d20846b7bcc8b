//! Time to productivity: how long checklists and first contributions took.

use chrono::NaiveDate;
use headroom_model::ItemState;

use super::Quartiles;
use crate::onboarding::{ChecklistSchedule, ResolvedAssignee, ScheduledItem};

/// The prefix of the keys of first tasks, which are generated from findings.
pub(crate) const FIRST_TASK: &str = "task:";

/// How long a group of checklists took.
///
/// Days count from the start: 0 is day one, negative is before it. Working days are those at the person's location;
/// what is done on a day off counts for the next working day. Only what has happened is counted: while lists are
/// under way, the slow ones among them are missing, and the median is biased low.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeToProductivity {
    pub lists: u32,
    /// Incomplete, with a start after today.
    pub to_come: u32,
    /// Started and incomplete.
    pub under_way: u32,
    /// All required items are done or skipped.
    pub complete: u32,
    /// Working days until the last required item was done, over complete lists in which at least one was done.
    pub done_working_days: Option<Quartiles>,
    /// The same in calendar days.
    pub done_calendar_days: Option<Quartiles>,
    /// Working days until the first contribution, over all lists that have one; see [`first_contribution`].
    pub contribution_working_days: Option<Quartiles>,
    /// The same in calendar days.
    pub contribution_calendar_days: Option<Quartiles>,
    /// Lists under way without a contribution so far. Complete lists without one have no such item, or skipped it.
    pub contribution_awaited: u32,
}

impl TimeToProductivity {
    pub(super) fn of(schedules: &[&ChecklistSchedule<'_>]) -> Self {
        let mut times = Self {
            lists: u32::try_from(schedules.len()).unwrap_or(u32::MAX),
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
        for schedule in schedules {
            let contribution = first_contribution(schedule).map(|day| since_start(schedule, day));
            contributed.extend(contribution);
            if schedule.is_complete() {
                times.complete += 1;
                done.extend(last_done(schedule).map(|day| since_start(schedule, day)));
            } else if schedule.checklist.start > schedule.today {
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

fn since_start(schedule: &ChecklistSchedule<'_>, day: NaiveDate) -> Elapsed {
    (schedule.number(day).into(), (day - schedule.checklist.start).num_days())
}

fn spreads(days: &[Elapsed]) -> (Option<Quartiles>, Option<Quartiles>) {
    (
        Quartiles::of(days.iter().map(|(working, _)| *working)),
        Quartiles::of(days.iter().map(|(_, days)| *days)),
    )
}

/// The date on which the last required item was done.
fn last_done(schedule: &ChecklistSchedule<'_>) -> Option<NaiveDate> {
    schedule.items.iter().filter(|scheduled| scheduled.is_required()).filter_map(done_on).max()
}

/// The date of the first contribution: the first item done on or after the start, by the person themself, that is about
/// the work of the team. That is
///
/// - a first task generated from a finding (`task:…`), since it resolves something about the team or its services;
/// - an item, from a template or made by hand, that is about a service and is a goal or required. A template says what
///   its first contribution is by naming the service.
///
/// Learning about a service and meeting people are not contributions, nor is what others do, such as granting access.
pub fn first_contribution(schedule: &ChecklistSchedule<'_>) -> Option<NaiveDate> {
    let contributions = schedule.items.iter().filter(|scheduled| is_contribution(schedule, scheduled));
    contributions.filter_map(done_on).filter(|day| *day >= schedule.checklist.start).min()
}

fn is_contribution(schedule: &ChecklistSchedule<'_>, scheduled: &ScheduledItem<'_>) -> bool {
    let item = scheduled.item;
    let is_about_work = match item.generated.as_str() {
        "" => item.service.is_some() && !item.optional,
        generated => generated.starts_with(FIRST_TASK),
    };
    is_about_work && scheduled.who == ResolvedAssignee::Person(schedule.checklist.person)
}

fn done_on(scheduled: &ScheduledItem<'_>) -> Option<NaiveDate> {
    match scheduled.item.state {
        ItemState::Done { on, .. } => Some(on),
        _ => None,
    }
}
