use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    Assignee, Assumption, Change, Checklist, ChecklistItem, ChecklistItemId, Draft, Entity, Holiday, Money,
    Person, PersonId, Plan, Service, ServiceId, Team, TeamId, folded,
    redaction::{amounts_in, redacted},
};
use rustc_hash::FxHashSet;

use super::{
    CheckedOut, CheckoutContent, MergeBase, SETTING,
    checkout_record::{CheckoutRecord, forget_gone},
    chunked_setting,
};
use crate::{
    onboarding::{ChecklistSchedule, ChecklistSchedules, ResolvedAssignee},
    schedule::Calendar,
};

/// Who gets a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// Somebody who follows checklists: theirs, whole, so that they see what others still owe them.
    Starter(PersonId),
    /// Somebody who does something for others: what is theirs to do and open, in every list, and nothing else of it.
    Doer(ResolvedAssignee),
}

/// What a copy comes from.
#[derive(Debug, Clone)]
pub struct CheckoutOrigin {
    /// Of the plan.
    pub identity: String,
    /// By which the plan knows this copy again: no other has it, and nobody can guess it.
    pub token: String,
    pub on: NaiveDate,
}

/// A copy, ready to be written.
#[derive(Debug, Clone)]
pub struct Checkout {
    /// What makes it, on top of an empty plan.
    pub changes: Vec<Change>,
    /// What the plan is to remember of it, without which nothing comes back: what the plan itself gave to do and goes
    /// out is a row of its list from now on.
    pub remembered: Vec<Change>,
    /// For whom, in words.
    pub recipient: String,
    pub items: usize,
    /// Everybody who is named in it by a row of their own.
    pub people: Vec<PersonId>,
    /// How many amounts were taken out of its texts.
    pub amounts_removed: usize,
}

/// Why there is nothing to hand out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckoutError {
    /// Nobody has anything to do in a list for them.
    Nothing { recipient: String },
    /// The copy would not hold together; in words.
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

/// Makes a copy. `former` are amounts that the plan once held, `found` rows that are in no list yet (of what the plan
/// itself gives a newcomer to do), with ids of their own.
///
/// # Errors
/// See [`OutError`].
pub fn check_out(
    plan: &Arc<Plan>,
    recipient: &Recipient,
    origin: CheckoutOrigin,
    former: Vec<Money>,
    found: &[ChecklistItem],
) -> Result<Checkout, CheckoutError> {
    let refused = |error: headroom_model::ApplyError| CheckoutError::Refused(error.to_string());
    let mut remembered = taken_up(plan, recipient, found);
    let plan = &with(plan, &remembered).map_err(refused)?;
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
    let people: Vec<PersonId> = copy.shown.people.iter().copied().collect();
    let small = copy.plan().map_err(refused)?;
    let made = redacted(&small, amounts).map_err(refused)?;
    let record = CheckoutRecord::new(origin.on, made.plan.checklist_items.iter().map(|item| item.id));
    let mut draft = Draft::new(plan);
    forget_gone(&mut draft);
    record.keep(&mut draft, &origin.token).map_err(CheckoutError::Refused)?;
    remembered.extend(draft.finish());
    let handed_out = CheckedOut {
        identity: origin.identity,
        token: origin.token,
        recipient: name.clone(),
        on: origin.on,
        items: made.plan.checklist_items.iter().map(base).collect(),
    };
    let value =
        serde_json::to_string(&handed_out).map_err(|error| CheckoutError::Refused(error.to_string()))?;
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

/// What the plan gives to do, as rows of the lists that go out whole.
fn taken_up(plan: &Plan, recipient: &Recipient, found: &[ChecklistItem]) -> Vec<Change> {
    let Recipient::Starter(person) = recipient else { return Vec::new() };
    let is_theirs = |item: &&ChecklistItem| {
        plan.checklists.get(item.checklist).is_some_and(|list| list.person == *person)
    };
    let mut draft = Draft::new(plan);
    found.iter().filter(is_theirs).for_each(|item| draft.put(item.clone()));
    draft.finish()
}

fn with(plan: &Arc<Plan>, changes: &[Change]) -> Result<Arc<Plan>, headroom_model::ApplyError> {
    if changes.is_empty() {
        return Ok(plan.clone());
    }
    let mut after = Plan::clone(plan);
    after.apply(changes)?;
    Ok(Arc::new(after))
}

fn base(item: &ChecklistItem) -> MergeBase {
    MergeBase { item: item.id, content: CheckoutContent::of(item) }
}

#[derive(Default)]
struct Shown {
    people: FxHashSet<PersonId>,
    teams: FxHashSet<TeamId>,
    services: FxHashSet<ServiceId>,
    /// Of whose location holidays are needed.
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
        let courses = ChecklistSchedules::new(plan, &calendar, day);
        let mut copy = Self { plan, shown: Shown::default(), lists: Vec::new(), items: Vec::new() };
        for course in plan.checklists.iter().filter_map(|list| courses.course(list)) {
            match recipient {
                Recipient::Starter(person) if course.checklist.person == *person => copy.whole(&course),
                Recipient::Starter(_) => {}
                Recipient::Doer(assignee) => copy.part(&course, assignee),
            }
        }
        copy
    }

    fn whole(&mut self, course: &ChecklistSchedule<'_>) {
        let list = course.checklist;
        self.shown.people.insert(list.person);
        self.shown.people.extend(list.buddy.into_iter().chain(course.new_hire.manager));
        self.shown.services.extend(list.service);
        self.shown.locations.insert(course.new_hire.location.clone());
        self.lists.push(Checklist {
            // The seats that say who it is stay behind.
            manager: course.new_hire.manager,
            templates: Vec::new(),
            ..list.clone()
        });
        course.items.iter().for_each(|placed| self.item(placed.item.clone()));
    }

    /// What somebody does in the list of another. What it is counted from stays behind, so that its day is fixed.
    fn part(&mut self, course: &ChecklistSchedule<'_>, assignee: &ResolvedAssignee) {
        let own: Vec<_> =
            course.items.iter().filter(|placed| placed.who == *assignee && !placed.is_over()).collect();
        if own.is_empty() {
            return;
        }
        let ids: FxHashSet<ChecklistItemId> = own.iter().map(|placed| placed.item.id).collect();
        let list = course.checklist;
        self.shown.people.insert(list.person);
        let named =
            |person: Option<PersonId>| person.filter(|person| ResolvedAssignee::Person(*person) == *assignee);
        let (buddy, manager) = (named(list.buddy), named(course.new_hire.manager));
        self.shown.people.extend(buddy.into_iter().chain(manager));
        let rest = Checklist { buddy, manager, service: None, templates: Vec::new(), ..list.clone() };
        self.lists.push(rest);
        for placed in own {
            self.item(ChecklistItem {
                due: None,
                due_by_hand: placed.due,
                needs: placed.item.needs.iter().copied().filter(|id| ids.contains(id)).collect(),
                ..placed.item.clone()
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

    /// Only what a list needs of each: who they are and how to reach them.
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
                // Their holidays hang on it. A location that comes from the seat is said here, too.
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
        let changes = draft.finish();
        let mut copy = Plan::default();
        copy.apply(&changes)?;
        Ok(copy)
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
