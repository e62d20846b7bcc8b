//! Starting a checklist from templates.

use chrono::NaiveDate;
use headroom_model::{
    Checklist, ChecklistId, ChecklistItem, ChecklistItemId, Draft, LifecycleEvent, ListPlace, Person,
    PersonId, Plan, ServiceId, TemplateId, TemplateUse,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{DuplicateItem, ItemCounts, MergedTemplate, NewHire, NewHires, fitting, merge_templates};

/// What to make a checklist from.
#[derive(Debug, Clone, Default)]
pub struct ChecklistStart {
    pub person: PersonId,
    pub occasion: LifecycleEvent,
    /// None: the date in the plan; see [`start_of`].
    pub start: Option<NaiveDate>,
    pub buddy: Option<PersonId>,
    /// None: the occupant of the position above, on any day.
    pub manager: Option<PersonId>,
    /// The service to take over.
    pub service: Option<ServiceId>,
    /// Empty: all templates that fit.
    pub templates: Vec<TemplateId>,
}

/// The checklist and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartedChecklist {
    pub checklist: ChecklistId,
    pub start: NaiveDate,
    pub counts: ItemCounts,
    pub doubles: Vec<DuplicateItem>,
}

/// Why no checklist can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartError {
    /// The plan has no date on which the person joins, moves or leaves.
    NoStart { person: PersonId, occasion: LifecycleEvent },
    /// No template fits the person and occasion.
    NoTemplate { person: PersonId, occasion: LifecycleEvent },
    /// The templates have no items.
    NoItems { templates: Vec<String> },
    /// There is one already, for the same occasion and start.
    HasOne { checklist: ChecklistId, person: PersonId, start: NaiveDate },
}

impl StartError {
    /// The message to display.
    pub fn message(&self, plan: &Plan) -> String {
        match self {
            StartError::NoStart { person, occasion } => {
                let what = if *occasion == LifecycleEvent::Leave { "last day" } else { "start date" };
                format!("{} has no {what} in the plan; choose one", plan.name_of((*person).into()))
            }
            StartError::NoTemplate { person, occasion } => format!(
                "no {} template matches {}: create or import one, or choose a template",
                occasion.doing(),
                plan.name_of((*person).into())
            ),
            StartError::NoItems { templates } => {
                format!("no items in {}: add one first", templates.join(" and "))
            }
            StartError::HasOne { person, start, .. } => format!(
                "{} already has a checklist from {}",
                plan.name_of((*person).into()),
                headroom_model::wording::date(start)
            ),
        }
    }
}

/// The date in the plan that a checklist starts on: for joining the first day of employment or in a position, for
/// moving that of the newest membership, for leaving the last day. None for taking over a service.
pub fn start_of(plan: &Plan, person: PersonId, occasion: LifecycleEvent) -> Option<NaiveDate> {
    let row = plan.people.get(person)?;
    match occasion {
        LifecycleEvent::Join => row.from.or_else(|| {
            let seats = plan.assignments.iter().filter(|row| row.person == person);
            let teams = plan.memberships.iter().filter(|row| row.person == person);
            seats.filter_map(|row| row.from).min().or_else(|| teams.filter_map(|row| row.from).min())
        }),
        LifecycleEvent::Move => {
            let teams = plan.memberships.iter().filter(|row| row.person == person);
            teams.filter_map(|row| row.from).max()
        }
        LifecycleEvent::Leave => row.until,
        LifecycleEvent::TakeOver => None,
    }
}

/// [`start_of`] joining, for everyone at once. People with a position or membership without a first day are left out:
/// they have been there before.
pub fn joins(plan: &Plan) -> Vec<(PersonId, NaiveDate)> {
    let without: FxHashSet<PersonId> =
        plan.people.iter().filter(|row| row.from.is_none()).map(|row| row.id).collect();
    // `None` sorts before any date.
    let firsts = |rows: &mut dyn Iterator<Item = (PersonId, Option<NaiveDate>)>| {
        let mut firsts: FxHashMap<PersonId, Option<NaiveDate>> = FxHashMap::default();
        for (person, from) in rows.filter(|(person, _)| without.contains(person)) {
            firsts.entry(person).and_modify(|first| *first = from.min(*first)).or_insert(from);
        }
        firsts
    };
    let seats = firsts(&mut plan.assignments.iter().map(|row| (row.person, row.from)));
    let teams = firsts(&mut plan.memberships.iter().map(|row| (row.person, row.from)));
    let first = |row: &Person| match (row.from, seats.get(&row.id), teams.get(&row.id)) {
        (Some(from), _, _) => Some(from),
        (None, Some(None), _) | (None, _, Some(None)) => None,
        (None, position, team) => position.or(team).copied().flatten(),
    };
    // An unconfirmed person does not join.
    let known = plan.in_order::<Person>().into_iter().filter(|row| !row.unconfirmed);
    known.filter_map(|row| Some((row.id, first(row)?))).collect()
}

/// Drafts a checklist with a copy of each item of the merged templates.
///
/// # Errors
///
/// [`StartError::NoStart`], [`StartError::NoTemplate`], [`StartError::NoItems`] or [`StartError::HasOne`]; nothing is
/// drafted then.
pub fn start_checklist(
    draft: &mut Draft<'_>,
    plan: &std::sync::Arc<Plan>,
    what: &ChecklistStart,
) -> Result<StartedChecklist, StartError> {
    let (person, occasion) = (what.person, what.occasion);
    let start = what.start.or_else(|| start_of(plan, person, occasion));
    let start = start.ok_or(StartError::NoStart { person, occasion })?;
    let same =
        |row: &&Checklist| row.person == person && row.occasion == occasion && row.service == what.service;
    if let Some(row) = plan.checklists.iter().filter(same).find(|row| row.start == start) {
        return Err(StartError::HasOne { checklist: row.id, person, start });
    }
    let merged_template = merged_template(plan, what, start)?;
    if merged_template.items.is_empty() {
        let templates = merged_template.templates.iter().map(|template| template.name.clone()).collect();
        return Err(StartError::NoItems { templates });
    }
    let id = draft.new_id::<Checklist>();
    let uses = merged_template.templates.iter();
    draft.put(Checklist {
        id,
        person,
        occasion,
        start,
        buddy: what.buddy,
        manager: what.manager,
        service: what.service,
        templates: uses
            .map(|template| TemplateUse { template: template.key.clone(), version: template.version })
            .collect(),
    });
    copy(draft, id, &merged_template);
    let counts = ItemCounts::of(merged_template.items.iter().map(|merged| merged.item));
    Ok(StartedChecklist { checklist: id, start, counts, doubles: merged_template.doubles })
}

fn merged_template<'a>(
    plan: &'a std::sync::Arc<Plan>,
    what: &ChecklistStart,
    start: NaiveDate,
) -> Result<MergedTemplate<'a>, StartError> {
    let templates = if what.templates.is_empty() {
        let day = NewHire::day_of(plan, what.person, start);
        fitting(plan, &NewHires::new(plan).of(what.person, what.occasion, day))
    } else {
        what.templates.iter().filter_map(|id| plan.templates.get(*id)).collect()
    };
    if templates.is_empty() {
        return Err(StartError::NoTemplate { person: what.person, occasion: what.occasion });
    }
    Ok(merge_templates(plan, templates))
}

fn copy(draft: &mut Draft<'_>, checklist: ChecklistId, merged_template: &MergedTemplate<'_>) {
    let ids: Vec<ChecklistItemId> =
        merged_template.items.iter().map(|_| draft.new_id::<ChecklistItem>()).collect();
    for (at, merged) in merged_template.items.iter().enumerate() {
        draft.put(ChecklistItem { place: ListPlace::nth(at), ..merged.copy(ids[at], checklist, &ids) });
    }
}
