//! Templates and checklists of the sample: people who join, move and leave, some of them half-way through.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use headroom_analysis::onboarding::{ChecklistStart, start_checklist};
use headroom_model::{
    Assignee, ChecklistId, ChecklistItem, Draft, Due, Feedback, FeedbackKind, ItemState, LifecycleEvent,
    ListPlace, Person, PersonId, Plan, Service, Team, Template, TemplateId, TemplateItem,
};
use headroom_store::OperationMeta;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::{Chronicle, SampleError, Shift, shifted};

const TEXT: &str = include_str!("../organisation/onboarding.json");

#[derive(Deserialize)]
struct Onboarding {
    templates: Vec<TemplateText>,
    lists: Vec<ListText>,
}

#[derive(Deserialize)]
struct TemplateText {
    key: String,
    name: String,
    occasion: LifecycleEvent,
    #[serde(default)]
    team: String,
    #[serde(default)]
    discipline: String,
    reviewed: Option<NaiveDate>,
    items: Vec<ItemText>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ItemText {
    section: String,
    title: String,
    text: String,
    link: String,
    due: Option<i32>,
    /// Title of the item that the due date is counted from.
    after: String,
    who: String,
    takes: u32,
    needs: Vec<String>,
    optional: bool,
    goal: bool,
    service: String,
}

/// Rows refer to items by title: title, date, by whom or why.
#[derive(Deserialize)]
struct ListText {
    at: DateTime<Utc>,
    author: String,
    person: String,
    occasion: LifecycleEvent,
    start: NaiveDate,
    buddy: String,
    #[serde(default)]
    service: String,
    #[serde(default)]
    done: Vec<(String, NaiveDate, String)>,
    #[serde(default)]
    skipped: Vec<(String, NaiveDate, String)>,
    #[serde(default)]
    blocked: Vec<(String, String)>,
    #[serde(default)]
    feedback: Vec<(String, NaiveDate, FeedbackKind, String)>,
}

impl ListText {
    /// When the status was recorded: on the last day on which something was done.
    fn last_at(&self) -> DateTime<Utc> {
        let days = self.done.iter().chain(&self.skipped).map(|(_, on, _)| *on);
        let last = days.max().and_then(|day| day.and_hms_opt(16, 0, 0));
        last.map_or(self.at, |last| last.and_utc().max(self.at))
    }
}

/// Adds templates and checklists, each as an operation in the history.
pub(crate) fn add(chronicle: &mut Chronicle, shift: &Shift) -> Result<(), SampleError> {
    let text: Onboarding = shifted(TEXT, shift)?;
    let mut draft = Draft::new(&chronicle.plan);
    text.templates.iter().try_for_each(|template| put_template(&mut draft, template))?;
    let changes = draft.finish();
    let written = shift.moment(Utc.with_ymd_and_hms(2026, 8, 3, 9, 0, 0).single().unwrap_or_default())?;
    chronicle.add(
        OperationMeta::edit("Added onboarding and offboarding templates", "goran.park", written),
        changes,
    )?;
    for list in &text.lists {
        start(chronicle, list)?;
    }
    Ok(())
}

fn missing(what: &str) -> SampleError {
    SampleError::History(format!("onboarding: {what} not found"))
}

fn put_template(draft: &mut Draft<'_>, text: &TemplateText) -> Result<(), SampleError> {
    let plan = draft.base();
    let id: TemplateId = draft.new_id::<Template>();
    draft.put(Template {
        id,
        key: text.key.clone(),
        name: text.name.clone(),
        occasion: text.occasion,
        team: named(&text.team, |key| plan.find::<Team>(key))?,
        discipline: text.discipline.clone(),
        reviewed: text.reviewed,
        ..Template::default()
    });
    let ids: FxHashMap<&str, _> =
        text.items.iter().map(|item| (item.title.as_str(), draft.new_id::<TemplateItem>())).collect();
    let item_of = |title: &String| ids.get(title.as_str()).copied().ok_or_else(|| missing(title));
    for (place, item) in text.items.iter().enumerate() {
        let after = if item.after.is_empty() { None } else { Some(item_of(&item.after)?) };
        let assignee = match item.who.as_str() {
            "" => Assignee::NewHire,
            who => Assignee::from_role(who).ok_or_else(|| missing(who))?,
        };
        draft.put(TemplateItem {
            id: item_of(&item.title)?,
            template: id,
            section: item.section.clone(),
            title: item.title.clone(),
            text: item.text.clone(),
            due: item.due.map(|working_days| Due { working_days, after }),
            assignee,
            takes_days: item.takes,
            needs: item.needs.iter().map(item_of).collect::<Result<_, _>>()?,
            optional: item.optional,
            goal: item.goal,
            link: item.link.clone(),
            service: named(&item.service, |key| plan.find::<Service>(key))?,
            team: None,
            place: ListPlace::nth(place),
        });
    }
    Ok(())
}

fn named<Id>(key: &str, find: impl Fn(&str) -> Option<Id>) -> Result<Option<Id>, SampleError> {
    if key.is_empty() { Ok(None) } else { find(key).map(Some).ok_or_else(|| missing(key)) }
}

fn start(chronicle: &mut Chronicle, text: &ListText) -> Result<(), SampleError> {
    let plan = std::sync::Arc::new(chronicle.plan.clone());
    let person = |key: &str| plan.find::<Person>(key);
    let id: PersonId = person(&text.person).ok_or_else(|| missing(&text.person))?;
    let what = ChecklistStart {
        person: id,
        occasion: text.occasion,
        start: Some(text.start),
        buddy: named(&text.buddy, person)?,
        service: named(&text.service, |key| plan.find::<Service>(key))?,
        ..ChecklistStart::default()
    };
    let mut draft = Draft::new(&plan);
    let begun = start_checklist(&mut draft, &plan, &what)
        .map_err(|problem| SampleError::History(problem.message(&plan)))?;
    let name = plan.name_of(id.into());
    let label = format!("Started {name}’s {} checklist", text.occasion.doing());
    chronicle.add(OperationMeta::edit(label, text.author.as_str(), text.at), draft.finish())?;
    let mut draft = Draft::new(&chronicle.plan);
    come_along(&mut draft, begun.checklist, text)?;
    let note =
        OperationMeta::edit(format!("Updated {name}’s checklist"), text.author.as_str(), text.last_at());
    let changes = draft.finish();
    if changes.is_empty() { Ok(()) } else { chronicle.add(note, changes) }
}

fn come_along(draft: &mut Draft<'_>, list: ChecklistId, text: &ListText) -> Result<(), SampleError> {
    let plan: &Plan = draft.base();
    let mut items: FxHashMap<&str, ChecklistItem> = plan
        .checklist_items
        .iter()
        .filter(|item| item.checklist == list)
        .map(|item| (item.title.as_str(), item.clone()))
        .collect();
    let mut set = |title: &str, change: &dyn Fn(&mut ChecklistItem)| {
        items.get_mut(title).map(change).ok_or_else(|| missing(title))
    };
    for (title, on, by) in &text.done {
        set(title, &|item| item.state = ItemState::Done { on: *on, by: by.clone() })?;
    }
    for (title, on, why) in &text.skipped {
        set(title, &|item| item.state = ItemState::Skipped { on: *on, why: why.clone() })?;
    }
    for (title, by) in &text.blocked {
        set(title, &|item| item.state = ItemState::Blocked { by: by.clone() })?;
    }
    for (title, on, fault, words) in &text.feedback {
        let feedback = Feedback { fault: *fault, on: *on, words: words.clone(), settled: None };
        set(title, &|item| item.feedback = Some(feedback.clone()))?;
    }
    let mut rows: Vec<ChecklistItem> = items.into_values().collect();
    rows.sort_by_key(|row| row.place);
    rows.into_iter().for_each(|row| draft.put(row));
    Ok(())
}
