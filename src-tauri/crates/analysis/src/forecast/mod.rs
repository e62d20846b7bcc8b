//! Forecast: on which days gaps open and close, calculated from the dates in the plan.
//!
//! A *gap* is a range of days on which a service has too few responders, an owner or a dependency is missing, or a
//! team cannot do what it owns ([`GapKind`]). Between two neighbouring dates nothing changes, so each service and
//! each team is evaluated only on the days on which something that it depends on begins or ends (`window`). The
//! result is the same as evaluating every day; `tests/all/forecast.rs` compares the two on random plans.
//!
//! Planned hires ([`Hire`]) count from the day on which they are productive, if they are passed in
//! [`ForecastParams`]; [`crate::coverage`] makes them. Severity is that of [`SeverityScale`], so that a gap in the
//! forecast and the finding about it agree.
//!
//! [`WhatIf`] compares three plans: the one in which someone leaves, the plan as it is and the one in which they
//! remain. [`DepartureComparison`] puts that into words. What depends on a person today is in [`crate::reliance`].
//! Tests: `tests/all/{forecast,what_if,relations}.rs`.

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

/// The kinds of gap. The names in JSON are part of the command line's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GapKind {
    /// A service without an accountable owner.
    Unowned,
    /// A service whose owners have no responder.
    Nobody,
    /// A service with one responder: a single point of failure.
    OnePerson,
    /// A service with a broken dependency: the target is not in service or not defined.
    Dangling,
    /// A team that owns services and has no members.
    TeamEmpty,
    /// A team that owns services and has one member.
    TeamOnePerson,
    /// A team that owns services of a critical tier and cannot staff on-call.
    OnCall,
    /// A team whose service load is over the limit.
    OverLoad,
    /// A team that has members, but fewer than the minimum size.
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

    /// The words for it, as the end of a sentence about its subject.
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

    /// The state of coverage of a service with such a gap; none for kinds that are not about its owners.
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

/// A range of days on which something is missing for a service or team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// A service or a team.
    pub subject: EntityRef,
    pub kind: GapKind,
    /// The first day of the gap; none if it is open on the first day of the forecast.
    pub opens: Option<NaiveDate>,
    /// The first day after the gap; none if it is open on the last day of the forecast.
    pub closes: Option<NaiveDate>,
    /// What opens it by joining, leaving, beginning or ending: people, owners or dependencies.
    pub because: Vec<EntityRef>,
    /// The responders, or members, that are left when it opens, planned hires included.
    pub people: Vec<EntityRef>,
    /// How many people are missing on the worst of its days; 0 if the gap is not about people.
    pub lack: u32,
    /// The severity on the day on which it opens, the same as that of the finding about it.
    pub severity: Severity,
}

/// The identity of a gap: two forecasts have the same gap if these are equal.
pub type GapKey = (EntityRef, GapKind, Option<NaiveDate>, Option<NaiveDate>);

impl Gap {
    pub fn key(&self) -> GapKey {
        (self.subject, self.kind, self.opens, self.closes)
    }
}

/// A planned hire, from the day on which they are productive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hire {
    pub position: PositionId,
    /// The person, if known. On days on which they are members or responders themselves, the hire adds nobody.
    pub person: Option<PersonId>,
    pub team: Option<TeamId>,
    /// The first productive day, and the last day if there is one.
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    /// The service that the position is for: the hire is a responder of it, whoever owns it.
    pub service: Option<ServiceId>,
    /// The services of their team that they are a responder of; none means all, as for any member.
    pub of_team: Option<Vec<ServiceId>>,
}

/// The parameters of a forecast.
#[derive(Debug, Clone)]
pub struct ForecastParams<'a> {
    /// The first day of the period.
    pub from: NaiveDate,
    /// The last day of the period, included.
    pub until: NaiveDate,
    /// Planned hires to count in addition to the people of the plan.
    pub hires: &'a [Hire],
    /// The day from which the remaining steps of hiring are scheduled: no planned hire starts sooner than those steps
    /// take from then on. None: all start as planned.
    pub today: Option<NaiveDate>,
    /// How many people on-call takes.
    pub rota: Rota,
    /// The lowest tier that needs on-call: 2 means tiers 1 and 2.
    pub on_call_tier: u8,
    /// The limit of service load, in tenths of a point per person.
    pub load_limit: u32,
    /// The minimum size of a team, in people.
    pub smallest_team: u32,
    /// The severity of each gap.
    pub scale: SeverityScale,
}

impl<'a> ForecastParams<'a> {
    /// For a period, with the thresholds and severities of the plan's policy and without planned hires.
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

    /// Schedules the remaining steps of hires from this day.
    pub fn asked_on(self, today: NaiveDate) -> Self {
        Self { today: Some(today), ..self }
    }

    /// Counts these planned hires.
    pub fn with(self, hires: &'a [Hire]) -> Self {
        Self { hires, ..self }
    }
}

/// All gaps that are open on a day of the period, in order of opening.
pub fn forecast(plan: &Plan, params: &ForecastParams<'_>) -> Vec<Gap> {
    let availability = AvailabilityIndex::new(plan, params);
    let mut gaps = service_gaps(plan, &availability);
    let teams = team::Owned::new(plan, &availability, params.on_call_tier);
    let of_team = |team: &headroom_model::Team| team::gaps(&availability, &teams, team, params);
    gaps.par_extend(plan.teams.rows().par_iter().flat_map_iter(of_team));
    sort(plan, &mut gaps);
    gaps
}

/// Gaps of services that open during the period, without those that are open on its first day. Dependencies are left
/// out.
pub(crate) fn openings<'a>(
    plan: &'a Plan,
    params: &ForecastParams<'a>,
    importance: Importance<'a>,
) -> Vec<Gap> {
    let availability = AvailabilityIndex::with(plan, params, importance);
    // Most services have the same owners and responders throughout.
    let window = &availability.window;
    let is_partial = |span| window.range(span).is_some_and(|range| range != window.whole());
    let owned = plan.ownerships.iter().filter(|row| row.is_accountable());
    let moving = owned.filter(|row| availability.is_moving(row.owner) || is_partial(row.date_range()));
    let beginning = plan.services.iter().filter(|row| is_partial(row.date_range()));
    let moving: FxHashSet<ServiceId> =
        moving.map(|row| row.service).chain(beginning.map(|row| row.id)).collect();
    if moving.is_empty() {
        return Vec::new();
    }
    let rows = service::ServiceRows::owners_of(plan, &moving);
    let services = moving.iter().filter_map(|id| plan.services.get(*id));
    let of_service = |service: &headroom_model::Service| service::gaps(&availability, &rows, service);
    let mut gaps: Vec<Gap> = services.flat_map(of_service).filter(|gap| gap.opens.is_some()).collect();
    sort(plan, &mut gaps);
    gaps
}

/// The gaps of these services and teams only. Dependencies are left out.
pub(crate) fn forecast_of(
    plan: &Plan,
    params: &ForecastParams<'_>,
    services: &FxHashSet<ServiceId>,
    teams: &FxHashSet<TeamId>,
) -> Vec<Gap> {
    let availability = AvailabilityIndex::new(plan, params);
    let rows = service::ServiceRows::owners_of(plan, services);
    let of_service = |service: &headroom_model::Service| service::gaps(&availability, &rows, service);
    let services = services.iter().filter_map(|id| plan.services.get(*id));
    let mut gaps: Vec<Gap> = services.flat_map(of_service).collect();
    if !teams.is_empty() {
        let owned = team::Owned::new(plan, &availability, params.on_call_tier);
        let teams = teams.iter().filter_map(|id| plan.teams.get(*id));
        gaps.extend(teams.flat_map(|team| team::gaps(&availability, &owned, team, params)));
    }
    sort(plan, &mut gaps);
    gaps
}

fn service_gaps(plan: &Plan, availability: &AvailabilityIndex<'_>) -> Vec<Gap> {
    let rows = service::ServiceRows::new(plan);
    let of_service = |service: &headroom_model::Service| service::gaps(availability, &rows, service);
    plan.services.rows().par_iter().flat_map_iter(of_service).collect()
}

/// Sorts the gaps, and the entities named in them, by [`Plan::place_of`], never by row or id.
fn sort(plan: &Plan, gaps: &mut [Gap]) {
    let place = |entity: &EntityRef| plan.place_of(*entity);
    for gap in gaps.iter_mut() {
        gap.because.sort_by_key(place);
        gap.people.sort_by_key(place);
    }
    gaps.par_sort_unstable_by_key(|gap| (gap.opens, gap.kind, place(&gap.subject), gap.closes));
}

/// A range of days on which nothing changes for a subject; the next one begins where it ends.
struct Stretch<S> {
    /// Days since the first day of the window.
    start: u32,
    state: S,
}

/// The state of a subject during a stretch.
trait State {
    /// The open gaps, one bit per kind.
    fn open(&self) -> u16;
    /// How many people are missing for an open gap of this kind.
    fn lack(&self, kind: GapKind) -> u32;
    /// The difference from the state before, for a gap that opens now.
    fn because(&self, before: Option<&Self>, kind: GapKind, subject: EntityRef) -> Vec<EntityRef>;
    fn people(&self) -> &[EntityRef];
    /// The severity of a gap of this kind that opens now.
    fn severity(&self, kind: GapKind, scale: &SeverityScale) -> Severity {
        scale.of_kind(kind)
    }
}

/// The entities of the first list that are not in the second.
fn set_difference(was: &[EntityRef], is: &[EntityRef]) -> Vec<EntityRef> {
    was.iter().filter(|person| !is.contains(person)).copied().collect()
}

/// Joins neighbouring stretches with the same open gap into one gap.
fn gaps_of<S: State>(
    availability: &AvailabilityIndex<'_>,
    subject: EntityRef,
    stretches: &[Stretch<S>],
) -> Vec<Gap> {
    let window = &availability.window;
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
                        severity: stretch.state.severity(kind, &availability.scale),
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
