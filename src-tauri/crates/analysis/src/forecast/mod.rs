//! On which days gaps open and close, worked out from the dates in the plan and not by looking at each day.
//!
//! Between two neighbouring dates nothing changes, so each service and each team is looked at only on the days on
//! which something that it stands on begins or ends.

mod comparison;
mod difference;
mod service;
mod team;
mod what_if;
mod window;

use chrono::NaiveDate;
use headroom_model::{Entity, EntityRef, PersonId, Plan, PositionId, ServiceId, TeamId};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::{
    coverage_severity::{CoverageState, Importance, SeverityScale},
    on_call::Rota,
    policy::Policy,
    rule::Severity,
    rules,
};
use window::AvailabilityIndex;

pub use comparison::{Comparison, DepartureComparison, departures, horizon};
pub use difference::{Added, added};
pub use what_if::{HypotheticalDeparture, Scenario, WhatIf, with_departures, with_remaining};

/// What can be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GapKind {
    /// A service without an accountable owner.
    Unowned,
    /// A service whose owners come down to nobody.
    Nobody,
    /// A service whose owners come down to one person.
    OnePerson,
    /// A service that needs something which is not there.
    Dangling,
    /// A team that owns something and has nobody.
    TeamEmpty,
    /// A team that owns something and has one person.
    TeamOnePerson,
    /// A team that owns something of tier 1 or 2 and cannot staff on-call.
    OnCall,
    /// A team that owns more than its people can carry.
    OverLoad,
    /// A team that has people, and too few of them.
    TooSmall,
}

impl GapKind {
    pub const ALL: [GapKind; 9] = [
        GapKind::Unowned,
        GapKind::Nobody,
        GapKind::OnePerson,
        GapKind::Dangling,
        GapKind::TeamEmpty,
        GapKind::TeamOnePerson,
        GapKind::OnCall,
        GapKind::OverLoad,
        GapKind::TooSmall,
    ];

    /// In words, as the end of a sentence about its subject.
    pub fn words(self) -> &'static str {
        match self {
            GapKind::Unowned => "has no owner",
            GapKind::Nobody => "has no one who can support it",
            GapKind::OnePerson => "has a single expert",
            GapKind::Dangling => "has a broken dependency",
            GapKind::TeamEmpty => "owns services but has no members",
            GapKind::TeamOnePerson => "owns services but has one member",
            GapKind::OnCall => "can’t staff on-call",
            GapKind::OverLoad => "is over its load limit",
            GapKind::TooSmall => "is below the minimum size",
        }
    }

    /// How a service with such a gap is covered; none for what is no matter of its owners.
    pub(crate) fn coverage(self) -> Option<CoverageState> {
        match self {
            GapKind::Unowned => Some(CoverageState::Unowned),
            GapKind::Nobody => Some(CoverageState::Nobody),
            GapKind::OnePerson => Some(CoverageState::OnePerson),
            _ => None,
        }
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Something is missing from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// A service or a team.
    pub subject: EntityRef,
    pub kind: GapKind,
    /// The first day of the gap; none when it is open on the first day of the forecast.
    pub opens: Option<NaiveDate>,
    /// The first day on which it is closed again; none when it is open on the last day of the forecast.
    pub closes: Option<NaiveDate>,
    /// Whose going or coming opens it: people, owners, or what is needed.
    pub because: Vec<EntityRef>,
    /// The people, and the planned hires, who are left when it opens.
    pub people: Vec<EntityRef>,
    /// How many more people it would take on the worst of its days; 0 where people are not what is missing.
    pub lack: u32,
    /// As on the day on which it opens: the same as that of the finding about it.
    pub severity: Severity,
}

/// Which gap it is: two forecasts have the same gap when these agree.
pub type GapKey = (EntityRef, GapKind, Option<NaiveDate>, Option<NaiveDate>);

impl Gap {
    pub fn key(&self) -> GapKey {
        (self.subject, self.kind, self.opens, self.closes)
    }
}

/// A planned hire, from the day on which they can be counted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hire {
    pub position: PositionId,
    /// Who it will be, where that is known: on days on which they count by themselves the hire adds nobody.
    pub person: Option<PersonId>,
    pub team: Option<TeamId>,
    /// The first day, and the last one if there is one.
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    /// The service that they are wanted for: they stand behind it whoever owns it.
    pub service: Option<ServiceId>,
    /// Of what their team owns, what they stand behind; none: all, as anybody on it.
    pub of_team: Option<Vec<ServiceId>>,
}

/// What is to be known.
#[derive(Debug, Clone)]
pub struct ForecastParams<'a> {
    /// First day looked at.
    pub from: NaiveDate,
    /// Last day looked at.
    pub until: NaiveDate,
    /// Planned hires who are there as if they were people of the plan.
    pub hires: &'a [Hire],
    /// The day on which the question is asked: no planned hire comes sooner than the steps that are left take from
    /// then on. None: all come as planned.
    pub today: Option<NaiveDate>,
    /// How many it takes to be on call.
    pub rota: Rota,
    /// On-call counts for services of this tier and those above: 2 for tiers 1 and 2.
    pub on_call_tier: u8,
    /// The most that is fine to carry, in tenths of a point a person.
    pub load_limit: u32,
    /// The smallest team that is fine, in people.
    pub smallest_team: u32,
    /// How bad each gap is.
    pub scale: SeverityScale,
}

impl<'a> ForecastParams<'a> {
    /// With the numbers of the plan's policy.
    pub fn new(plan: &Plan, from: NaiveDate, until: NaiveDate) -> Self {
        let policy = Policy::from_plan(plan);
        let (rota, on_call_tier) = rules::on_call_policy(&policy);
        Self {
            from,
            until: until.max(from),
            hires: &[],
            today: None,
            rota,
            on_call_tier,
            load_limit: rules::load_limit(&policy),
            smallest_team: rules::smallest_team(&policy),
            scale: SeverityScale::new(&policy),
        }
    }

    /// The same, asked on this day.
    pub fn asked_on(self, today: NaiveDate) -> Self {
        Self { today: Some(today), ..self }
    }

    /// The same, with these planned hires.
    pub fn with(self, hires: &'a [Hire]) -> Self {
        Self { hires, ..self }
    }
}

/// Every gap that is open on a day of the question, by the day on which it opens.
pub fn forecast(plan: &Plan, question: &ForecastParams<'_>) -> Vec<Gap> {
    let presence = AvailabilityIndex::new(plan, question);
    let mut gaps = service_gaps(plan, &presence);
    let teams = team::Owned::new(plan, &presence, question.on_call_tier);
    let of_team = |team: &headroom_model::Team| team::gaps(&presence, &teams, team, question);
    gaps.par_extend(plan.teams.rows().par_iter().flat_map_iter(of_team));
    sort(plan, &mut gaps);
    gaps
}

/// Gaps of services alone that open during the days of the question because of who, or what, comes and goes.
pub(crate) fn openings<'a>(
    plan: &'a Plan,
    question: &ForecastParams<'a>,
    importance: Importance<'a>,
) -> Vec<Gap> {
    let presence = AvailabilityIndex::with(plan, question, importance);
    // Most services are owned by the same people throughout.
    let window = &presence.window;
    let is_partial = |span| window.range(span).is_some_and(|range| range != window.whole());
    let owned = plan.ownerships.iter().filter(|row| row.is_accountable());
    let moving = owned.filter(|row| presence.is_moving(row.owner) || is_partial(row.date_range()));
    let beginning = plan.services.iter().filter(|row| is_partial(row.date_range()));
    let moving: FxHashSet<ServiceId> =
        moving.map(|row| row.service).chain(beginning.map(|row| row.id)).collect();
    if moving.is_empty() {
        return Vec::new();
    }
    let rows = service::ServiceRows::owners_of(plan, &moving);
    let services = moving.iter().filter_map(|id| plan.services.get(*id));
    let of_service = |service: &headroom_model::Service| service::gaps(&presence, &rows, service);
    let mut gaps: Vec<Gap> = services.flat_map(of_service).filter(|gap| gap.opens.is_some()).collect();
    sort(plan, &mut gaps);
    gaps
}

/// The gaps of these services and teams alone; of services without what they depend on.
pub(crate) fn forecast_of(
    plan: &Plan,
    question: &ForecastParams<'_>,
    services: &FxHashSet<ServiceId>,
    teams: &FxHashSet<TeamId>,
) -> Vec<Gap> {
    let presence = AvailabilityIndex::new(plan, question);
    let rows = service::ServiceRows::owners_of(plan, services);
    let of_service = |service: &headroom_model::Service| service::gaps(&presence, &rows, service);
    let services = services.iter().filter_map(|id| plan.services.get(*id));
    let mut gaps: Vec<Gap> = services.flat_map(of_service).collect();
    if !teams.is_empty() {
        let owned = team::Owned::new(plan, &presence, question.on_call_tier);
        let teams = teams.iter().filter_map(|id| plan.teams.get(*id));
        gaps.extend(teams.flat_map(|team| team::gaps(&presence, &owned, team, question)));
    }
    sort(plan, &mut gaps);
    gaps
}

fn service_gaps(plan: &Plan, presence: &AvailabilityIndex<'_>) -> Vec<Gap> {
    let rows = service::ServiceRows::new(plan);
    let of_service = |service: &headroom_model::Service| service::gaps(presence, &rows, service);
    plan.services.rows().par_iter().flat_map_iter(of_service).collect()
}

/// Gaps, and who is named in them, in an order that hangs on no row.
fn sort(plan: &Plan, gaps: &mut [Gap]) {
    let place = |entity: &EntityRef| plan.place_of(*entity);
    for gap in gaps.iter_mut() {
        gap.because.sort_by_key(place);
        gap.people.sort_by_key(place);
    }
    gaps.par_sort_unstable_by_key(|gap| (gap.opens, gap.kind, place(&gap.subject), gap.closes));
}

/// One stretch of days on which nothing changes for a subject.
struct Stretch<S> {
    /// Days since the first of the window.
    start: u32,
    state: S,
}

/// What a subject is like during a stretch.
trait State {
    /// The gaps that are open, one bit a kind.
    fn open(&self) -> u16;
    /// How many more people an open gap of this kind would take.
    fn lack(&self, kind: GapKind) -> u32;
    /// What differs from the stretch before, for a gap that opens now.
    fn because(&self, before: Option<&Self>, kind: GapKind, subject: EntityRef) -> Vec<EntityRef>;
    fn people(&self) -> &[EntityRef];
    /// How bad a gap of this kind is that opens now.
    fn severity(&self, kind: GapKind, scale: &SeverityScale) -> Severity {
        scale.of_kind(kind)
    }
}

/// Those who were there and are not any more.
fn gone(was: &[EntityRef], is: &[EntityRef]) -> Vec<EntityRef> {
    was.iter().filter(|person| !is.contains(person)).copied().collect()
}

/// Joins stretches to gaps: a gap goes on as long as neighbouring stretches have it.
fn gaps_of<S: State>(
    presence: &AvailabilityIndex<'_>,
    subject: EntityRef,
    stretches: &[Stretch<S>],
) -> Vec<Gap> {
    let window = &presence.window;
    let mut gaps: Vec<Gap> = Vec::new();
    let mut open: [Option<usize>; GapKind::ALL.len()] = Default::default();
    let mut before: Option<&S> = None;
    for stretch in stretches {
        let bits = stretch.state.open();
        for kind in GapKind::ALL {
            let slot = &mut open[kind as usize];
            match (*slot, bits & kind.bit() != 0) {
                (None, true) => {
                    *slot = Some(gaps.len());
                    gaps.push(Gap {
                        subject,
                        kind,
                        opens: (stretch.start > 0).then(|| window.day(stretch.start)),
                        closes: None,
                        because: match stretch.start {
                            0 => Vec::new(),
                            _ => stretch.state.because(before, kind, subject),
                        },
                        people: stretch.state.people().to_vec(),
                        lack: stretch.state.lack(kind),
                        severity: stretch.state.severity(kind, &presence.scale),
                    });
                }
                (Some(at), true) => gaps[at].lack = gaps[at].lack.max(stretch.state.lack(kind)),
                (Some(at), false) => {
                    gaps[at].closes = Some(window.day(stretch.start));
                    *slot = None;
                }
                _ => {}
            }
        }
        before = Some(&stretch.state);
    }
    gaps
}
