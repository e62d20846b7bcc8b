//! Reliance: what depends on one person on a day.
//!
//! It lists the services of which they are the only responder or one of two, the teams of which they are the only
//! member or lead, the positions that report to them, and the checklists in which others count on them. For someone
//! who has left, it is what would depend on them if they had remained: services that lack a responder because of
//! them.
//!
//! Severities are those of the gaps ([`SeverityScale`]). An unconfirmed person, or one who joins later, has no
//! reliance. What happens when somebody leaves on a certain day is the what-if of [`crate::forecast`]. Tests:
//! `tests/all/reliance.rs`.

mod checklists;

use headroom_model::{
    DateRange, Entity, EntityRef, Membership, Owner, Person, PersonId, PositionId, ServiceId, ServiceIx,
    TeamId, is_lead, role,
};
use rustc_hash::FxHashSet;

use crate::{
    context::Context,
    coverage_severity::{Importance, SeverityScale},
    finding::{Finding, Severity},
    gap::{CoverageState, GapKind},
    responders::Responders,
};

pub use checklists::{ChecklistReliance, checklists_relying_on};

/// A service with the person as its only responder, or one of two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceReliance {
    pub service: ServiceId,
    /// The other responder, if there is one.
    pub other: Option<PersonId>,
    pub tier: Option<u8>,
    /// How many services depend on it, directly or not.
    pub dependents: u32,
    /// The gap that is open on the day; none if there are two responders.
    pub gap: Option<GapKind>,
    /// The severity of the gap.
    pub severity: Option<Severity>,
}

/// A team of which the person is the only member or the only lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamReliance {
    pub team: TeamId,
    pub is_only_member: bool,
    pub is_only_lead: bool,
    /// How many services the team is accountable for.
    pub services: u32,
}

/// A position of the person to which others report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionReliance {
    pub position: PositionId,
    pub reports: u32,
}

/// What depends on a person on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reliance {
    /// Whether they left before the day; then everything here is what depended on them.
    pub has_left: bool,
    /// Services without another responder first, by severity and dependents; then those with one.
    pub services: Vec<ServiceReliance>,
    pub teams: Vec<TeamReliance>,
    pub positions: Vec<PositionReliance>,
}

/// The rules that report a service without responders, or with one.
const OF_COVERAGE: [&str; 5] =
    ["unowned-service", "unknown-owner", "owner-team-empty", "bus-factor-one", "fragile-articulation"];

impl Reliance {
    pub fn is_empty(&self) -> bool {
        self.services.is_empty() && self.teams.is_empty() && self.positions.is_empty()
    }

    /// Whether a finding is related to the person without being about them: its evidence names them, or it is about
    /// the coverage of a service that lacks them since they left.
    pub fn concerns(&self, person: PersonId, finding: &Finding) -> bool {
        let person = EntityRef::from(person);
        let is_named = || finding.evidence.iter().any(|evidence| evidence.entities.contains(&person));
        let is_due_to_leaving = || {
            self.has_left
                && OF_COVERAGE.contains(&finding.rule.id)
                && self.services.iter().any(|it| finding.subject == it.service.into() && it.gap.is_some())
        };
        finding.subject != person && (is_named() || is_due_to_leaving())
    }
}

/// What depends on a person on the day of the context. Empty before their first day.
pub fn reliance(context: &Context<'_>, person: PersonId) -> Reliance {
    let Some(held) = Held::of(context, person) else { return Reliance::default() };
    let all_responders = Responders::new(context.snapshot);
    Reliance {
        has_left: held.last_day.is_some(),
        services: services(context, &all_responders, &held),
        teams: teams(context, &all_responders, &held),
        positions: positions(context, &held),
    }
}

/// The rows of a plan that hold for a person on the day, or held on their last day.
struct Held<'a> {
    context: &'a Context<'a>,
    person: &'a Person,
    /// The last day, if they have left.
    last_day: Option<chrono::NaiveDate>,
}

impl<'a> Held<'a> {
    /// None before their first day and for an unconfirmed person.
    fn of(context: &'a Context<'a>, person: PersonId) -> Option<Self> {
        let day = context.snapshot.day();
        let person = context.snapshot.plan().people.get(person).filter(|person| !person.unconfirmed)?;
        let is_there_by_then = person.from.is_none_or(|from| from <= day);
        let last_day = person.until.filter(|until| *until < day);
        is_there_by_then.then_some(Self { context, person, last_day })
    }

    fn holds(&self, span: DateRange) -> bool {
        // What ended before they left is not due to their leaving.
        span.contains(self.last_day.unwrap_or_else(|| self.context.snapshot.day()))
    }

    fn memberships(&self) -> impl Iterator<Item = &'a Membership> {
        let rows = self.context.snapshot.plan().memberships.iter();
        rows.filter(|row| row.person == self.person.id && self.holds(row.date_range()))
    }

    fn positions(&self) -> impl Iterator<Item = PositionId> {
        let rows = self.context.snapshot.plan().assignments.iter();
        rows.filter(|row| row.person == self.person.id && self.holds(row.date_range()))
            .map(|row| row.position)
    }
}

fn services(context: &Context<'_>, all_responders: &Responders<'_>, held: &Held<'_>) -> Vec<ServiceReliance> {
    let (snapshot, person) = (context.snapshot, held.person.id);
    let scale = SeverityScale::new(context.policy);
    let importance = Importance::known(snapshot, context.facts, context.policy);
    let severity = |at: ServiceIx, state: CoverageState| {
        scale.of_state(state, !state.is_covered() && importance.is_important(snapshot.service(at)))
    };
    let supports = |at: ServiceIx| held.last_day.is_some() || all_responders.of(at).contains(&person);
    let mut found: Vec<ServiceReliance> = supported(context, held)
        .into_iter()
        .filter(|at| supports(*at))
        .filter_map(|at| {
            let found = service(context, at, &all_responders.of(at), person)?;
            let state = found.gap.and_then(|gap| state(context, all_responders, at, gap));
            Some(ServiceReliance { severity: state.map(|state| severity(at, state)), ..found })
        })
        .collect();
    let name = |id: ServiceId| snapshot.plan().name_of(id.into());
    let place = |id: ServiceId| snapshot.plan().place_of(id);
    found.sort_by_cached_key(|it| {
        let worst = std::cmp::Reverse((it.severity, it.dependents));
        (it.other.is_some(), worst, it.tier.unwrap_or(u8::MAX), name(it.service), place(it.service))
    });
    found
}

/// The services that they are, or were, a responder of.
fn supported(context: &Context<'_>, held: &Held<'_>) -> FxHashSet<ServiceIx> {
    let snapshot = context.snapshot;
    let plan = snapshot.plan();
    let teams = held.memberships().filter_map(|row| snapshot.team_ix(row.team));
    let of_teams = teams.flat_map(|team| snapshot.held_by_team(team)).filter(|row| row.is_accountable());
    let own = |row: &&headroom_model::Ownership| {
        row.owner == Owner::Person(held.person.id) && row.is_accountable() && held.holds(row.date_range())
    };
    let named = held.positions().filter_map(|position| plan.positions.get(position)?.service);
    let services = of_teams.chain(plan.ownerships.iter().filter(own)).map(|row| row.service).chain(named);
    services.filter_map(|service| snapshot.service_ix(service)).collect()
}

/// None if two others are responders.
fn service(
    context: &Context<'_>,
    at: ServiceIx,
    responders: &[PersonId],
    person: PersonId,
) -> Option<ServiceReliance> {
    let snapshot = context.snapshot;
    let others: Vec<PersonId> = responders.iter().copied().filter(|one| *one != person).collect();
    if others.len() > 1 {
        return None;
    }
    let gap = match responders.len() {
        0 if snapshot.owners(at).is_empty() => Some(GapKind::Unowned),
        0 => Some(GapKind::Nobody),
        1 => Some(GapKind::OnePerson),
        _ => None,
    };
    Some(ServiceReliance {
        service: snapshot.service(at).id,
        other: others.first().copied(),
        tier: snapshot.service(at).tier,
        dependents: context.facts.dependents(at),
        severity: None,
        gap,
    })
}

/// The state of coverage that a gap means on the day, with backups taken into account.
fn state(
    context: &Context<'_>,
    all_responders: &Responders<'_>,
    at: ServiceIx,
    gap: GapKind,
) -> Option<CoverageState> {
    let backups = context.snapshot.ownerships(at).filter(|row| row.role == role::BACKUP);
    let responders = all_responders.of(at);
    let has_backup =
        || all_responders.lasting_behind(backups).iter().any(|person| !responders.contains(person));
    match gap.coverage()? {
        CoverageState::OnePerson if has_backup() => Some(CoverageState::OnePersonWithBackup),
        state => Some(state),
    }
}

fn teams(context: &Context<'_>, all_responders: &Responders<'_>, held: &Held<'_>) -> Vec<TeamReliance> {
    let snapshot = context.snapshot;
    let person = held.person.id;
    let mut found: Vec<TeamReliance> = Vec::new();
    for row in held.memberships() {
        let Some(at) = snapshot.team_ix(row.team).filter(|at| !snapshot.team(*at).unconfirmed) else {
            continue;
        };
        if found.iter().any(|team| team.team == row.team) {
            continue;
        }
        let leads = held.memberships().any(|it| it.team == row.team && is_lead(&it.role));
        let another_leads =
            snapshot.members(at).any(|it| it.person != person && is_lead(&it.role) && is_there(context, it));
        let owned: FxHashSet<ServiceId> = snapshot
            .held_by_team(at)
            .filter(|row| row.is_accountable() && snapshot.service_ix(row.service).is_some())
            .map(|row| row.service)
            .collect();
        let team = TeamReliance {
            team: row.team,
            is_only_member: all_responders.on(at).iter().all(|one| *one == person),
            is_only_lead: leads && !another_leads,
            services: owned.len() as u32,
        };
        if team.is_only_member || team.is_only_lead {
            found.push(team);
        }
    }
    let place = |id: TeamId| snapshot.plan().place_of(id);
    found.sort_by_key(|it| (!it.is_only_member, std::cmp::Reverse(it.services), place(it.team)));
    found
}

fn is_there(context: &Context<'_>, row: &Membership) -> bool {
    context.snapshot.person_ix(row.person).is_some()
}

fn positions(context: &Context<'_>, held: &Held<'_>) -> Vec<PositionReliance> {
    let snapshot = context.snapshot;
    let reports = |position: PositionId| {
        let at = snapshot.position_ix(position)?;
        let is_other_there = snapshot.occupants(at).any(|row| row.person != held.person.id);
        let reports = snapshot.reports_of(at).len() as u32;
        (reports > 0 && !is_other_there).then_some(PositionReliance { position, reports })
    };
    let mut found: Vec<PositionReliance> = held.positions().filter_map(reports).collect();
    let key = |it: &PositionReliance| snapshot.plan().key_of(it.position.into()).to_owned();
    found.sort_by_cached_key(|it| (std::cmp::Reverse(it.reports), key(it)));
    found.dedup();
    found
}
