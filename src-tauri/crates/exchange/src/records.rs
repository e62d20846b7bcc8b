use chrono::NaiveDate;
use headroom_model::{Availability, GroupingKind, Kind, Link};

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
    /// Things without an id, which go by their names. Where a kind has one such thing, an empty reference means it.
    pub nameless: Vec<(Kind, String)>,
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
