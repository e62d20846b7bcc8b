//! The people whom a checklist introduces somebody to, with who they are and why.

use chrono::NaiveDate;
use headroom_analysis::{
    generated_tasks::{introduced, not_materialized},
    onboarding::{ChecklistSchedule, ChecklistSchedules, NewHires},
    schedule::Calendar,
};
use headroom_model::{
    ChecklistId, ChecklistItem, EntityRef, Kind, LifecycleEvent, ListPlace, PersonId, Plan,
};
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    onboarding::list::checklist::found_for,
    state::AppState,
};

/// Somebody to meet: a person, or a team without known members.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonToMeet {
    /// The item: a row, or a generated task that nobody has touched yet.
    pub id: Option<Id>,
    pub generated: String,
    pub name: String,
    /// None if they are not in this file.
    pub who: Option<NamedEntity>,
    pub title: String,
    /// Their team on the day.
    pub team: Option<NamedEntity>,
    pub email: String,
    /// Why, in words: `your buddy`, `owns Quotes, which Booking API depends on`.
    pub reasons: Vec<String>,
    /// By when, as a plan: introductions are never overdue.
    pub due: Option<NaiveDate>,
    /// Met, or left out.
    pub is_over: bool,
}

/// Whom a checklist introduces its person to, by day.
///
/// # Errors
/// [`ErrorKind::NotFound`](crate::error::ErrorKind::NotFound) if there is no such checklist.
#[specta::specta]
pub fn people_to_meet(app: &AppState, id: Id, at: At) -> Answer<Vec<PersonToMeet>> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let list =
        plan.checklists.get(ChecklistId::from(id)).ok_or_else(|| AppError::not_found("this checklist"))?;
    let calendar = Calendar::new(plan);
    let courses = ChecklistSchedules::of(plan, &calendar, view.snapshot.day(), &[list]);
    let course = courses.course(list).ok_or_else(|| AppError::not_found("this checklist"))?;
    let found = found_for(app, at, &view, &course)?;
    let rows: Vec<&ChecklistItem> = course.items.iter().map(|placed| placed.item).collect();
    let meet = Meet { plan, course: &course, new_hires: NewHires::new(plan) };
    let mut people: Vec<PersonToMeet> = course
        .items
        .iter()
        .filter_map(|placed| meet.somebody(placed.item, placed.due, Some(placed.item.id.into())))
        .collect();
    people.extend(not_materialized(&found, &rows).filter_map(|task| {
        let row = task.row(0.into(), list.id, ListPlace::default());
        meet.somebody(&row, Some(course.day(task.due)), None)
    }));
    // Stable: otherwise as they were found, the manager and the buddy first.
    people.sort_by_key(|person| (person.due.is_none(), person.due));
    Ok(people)
}

struct Meet<'a> {
    plan: &'a Plan,
    course: &'a ChecklistSchedule<'a>,
    new_hires: NewHires<'a>,
}

impl Meet<'_> {
    /// None for other items.
    fn somebody(&self, item: &ChecklistItem, due: Option<NaiveDate>, id: Option<Id>) -> Option<PersonToMeet> {
        let who = introduced(&item.generated)?;
        let person = self.plan.people.get(who.id.into()).filter(|_| who.kind == Kind::Person);
        let is_known =
            person.is_some() || who.kind == Kind::Team && self.plan.teams.get(who.id.into()).is_some();
        let known = is_known.then(|| NamedEntity::new(self.plan, who));
        Some(PersonToMeet {
            id,
            generated: item.generated.clone(),
            name: known.as_ref().map_or_else(|| name_in(&item.title), |known| known.name.clone()),
            who: known,
            title: person.map(|person| person.title.clone()).unwrap_or_default(),
            team: self.team(who),
            email: person.map(|person| person.email.clone()).unwrap_or_default(),
            reasons: item.text.lines().map(|line| line.trim_start_matches("- ").to_owned()).collect(),
            due,
            is_over: item.state.is_over(),
        })
    }

    fn team(&self, who: EntityRef) -> Option<NamedEntity> {
        if who.kind != Kind::Person {
            return None;
        }
        let day = headroom_analysis::onboarding::day_for(self.plan, self.course.checklist, self.course.today);
        let team = self.new_hires.of(PersonId(who.id), LifecycleEvent::Join, day).team?;
        Some(NamedEntity::new(self.plan, team))
    }
}

/// The name in `Meet Ada Okafor`.
fn name_in(title: &str) -> String {
    title.strip_prefix("Meet ").unwrap_or(title).to_owned()
}
