#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use headroom_model::{ChecklistId, PersonId};

use super::{ChecklistSchedule, ResolvedAssignee, ScheduledItem};

/// How many items of checklists each doer has still to do, week by week: all lists together.
///
/// Items are counted, whatever they take. Counted is what is open or blocked and has to be done, as in
/// [`Progress`](super::Progress): neither goals nor what is optional. What somebody does for their own list is no load
/// on others and is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnboardingWorkload {
    /// The Monday that each week of ISO 8601 begins with, one after the other.
    pub weeks: Vec<NaiveDate>,
    /// Who has most due in these weeks comes first.
    pub rows: Vec<WorkloadRow>,
}

/// What one doer has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkloadRow {
    pub assignee: ResolvedAssignee,
    /// Items due in each week of [`Load::weeks`]. In the week of today stands what is overdue, too; what was due in a
    /// week before it has moved there.
    pub open_by_week: Vec<u32>,
    /// Items that were due before today, whether the week of today is among the weeks or not.
    pub overdue: u32,
    /// Items that are due after the last week.
    pub later: u32,
    /// Items without a due day.
    pub undated: u32,
    /// As what they have these items; most first.
    pub roles: Vec<RoleLoad>,
    /// The lists that they stem from; most first.
    pub starters: Vec<NewHireLoad>,
}

impl WorkloadRow {
    /// Items in all of the weeks together.
    pub fn in_weeks(&self) -> u32 {
        self.open_by_week.iter().sum()
    }

    /// Every open item, whenever it is due.
    pub fn open(&self) -> u32 {
        self.roles.iter().map(|role| role.open).sum()
    }

    /// The place of the week with most items, the first of them where there are several; none where no week has any.
    pub fn busiest(&self) -> Option<usize> {
        let most = self.open_by_week.iter().copied().max().filter(|most| *most > 0)?;
        self.open_by_week.iter().position(|open| *open == most)
    }
}

/// As what somebody does items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleLoad {
    /// A word of [`Assignee::ROLES`](headroom_model::Assignee::ROLES), such as `buddy`; none: the items name them.
    pub role: Option<&'static str>,
    /// Every open item, whenever it is due.
    pub open: u32,
}

/// What somebody does for one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewHireLoad {
    pub checklist: ChecklistId,
    /// Whose list it is.
    pub person: PersonId,
    /// Every open item, whenever it is due.
    pub open: u32,
    /// Those of them that were due before today.
    pub overdue: u32,
}

impl OnboardingWorkload {
    /// For so many weeks from the one that has the day `from`. Today is the day that the courses are seen on.
    pub fn of<'c, 'a: 'c>(
        courses: impl IntoIterator<Item = &'c ChecklistSchedule<'a>>,
        from: NaiveDate,
        weeks: usize,
    ) -> Self {
        let weeks = mondays(from, weeks);
        let mut by_assignee: BTreeMap<&'c ResolvedAssignee, Items<'c, 'a>> = BTreeMap::new();
        for course in courses {
            for placed in &course.items {
                let is_own = placed.who == ResolvedAssignee::Person(course.checklist.person);
                if placed.is_required() && !placed.is_over() && !is_own {
                    by_assignee.entry(&placed.who).or_default().push((course, placed));
                }
            }
        }
        let mut rows: Vec<WorkloadRow> =
            by_assignee.into_iter().map(|(assignee, items)| row(assignee, &items, &weeks)).collect();
        rows.sort_by(|a, b| {
            let most = |row: &WorkloadRow| (row.in_weeks(), row.overdue, row.open());
            most(b).cmp(&most(a)).then_with(|| a.assignee.cmp(&b.assignee))
        });
        Self { weeks, rows }
    }
}

type Items<'c, 'a> = Vec<(&'c ChecklistSchedule<'a>, &'c ScheduledItem<'a>)>;

fn row(assignee: &ResolvedAssignee, items: &Items<'_, '_>, weeks: &[NaiveDate]) -> WorkloadRow {
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
    let mut new_hires: BTreeMap<ChecklistId, NewHireLoad> = BTreeMap::new();
    for (course, placed) in items {
        let overdue = u32::from(placed.is_overdue(course.today));
        row.overdue += overdue;
        match placed.due {
            None => row.undated += 1,
            Some(due) => match week_of(due.max(course.today), weeks) {
                Week::At(at) => row.open_by_week[at] += 1,
                Week::After => row.later += 1,
                Week::Before => {}
            },
        }
        *roles.entry(placed.item.assignee.role()).or_default() += 1;
        let (checklist, person) = (course.checklist.id, course.checklist.person);
        let none = NewHireLoad { checklist, person, open: 0, overdue: 0 };
        let new_hire = new_hires.entry(checklist).or_insert(none);
        (new_hire.open, new_hire.overdue) = (new_hire.open + 1, new_hire.overdue + overdue);
    }
    row.roles = roles.into_iter().map(|(role, open)| RoleLoad { role, open }).collect();
    row.roles.sort_by_key(|role| std::cmp::Reverse(role.open));
    row.starters = new_hires.into_values().collect();
    row.starters.sort_by_key(|new_hire| std::cmp::Reverse((new_hire.open, new_hire.overdue)));
    row
}

enum Week {
    /// Before the first.
    Before,
    /// Its place among them.
    At(usize),
    /// After the last.
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

/// The first day of a week of ISO 8601.
fn monday(day: NaiveDate) -> NaiveDate {
    let back = Days::new(day.weekday().num_days_from_monday().into());
    day.checked_sub_days(back).unwrap_or(NaiveDate::MIN)
}

fn mondays(from: NaiveDate, weeks: usize) -> Vec<NaiveDate> {
    let next = |day: &NaiveDate| day.checked_add_days(Days::new(7));
    std::iter::successors(Some(monday(from)), next).take(weeks).collect()
}
