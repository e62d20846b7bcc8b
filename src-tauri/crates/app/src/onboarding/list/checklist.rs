//! A checklist for the person who follows it: overdue, today, later; what others owe; generated tasks.

use chrono::NaiveDate;
use headroom_analysis::{
    DayView,
    generated_tasks::{GeneratedTask, generated_tasks},
    onboarding::{ChecklistSchedule, ChecklistSchedules, checkout::CheckedOut, day_for},
    schedule::Calendar,
};
use headroom_model::{Checklist, ChecklistId};
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    onboarding::list::items::Show,
    onboarding::new_hires::{Done, OverdueCount, ReachedDay},
    paging::by_text,
    state::AppState,
};

/// A checklist to choose from.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ListName {
    pub id: Id,
    pub person: NamedEntity,
    pub occasion: String,
    pub start: NaiveDate,
    pub done: Done,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ListNames {
    pub lists: Vec<ListName>,
    /// For whom the file was shared; none for an ordinary plan.
    pub handed_out: Option<String>,
}

/// All checklists, newest start first.
#[specta::specta]
pub fn list_names(app: &AppState, at: At) -> Answer<ListNames> {
    let plan = app.plan()?;
    let calendar = Calendar::new(&plan);
    let courses = ChecklistSchedules::new(&plan, &calendar, at.shown_day());
    let name = |list: &Checklist| {
        let course = courses.course(list)?;
        Some(ListName {
            id: list.id.into(),
            person: NamedEntity::new(&plan, list.person),
            occasion: list.occasion.word().to_owned(),
            start: list.start,
            done: course.progress().into(),
        })
    };
    let mut lists: Vec<ListName> = plan.in_order::<Checklist>().into_iter().filter_map(name).collect();
    lists.sort_by(|a, b| b.start.cmp(&a.start).then_with(|| by_text(&a.person.name, &b.person.name)));
    let handed_out = CheckedOut::of(&plan).map(|copy| copy.map(|copy| copy.recipient).unwrap_or_default());
    Ok(ListNames { lists, handed_out })
}

/// A person to ask.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Manager, buddy.
    pub role: String,
    pub person: NamedEntity,
    pub email: String,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SectionProgress {
    pub name: String,
    /// Without goals.
    pub items: u32,
    pub over: u32,
    pub optional: u32,
}

/// When an item is due, as seen from the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Turn {
    Late,
    Today,
    /// Until Sunday.
    ThisWeek,
    Later,
    /// Without a due date.
    Whenever,
    Over,
}

/// An item with its title.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ItemName {
    pub id: Id,
    pub title: String,
    pub who: String,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackView {
    /// `outdated`, `unclear`, `missing`.
    pub fault: String,
    pub words: String,
    pub on: NaiveDate,
    pub settled: Option<NaiveDate>,
}

/// An item with all its details.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ListItem {
    /// None for a generated task that nobody has touched yet.
    pub id: Option<Id>,
    /// Key of a generated task; empty for a copy of a template item.
    pub generated: String,
    pub section: String,
    pub title: String,
    /// The text as sanitised HTML.
    pub html: String,
    pub link: String,
    pub due: Option<NaiveDate>,
    /// Set by hand: it does not move with the start.
    pub is_due_by_hand: bool,
    /// Why it is due then: `working day 3`, `2 working days after “Accounts”`.
    pub due_words: String,
    pub turn: Turn,
    pub who: String,
    pub who_entity: Option<NamedEntity>,
    pub email: String,
    /// The assignee is the person the checklist is for.
    pub is_own: bool,
    pub is_optional: bool,
    pub is_goal: bool,
    pub takes_days: u32,
    pub about: Vec<NamedEntity>,
    /// `open`, `done`, `skipped`, `blocked`.
    pub state: String,
    pub state_on: Option<NaiveDate>,
    /// By whom it was done, why it was skipped, or what blocks it.
    pub state_words: String,
    pub note: String,
    pub feedback: Option<FeedbackView>,
    /// Open items it depends on.
    pub waits_for: Vec<ItemName>,
    /// Open items that depend on it.
    pub holds_up: Vec<ItemName>,
    /// A message to the assignee.
    pub message: String,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ListView {
    pub id: Id,
    pub person: NamedEntity,
    pub occasion: String,
    pub start: NaiveDate,
    /// `Day 3`, `starts in 5 days`.
    pub when: String,
    pub contacts: Vec<Contact>,
    pub done: Done,
    pub day_one: Option<ReachedDay>,
    /// The critical path to the first day.
    pub day_one_path: Vec<OverdueCount>,
    pub sections: Vec<SectionProgress>,
    pub items: Vec<ListItem>,
    pub is_handed_out: bool,
}

/// A checklist as of the day, by default today.
#[specta::specta]
pub fn list_view(app: &AppState, id: Id, at: At) -> Answer<ListView> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let list =
        plan.checklists.get(ChecklistId::from(id)).ok_or_else(|| AppError::not_found("this checklist"))?;
    let calendar = Calendar::new(plan);
    let courses = ChecklistSchedules::of(plan, &calendar, view.snapshot.day(), &[list]);
    let course = courses.course(list).ok_or_else(|| AppError::not_found("this checklist"))?;
    let found = found_for(app, at, &view, &course)?;
    Ok(Show { plan, course: &course }.view(&found))
}

/// Generated tasks, as of the day shown, or of the start if that is later.
pub fn found_for(
    app: &AppState,
    at: At,
    view: &DayView,
    course: &ChecklistSchedule<'_>,
) -> Answer<Vec<GeneratedTask>> {
    let day = day_for(view.snapshot.plan(), course.checklist, view.snapshot.day());
    if day == view.snapshot.day() {
        return Ok(generated_tasks(view, course.checklist, &course.new_hire));
    }
    Ok(generated_tasks(&*app.day(at.on(day))?, course.checklist, &course.new_hire))
}
