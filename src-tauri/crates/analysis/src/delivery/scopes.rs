//! Whose deliveries are measured: services, teams by the services that they are accountable for, and the organisation.

use headroom_model::{ServiceId, Snapshot, TeamId, built_in_metric::OF_DEPLOYMENTS};
use rustc_hash::FxHashSet;

use crate::{
    across_teams::accountable_teams,
    metrics::{Figures, SeriesScope, metric_known_as},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliverySubject {
    Organisation,
    Service(ServiceId),
    Team(TeamId),
}

/// Whose figures are put together.
#[derive(Debug, Clone)]
pub struct DeliveryScope {
    pub subject: DeliverySubject,
    /// Its own figures, or those of the services of a team.
    pub measured: Vec<SeriesScope>,
    /// The team whose people deliver: itself, or the one team that is accountable for a service.
    pub team: Option<TeamId>,
}

/// The organisation, then services by name, then teams by name.
pub(super) fn delivery_scopes(figures: &Figures<'_>, snapshot: &Snapshot) -> Vec<DeliveryScope> {
    let plan = figures.plan;
    let keys = OF_DEPLOYMENTS.iter().filter_map(|key| metric_known_as(plan, key));
    let measured: FxHashSet<&SeriesScope> = keys.flat_map(|metric| figures.scopes(metric.id)).collect();
    let accountable = accountable_teams(snapshot);
    let teams_of = |service: ServiceId| -> Vec<TeamId> {
        let at = snapshot.service_ix(service);
        at.into_iter()
            .flat_map(|at| accountable.of(at).iter().map(|team| snapshot.team(*team as usize).id))
            .collect()
    };
    let of_service = |service| SeriesScope { service: Some(service), ..SeriesScope::default() };
    let mut services: Vec<ServiceId> = measured
        .iter()
        .filter_map(|scope| scope.service.filter(|service| **scope == of_service(*service)))
        .collect();
    services.sort_by_cached_key(|service| plan.place_of(*service));
    let mut teams: Vec<TeamId> = services.iter().flat_map(|service| teams_of(*service)).collect();
    teams.extend(measured.iter().filter_map(|scope| scope.team));
    teams.sort_by_cached_key(|team| plan.place_of(*team));
    teams.dedup();
    let organisation = SeriesScope::default();
    let mut scopes = Vec::new();
    if measured.contains(&organisation) {
        scopes.push(DeliveryScope {
            subject: DeliverySubject::Organisation,
            measured: vec![organisation],
            team: None,
        });
    }
    scopes.extend(services.iter().map(|service| DeliveryScope {
        subject: DeliverySubject::Service(*service),
        measured: vec![of_service(*service)],
        team: match teams_of(*service).as_slice() {
            [team] => Some(*team),
            _ => None,
        },
    }));
    scopes.extend(teams.into_iter().map(|team| {
        let own = SeriesScope::of_team(Some(team));
        let owned = services.iter().filter(|service| teams_of(**service).contains(&team));
        let measured = match measured.contains(&own) {
            true => vec![own],
            false => owned.map(|service| of_service(*service)).collect(),
        };
        DeliveryScope { subject: DeliverySubject::Team(team), measured, team: Some(team) }
    }));
    scopes
}
