use chrono::NaiveDate;
use headroom_model::{
    Checklist, ChecklistId, ChecklistItem, ChecklistItemId, Draft, LifecycleEvent, Person, PersonId, Plan,
    ServiceId, TemplateId, TemplateUse,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{DuplicateItem, ItemCounts, MergedTemplate, NewHire, NewHires, fitting, merge_templates};

/// What to make a checklist from.
#[derive(Debug, Clone, Default)]
pub struct ChecklistStart {
    pub person: PersonId,
    pub occasion: LifecycleEvent,
    /// None: the day that the plan has; see [`start_of`].
    pub start: Option<NaiveDate>,
    pub buddy: Option<PersonId>,
    /// None: whoever is in the seat above, on whichever day one asks.
    pub manager: Option<PersonId>,
    /// The service that is taken over.
    pub service: Option<ServiceId>,
    /// Empty: all that fit.
    pub templates: Vec<TemplateId>,
}

/// What was made.
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
    /// The plan does not say when the person starts, moves or leaves.
    NoStart { person: PersonId, occasion: LifecycleEvent },
    /// No template is for this person and occasion.
    NoTemplate { person: PersonId, occasion: LifecycleEvent },
    /// There is nothing in the templates.
    NoItems { templates: Vec<String> },
    /// They have one for the occasion from that day already.
    HasOne { checklist: ChecklistId, person: PersonId, start: NaiveDate },
}

impl StartError {
    /// For a person to read.
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
                start.format("%-d %b %Y")
            ),
        }
    }
}

/// The day that a checklist counts from, as the plan has it: the first day of employment or in a seat for joining, of the
/// newest team for moving, the last day for leaving. For taking over a service nobody can know.
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

/// [`start_of`] joining for everybody at once. Who is in a seat or on a team that has no first day is left out: they have
/// been there before.
pub fn joins(plan: &Plan) -> Vec<(PersonId, NaiveDate)> {
    let without: FxHashSet<PersonId> =
        plan.people.iter().filter(|row| row.from.is_none()).map(|row| row.id).collect();
    // None comes before any day.
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
    // Whoever is only mentioned is nobody who starts.
    let known = plan.people.iter().filter(|row| !row.unconfirmed);
    known.filter_map(|row| Some((row.id, first(row)?))).collect()
}

/// Makes a checklist: copies of every item of the templates, each once.
///
/// # Errors
/// See [`BeginError`]; nothing is drafted then.
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
    let composition = composition(plan, what, start)?;
    if composition.items.is_empty() {
        let templates = composition.templates.iter().map(|template| template.name.clone()).collect();
        return Err(StartError::NoItems { templates });
    }
    let id = draft.new_id::<Checklist>();
    let uses = composition.templates.iter();
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
    copy(draft, id, &composition);
    let counts = ItemCounts::of(composition.items.iter().map(|composed| composed.item));
    Ok(StartedChecklist { checklist: id, start, counts, doubles: composition.doubles })
}

fn composition<'a>(
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

fn copy(draft: &mut Draft<'_>, checklist: ChecklistId, composition: &MergedTemplate<'_>) {
    let ids: Vec<ChecklistItemId> =
        composition.items.iter().map(|_| draft.new_id::<ChecklistItem>()).collect();
    for (at, composed) in composition.items.iter().enumerate() {
        draft.put(ChecklistItem { place: at as u32, ..composed.copy(ids[at], checklist, &ids) });
    }
}
