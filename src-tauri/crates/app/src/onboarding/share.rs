//! Sharing a checklist: as a plan file that can be merged back, as a calendar, web page or Markdown.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::NaiveDate;
use headroom_analysis::{
    generated_tasks,
    onboarding::{
        ChecklistSchedules, ResolvedAssignee,
        checkout::{Checkout, CheckoutOrigin, Recipient, check_out as copy_of},
        day_for, labels,
    },
    schedule::Calendar,
};
use headroom_checklist_export::{ChecklistDocument, Stamp, calendar, page, text};
use headroom_model::{Checklist, ChecklistId, ChecklistItem, Draft, PersonId, Plan, TeamId};
use headroom_store::OperationMeta;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError, ErrorKind},
    paging::by_text,
    state::{AppState, now, today},
};

/// Author of the only operation in the journal of a shared file; names no person.
const NOBODY: &str = "Headroom";

/// An assignee with open items in checklists of others.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AssigneeOption {
    /// `role:IT`, `person:12`, `team:3`, `named:Mail Room`.
    pub key: String,
    pub name: String,
    /// Number of open items, and of checklists.
    pub items: u32,
    pub lists: u32,
}

fn key(who: &ResolvedAssignee) -> String {
    match who {
        ResolvedAssignee::Person(person) => format!("person:{}", person.0),
        ResolvedAssignee::Team(team) => format!("team:{}", team.0),
        ResolvedAssignee::Role(role) => format!("role:{role}"),
        ResolvedAssignee::Named(name) => format!("named:{name}"),
    }
}

fn assignee(key: &str) -> Option<ResolvedAssignee> {
    let (kind, rest) = key.split_once(':')?;
    let roles = ["IT", "People Ops", "Manager", "Buddy"];
    match kind {
        "person" => Some(ResolvedAssignee::Person(PersonId(rest.parse().ok()?))),
        "team" => Some(ResolvedAssignee::Team(TeamId(rest.parse().ok()?))),
        "role" => roles.into_iter().find(|role| *role == rest).map(ResolvedAssignee::Role),
        "named" => Some(ResolvedAssignee::Named(rest.to_owned())),
        _ => None,
    }
}

/// Everyone who owes something to others, most items first.
#[specta::specta]
pub fn assignees(app: &AppState) -> Answer<Vec<AssigneeOption>> {
    let plan = app.plan()?;
    let days = Calendar::new(&plan);
    let courses = ChecklistSchedules::new(&plan, &days, today());
    let mut found: FxHashMap<ResolvedAssignee, (u32, u32)> = FxHashMap::default();
    for course in plan.checklists.iter().filter_map(|list| courses.course(list)) {
        let own = ResolvedAssignee::Person(course.checklist.person);
        let mut here: FxHashMap<&ResolvedAssignee, u32> = FxHashMap::default();
        for placed in course.items.iter().filter(|placed| !placed.is_over() && placed.who != own) {
            *here.entry(&placed.who).or_default() += 1;
        }
        for (who, items) in here {
            let sum = found.entry(who.clone()).or_default();
            *sum = (sum.0 + items, sum.1 + 1);
        }
    }
    let choice = |(who, (items, lists)): (ResolvedAssignee, (u32, u32))| AssigneeOption {
        key: key(&who),
        name: who.name(&plan),
        items,
        lists,
    };
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by(|(one, _), (other, _)| one.place(&plan).cmp(&other.place(&plan)));
    let mut choices: Vec<AssigneeOption> = found.into_iter().map(choice).collect();
    choices.sort_by(|a, b| b.items.cmp(&a.items).then_with(|| by_text(&a.name, &b.name)));
    Ok(choices)
}

/// What to share: a checklist, or the items of an assignee in all checklists.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Whose {
    pub list: Option<Id>,
    /// See [`AssigneeOption::key`].
    pub assignee: Option<String>,
}

impl Whose {
    fn assignee(&self) -> Answer<Option<ResolvedAssignee>> {
        let unknown = |key: &String| AppError::not_found(&format!("“{key}”"));
        self.assignee.as_ref().map(|key| assignee(key).ok_or_else(|| unknown(key))).transpose()
    }

    fn lists<'a>(&self, plan: &'a Plan) -> Vec<&'a Checklist> {
        plan.in_order::<Checklist>()
            .into_iter()
            .filter(|list| self.list.is_none_or(|id| list.id == ChecklistId::from(id)))
            .collect()
    }
}

/// What was written.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckedOutView {
    pub items: u32,
    /// Everyone who is named in it.
    pub people: Vec<NamedEntity>,
    /// Number of amounts removed from its texts.
    pub amounts_removed: u32,
}

/// Writes a plan file with nothing but what its reader may see.
#[specta::specta]
pub fn share_checklist(app: &AppState, whose: Whose, path: String) -> Answer<CheckedOutView> {
    let plan = app.plan()?;
    let recipient = match whose.assignee()? {
        Some(assignee) => Recipient::Doer(assignee),
        None => {
            let lists = whose.lists(&plan);
            Recipient::Starter(lists.first().ok_or_else(|| AppError::not_found("this checklist"))?.person)
        }
    };
    let (_, made) = share(app, &recipient, Path::new(&path))?;
    let mut people: Vec<NamedEntity> =
        made.people.iter().map(|person| NamedEntity::new(&plan, *person)).collect();
    people.sort_by(|a, b| by_text(&a.name, &b.name));
    Ok(CheckedOutView {
        items: made.items as u32,
        people,
        amounts_removed: u32::try_from(made.amounts_removed).unwrap_or(u32::MAX),
    })
}

/// Writes a plan file with nothing but what the recipient may see, and records it; answers with its path and content.
///
/// # Errors
/// [`ErrorKind::Invalid`] if there is nothing for the recipient, [`ErrorKind::File`] if it cannot be written.
pub fn share(app: &AppState, recipient: &Recipient, path: &Path) -> Answer<(PathBuf, Checkout)> {
    let (plan, former, identity, token) = app.with_store(|store, _| {
        (store.plan().clone(), store.all_amounts_in_history(), store.identity(), store.token())
    })?;
    let found = match recipient {
        Recipient::Starter(person) => rows_found(app, &plan, *person, today())?,
        Recipient::Doer(_) => Vec::new(),
    };
    let origin = CheckoutOrigin { identity: identity?, token: token?, on: today() };
    let mut made = copy_of(&plan, recipient, origin, former?, &found)
        .map_err(|problem| AppError::new(ErrorKind::Invalid, problem.message()))?;
    drop(plan);
    let note = OperationMeta::edit(labels::SHARED_COPY, NOBODY, now());
    let remember = OperationMeta::edit(labels::share(&made.recipient), app.author.clone(), now());
    let remembered = std::mem::take(&mut made.remembered);
    let written =
        app.alter(|store| store.create_beside(path, (&note, &made.changes), (&remember, remembered)))?;
    Ok((written, made))
}

/// The generated tasks of an assignee in their checklists as of a day, as items.
fn rows_found(
    app: &AppState,
    plan: &Arc<Plan>,
    person: PersonId,
    day: NaiveDate,
) -> Answer<Vec<ChecklistItem>> {
    let days = Calendar::new(plan);
    let courses = ChecklistSchedules::new(plan, &days, day);
    let mut draft = Draft::new(plan);
    let mut rows = Vec::new();
    let own = plan.in_order::<Checklist>().into_iter().filter(|list| list.person == person);
    for course in own.filter_map(|list| courses.course(list)) {
        let view = app.day(At::default().on(day_for(plan, course.checklist, day)))?;
        rows.extend(generated_tasks::rows(&mut draft, &view, &course));
    }
    Ok(rows)
}

/// Writes a file for other programs: `ics`, `html`, `markdown`.
#[specta::specta]
pub fn write_document(app: &AppState, whose: Whose, format: String, path: String, at: At) -> Answer<u32> {
    let plan = app.plan()?;
    let (text, count) = document(app, &whose.lists(&plan), whose.assignee()?, &format, at)?;
    headroom_files::write_file(Path::new(&path), text)?;
    Ok(count as u32)
}

/// Checklists, or the items of an assignee in them, as `ics`, `html` or `markdown`, and how many items there are.
///
/// # Errors
/// [`ErrorKind::Invalid`] if there is no such format.
pub fn document(
    app: &AppState,
    lists: &[&Checklist],
    assignee: Option<ResolvedAssignee>,
    format: &str,
    at: At,
) -> Answer<(String, usize)> {
    let (plan, identity, newest) =
        app.with_store(|store, _| (store.plan().clone(), store.identity(), store.history(None, 1)))?;
    let days = Calendar::new(&plan);
    let courses = ChecklistSchedules::of(&plan, &days, at.shown_day(), lists);
    let courses = lists.iter().filter_map(|list| courses.course(list)).collect();
    let leaflet = ChecklistDocument::new(&plan, courses, assignee);
    let sequence = newest?.first().map_or(0, |entry| u32::try_from(entry.seq).unwrap_or(u32::MAX));
    let text = match format {
        "ics" => calendar(&leaflet, &Stamp { identity: identity?, sequence, at: now() }),
        "html" => page(&leaflet),
        "markdown" => text(&leaflet),
        other => return Err(AppError::new(ErrorKind::Invalid, format!("unknown format “{other}”"))),
    };
    Ok((text, leaflet.count()))
}
