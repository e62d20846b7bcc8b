//! Which hire supports which service.
//!
//! A gap of a team counts everybody who joins it. A gap of a service needs people of its own: of the hires for that
//! service or joining a team that owns it, one with room. A hire has room for as much load as the policy lets a
//! person have (`team-over-load`), and for at least one service; the service named by the position is theirs in any
//! case.
//!
//! Services are served by the severity of the gap, then by tier, number of dependents, the day on which the gap
//! opens, age, and last by name; neither IDs nor the order of rows matter. If no hire has room, services are moved
//! between hires and never left without one (augmenting paths, after H. W. Kuhn, The Hungarian method, 1955; see
//! [`Matching`]). So the most urgent are served first, and a less urgent one never at their cost. Remaining room goes
//! to the services in the same order.

use std::cmp::Reverse;

use chrono::NaiveDate;
use headroom_model::{DateRange, Entity, Owner, Plan, Service, ServiceId, TeamId, csr::Csr};
use rustc_hash::{FxHashMap, FxHashSet};

use super::matching::{MatchItem, Matching};
use crate::{
    finding::Severity,
    forecast::{ForecastParams, Hire},
    gap::{Gap, GapKind},
    graph::{DependencyGraph, condensation, transitive_dependents},
    team_load::weight,
};

/// One more person that a service needs; the most urgent sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct WantedService {
    severity: Reverse<Severity>,
    /// A service without a tier counts as tier 4, as in [`weight`].
    tier: u8,
    dependents: Reverse<u32>,
    opens: Option<NaiveDate>,
    since: Option<NaiveDate>,
    /// Index of the service.
    service: usize,
}

/// Sets the services that each hire supports ([`Hire::of_team`]).
pub fn match_services(plan: &Plan, question: &ForecastParams<'_>, gaps: &[Gap], hires: &mut [Hire]) {
    if hires.is_empty() {
        return;
    }
    ServiceMatching::new(plan, question, gaps).apply(hires);
}

/// The services that lack people, to be matched to one set of hires or several.
pub struct ServiceMatching<'a> {
    services: Lacking<'a>,
    wanted: Vec<WantedService>,
    owners: FxHashMap<ServiceId, Vec<(TeamId, Option<NaiveDate>)>>,
    load_limit: u32,
}

impl<'a> ServiceMatching<'a> {
    /// `gaps` is the forecast without planned hires.
    pub fn new(plan: &'a Plan, question: &ForecastParams<'_>, gaps: &'a [Gap]) -> Self {
        let (services, mut wanted) = wanted(plan, question, gaps);
        wanted.sort_unstable();
        let owners = owners(plan, services.iter().map(|(service, _)| service.id).collect());
        Self { services, wanted, owners, load_limit: question.load_limit }
    }

    /// Sets the services that each of these hires supports if there are no others.
    pub fn apply(&self, hires: &mut [Hire]) {
        let services = &self.services;
        let mut matching = Matching::new(self.items(hires), hires.len(), self.load_limit);
        for (at, hire) in hires.iter().enumerate() {
            let named = services.iter().position(|(service, _)| hire.service == Some(service.id));
            named.into_iter().for_each(|service| matching.pin(service, at));
        }
        let mut needed: FxHashMap<usize, usize> = FxHashMap::default();
        for want in &self.wanted {
            let needed = needed.entry(want.service).or_default();
            *needed += 1;
            // A hire for this very service has it already.
            if matching.count(want.service) < *needed {
                matching.place(want.service);
            }
        }
        for want in &self.wanted {
            while matching.give(want.service) {}
        }
        for (at, hire) in hires.iter_mut().enumerate() {
            let taken = matching.taken(at).iter();
            hire.of_team = Some(taken.map(|service| services[*service].0.id).collect());
        }
    }

    /// Load of each service, and the hires who could take it: those hired for it first, then by date.
    fn items(&self, hires: &[Hire]) -> Vec<MatchItem> {
        let item = |(service, gaps): &(&Service, Vec<&Gap>)| {
            let owned = self.owners.get(&service.id).map_or(&[][..], Vec::as_slice);
            let fits = |hire: &Hire| {
                let in_time = gaps.iter().any(|gap| gap.closes.is_none_or(|closes| hire.from < closes));
                let is_on_team = owned.iter().any(|(team, until)| {
                    hire.team == Some(*team) && until.is_none_or(|day| hire.from <= day)
                });
                in_time && (hire.service == Some(service.id) || is_on_team)
            };
            let mut fitting: Vec<usize> = (0..hires.len()).filter(|at| fits(&hires[*at])).collect();
            fitting.sort_by_key(|at| (hires[*at].service != Some(service.id), *at));
            MatchItem { weight: weight(service) * 10, fitting }
        };
        self.services.iter().map(item).collect()
    }
}

type Lacking<'a> = Vec<(&'a Service, Vec<&'a Gap>)>;

/// Services that lack people, in order, and one entry for each person they lack.
fn wanted<'a>(
    plan: &'a Plan,
    question: &ForecastParams<'_>,
    gaps: &'a [Gap],
) -> (Lacking<'a>, Vec<WantedService>) {
    let mut by_service: FxHashMap<ServiceId, Vec<&Gap>> = FxHashMap::default();
    for gap in gaps.iter().filter(|gap| matches!(gap.kind, GapKind::Nobody | GapKind::OnePerson)) {
        by_service.entry(gap.subject.id.into()).or_default().push(gap);
    }
    let mut services: Lacking<'_> =
        by_service.into_iter().filter_map(|(id, gaps)| Some((plan.services.get(id)?, gaps))).collect();
    services.sort_by_key(|(service, _)| plan.place_of(service.id));
    let dependents = if services.len() > 1 { dependents(plan, question) } else { Vec::new() };
    let mut wanted = Vec::new();
    for (at, (service, gaps)) in services.iter().enumerate() {
        let opens = gaps.iter().map(|gap| gap.opens).min().flatten();
        let place = plan.place_of(service.id).1 as usize;
        let mut want = |kind| {
            let found = gaps.iter().filter(|gap| gap.kind == kind).map(|gap| gap.severity).max();
            let severity = found.unwrap_or_else(|| question.scale.of_kind(kind));
            wanted.push(WantedService {
                severity: Reverse(severity),
                tier: service.tier.unwrap_or(4),
                dependents: Reverse(dependents.get(place).copied().unwrap_or_default()),
                opens,
                since: service.from,
                service: at,
            });
        };
        if gaps.iter().any(|gap| gap.kind == GapKind::Nobody) {
            want(GapKind::Nobody);
        }
        want(GapKind::OnePerson);
    }
    (services, wanted)
}

/// Number of transitive dependents of each service on any day of the period, by its place in the plan's order.
fn dependents(plan: &Plan, question: &ForecastParams<'_>) -> Vec<u32> {
    let days = DateRange::new(Some(question.from), Some(question.until));
    let known = |id: ServiceId| {
        let service = plan.services.get(id).filter(|service| !service.unconfirmed);
        service.map(|service| plan.place_of(service.id).1)
    };
    let holds = plan.dependencies.iter().filter(|row| row.date_range().overlaps(&days));
    let ends = holds.filter_map(|row| Some((known(row.service)?, known(row.depends_on)?)));
    let mut edges: Vec<(u32, u32)> = ends.filter(|(from, to)| from != to).collect();
    edges.sort_unstable();
    edges.dedup();
    let forward = Csr::from_pairs(plan.services.len(), &edges);
    let backward = forward.transposed();
    transitive_dependents(&condensation(DependencyGraph { forward: &forward, backward: &backward }), &forward)
}

/// Teams accountable for each of these services, and until when.
fn owners(
    plan: &Plan,
    services: FxHashSet<ServiceId>,
) -> FxHashMap<ServiceId, Vec<(TeamId, Option<NaiveDate>)>> {
    let mut owners: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for row in plan.ownerships.iter().filter(|row| row.is_accountable() && services.contains(&row.service)) {
        if let Owner::Team(team) = row.owner {
            owners.entry(row.service).or_default().push((team, row.date_range().until));
        }
    }
    owners
}
