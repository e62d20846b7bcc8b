//! Who uses the window, as they said: “I am …”. No login; the page remembers it for each plan.

use chrono::NaiveDate;
use headroom_analysis::{
    onboarding::{ChecklistSchedules, NewHire, NewHires},
    schedule::Calendar,
};
use headroom_model::{Checklist, LifecycleEvent, Person, PersonId, Plan, TeamId, search_key};
use serde::Serialize;

use crate::{
    at::At,
    entities::{
        entity::{EntityKind, NamedEntity},
        id::Id,
    },
    error::Answer,
    search::search,
    state::AppState,
};

/// Somebody who said who they are.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CurrentPerson {
    pub person: NamedEntity,
    /// Their name, with the team behind it if somebody else has the same.
    pub label: String,
    pub team: Option<NamedEntity>,
    /// Their last day, if it has passed.
    pub left: Option<NaiveDate>,
    /// The newest checklist with which they join or change teams, as long as it is not complete.
    pub onboarding: Option<Id>,
}

/// Who somebody is on the day; none if they are not in the plan any more.
///
/// # Errors
/// If no plan is open.
#[specta::specta]
pub fn current_person(app: &AppState, person: Id, at: At) -> Answer<Option<CurrentPerson>> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let Some(row) = plan.people.get(person.into()) else { return Ok(None) };
    let team = team_of(&NewHires::new(&plan), &plan, row, day);
    let named = NamedEntity::new(&plan, row.id);
    let key = search_key(&row.name);
    let is_shared = plan.people.iter().any(|other| other.id != row.id && search_key(&other.name) == key);
    let behind = team.filter(|_| is_shared).map(|team| plan.name_of(team.into()));
    let calendar = Calendar::new(&plan);
    let lists: Vec<&Checklist> = plan.checklists.iter().filter(|list| is_onboarding(list, row.id)).collect();
    let schedules = ChecklistSchedules::of(&plan, &calendar, day, &lists);
    let is_open = |list: &&&Checklist| schedules.course(list).is_some_and(|course| !course.is_complete());
    let newest = lists.iter().filter(is_open).max_by_key(|list| (list.start, plan.place_of(list.id)));
    Ok(Some(CurrentPerson {
        label: behind.map_or_else(|| named.name.clone(), |team| format!("{} ({team})", named.name)),
        person: named,
        team: team.map(|team| NamedEntity::new(&plan, team)),
        left: row.until.filter(|until| *until < day),
        onboarding: newest.map(|list| list.id.into()),
    }))
}

fn is_onboarding(list: &Checklist, person: PersonId) -> bool {
    list.person == person && matches!(list.occasion, LifecycleEvent::Join | LifecycleEvent::Move)
}

/// The team of a person on the day; on their first day if they are to come, on their last one if they have left.
fn team_of(new_hires: &NewHires<'_>, plan: &Plan, person: &Person, day: NaiveDate) -> Option<TeamId> {
    let day = NewHire::day_of(plan, person.id, person.from.map_or(day, |from| day.max(from)));
    new_hires.of(person.id, LifecycleEvent::Join, day).team
}

/// A person to choose.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonChoice {
    pub person: NamedEntity,
    /// What tells people of one name apart: `Engineer · Payments`, `Engineer · Payments · joins 11 Jan 2027`.
    pub detail: String,
}

/// People whose name or ID contains the text, best match first, also those who are to come or have left.
///
/// # Errors
/// If no plan is open.
#[specta::specta]
pub fn people_named(app: &AppState, text: String, at: At, limit: u32) -> Answer<Vec<PersonChoice>> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let new_hires = NewHires::new(&plan);
    let hits = search(app, text, vec![EntityKind::Person], true, at, limit)?;
    let choice = |hit: crate::search::Hit| {
        let person = hit.entity?;
        let row = plan.people.get(person.id.into())?;
        let team = team_of(&new_hires, &plan, row, day).map(|team| plan.name_of(team.into()));
        let parts = [Some(hit.detail), team, Some(hit.absence)];
        let said: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        Some(PersonChoice { person, detail: said.join(" · ") })
    };
    Ok(hits.into_iter().filter_map(choice).collect())
}
