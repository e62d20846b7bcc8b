use chrono::NaiveDate;

use super::ChecklistSchedule;

/// A day that somebody waits for: everything that belongs to it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// The working day on which it is reached when everybody keeps to the due days from today on.
    pub number: i32,
    pub on: NaiveDate,
    pub is_reached: bool,
    /// The longest chain of open items that decides the day, by their places; what comes first, first. Empty when
    /// nothing open does.
    pub path: Vec<usize>,
    /// By how many working days each item may come later than expected before the milestone does; a delay of `n` puts
    /// it off by `n - slack`. None: it is over, or the milestone does not wait for it.
    pub slack: Vec<Option<i32>>,
}

impl Milestone {
    /// By how many working days it is put off when an item comes so much later.
    pub fn put_off(&self, item: usize, days: i32) -> i32 {
        self.slack.get(item).copied().flatten().map_or(0, |slack| days.saturating_sub(slack).max(0))
    }
}

/// The milestones of a checklist. What is optional, and goals, hold nothing up unless something else needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestones {
    /// Everything due by the first day is done. None where nothing is.
    pub day_one: Option<Milestone>,
    /// Everything is done.
    pub productive: Option<Milestone>,
}

impl Milestones {
    pub(super) fn of(course: &ChecklistSchedule<'_>) -> Self {
        let is_required = |at: &usize| course.items[*at].is_required();
        let all: Vec<usize> = (0..course.items.len()).filter(is_required).collect();
        let by_day_one = |at: &usize| course.items[*at].due_number.is_some_and(|number| number <= 0);
        let first: Vec<usize> = all.iter().copied().filter(by_day_one).collect();
        Self { day_one: milestone(course, &first), productive: milestone(course, &all) }
    }
}

fn milestone(course: &ChecklistSchedule<'_>, targets: &[usize]) -> Option<Milestone> {
    let items = &course.items;
    let number = targets.iter().map(|at| items[*at].finish).max()?;
    let is_reached = targets.iter().all(|at| items[*at].is_over());
    let slack = slack(course, targets, number);
    let last = targets.iter().copied().filter(|at| !items[*at].is_over() && items[*at].finish == number);
    let path = last.map(|at| chain(course, at)).max_by_key(Vec::len).unwrap_or_default();
    Some(Milestone { number, on: course.day(number), is_reached, path, slack })
}

/// Latest days first reckoned back from the milestone: `latest = min(latest of what waits for it - lag)`,
/// `slack = latest - finish`, as the critical path method has it (J. E. Kelley, M. R. Walker 1959).
fn slack(course: &ChecklistSchedule<'_>, targets: &[usize], number: i32) -> Vec<Option<i32>> {
    let items = &course.items;
    let mut latest: Vec<Option<i32>> = vec![None; items.len()];
    targets.iter().for_each(|at| latest[*at] = Some(number));
    for at in super::schedule::in_order(items).into_iter().rev() {
        // What is over waits no more.
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

/// Back along what decides the day of each.
fn chain(course: &ChecklistSchedule<'_>, last: usize) -> Vec<usize> {
    let items = &course.items;
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
