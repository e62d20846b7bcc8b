//! Who of those to come takes which service.
//!
//! A team's own needs are met by everybody who comes to it. A service takes somebody of its own: of the hires wanted
//! for it or coming to a team that owns it, one who has room. A hire has room for as much as the policy lets a person
//! carry (`team-over-load`), and for at least one service; the service that its seat names is theirs in any case.
//!
//! Needs are served in an order that is said, which hangs neither on ids nor on the order of rows: by the severity of the
//! gap, then the tier of the service, then how many depend on it, directly or not, then the day on which the gap opens,
//! then the service that has been there longest. Services that are the same in all of that are taken by name. Where
//! nobody has room, others are moved to other hires, and never left without one (augmenting paths, after H. W. Kuhn, The
//! Hungarian method, 1955; see [`Sharing`]). So the most pressing needs are served first, and a lesser one never at their
//! cost. What room is left goes to the services in the same order.

use std::cmp::Reverse;

use chrono::NaiveDate;
use headroom_model::{DateRange, Entity, Owner, Plan, Service, ServiceId, TeamId, csr::Csr};
use rustc_hash::{FxHashMap, FxHashSet};

use super::matching::{MatchItem, Matching};
use crate::{
    forecast::{ForecastParams, Gap, GapKind, Hire},
    graph::{DependencyGraph, condensation, transitive_dependents},
    rule::Severity,
    team_load::weight,
};

/// One more person that a service needs; the most pressing is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct WantedService {
    severity: Reverse<Severity>,
    /// What nobody has ranked counts as tier 4, as in [`weight`].
    tier: u8,
    dependents: Reverse<u32>,
    opens: Option<NaiveDate>,
    since: Option<NaiveDate>,
    /// Which of the services: they are in order.
    service: usize,
}

/// Says of each hire which of its team's services it stands behind.
pub fn match_services(plan: &Plan, question: &ForecastParams<'_>, gaps: &[Gap], hires: &mut [Hire]) {
    let (services, mut wanted) =
        if hires.is_empty() { Default::default() } else { wanted(plan, question, gaps) };
    wanted.sort_unstable();
    let items = items(plan, &services, hires);
    let mut sharing = Matching::new(items, hires.len(), question.load_limit);
    for (at, hire) in hires.iter().enumerate() {
        let named = services.iter().position(|(service, _)| hire.service == Some(service.id));
        named.into_iter().for_each(|service| sharing.pin(service, at));
    }
    let mut needed: FxHashMap<usize, usize> = FxHashMap::default();
    for want in &wanted {
        let needed = needed.entry(want.service).or_default();
        *needed += 1;
        // Whoever is wanted for it is there already.
        if sharing.count(want.service) < *needed {
            sharing.place(want.service);
        }
    }
    for want in &wanted {
        while sharing.give(want.service) {}
    }
    for (at, hire) in hires.iter_mut().enumerate() {
        hire.of_team = Some(sharing.taken(at).iter().map(|service| services[*service].0.id).collect());
    }
}

type Lacking<'a> = Vec<(&'a Service, Vec<&'a Gap>)>;

/// Services that lack somebody, in order, and one want for each who lacks.
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

/// How many services depend on each, directly or not, on any day of the question; by the place of the service.
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

/// What each of the services weighs, and which hires could take it: those wanted for it first, then by day.
fn items(plan: &Plan, services: &Lacking<'_>, hires: &[Hire]) -> Vec<MatchItem> {
    let owners = owners(plan, services.iter().map(|(service, _)| service.id).collect());
    let item = |(service, gaps): &(&Service, Vec<&Gap>)| {
        let owned = owners.get(&service.id).map_or(&[][..], Vec::as_slice);
        let fits = |hire: &Hire| {
            let in_time = gaps.iter().any(|gap| gap.closes.is_none_or(|closes| hire.from < closes));
            let is_on_team = owned
                .iter()
                .any(|(team, until)| hire.team == Some(*team) && until.is_none_or(|day| hire.from <= day));
            in_time && (hire.service == Some(service.id) || is_on_team)
        };
        let mut fitting: Vec<usize> = (0..hires.len()).filter(|at| fits(&hires[*at])).collect();
        fitting.sort_by_key(|at| (hires[*at].service != Some(service.id), *at));
        MatchItem { weight: weight(service) * 10, fitting }
    };
    services.iter().map(item).collect()
}

/// The teams that are accountable for each of these services, and until when.
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
