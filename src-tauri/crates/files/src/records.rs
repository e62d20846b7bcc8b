//! What a source states, before it is compared with a plan.
//!
//! Entities and relations are named by keys; each record has its place in a file. A field that the source does not
//! mention is `None` and leaves the plan's value alone.

use chrono::NaiveDate;
use headroom_model::{
    ApprovedPosition, Assignee, Breadth, Decimal6, GroupingKind, Kind, LifecycleEvent, Link, Money, Slo,
    Status,
};
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Place};
pub use crate::{
    figure_record::{FigureRecord, ImportedScope, Shared, alter_scopes},
    practice_record::{PracticeRecord, PracticeSubject},
};

/// What a source states about a field: `None` if it doesn't mention it, otherwise a value, which may be an empty one.
pub type Stated<T> = Option<T>;

/// Everything that a source states.
#[derive(Debug, Default)]
pub struct Records {
    pub teams: Vec<TeamRecord>,
    pub people: Vec<PersonRecord>,
    pub groupings: Vec<GroupingRecord>,
    pub services: Vec<ServiceRecord>,
    pub memberships: Vec<MembershipRecord>,
    pub ownerships: Vec<OwnershipRecord>,
    pub dependencies: Vec<DependencyRecord>,
    pub interactions: Vec<InteractionRecord>,
    pub positions: Vec<PositionRecord>,
    pub assignments: Vec<AssignmentRecord>,
    pub approvals: Vec<ApprovalRecord>,
    pub figures: Vec<FigureRecord>,
    /// Levels and scores of practices, until the plan says what its practices are.
    pub practices: Vec<PracticeRecord>,
    /// Rows of all other kinds.
    pub rows: Vec<RowRecord>,
    pub templates: Vec<TemplateRecord>,
    /// Entities without an ID, which have their name as key. If a kind has exactly one, an empty reference means it.
    pub nameless: Vec<(Kind, String)>,
    /// The memberships of a person are all that they have: someone who moves leaves the old team.
    pub has_all_memberships: bool,
    /// The aliases listed are complete. Otherwise they are added to those in the plan.
    pub has_all_aliases: bool,
    pub problems: Vec<Diagnostic>,
}

#[derive(Debug, Clone, Default)]
pub struct Dates {
    pub from: Stated<Option<NaiveDate>>,
    pub until: Stated<Option<NaiveDate>>,
}

impl OwnerRef {
    pub fn team(key: impl Into<String>) -> Self {
        Self { kind: OwnerKind::Team, key: key.into() }
    }

    pub fn person(key: impl Into<String>) -> Self {
        Self { kind: OwnerKind::Person, key: key.into() }
    }
}

/// Role of a team's lead.
pub const LEAD: &str = "lead";

impl MembershipRecord {
    /// A membership without share and dates.
    pub fn new(place: Place, person: &str, team: &str, role: Stated<String>) -> Self {
        Self { place, person: person.to_owned(), team: team.to_owned(), role, ..Self::default() }
    }
}

impl OwnershipRecord {
    /// An ownership without dates and confirmation.
    pub fn new(place: Place, service: &str, owner: OwnerRef, role: &str) -> Self {
        let (service, role) = (service.to_owned(), role.to_owned());
        Self { place, service, owner, role, confirmed: None, named: None, dates: Dates::default() }
    }
}

impl DependencyRecord {
    /// A dependency without dates and criticality.
    pub fn new(place: Place, service: &str, depends_on: &str, kind: &str) -> Self {
        let (service, depends_on) = (service.to_owned(), depends_on.to_owned());
        Self { place, service, depends_on, kind: Some(kind.to_owned()), ..Self::default() }
    }
}

impl Records {
    /// How many of them could become part of a plan.
    pub fn len(&self) -> usize {
        self.teams.len()
            + self.people.len()
            + self.groupings.len()
            + self.services.len()
            + self.memberships.len()
            + self.ownerships.len()
            + self.dependencies.len()
            + self.interactions.len()
            + self.positions.len()
            + self.assignments.len()
            + self.approvals.len()
            + self.figures.len()
            + self.practices.len()
            + self.rows.len()
            + self.templates.len()
    }

    /// Whether nothing in them could become part of a plan.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds what another part of the source states.
    pub fn append(&mut self, part: Records) {
        add(&mut self.teams, part.teams);
        add(&mut self.people, part.people);
        add(&mut self.groupings, part.groupings);
        add(&mut self.services, part.services);
        add(&mut self.memberships, part.memberships);
        add(&mut self.ownerships, part.ownerships);
        add(&mut self.dependencies, part.dependencies);
        add(&mut self.interactions, part.interactions);
        add(&mut self.positions, part.positions);
        add(&mut self.assignments, part.assignments);
        add(&mut self.approvals, part.approvals);
        add(&mut self.figures, part.figures);
        add(&mut self.practices, part.practices);
        add(&mut self.rows, part.rows);
        add(&mut self.templates, part.templates);
        add(&mut self.nameless, part.nameless);
        add(&mut self.problems, part.problems);
    }
}

/// Adds records to others; large lists are not copied if there are none yet.
fn add<T>(all: &mut Vec<T>, mut part: Vec<T>) {
    if all.is_empty() {
        *all = part;
    } else {
        all.append(&mut part);
    }
}

/// What the source states beyond the plan's fields: the format's ID, and JSON text.
pub type ExtraText = Option<(&'static str, String)>;

#[derive(Debug, Clone, Default)]
pub struct TeamRecord {
    pub place: Place,
    pub key: String,
    pub name: Stated<String>,
    pub aliases: Stated<Vec<String>>,
    pub parent: Stated<Option<String>>,
    pub kind: Stated<String>,
    pub description: Stated<String>,
    pub outcome: Stated<String>,
    pub segment: Stated<String>,
    pub extra: ExtraText,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct PersonRecord {
    pub place: Place,
    pub key: String,
    pub name: Stated<String>,
    pub aliases: Stated<Vec<String>>,
    pub title: Stated<String>,
    pub company: Stated<String>,
    pub email: Stated<String>,
    pub location: Stated<String>,
    pub extra: ExtraText,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct GroupingRecord {
    pub place: Place,
    pub kind: GroupingKind,
    pub key: String,
    pub name: Stated<String>,
    pub aliases: Stated<Vec<String>>,
    /// Key of a domain.
    pub parent: Stated<Option<String>>,
    pub owner: Stated<Option<OwnerRef>>,
    pub description: Stated<String>,
    pub tags: Stated<Vec<String>>,
    pub links: Stated<Vec<Link>>,
    pub extra: ExtraText,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct ServiceRecord {
    pub place: Place,
    pub key: String,
    pub name: Stated<String>,
    pub aliases: Stated<Vec<String>>,
    pub kind: Stated<String>,
    pub lifecycle: Stated<String>,
    pub tier: Stated<Option<u8>>,
    /// The tier as it is spelled, until the tiers of the whole source are known.
    pub tier_text: Stated<(String, Place)>,
    pub system: Stated<Option<String>>,
    pub domain: Stated<Option<String>>,
    pub description: Stated<String>,
    pub url: Stated<String>,
    pub tags: Stated<Vec<String>>,
    pub links: Stated<Vec<Link>>,
    pub objective: Stated<Option<Slo>>,
    pub standalone: Stated<bool>,
    pub extra: ExtraText,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct MembershipRecord {
    pub place: Place,
    pub person: String,
    pub team: String,
    pub role: Stated<String>,
    /// In percent.
    pub share: Stated<Option<u8>>,
    pub dates: Dates,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OwnerKind {
    Team,
    Person,
    /// The source doesn't say: a team if there is one with this key, otherwise a person.
    Either,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OwnerRef {
    pub kind: OwnerKind,
    pub key: String,
}

#[derive(Debug, Clone)]
pub struct OwnershipRecord {
    pub place: Place,
    pub service: String,
    pub owner: OwnerRef,
    pub role: String,
    pub confirmed: Stated<Option<NaiveDate>>,
    /// What the source calls the owner, if it says so apart; otherwise it follows from how the owner was found.
    pub named: Stated<Option<String>>,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct DependencyRecord {
    pub place: Place,
    pub service: String,
    pub depends_on: String,
    pub kind: Stated<String>,
    pub criticality: Stated<String>,
    pub cost_weight: Stated<Option<Decimal6>>,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct InteractionRecord {
    pub place: Place,
    pub team: String,
    pub with: String,
    pub mode: Stated<String>,
    pub purpose: Stated<String>,
    pub expected_end: Stated<Option<NaiveDate>>,
    pub dates: Dates,
}

/// Whom a position reports to, as the source puts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManagerRef {
    /// Key of a position.
    Position(String),
    /// A person by key, email or name, who may be known to the plan only.
    Person(String),
}

#[derive(Debug, Clone, Default)]
pub struct PositionRecord {
    pub place: Place,
    pub key: String,
    pub title: Stated<String>,
    pub team: Stated<Option<String>>,
    pub discipline: Stated<String>,
    pub level: Stated<String>,
    pub breadth: Stated<Option<Breadth>>,
    pub manager: Stated<Option<ManagerRef>>,
    /// The cell that names the manager.
    pub manager_place: Option<Place>,
    pub location: Stated<String>,
    pub reason: Stated<String>,
    pub backfill_of: Stated<Option<String>>,
    pub service: Stated<Option<String>>,
    pub need_by: Stated<Option<NaiveDate>>,
    pub status: Stated<Status>,
    pub requisition: Stated<String>,
    pub priority: Stated<Option<u8>>,
    pub fte: Stated<Decimal6>,
    pub pooled: Stated<bool>,
    pub pay: Stated<Option<Money>>,
    pub pay_up_to: Stated<Option<Money>>,
    pub start: Stated<Option<NaiveDate>>,
    pub description: Stated<String>,
    pub gate: GateRecord,
    /// Last day of the last person in it. A position that is new to the plan ends then.
    pub held_until: Option<NaiveDate>,
    pub extra: ExtraText,
    pub dates: Dates,
}

/// What a position waits for.
#[derive(Debug, Clone, Default)]
pub struct GateRecord {
    /// Keys of objectives.
    pub waits_for: Stated<Vec<String>>,
    pub waits_any: Stated<bool>,
    pub waits_by: Stated<Option<NaiveDate>>,
    pub waived_on: Stated<Option<NaiveDate>>,
    pub waived_by: Stated<String>,
    pub waived_why: Stated<String>,
}

#[derive(Debug, Clone, Default)]
pub struct AssignmentRecord {
    pub place: Place,
    /// Key of the position.
    pub position: String,
    pub person: String,
    pub pay: Stated<Option<Money>>,
    pub dates: Dates,
}

/// What a source states of a row of any kind, by the descriptions of its fields.
#[derive(Debug, Clone)]
pub struct RowRecord {
    pub kind: Kind,
    pub place: Place,
    /// The names of the fields that it mentions, with what it says.
    pub fields: Vec<(&'static str, FieldStatement)>,
}

/// What a source says of a field; nothing may be among it.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldStatement {
    /// As the field has it in JSON.
    Value(Value),
    Reference(KeyRef),
    References(Vec<KeyRef>),
    /// The first of these that there is, for a source that does not say which: without any the row is left out.
    FirstKnown(Vec<KeyRef>),
}

/// An entity as a source refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRef {
    /// None if the source doesn't say which of several it is.
    pub kind: Option<Kind>,
    /// Its key; the number of its ID if its kind has no keys.
    pub key: String,
}

impl RowRecord {
    /// The keys by which it refers to entities of a kind.
    pub fn references(&self, kind: Kind) -> impl Iterator<Item = &str> {
        let keys = self.fields.iter().flat_map(|(_, said)| match said {
            FieldStatement::Reference(key) => std::slice::from_ref(key),
            FieldStatement::References(keys) => keys,
            FieldStatement::Value(_) | FieldStatement::FirstKnown(_) => &[],
        });
        keys.filter(move |key| key.kind == Some(kind)).map(|key| key.key.as_str())
    }

    /// The text that it states of a field.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.iter().find_map(|(name, said)| match said {
            FieldStatement::Value(Value::String(text)) if *name == field => Some(text.as_str()),
            _ => None,
        })
    }
}

#[derive(Debug, Clone, Default)]
pub struct ApprovalRecord {
    pub place: Place,
    pub name: String,
    pub on: NaiveDate,
    pub by: Stated<String>,
    pub note: Stated<String>,
    /// The positions as approved. Their keys need not exist in the plan any more.
    pub seats: Vec<ApprovedPosition>,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct TemplateRecord {
    pub place: Place,
    pub key: String,
    pub name: String,
    /// Only used when the template is new.
    pub occasion: LifecycleEvent,
    /// The Markdown that it was read from.
    pub text: String,
    pub items: Vec<TemplateItemRecord>,
}

#[derive(Debug, Clone, Default)]
pub struct TemplateItemRecord {
    pub place: Place,
    pub section: String,
    pub title: String,
    pub text: String,
    /// In working days from the start.
    pub due: Option<i32>,
    pub assignee: Option<Assignee>,
    pub link: Option<String>,
    /// Indexes of the items in the list that block this one.
    pub needs: Vec<usize>,
}
