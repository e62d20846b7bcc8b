//! What a person owes checklists: the open items of their own, and those of others that are theirs as manager, buddy or
//! assignee.

use chrono::NaiveDate;
use headroom_analysis::{
    onboarding::{ChecklistSchedule, ChecklistSchedules, ResolvedAssignee, ScheduledItem},
    schedule::Calendar,
};
use headroom_model::{Assignee, Checklist, PersonId, Plan};
use serde::Serialize;
use std::sync::Arc;

use crate::entities::{entity::NamedEntity, id::Id};

/// How many are listed.
const LISTED: usize = 12;

#[derive(Debug, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OwedItems {
    /// Open items without goals.
    pub total: u32,
    /// Those whose due date has passed.
    pub overdue: u32,
    /// The first of them, by due date.
    pub items: Vec<OwedItem>,
}

/// An open item of a checklist.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OwedItem {
    pub checklist: Id,
    pub item: Id,
    pub title: String,
    pub due: Option<NaiveDate>,
    pub is_overdue: bool,
    /// For whom the checklist is.
    pub whose: NamedEntity,
    pub role: OwedAs,
}

/// As what somebody owes an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum OwedAs {
    /// It is on their own checklist.
    Own,
    Manager,
    Buddy,
    Assignee,
}

impl OwedAs {
    /// `as buddy`; empty for their own.
    pub fn words(self) -> &'static str {
        match self {
            Self::Own => "",
            Self::Manager => "as manager",
            Self::Buddy => "as buddy",
            Self::Assignee => "as assignee",
        }
    }

    fn of(list: &Checklist, person: PersonId, assignee: &Assignee) -> Self {
        match assignee {
            _ if list.person == person => Self::Own,
            Assignee::Manager => Self::Manager,
            Assignee::Buddy => Self::Buddy,
            _ => Self::Assignee,
        }
    }
}

pub(super) fn owed_items(plan: &Arc<Plan>, day: NaiveDate, person: PersonId) -> OwedItems {
    let calendar = Calendar::new(plan);
    let schedules = ChecklistSchedules::new(plan, &calendar, day);
    let lists = plan.in_order::<Checklist>();
    let mut found: Vec<OwedItem> = Vec::new();
    for schedule in lists.into_iter().filter_map(|list| schedules.course(list)) {
        let is_theirs = |item: &&ScheduledItem<'_>| {
            item.who == ResolvedAssignee::Person(person) && !item.is_over() && !item.item.goal
        };
        found.extend(schedule.items.iter().filter(is_theirs).map(|item| row(plan, &schedule, item, person)));
    }
    // Stable: otherwise in the order of checklists and of their items.
    found.sort_by_key(|item| (item.due.is_none(), item.due));
    OwedItems {
        total: found.len() as u32,
        overdue: found.iter().filter(|item| item.is_overdue).count() as u32,
        items: found.into_iter().take(LISTED).collect(),
    }
}

fn row(
    plan: &Plan,
    schedule: &ChecklistSchedule<'_>,
    item: &ScheduledItem<'_>,
    person: PersonId,
) -> OwedItem {
    let list = schedule.checklist;
    OwedItem {
        checklist: list.id.into(),
        item: item.item.id.into(),
        title: item.item.title.clone(),
        due: item.due,
        is_overdue: item.is_overdue(schedule.today),
        whose: NamedEntity::new(plan, list.person),
        role: OwedAs::of(list, person, &item.item.assignee),
    }
}
