use chrono::NaiveDate;
use headroom_model::{
    ApprovedSeat, Assignee, Availability, Breadth, Currency, Fraction, GroupingKind, Kind, Link, Money,
    Occasion, Quantity, Rate, Status,
};

use crate::problem::{Place, Problem};

/// What a source says about a field: nothing at all, or a value, which may be an empty one.
pub type Said<T> = Option<T>;

/// Everything that a source says, things named by their keys.
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
    pub assumptions: Vec<AssumptionRecord>,
    pub budgets: Vec<BudgetRecord>,
    pub exchange_rates: Vec<ExchangeRateRecord>,
    pub holidays: Vec<HolidayRecord>,
    pub approvals: Vec<ApprovalRecord>,
    pub templates: Vec<TemplateRecord>,
    /// Things without an id, which go by their names. Where a kind has one such thing, an empty reference means it.
    pub nameless: Vec<(Kind, String)>,
    /// Whether the memberships of somebody are all that they have: who moves leaves the old team.
    pub has_all_memberships: bool,
    /// Whether the aliases listed are all that there are. Else they come on top of those in the plan.
    pub has_all_aliases: bool,
    pub problems: Vec<Problem>,
}

#[derive(Debug, Clone, Default)]
pub struct Dates {
    pub from: Said<Option<NaiveDate>>,
    pub until: Said<Option<NaiveDate>>,
}

impl OwnerRef {
    pub fn team(key: impl Into<String>) -> Self {
        Self { kind: OwnerKind::Team, key: key.into() }
    }

    pub fn person(key: impl Into<String>) -> Self {
        Self { kind: OwnerKind::Person, key: key.into() }
    }
}

/// The role of whoever leads a team.
pub(crate) const LEAD: &str = "lead";

impl MembershipRecord {
    /// Without a share and dates.
    pub(crate) fn new(place: Place, person: &str, team: &str, role: Said<String>) -> Self {
        Self { place, person: person.to_owned(), team: team.to_owned(), role, ..Self::default() }
    }
}

impl OwnershipRecord {
    /// As old as the source, and confirmed by nobody.
    pub(crate) fn new(place: Place, service: &str, owner: OwnerRef, role: &str) -> Self {
        let (service, role) = (service.to_owned(), role.to_owned());
        Self { place, service, owner, role, confirmed: None, named: None, dates: Dates::default() }
    }
}

impl DependencyRecord {
    /// Without dates, and nobody knows how bad it is.
    pub(crate) fn new(place: Place, service: &str, depends_on: &str, kind: &str) -> Self {
        let (service, depends_on) = (service.to_owned(), depends_on.to_owned());
        Self { place, service, depends_on, kind: Some(kind.to_owned()), ..Self::default() }
    }
}

impl Records {
    /// Whether they say nothing that could become part of a plan.
    pub fn is_empty(&self) -> bool {
        self.teams.is_empty()
            && self.people.is_empty()
            && self.groupings.is_empty()
            && self.services.is_empty()
            && self.memberships.is_empty()
            && self.ownerships.is_empty()
            && self.dependencies.is_empty()
            && self.interactions.is_empty()
            && self.positions.is_empty()
            && self.assignments.is_empty()
            && self.assumptions.is_empty()
            && self.budgets.is_empty()
            && self.exchange_rates.is_empty()
            && self.holidays.is_empty()
            && self.approvals.is_empty()
            && self.templates.is_empty()
    }

    /// Takes over what another part of the source says.
    pub(crate) fn append(&mut self, mut part: Records) {
        self.teams.append(&mut part.teams);
        self.people.append(&mut part.people);
        self.groupings.append(&mut part.groupings);
        self.services.append(&mut part.services);
        self.memberships.append(&mut part.memberships);
        self.ownerships.append(&mut part.ownerships);
        self.dependencies.append(&mut part.dependencies);
        self.interactions.append(&mut part.interactions);
        self.positions.append(&mut part.positions);
        self.assignments.append(&mut part.assignments);
        self.assumptions.append(&mut part.assumptions);
        self.budgets.append(&mut part.budgets);
        self.exchange_rates.append(&mut part.exchange_rates);
        self.holidays.append(&mut part.holidays);
        self.approvals.append(&mut part.approvals);
        self.templates.append(&mut part.templates);
        self.nameless.append(&mut part.nameless);
        self.problems.append(&mut part.problems);
    }
}

/// What the source says beyond Headroom's own fields: name of the format, and JSON text.
pub type ExtraText = Option<(&'static str, String)>;

#[derive(Debug, Clone, Default)]
pub struct TeamRecord {
    pub place: Place,
    pub key: String,
    pub name: Said<String>,
    pub aliases: Said<Vec<String>>,
    pub parent: Said<Option<String>>,
    pub kind: Said<String>,
    pub description: Said<String>,
    pub outcome: Said<String>,
    pub segment: Said<String>,
    pub extra: ExtraText,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct PersonRecord {
    pub place: Place,
    pub key: String,
    pub name: Said<String>,
    pub aliases: Said<Vec<String>>,
    pub title: Said<String>,
    pub company: Said<String>,
    pub email: Said<String>,
    pub location: Said<String>,
    pub extra: ExtraText,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct GroupingRecord {
    pub place: Place,
    pub kind: GroupingKind,
    pub key: String,
    pub name: Said<String>,
    pub aliases: Said<Vec<String>>,
    /// A domain.
    pub parent: Said<Option<String>>,
    pub owner: Said<Option<OwnerRef>>,
    pub description: Said<String>,
    pub tags: Said<Vec<String>>,
    pub links: Said<Vec<Link>>,
    pub extra: ExtraText,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct ServiceRecord {
    pub place: Place,
    pub key: String,
    pub name: Said<String>,
    pub aliases: Said<Vec<String>>,
    pub kind: Said<String>,
    pub lifecycle: Said<String>,
    pub tier: Said<Option<u8>>,
    /// The tier as it is spelt, until all of a source are known.
    pub tier_text: Said<(String, Place)>,
    pub system: Said<Option<String>>,
    pub domain: Said<Option<String>>,
    pub description: Said<String>,
    pub url: Said<String>,
    pub tags: Said<Vec<String>>,
    pub links: Said<Vec<Link>>,
    pub objective: Said<Option<Availability>>,
    pub standalone: Said<bool>,
    pub extra: ExtraText,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct MembershipRecord {
    pub place: Place,
    pub person: String,
    pub team: String,
    pub role: Said<String>,
    /// Percent.
    pub share: Said<Option<u8>>,
    pub dates: Dates,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OwnerKind {
    Team,
    Person,
    /// The source does not tell: a team when there is one of that key, else a person.
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
    pub confirmed: Said<Option<NaiveDate>>,
    /// What the source calls the owner, where it says so apart; else it follows from how the owner was found.
    pub named: Said<Option<String>>,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct DependencyRecord {
    pub place: Place,
    pub service: String,
    pub depends_on: String,
    pub kind: Said<String>,
    pub criticality: Said<String>,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct InteractionRecord {
    pub place: Place,
    pub team: String,
    pub with: String,
    pub mode: Said<String>,
    pub purpose: Said<String>,
    pub expected_end: Said<Option<NaiveDate>>,
    pub dates: Dates,
}

/// Whom a position reports to, as the source says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManagerRef {
    /// The key of a position.
    Position(String),
    /// A person, by key, e-mail or name, who may be known to the plan alone.
    Person(String),
}

#[derive(Debug, Clone, Default)]
pub struct PositionRecord {
    pub place: Place,
    pub key: String,
    pub title: Said<String>,
    pub team: Said<Option<String>>,
    pub discipline: Said<String>,
    pub level: Said<String>,
    pub breadth: Said<Option<Breadth>>,
    pub manager: Said<Option<ManagerRef>>,
    /// The cell that names the manager.
    pub manager_place: Option<Place>,
    pub location: Said<String>,
    pub reason: Said<String>,
    pub backfill_of: Said<Option<String>>,
    pub service: Said<Option<String>>,
    pub need_by: Said<Option<NaiveDate>>,
    pub status: Said<Status>,
    pub requisition: Said<String>,
    pub priority: Said<Option<u8>>,
    pub fte: Said<Fraction>,
    pub pooled: Said<bool>,
    pub pay: Said<Option<Money>>,
    pub pay_up_to: Said<Option<Money>>,
    pub start: Said<Option<NaiveDate>>,
    pub description: Said<String>,
    /// The last day of whoever was in it last: it ends with them where it was nobody's before in the plan.
    pub held_until: Option<NaiveDate>,
    pub extra: ExtraText,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct AssignmentRecord {
    pub place: Place,
    /// The key of the position.
    pub position: String,
    pub person: String,
    pub pay: Said<Option<Money>>,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct AssumptionRecord {
    pub place: Place,
    pub kind: String,
    pub label: String,
    pub value: Quantity,
    pub cap: Said<Option<Money>>,
    pub person: Option<String>,
    pub position: Option<String>,
    pub level: String,
    pub discipline: String,
    pub location: String,
    pub team: Option<String>,
    pub origin: Said<String>,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct BudgetRecord {
    pub place: Place,
    /// None: the whole organisation.
    pub team: Option<String>,
    pub amount: Said<Option<Money>>,
    pub seats: Said<Option<Fraction>>,
    pub note: Said<String>,
    pub dates: Dates,
}

#[derive(Debug, Clone)]
pub struct ExchangeRateRecord {
    pub place: Place,
    pub currency: Currency,
    pub rate: Rate,
    pub origin: Said<String>,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct HolidayRecord {
    pub place: Place,
    pub name: String,
    pub day: NaiveDate,
    pub location: String,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct ApprovalRecord {
    pub place: Place,
    pub name: String,
    pub on: NaiveDate,
    pub by: Said<String>,
    pub note: Said<String>,
    /// What was approved, frozen: keys that need not be in the plan any more.
    pub seats: Vec<ApprovedSeat>,
    pub dates: Dates,
}

#[derive(Debug, Clone, Default)]
pub struct TemplateRecord {
    pub place: Place,
    pub key: String,
    pub name: String,
    /// Counts for a template that is new.
    pub occasion: Occasion,
    /// The Markdown that says all this.
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
    /// The places of others in the list that have to be done before.
    pub needs: Vec<usize>,
}
