//! Onboarding workload: how many checklist items each assignee has to do, by week.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use headroom_model::{Checklist, ChecklistId, Entity, PersonId, Plan};
use rustc_hash::FxHashMap;

use super::{ChecklistSchedule, ResolvedAssignee, ScheduledItem};

/// The open checklist items of each assignee by week, over all lists.
///
/// Items are counted, whatever their duration: those that are open or blocked and required, as in
/// [`Progress`](super::Progress). What someone does for their own list is not included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnboardingWorkload {
    /// The Monday of each ISO 8601 week, consecutive.
    pub weeks: Vec<NaiveDate>,
    /// By number of items in these weeks, most first.
    pub rows: Vec<WorkloadRow>,
}

/// The workload of one assignee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkloadRow {
    pub assignee: ResolvedAssignee,
    /// Items due in each of [`OnboardingWorkload::weeks`]. The week of today includes all overdue items.
    pub open_by_week: Vec<u32>,
    /// Items due before today, even if the week of today is not among the weeks.
    pub overdue: u32,
    /// Items due after the last week.
    pub later: u32,
    /// Items without a due date.
    pub undated: u32,
    /// The roles in which they have these items, most first.
    pub roles: Vec<RoleLoad>,
    /// The lists that the items are from, most first.
    pub starters: Vec<NewHireLoad>,
}

impl WorkloadRow {
    /// Items in all of the weeks.
    pub fn in_weeks(&self) -> u32 {
        self.open_by_week.iter().sum()
    }

    /// All open items, whenever they are due.
    pub fn open(&self) -> u32 {
        self.roles.iter().map(|role| role.open).sum()
    }

    /// The index of the busiest week, the first if there are several; none if no week has an item.
    pub fn busiest(&self) -> Option<usize> {
        let most = self.open_by_week.iter().copied().max().filter(|most| *most > 0)?;
        self.open_by_week.iter().position(|open| *open == most)
    }
}

/// The role in which someone has items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleLoad {
    /// One of [`Assignee::ROLES`](headroom_model::Assignee::ROLES), such as `buddy`; none if the items name the
    /// person.
    pub role: Option<&'static str>,
    /// All open items, whenever they are due.
    pub open: u32,
}

/// The items of an assignee in one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewHireLoad {
    pub checklist: ChecklistId,
    /// The person the list is for.
    pub person: PersonId,
    /// All open items, whenever they are due.
    pub open: u32,
    /// Open items due before today.
    pub overdue: u32,
}

impl OnboardingWorkload {
    /// The workload in `weeks` weeks from the one that contains `from`. Today is that of the schedules.
    pub fn of<'c, 'a: 'c>(
        plan: &Plan,
        schedules: impl IntoIterator<Item = &'c ChecklistSchedule<'a>>,
        from: NaiveDate,
        weeks: usize,
    ) -> Self {
        let weeks = mondays(from, weeks);
        let mut by_assignee: FxHashMap<&'c ResolvedAssignee, Items<'c, 'a>> = FxHashMap::default();
        for schedule in schedules {
            for scheduled in &schedule.items {
                let is_own = scheduled.who == ResolvedAssignee::Person(schedule.checklist.person);
                if scheduled.is_required() && !scheduled.is_over() && !is_own {
                    by_assignee.entry(&scheduled.who).or_default().push((schedule, scheduled));
                }
            }
        }
        let mut rows: Vec<WorkloadRow> =
            by_assignee.into_iter().map(|(assignee, items)| row(plan, assignee, &items, &weeks)).collect();
        rows.sort_by(|a, b| {
            let most = |row: &WorkloadRow| (row.in_weeks(), row.overdue, row.open());
            most(b).cmp(&most(a)).then_with(|| a.assignee.place(plan).cmp(&b.assignee.place(plan)))
        });
        Self { weeks, rows }
    }
}

type Items<'c, 'a> = Vec<(&'c ChecklistSchedule<'a>, &'c ScheduledItem<'a>)>;

fn row(plan: &Plan, assignee: &ResolvedAssignee, items: &Items<'_, '_>, weeks: &[NaiveDate]) -> WorkloadRow {
    let mut row = WorkloadRow {
        assignee: assignee.clone(),
        open_by_week: vec![0; weeks.len()],
        overdue: 0,
        later: 0,
        undated: 0,
        roles: Vec::new(),
        starters: Vec::new(),
    };
    let mut roles: BTreeMap<Option<&'static str>, u32> = BTreeMap::new();
    let mut new_hires: FxHashMap<ChecklistId, (&Checklist, NewHireLoad)> = FxHashMap::default();
    for (schedule, scheduled) in items {
        let overdue = u32::from(scheduled.is_overdue(schedule.today));
        row.overdue += overdue;
        match scheduled.due {
            None => row.undated += 1,
            Some(due) => match week_of(due.max(schedule.today), weeks) {
                Week::At(at) => row.open_by_week[at] += 1,
                Week::After => row.later += 1,
                Week::Before => {}
            },
        }
        *roles.entry(scheduled.item.assignee.role()).or_default() += 1;
        let (checklist, person) = (schedule.checklist.id, schedule.checklist.person);
        let none = NewHireLoad { checklist, person, open: 0, overdue: 0 };
        let (_, new_hire) = new_hires.entry(checklist).or_insert((schedule.checklist, none));
        (new_hire.open, new_hire.overdue) = (new_hire.open + 1, new_hire.overdue + overdue);
    }
    row.roles = roles.into_iter().map(|(role, open)| RoleLoad { role, open }).collect();
    row.roles.sort_by_key(|role| std::cmp::Reverse(role.open));
    let mut starters: Vec<(&Checklist, NewHireLoad)> = new_hires.into_values().collect();
    starters.sort_by(|(list, one), (of_other, other)| {
        let most = |load: &NewHireLoad| (load.open, load.overdue);
        most(other).cmp(&most(one)).then_with(|| list.compare(of_other, plan))
    });
    row.starters = starters.into_iter().map(|(_, load)| load).collect();
    row
}

enum Week {
    /// Before the first week.
    Before,
    /// The index of the week.
    At(usize),
    /// After the last week.
    After,
}

fn week_of(day: NaiveDate, weeks: &[NaiveDate]) -> Week {
    let monday = monday(day);
    match weeks.binary_search(&monday) {
        Ok(at) => Week::At(at),
        Err(0) if !weeks.is_empty() => Week::Before,
        Err(_) => Week::After,
    }
}

/// The Monday of an ISO 8601 week.
fn monday(day: NaiveDate) -> NaiveDate {
    let back = Days::new(day.weekday().num_days_from_monday().into());
    day.checked_sub_days(back).unwrap_or(NaiveDate::MIN)
}

fn mondays(from: NaiveDate, weeks: usize) -> Vec<NaiveDate> {
    let next = |day: &NaiveDate| day.checked_add_days(Days::new(7));
    std::iter::successors(Some(monday(from)), next).take(weeks).collect()
}
