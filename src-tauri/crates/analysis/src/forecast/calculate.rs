//! The forecast of all services and teams, and of some of them.

use headroom_model::{Entity, EntityRef, Plan, Service, ServiceId, Team, TeamId};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{
    params::ForecastParams,
    service::{self, ServiceRows},
    team::{self, Owned},
    window::AvailabilityIndex,
};
use crate::{coverage_severity::Importance, gap::Gap};

/// All gaps that are open on a day of the period, in order of opening.
pub fn forecast(plan: &Plan, params: &ForecastParams<'_>) -> Vec<Gap> {
    let availability = AvailabilityIndex::new(plan, params);
    let mut gaps = service_gaps(plan, &availability);
    let teams = Owned::new(plan, &availability, params.on_call_tier);
    let of_team = |team: &Team| team::gaps(&availability, &teams, team, params);
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
    let rows = ServiceRows::owners_of(plan, &moving);
    let services = moving.iter().filter_map(|id| plan.services.get(*id));
    let of_service = |service: &Service| service::gaps(&availability, &rows, service);
    let mut gaps: Vec<Gap> = services.flat_map(of_service).filter(|gap| gap.opens.is_some()).collect();
    sort(plan, &mut gaps);
    gaps
}

/// The gaps of these services and teams only. Dependencies are left out.
pub(crate) fn forecast_of(
    plan: &Plan,
    params: &ForecastParams<'_>,
    importance: Importance<'_>,
    services: &FxHashSet<ServiceId>,
    teams: &FxHashSet<TeamId>,
) -> Vec<Gap> {
    let availability = AvailabilityIndex::with(plan, params, importance);
    let rows = ServiceRows::owners_of(plan, services);
    let of_service = |service: &Service| service::gaps(&availability, &rows, service);
    let services = services.iter().filter_map(|id| plan.services.get(*id));
    let mut gaps: Vec<Gap> = services.flat_map(of_service).collect();
    if !teams.is_empty() {
        let owned = Owned::new(plan, &availability, params.on_call_tier);
        let teams = teams.iter().filter_map(|id| plan.teams.get(*id));
        gaps.extend(teams.flat_map(|team| team::gaps(&availability, &owned, team, params)));
    }
    sort(plan, &mut gaps);
    gaps
}

fn service_gaps(plan: &Plan, availability: &AvailabilityIndex<'_>) -> Vec<Gap> {
    let rows = ServiceRows::new(plan);
    let of_service = |service: &Service| service::gaps(availability, &rows, service);
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
