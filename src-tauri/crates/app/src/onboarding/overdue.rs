//! Overdue and blocked items of all checklists, by assignee.

use std::{marker::PhantomData, sync::Arc};

use chrono::NaiveDate;
use headroom_analysis::{
    onboarding::{ChecklistSchedule, ChecklistSchedules, ResolvedAssignee},
    schedule::Calendar,
};
use headroom_model::{Checklist, ItemState, Plan};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    paging::{RowQuery, by_text, matches},
    state::AppState,
    table::{CellThing, ColumnValue, TableLines, TableRows},
};

/// An item to ask about.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OverdueItem {
    pub checklist: Id,
    pub item: Id,
    pub title: String,
    /// The person the checklist is for.
    pub person: NamedEntity,
    pub due: Option<NaiveDate>,
    /// Working days since the due date.
    pub late_days: u32,
    /// It depends on no other open item, so that asking about it helps.
    pub is_root: bool,
    /// What blocks it, in words.
    pub blocked_by: Option<String>,
    /// Number of open items that depend on it, directly or not.
    pub waiting: u32,
    /// Working days by which the first day is delayed, if this item is on its critical path.
    pub day_one_late: u32,
}

/// An item with whoever owes it.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OverdueRow {
    pub item: OverdueItem,
    pub who: String,
    /// The person or team, if it is in the plan.
    pub entity: Option<NamedEntity>,
}

/// Somebody who owes items, with a message about all of them.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OverdueAssignee {
    /// As that of the group of their items.
    pub id: String,
    pub who: String,
    pub email: String,
    pub message: String,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OverdueLines {
    pub lines: TableLines<OverdueRow>,
    /// Everybody who owes something.
    pub assignees: Vec<OverdueAssignee>,
}

/// Overdue and blocked items of the day, of those with the most dependent items first.
#[specta::specta]
pub fn overdue_rows(app: &AppState, query: RowQuery, at: At) -> Answer<OverdueLines> {
    let plan = app.plan()?;
    let groups = groups(&plan, at.shown_day());
    let words = query.words();
    let all_of = |group: &OverdueGroup| matches(&words, [group.who.as_str()]);
    let rows = groups.iter().enumerate().flat_map(|(rank, group)| {
        let is_sought = |item: &&OverdueItem| {
            all_of(group) || matches(&words, [item.title.as_str(), item.person.name.as_str()])
        };
        group.items.iter().filter(is_sought).map(move |item| (rank as i32, group, item)).collect::<Vec<_>>()
    });
    let lines = OverdueTable(PhantomData).lines(rows.collect(), &query)?;
    let assignee = |group: &OverdueGroup| OverdueAssignee {
        id: group.thing().id().to_owned(),
        who: group.who.clone(),
        email: group.email.clone(),
        message: message(&group.who, &group.items),
    };
    Ok(OverdueLines { lines, assignees: groups.iter().map(assignee).collect() })
}

/// Everything that a person, team or role owes.
struct OverdueGroup {
    who: String,
    entity: Option<NamedEntity>,
    email: String,
    items: Vec<OverdueItem>,
}

impl OverdueGroup {
    fn thing(&self) -> CellThing {
        CellThing::named(self.entity.clone(), &self.who)
    }
}

struct OverdueTable<'a>(PhantomData<&'a ()>);

impl<'a> TableRows for OverdueTable<'a> {
    /// The place of whoever owes it, and the item.
    type Row = (i32, &'a OverdueGroup, &'a OverdueItem);
    type Shown = OverdueRow;
    const COLUMNS: &'static [&'static str] =
        &["title", "assignee", "person", "due", "late", "blocked", "waiting", "risk"];

    fn value(&self, (rank, group, item): &Self::Row, column: &str) -> ColumnValue {
        match column {
            "assignee" => ColumnValue::one(Some(group.thing().at(*rank))),
            "person" => ColumnValue::entities([item.person.clone()]),
            "due" => ColumnValue::Day(item.due),
            "late" => ColumnValue::count(item.late_days),
            "blocked" => ColumnValue::word(item.blocked_by.as_deref().unwrap_or_default()),
            "waiting" => ColumnValue::count(item.waiting),
            "risk" => ColumnValue::count(item.day_one_late),
            _ => ColumnValue::word(&item.title),
        }
    }

    fn show(&self, (_, group, item): &Self::Row) -> OverdueRow {
        OverdueRow { item: (*item).clone(), who: group.who.clone(), entity: group.entity.clone() }
    }

    fn key(&self, (_, _, item): &Self::Row) -> Option<Id> {
        Some(item.item)
    }
}

/// Everyone with overdue or blocked items on the day, most dependent items first.
fn groups(plan: &Arc<Plan>, today: NaiveDate) -> Vec<OverdueGroup> {
    let calendar = Calendar::new(plan);
    let courses = ChecklistSchedules::new(plan, &calendar, today);
    let mut by_assignee: FxHashMap<ResolvedAssignee, Vec<OverdueItem>> = FxHashMap::default();
    for course in plan.in_order::<Checklist>().into_iter().filter_map(|list| courses.course(list)) {
        collect(plan, &course, &mut by_assignee);
    }
    let mut by_assignee: Vec<_> = by_assignee.into_iter().collect();
    by_assignee.sort_by(|(one, _), (other, _)| one.place(plan).cmp(&other.place(plan)));
    let mut groups: Vec<OverdueGroup> =
        by_assignee.into_iter().map(|(assignee, items)| group(plan, &assignee, items)).collect();
    let weight = |group: &OverdueGroup| {
        let roots = || group.items.iter().filter(|item| item.is_root);
        (roots().filter(|item| item.day_one_late > 0).count(), roots().count(), group.items.len())
    };
    groups.sort_by(|a, b| weight(b).cmp(&weight(a)).then_with(|| by_text(&a.who, &b.who)));
    groups
}

fn collect(
    plan: &Plan,
    course: &ChecklistSchedule<'_>,
    by_assignee: &mut FxHashMap<ResolvedAssignee, Vec<OverdueItem>>,
) {
    let day_one = course.milestones().day_one.filter(|it| it.number > 0 && !it.is_reached);
    let waiting_for = waiting_for(course);
    for (at, placed) in course.items.iter().enumerate() {
        let blocked_by = blocked_by(course, at);
        if placed.is_over() || !(placed.is_overdue(course.today) || blocked_by.is_some()) {
            continue;
        }
        let decides = day_one.as_ref().filter(|it| it.slack[at] == Some(0));
        let late = placed.due.map_or(0, |due| course.number(course.today) - course.number(due));
        by_assignee.entry(placed.who.clone()).or_default().push(OverdueItem {
            checklist: course.checklist.id.into(),
            item: placed.item.id.into(),
            title: placed.item.title.clone(),
            person: NamedEntity::new(plan, course.checklist.person),
            due: placed.due,
            late_days: u32::try_from(late).unwrap_or(0),
            is_root: course.waits_for(at).next().is_none(),
            blocked_by,
            waiting: waiting(&waiting_for, at),
            day_one_late: decides.map_or(0, |it| u32::try_from(it.number).unwrap_or(0)),
        });
    }
}

fn blocked_by(course: &ChecklistSchedule<'_>, at: usize) -> Option<String> {
    if let ItemState::Blocked { by } = &course.items[at].item.state {
        return Some(by.clone());
    }
    let late = course.waits_for(at).find(|before| course.items[*before].is_past_due(course.today))?;
    Some(format!("“{}”", course.items[late].item.title))
}

/// For each item, the open items that depend on it.
fn waiting_for(course: &ChecklistSchedule<'_>) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); course.items.len()];
    for at in (0..course.items.len()).filter(|at| !course.items[*at].is_over()) {
        course.waits_for(at).for_each(|before| found[before].push(at));
    }
    found
}

fn waiting(waiting_for: &[Vec<usize>], at: usize) -> u32 {
    let mut is_waiting = vec![false; waiting_for.len()];
    let mut open = vec![at];
    while let Some(before) = open.pop() {
        for next in &waiting_for[before] {
            if !std::mem::replace(&mut is_waiting[*next], true) {
                open.push(*next);
            }
        }
    }
    is_waiting.iter().filter(|it| **it).count() as u32
}

fn group(plan: &Plan, assignee: &ResolvedAssignee, mut items: Vec<OverdueItem>) -> OverdueGroup {
    // Stable: otherwise in the order of checklists and of their items.
    items.sort_by(|a, b| (b.day_one_late, b.late_days, a.due).cmp(&(a.day_one_late, a.late_days, b.due)));
    let person = match assignee {
        ResolvedAssignee::Person(person) => plan.people.get(*person),
        _ => None,
    };
    OverdueGroup {
        who: assignee.name(plan),
        entity: NamedEntity::of_assignee(plan, assignee),
        email: person.map(|person| person.email.clone()).unwrap_or_default(),
        items,
    }
}

/// A plain-text message.
fn message(who: &str, items: &[OverdueItem]) -> String {
    let mut lines = vec![format!("Hello {who},"), String::new()];
    lines.push("These checklist items are assigned to you:".to_owned());
    for item in items {
        let due =
            item.due.map(|day| format!(", due {}", headroom_model::wording::date(day))).unwrap_or_default();
        let blocked = item.blocked_by.as_ref().map(|by| format!(", blocked by {by}")).unwrap_or_default();
        let waiting = match item.waiting {
            0 => String::new(),
            1 => ", blocks 1 item".to_owned(),
            many => format!(", blocks {many} items"),
        };
        lines.push(format!("- {} (for {}{due}{blocked}{waiting})", item.title, item.person.name));
    }
    lines.extend([String::new(), "Could you let me know when they’ll be done?".to_owned()]);
    lines.join("\n")
}
