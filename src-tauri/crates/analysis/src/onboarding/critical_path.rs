//! Milestones of a checklist: critical path and slack.

use chrono::NaiveDate;

use super::ChecklistSchedule;

/// A day on which all items of a group are expected to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// The expected working day, if everyone keeps to the due dates from today on.
    pub number: i32,
    pub on: NaiveDate,
    pub is_reached: bool,
    /// The critical path: the longest chain of open items that determines the day, as indexes, first item first.
    /// Empty if no open item does.
    pub path: Vec<usize>,
    /// The slack of each item in working days; a delay of `n` delays the milestone by `n - slack`. None if the item
    /// is done or the milestone does not depend on it.
    pub slack: Vec<Option<i32>>,
}

impl Milestone {
    /// By how many working days a delay of one item delays the milestone.
    pub fn put_off(&self, item: usize, days: i32) -> i32 {
        self.slack.get(item).copied().flatten().map_or(0, |slack| days.saturating_sub(slack).max(0))
    }
}

/// The milestones of a checklist. Optional items and goals count only if a required item depends on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestones {
    /// All required items due by day one are done; none if there are none.
    pub day_one: Option<Milestone>,
    /// All required items are done; none if there are none.
    pub productive: Option<Milestone>,
}

impl Milestones {
    pub(super) fn of(schedule: &ChecklistSchedule<'_>) -> Self {
        let is_required = |at: &usize| schedule.items[*at].is_required();
        let all: Vec<usize> = (0..schedule.items.len()).filter(is_required).collect();
        let by_day_one = |at: &usize| schedule.items[*at].due_number.is_some_and(|number| number <= 0);
        let first: Vec<usize> = all.iter().copied().filter(by_day_one).collect();
        Self { day_one: milestone(schedule, &first), productive: milestone(schedule, &all) }
    }
}

fn milestone(schedule: &ChecklistSchedule<'_>, targets: &[usize]) -> Option<Milestone> {
    let items = &schedule.items;
    let number = targets.iter().map(|at| items[*at].finish).max()?;
    let is_reached = targets.iter().all(|at| items[*at].is_over());
    let slack = slack(schedule, targets, number);
    let last = targets.iter().copied().filter(|at| !items[*at].is_over() && items[*at].finish == number);
    let path = last.map(|at| chain(schedule, at)).max_by_key(Vec::len).unwrap_or_default();
    Some(Milestone { number, on: schedule.day(number), is_reached, path, slack })
}

/// Backward pass of the critical path method (J. E. Kelley and M. R. Walker, 1959): `latest = min(latest of
/// successors - lag)`, `slack = latest - finish`.
fn slack(schedule: &ChecklistSchedule<'_>, targets: &[usize], number: i32) -> Vec<Option<i32>> {
    let items = &schedule.items;
    let mut latest: Vec<Option<i32>> = vec![None; items.len()];
    targets.iter().for_each(|at| latest[*at] = Some(number));
    for at in super::schedule::in_order(items).into_iter().rev() {
        // What is done no longer depends on anything.
        let Some(own) = latest[at].filter(|_| !items[at].is_over()) else { continue };
        for (before, lag) in &items[at].after {
            let limit = own.saturating_sub(*lag);
            latest[*before] = Some(latest[*before].map_or(limit, |latest| latest.min(limit)));
        }
    }
    let slack =
        |at: usize| latest[at].filter(|_| !items[at].is_over()).map(|latest| latest - items[at].finish);
    (0..items.len()).map(slack).collect()
}

/// The chain of open items that determines the finish of `last`.
fn chain(schedule: &ChecklistSchedule<'_>, last: usize) -> Vec<usize> {
    let items = &schedule.items;
    let decides = |at: usize| {
        let is_open = |(before, lag): &&(usize, i32)| {
            !items[*before].is_over() && items[*before].finish.saturating_add(*lag) == items[at].finish
        };
        items[at].after.iter().find(is_open).map(|(before, _)| *before)
    };
    let mut path: Vec<usize> =
        std::iter::successors(Some(last), |at| decides(*at)).take(items.len()).collect();
    path.reverse();
    path
}
