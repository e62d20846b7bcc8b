//! A checklist to take along: as a plan of its own to tick in, as a calendar, as a page, as Markdown.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use chrono::NaiveDate;
use headroom_analysis::{
    onboarding::{
        Course, Courses, Doer, found,
        handout::{Origin, Recipient, hand_out as copy_of},
    },
    schedule::Calendar,
};
use headroom_leaflet::{Leaflet, Stamp, calendar, page, text};
use headroom_model::{Checklist, ChecklistId, ChecklistItem, Draft, PersonId, Plan, TeamId};
use headroom_store::Note;
use serde::{Deserialize, Serialize};
use tauri::State;

use crate::{
    error::{Answer, AppError, ErrorKind},
    state::{App, now, today},
    view::{Named, rows::by_text},
};

/// The author of the one entry in a copy's journal, which names nobody.
const NOBODY: &str = "Headroom";

/// Somebody who has something open in a checklist of others.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DoerChoice {
    /// What stands for them: `role:IT`, `person:12`, `team:3`, `named:Mail Room`.
    pub key: String,
    pub name: String,
    /// Open items, in how many lists.
    pub items: u32,
    pub lists: u32,
}

fn key(doer: &Doer) -> String {
    match doer {
        Doer::Person(person) => format!("person:{}", person.0),
        Doer::Team(team) => format!("team:{}", team.0),
        Doer::Role(role) => format!("role:{role}"),
        Doer::Named(name) => format!("named:{name}"),
    }
}

fn doer(key: &str) -> Option<Doer> {
    let (kind, rest) = key.split_once(':')?;
    let roles = ["IT", "People Ops", "Manager", "Buddy"];
    match kind {
        "person" => Some(Doer::Person(PersonId(rest.parse().ok()?))),
        "team" => Some(Doer::Team(TeamId(rest.parse().ok()?))),
        "role" => roles.into_iter().find(|role| *role == rest).map(Doer::Role),
        "named" => Some(Doer::Named(rest.to_owned())),
        _ => None,
    }
}

/// Everybody who owes something to somebody else, whoever owes most first.
#[tauri::command(async)]
#[specta::specta]
pub fn doers(app: State<'_, App>) -> Answer<Vec<DoerChoice>> {
    let plan = app.plan()?;
    let days = Calendar::new(&plan);
    let courses = Courses::new(&plan, &days, today());
    let mut found: BTreeMap<Doer, (u32, u32)> = BTreeMap::new();
    for course in plan.checklists.iter().filter_map(|list| courses.course(list)) {
        let own = Doer::Person(course.checklist.person);
        let mut here: BTreeMap<&Doer, u32> = BTreeMap::new();
        for placed in course.items.iter().filter(|placed| !placed.is_over() && placed.who != own) {
            *here.entry(&placed.who).or_default() += 1;
        }
        for (who, items) in here {
            let sum = found.entry(who.clone()).or_default();
            *sum = (sum.0 + items, sum.1 + 1);
        }
    }
    let choice = |(who, (items, lists)): (Doer, (u32, u32))| DoerChoice {
        key: key(&who),
        name: who.name(&plan),
        items,
        lists,
    };
    let mut choices: Vec<DoerChoice> = found.into_iter().map(choice).collect();
    choices.sort_by(|a, b| b.items.cmp(&a.items).then_with(|| by_text(&a.name, &b.name)));
    Ok(choices)
}

/// Whose items go along: one checklist, or what somebody has to do in all of them.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Whose {
    pub list: Option<u32>,
    /// See [`DoerChoice::key`].
    pub doer: Option<String>,
}

impl Whose {
    fn doer(&self) -> Answer<Option<Doer>> {
        let unknown = |key: &String| AppError::not_found(&format!("“{key}”"));
        self.doer.as_ref().map(|key| doer(key).ok_or_else(|| unknown(key))).transpose()
    }

    fn lists<'a>(&self, plan: &'a Plan) -> Vec<&'a Checklist> {
        plan.checklists.iter().filter(|list| self.list.is_none_or(|id| list.id == ChecklistId(id))).collect()
    }
}

/// What was written.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HandedOutView {
    pub items: u32,
    /// Everybody who is named in it.
    pub people: Vec<Named>,
    /// Amounts that were taken out of its texts.
    pub amounts_removed: u32,
}

/// Writes a plan that holds what its reader may see and nothing else.
#[tauri::command(async)]
#[specta::specta]
pub fn hand_out(app: State<'_, App>, whose: Whose, path: String) -> Answer<HandedOutView> {
    let (plan, former, identity, token) = app.with_store(|store, _| {
        (store.plan().clone(), store.amounts_ever(), store.identity(), store.token())
    })?;
    let (recipient, found) = match whose.doer()? {
        Some(doer) => (Recipient::Doer(doer), Vec::new()),
        None => {
            let lists = whose.lists(&plan);
            let person = lists.first().ok_or_else(|| AppError::not_found("this checklist"))?.person;
            (Recipient::Starter(person), rows_found(&app, &plan, person, today())?)
        }
    };
    let origin = Origin { identity: identity?, token: token?, on: today() };
    let made = copy_of(&plan, &recipient, origin, former?, &found)
        .map_err(|problem| AppError::new(ErrorKind::Invalid, problem.message()))?;
    let note = Note::edit("Checklist, handed out", NOBODY, now());
    let label = format!("Hand out the checklist of {}", made.recipient);
    let remember = Note::edit(label, app.author.clone(), now());
    app.alter(|store| {
        store.create_beside(Path::new(&path), (&note, &made.changes), (&remember, made.remembered))
    })?;
    let mut people: Vec<Named> = made.people.iter().map(|person| Named::new(&plan, *person)).collect();
    people.sort_by(|a, b| by_text(&a.name, &b.name));
    Ok(HandedOutView {
        items: made.items as u32,
        people,
        amounts_removed: u32::try_from(made.amounts_removed).unwrap_or(u32::MAX),
    })
}

/// What the plan itself gives somebody to do in their lists on a day, as rows.
fn rows_found(app: &App, plan: &Arc<Plan>, person: PersonId, day: NaiveDate) -> Answer<Vec<ChecklistItem>> {
    let days = Calendar::new(plan);
    let courses = Courses::new(plan, &days, day);
    let mut draft = Draft::new(plan);
    let mut rows = Vec::new();
    let own = plan.checklists.iter().filter(|list| list.person == person);
    for course in own.filter_map(|list| courses.course(list)) {
        let view = app.day(Some(found::day_for(plan, course.checklist, day)))?;
        rows.extend(found::rows(&mut draft, &view, &course));
    }
    Ok(rows)
}

/// Writes a file that other programs open: `ics`, `html`, `markdown`.
#[tauri::command(async)]
#[specta::specta]
pub fn write_leaflet(
    app: State<'_, App>,
    whose: Whose,
    format: String,
    path: String,
    day: Option<NaiveDate>,
) -> Answer<u32> {
    let (plan, identity, newest) =
        app.with_store(|store, _| (store.plan().clone(), store.identity(), store.history(None, 1)))?;
    let days = Calendar::new(&plan);
    let lists = whose.lists(&plan);
    let courses = Courses::of(&plan, &days, day.unwrap_or_else(today), &lists);
    let courses: Vec<Course<'_>> = lists.into_iter().filter_map(|list| courses.course(list)).collect();
    let leaflet = Leaflet::new(&plan, courses, whose.doer()?);
    let sequence = newest?.first().map_or(0, |entry| u32::try_from(entry.seq).unwrap_or(u32::MAX));
    let written = match format.as_str() {
        "ics" => calendar(&leaflet, &Stamp { identity: identity?, sequence, at: now() }),
        "html" => page(&leaflet),
        "markdown" => text(&leaflet),
        other => return Err(AppError::new(ErrorKind::Invalid, format!("there is no format “{other}”"))),
    };
    headroom_exchange::write_file(Path::new(&path), written)?;
    Ok(leaflet.count() as u32)
}
