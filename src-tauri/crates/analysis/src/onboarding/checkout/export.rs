//! Sharing as file: makes a plan of its own with one person's checklist, or with what one assignee has to do.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    Assignee, Assumption, Change, Checklist, ChecklistItem, ChecklistItemId, Draft, Entity, Holiday, Money,
    Person, PersonId, Plan, Service, ServiceId, Team, TeamId, folded,
};
use headroom_redaction::{RatiosOfMoney, amounts_in, redacted};
use rustc_hash::FxHashSet;

use super::{
    CheckedOut, CheckoutContent, MergeBase, SETTING,
    checkout_record::{CheckoutRecord, forget_deleted},
    chunked_setting,
};
use crate::{
    onboarding::{ChecklistSchedule, ChecklistSchedules, ResolvedAssignee},
    schedule::Calendar,
};

/// Who the file is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// The person a checklist is for. They get their own lists in full, with what others owe them.
    Starter(PersonId),
    /// An assignee in checklists of others. They get their open items of every list and nothing else.
    Doer(ResolvedAssignee),
}

/// Where the file comes from.
#[derive(Debug, Clone)]
pub struct CheckoutOrigin {
    /// The identity of the plan.
    pub identity: String,
    /// The secret by which the plan recognises this file; unique and not guessable.
    pub token: String,
    pub on: NaiveDate,
}

/// A file to be written, and what the plan must record about it.
#[derive(Debug, Clone)]
pub struct Checkout {
    /// The changes that make the file's plan out of an empty one.
    pub changes: Vec<Change>,
    /// The changes to the plan, without which nothing can be merged back: the record of the file, and generated tasks
    /// that become rows of their list because they are in it.
    pub remembered: Vec<Change>,
    /// The name of the recipient.
    pub recipient: String,
    pub items: usize,
    /// Everyone who has a row of their own in the file.
    pub people: Vec<PersonId>,
    /// How many amounts of money were removed from texts.
    pub amounts_removed: usize,
}

/// Why nothing can be shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckoutError {
    /// There is no item for the recipient.
    Nothing { recipient: String },
    /// The file's plan, or the record, would be invalid; with the reason.
    Refused(String),
}

impl CheckoutError {
    pub fn message(&self) -> String {
        match self {
            CheckoutError::Nothing { recipient } => format!("no open checklist items for {recipient}"),
            CheckoutError::Refused(why) => format!("the file could not be created: {why}"),
        }
    }
}

/// Makes the file. `former` are amounts of money that the plan once contained, to be removed from texts as well.
/// `found` are the generated tasks as rows, with new ids; those of the recipient become part of the plan.
///
/// # Errors
///
/// [`CheckoutError::Nothing`] without an item for the recipient, [`CheckoutError::Refused`] if the file or the record
/// would be invalid.
pub fn check_out(
    plan: &Arc<Plan>,
    recipient: &Recipient,
    origin: CheckoutOrigin,
    former: Vec<Money>,
    found: &[ChecklistItem],
) -> Result<Checkout, CheckoutError> {
    let refused = |error: headroom_model::ApplyError| CheckoutError::Refused(error.to_string());
    let mut draft = Draft::new(plan);
    materialize(&mut draft, recipient, found);
    let plan = &Arc::new(draft.outcome().map_err(refused)?);
    let name = match recipient {
        Recipient::Starter(person) => plan.name_of((*person).into()),
        Recipient::Doer(assignee) => assignee.name(plan),
    };
    let copy = Copy::of(plan, recipient, origin.on);
    if copy.items.is_empty() {
        return Err(CheckoutError::Nothing { recipient: name });
    }
    let mut amounts = former;
    amounts.extend(amounts_in(plan));
    let mut people: Vec<PersonId> = copy.shown.people.iter().copied().collect();
    people.sort_unstable_by_key(|person| plan.place_of(*person));
    let small = copy.plan().map_err(refused)?;
    let made = redacted(&small, amounts, RatiosOfMoney::Removed).map_err(refused)?;
    let record = CheckoutRecord::new(origin.on, made.plan.checklist_items.iter().map(|item| item.id));
    forget_deleted(&mut draft);
    record.keep(&mut draft, &origin.token).map_err(CheckoutError::Refused)?;
    let remembered = draft.finish();
    let checked_out = CheckedOut {
        identity: origin.identity,
        token: origin.token,
        recipient: name.clone(),
        on: origin.on,
        items: made.plan.checklist_items.iter().map(base).collect(),
    };
    let value =
        serde_json::to_string(&checked_out).map_err(|error| CheckoutError::Refused(error.to_string()))?;
    let mut draft = Draft::new(&made.plan);
    chunked_setting::put(&mut draft, SETTING, &value);
    let mut changes = made.changes;
    changes.extend(draft.finish());
    Ok(Checkout {
        changes,
        remembered,
        recipient: name,
        items: made.plan.checklist_items.len(),
        people,
        amounts_removed: made.removed.iter().map(|line| line.count).sum(),
    })
}

/// Adds generated tasks to the lists that are shared in full.
fn materialize(draft: &mut Draft<'_>, recipient: &Recipient, found: &[ChecklistItem]) {
    let Recipient::Starter(person) = recipient else { return };
    let lists = &draft.base().checklists;
    let is_theirs =
        |item: &&ChecklistItem| lists.get(item.checklist).is_some_and(|list| list.person == *person);
    found.iter().filter(is_theirs).for_each(|item| draft.put(item.clone()));
}

fn base(item: &ChecklistItem) -> MergeBase {
    MergeBase { item: item.id, content: CheckoutContent::of(item) }
}

#[derive(Default)]
struct Shown {
    people: FxHashSet<PersonId>,
    teams: FxHashSet<TeamId>,
    services: FxHashSet<ServiceId>,
    /// The locations whose holidays the file needs.
    locations: FxHashSet<String>,
}

struct Copy<'a> {
    plan: &'a Plan,
    shown: Shown,
    lists: Vec<Checklist>,
    items: Vec<ChecklistItem>,
}

impl<'a> Copy<'a> {
    fn of(plan: &'a Arc<Plan>, recipient: &Recipient, day: NaiveDate) -> Self {
        let calendar = Calendar::new(plan);
        let schedules = ChecklistSchedules::new(plan, &calendar, day);
        let mut copy = Self { plan, shown: Shown::default(), lists: Vec::new(), items: Vec::new() };
        for schedule in plan.in_order::<Checklist>().into_iter().filter_map(|list| schedules.course(list)) {
            match recipient {
                Recipient::Starter(person) if schedule.checklist.person == *person => copy.whole(&schedule),
                Recipient::Starter(_) => {}
                Recipient::Doer(assignee) => copy.part(&schedule, assignee),
            }
        }
        copy
    }

    fn whole(&mut self, schedule: &ChecklistSchedule<'_>) {
        let list = schedule.checklist;
        self.shown.people.insert(list.person);
        self.shown.people.extend(list.buddy.into_iter().chain(schedule.new_hire.manager));
        self.shown.services.extend(list.service);
        self.shown.locations.insert(schedule.new_hire.location.clone());
        self.lists.push(Checklist {
            // Positions are not in the file, so the manager is written out.
            manager: schedule.new_hire.manager,
            templates: Vec::new(),
            ..list.clone()
        });
        schedule.items.iter().for_each(|scheduled| self.item(scheduled.item.clone()));
    }

    /// Adds the items of an assignee in someone else's list. What a due date is counted from is not in the file, so
    /// the date is fixed.
    fn part(&mut self, schedule: &ChecklistSchedule<'_>, assignee: &ResolvedAssignee) {
        let own: Vec<_> = schedule
            .items
            .iter()
            .filter(|scheduled| scheduled.who == *assignee && !scheduled.is_over())
            .collect();
        if own.is_empty() {
            return;
        }
        let ids: FxHashSet<ChecklistItemId> = own.iter().map(|scheduled| scheduled.item.id).collect();
        let list = schedule.checklist;
        self.shown.people.insert(list.person);
        let named =
            |person: Option<PersonId>| person.filter(|person| ResolvedAssignee::Person(*person) == *assignee);
        let (buddy, manager) = (named(list.buddy), named(schedule.new_hire.manager));
        self.shown.people.extend(buddy.into_iter().chain(manager));
        let rest = Checklist { buddy, manager, service: None, templates: Vec::new(), ..list.clone() };
        self.lists.push(rest);
        for scheduled in own {
            self.item(ChecklistItem {
                due: None,
                due_by_hand: scheduled.due,
                needs: scheduled.item.needs.iter().copied().filter(|id| ids.contains(id)).collect(),
                ..scheduled.item.clone()
            });
        }
    }

    fn item(&mut self, item: ChecklistItem) {
        match &item.assignee {
            Assignee::Person(person) => drop(self.shown.people.insert(*person)),
            Assignee::Team(team) => drop(self.shown.teams.insert(*team)),
            _ => {}
        }
        self.shown.services.extend(item.service);
        self.shown.teams.extend(item.team);
        self.items.push(ChecklistItem { origin: None, ..item });
    }

    /// Makes the plan of the file. Each entity has only what a list needs: identity and contact.
    fn plan(self) -> Result<Plan, headroom_model::ApplyError> {
        let Self { plan, shown, lists, items } = self;
        let empty = Plan::default();
        let mut draft = Draft::new(&empty);
        for person in plan.people.iter().filter(|row| shown.people.contains(&row.id)) {
            let is_new_hire = lists.iter().any(|list| list.person == person.id);
            draft.put(Person {
                id: person.id,
                key: person.key.clone(),
                name: person.name.clone(),
                email: person.email.clone(),
                // Needed for their holidays. The location may come from their position, which is not in the file.
                location: if is_new_hire { location(&shown, person) } else { String::new() },
                ..Person::default()
            });
        }
        for team in plan.teams.iter().filter(|row| shown.teams.contains(&row.id)) {
            draft.put(Team {
                id: team.id,
                key: team.key.clone(),
                name: team.name.clone(),
                ..Team::default()
            });
        }
        for service in plan.services.iter().filter(|row| shown.services.contains(&row.id)) {
            draft.put(Service {
                id: service.id,
                key: service.key.clone(),
                name: service.name.clone(),
                url: service.url.clone(),
                ..Service::default()
            });
        }
        let place = |text: &str| folded(text).into_owned();
        let places: FxHashSet<String> = shown.locations.iter().map(|text| place(text)).collect();
        let is_needed =
            |row: &&Holiday| row.location.trim().is_empty() || places.contains(&place(&row.location));
        for holiday in plan.holidays.iter().filter(is_needed).filter(|_| !places.is_empty()) {
            draft.put(Holiday {
                id: holiday.id,
                day: holiday.day,
                location: holiday.location.clone(),
                name: holiday.name.clone(),
                ..Holiday::default()
            });
        }
        let is_day_off = |row: &&Assumption| row.kind == "days-off" && row.check().is_ok();
        let is_needed = |row: &&Assumption| row.location.is_empty() || places.contains(&place(&row.location));
        for row in plan.assumptions.iter().filter(is_day_off).filter(is_needed) {
            draft.put(Assumption { origin: String::new(), source: None, ..row.clone() });
        }
        lists.into_iter().for_each(|list| draft.put(list));
        items.into_iter().for_each(|item| draft.put(item));
        draft.outcome()
    }
}

fn location(shown: &Shown, person: &Person) -> String {
    let from_position = || shown.locations.iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
    if person.location.is_empty() && shown.locations.len() == 1 {
        from_position()
    } else {
        person.location.clone()
    }
}
