//! Starting a checklist, and changing its people and start date.

use chrono::NaiveDate;
use headroom_analysis::onboarding::{
    self, ChecklistStart, Colleague, NewHire, NewHires, StartError, colleagues, fitting, labels,
    merge_templates, move_along, start_checklist, start_of,
};
use headroom_model::{
    Checklist, ChecklistId, Draft, LifecycleEvent, PersonId, Plan, ServiceId, Snapshot, Template, TemplateId,
    TemplateItem,
};
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    effect::{Effect, effect},
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError, ErrorKind},
    paging::{by_text, matches, search_words},
    state::{AppState, today},
};

/// The options of a new checklist.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StartChoice {
    pub person: Id,
    /// `join`, `move`, `take-over`, `leave`.
    pub occasion: String,
    /// By default the date in the plan.
    pub start: Option<NaiveDate>,
    pub buddy: Option<Id>,
    pub manager: Option<Id>,
    pub service: Option<Id>,
    /// Empty for all that match.
    pub templates: Vec<Id>,
}

impl StartChoice {
    fn begin(&self) -> Answer<ChecklistStart> {
        Ok(ChecklistStart {
            person: PersonId::from(self.person),
            occasion: occasion(&self.occasion)?,
            start: self.start,
            buddy: self.buddy.map(PersonId::from),
            manager: self.manager.map(PersonId::from),
            service: self.service.map(ServiceId::from),
            templates: self.templates.iter().copied().map(TemplateId::from).collect(),
        })
    }
}

/// # Errors
/// [`ErrorKind::Invalid`] if there is no such type of checklist.
pub fn occasion(word: &str) -> Answer<LifecycleEvent> {
    let unknown = || AppError::new(ErrorKind::Invalid, format!("unknown checklist type “{word}”"));
    LifecycleEvent::from_word(word).ok_or_else(unknown)
}

/// Number of items: tasks, which every count of a checklist means, and the others.
#[derive(Debug, Clone, Copy, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ItemCountsView {
    pub items: u32,
    pub optional: u32,
    pub goals: u32,
}

impl From<onboarding::ItemCounts> for ItemCountsView {
    fn from(counts: onboarding::ItemCounts) -> Self {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { items: count(counts.items), optional: count(counts.optional), goals: count(counts.goals) }
    }
}

/// A template to choose.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TemplateChoice {
    pub id: Id,
    pub name: String,
    /// For whom it is, in words.
    pub whom: String,
    pub counts: ItemCountsView,
    /// Whether it matches this person.
    pub fits: bool,
}

/// The options for a new checklist, and what results from the current choice.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StartView {
    /// The date in the plan.
    pub start: Option<NaiveDate>,
    pub team: Option<NamedEntity>,
    /// By the reporting line, or the lead of the team.
    pub manager: Option<NamedEntity>,
    /// Colleagues on the team who could be the buddy, the least busy first.
    pub buddies: Vec<BuddyChoice>,
    pub templates: Vec<TemplateChoice>,
    /// Items of the resulting checklist.
    pub counts: ItemCountsView,
    /// Titles that are in two of the templates.
    pub doubles: Vec<String>,
    /// Why the checklist cannot be started, in words.
    pub problem: Option<String>,
    /// Warnings before starting it.
    pub warnings: Vec<String>,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BuddyChoice {
    pub person: NamedEntity,
    /// Number of open checklists of which they are the buddy.
    pub looks_after: u32,
}

/// Previews a choice, without starting anything.
#[specta::specta]
pub fn begin_view(app: &AppState, choice: StartChoice) -> Answer<StartView> {
    let plan = app.plan()?;
    let what = choice.begin()?;
    if plan.people.get(what.person).is_none() {
        return Err(AppError::not_found("this person"));
    }
    let known = start_of(&plan, what.person, what.occasion);
    let start = what.start.or(known).unwrap_or_else(today);
    let day = NewHire::day_of(&plan, what.person, start);
    let new_hire = NewHires::new(&plan).of(what.person, what.occasion, day);
    let fits = fitting(&plan, &new_hire);
    let begun = start_checklist(&mut Draft::new(&plan), &plan, &what);
    let chosen: Vec<&Template> = if what.templates.is_empty() {
        fits.clone()
    } else {
        what.templates.iter().filter_map(|id| plan.templates.get(*id)).collect()
    };
    let composition = merge_templates(&plan, chosen);
    let title = |id: headroom_model::TemplateItemId| {
        plan.template_items.get(id).map(|item: &TemplateItem| item.title.clone()).unwrap_or_default()
    };
    let mut templates: Vec<TemplateChoice> = plan
        .in_order::<Template>()
        .into_iter()
        .filter(|template| template.occasion == what.occasion)
        .map(|template| TemplateChoice {
            id: template.id.into(),
            name: template.name.clone(),
            whom: whom(&plan, template),
            counts: counted(&mut plan.template_items.iter().filter(|item| item.template == template.id)),
            fits: fits.iter().any(|fitting| fitting.id == template.id),
        })
        .collect();
    templates.sort_by(|a, b| b.fits.cmp(&a.fits).then_with(|| by_text(&a.name, &b.name)));
    let warnings = match &begun {
        Ok(begun) if begun.start < today() => {
            let day = headroom_model::wording::date(begun.start);
            let named = if what.occasion == LifecycleEvent::Leave { "last day" } else { "start date" };
            vec![format!("The {named}, {day}, has passed: earlier items are already overdue.")]
        }
        _ => Vec::new(),
    };
    Ok(StartView {
        start: known,
        team: new_hire.team.map(|team| NamedEntity::new(&plan, team)),
        manager: new_hire.manager.map(|manager| NamedEntity::new(&plan, manager)),
        buddies: buddies(&plan.as_of(day), &new_hire),
        templates,
        counts: counted(&mut composition.items.iter().map(|composed| composed.item)),
        doubles: composition.doubles.iter().map(|double| title(double.left_out)).collect(),
        problem: begun.err().map(|problem| problem.message(&plan)),
        warnings,
    })
}

fn counted(items: &mut dyn Iterator<Item = &TemplateItem>) -> ItemCountsView {
    onboarding::ItemCounts::of(items).into()
}

/// For whom a template is: `everyone`, `Engineering · Senior · Payments`.
pub fn whom(plan: &Plan, template: &Template) -> String {
    let team = template.team.map(|team| plan.name_of(team.into())).unwrap_or_default();
    let parts = [&template.discipline, &template.level, &team];
    let said: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    if said.is_empty() { "everyone".to_owned() } else { said.join(" · ") }
}

fn buddies(snapshot: &Snapshot, new_hire: &NewHire) -> Vec<BuddyChoice> {
    let choice = |one: Colleague| BuddyChoice {
        person: NamedEntity::new(snapshot.plan(), one.person),
        looks_after: one.looks_after,
    };
    let mut found: Vec<BuddyChoice> = colleagues(snapshot, new_hire).into_iter().map(choice).collect();
    found.sort_by(|a, b| {
        a.looks_after.cmp(&b.looks_after).then_with(|| by_text(&a.person.name, &b.person.name))
    });
    found
}

/// A person to start a checklist for.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WhomChoice {
    pub person: NamedEntity,
    /// `starts 11 Jan 2027`, `has a checklist`, else the title.
    pub detail: String,
}

/// Days after the start during which someone is still listed first.
const JUST_STARTED_DAYS: i64 = 30;

/// People whose name contains the words, including future ones; those who start soon and have no checklist first.
#[specta::specta]
pub fn begin_people(app: &AppState, text: String, limit: u32) -> Answer<Vec<WhomChoice>> {
    let (plan, today) = (app.plan()?, today());
    let words = search_words(&text);
    let has_list = |person: PersonId| plan.checklists.iter().any(|list| list.person == person);
    let is_near = |start: NaiveDate| (today - start).num_days() <= JUST_STARTED_DAYS;
    let mut found: Vec<(bool, Option<NaiveDate>, &headroom_model::Person)> = plan
        .in_order::<headroom_model::Person>()
        .into_iter()
        .filter(|person| person.until.is_none_or(|until| until >= today))
        .filter(|person| matches(&words, [person.name.as_str(), person.key.as_str()]))
        .map(|person| {
            let start = start_of(&plan, person.id, LifecycleEvent::Join).filter(|start| is_near(*start));
            (start.is_none() || has_list(person.id), start, person)
        })
        .collect();
    found.sort_by(|a, b| {
        let start = |row: &(bool, Option<NaiveDate>, _)| row.1.filter(|_| !row.0);
        (a.0, start(a)).cmp(&(b.0, start(b))).then_with(|| by_text(&a.2.name, &b.2.name))
    });
    let choice = |(_, start, person): &(bool, Option<NaiveDate>, &headroom_model::Person)| WhomChoice {
        person: NamedEntity::new(&plan, person.id),
        detail: match start {
            _ if has_list(person.id) => "has a checklist".to_owned(),
            Some(start) if *start > today => format!("starts {}", headroom_model::wording::date(start)),
            Some(start) => format!("started {}", headroom_model::wording::date(start)),
            None => person.title.clone(),
        },
    };
    Ok(found.iter().take(limit as usize).map(choice).collect())
}

/// Starts the checklist; answers with its ID.
#[specta::specta]
pub fn begin_checklist(app: &AppState, choice: StartChoice) -> Answer<Id> {
    let what = choice.begin()?;
    app.edit_as(|plan, draft| {
        let begun = start_checklist(draft, plan, &what)
            .map_err(|problem: StartError| AppError::new(ErrorKind::Invalid, problem.message(plan)))?;
        Ok((labels::start(&plan.name_of(what.person.into()), what.occasion), begun.checklist.into()))
    })
}

/// Settings of a checklist that can be changed.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ListSettings {
    pub start: NaiveDate,
    pub buddy: Option<Id>,
    /// None: by the reporting line.
    pub manager: Option<Id>,
}

/// Effect of moving a start date together with what the plan has on that day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoveView {
    pub effect: Option<Effect>,
    /// Why it cannot move along, in words.
    pub problem: Option<String>,
}

/// Previews another start date; none if the plan has nothing else on that day.
#[specta::specta]
pub fn move_preview(app: &AppState, checklist: Id, start: NaiveDate, at: At) -> Answer<Option<MoveView>> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let list = plan
        .checklists
        .get(ChecklistId::from(checklist))
        .ok_or_else(|| AppError::not_found("this checklist"))?;
    let mut draft = Draft::new(plan);
    if move_along(&mut draft, plan, list, start).is_empty() {
        return Ok(None);
    }
    draft.put(Checklist { start, ..list.clone() });
    Ok(Some(match effect(app, &view, move_label(plan, list, start), draft.finish()) {
        Ok(effect) => MoveView { effect: Some(effect), problem: None },
        Err(error) => MoveView { effect: None, problem: Some(error.message) },
    }))
}

fn move_label(plan: &Plan, list: &Checklist, to: NaiveDate) -> String {
    labels::move_start(&plan.name_of(list.person.into()), list.occasion, to)
}

/// Changes the people or the start date, with every due date that is not set by hand. With `moves_along`, also what
/// the plan has on that day.
#[specta::specta]
pub fn set_list(app: &AppState, checklist: Id, settings: ListSettings, moves_along: bool) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let row = plan.checklists.get(ChecklistId::from(checklist));
        let row = row.ok_or_else(|| AppError::not_found("this checklist"))?;
        let name = plan.name_of(row.person.into());
        let after = Checklist {
            start: settings.start,
            buddy: settings.buddy.map(PersonId::from),
            manager: settings.manager.map(PersonId::from),
            ..row.clone()
        };
        let label = match () {
            () if after.start != row.start => move_label(plan, row, after.start),
            () if after.buddy != row.buddy => format!("Change {name}’s buddy"),
            () => format!("Change the manager on {name}’s checklist"),
        };
        if moves_along {
            move_along(draft, plan, row, after.start);
        }
        draft.put(after);
        Ok((label, ()))
    })
}
