//! The page of a service.

use std::cmp::Reverse;

use chrono::NaiveDate;
use headroom_analysis::{DayView, Responders, graph};
use headroom_model::{Dependency, Entity, Link, Owner, Ownership, ServiceId, ServiceIx, role};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, finding::FindingRow, id::Id, service::Neighbour},
    error::{Answer, AppError},
    paging::by_text,
    state::AppState,
};

/// Someone with a role for a service.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnershipRow {
    pub ownership: Id,
    pub owner: NamedEntity,
    pub role: String,
    pub confirmed: Option<NaiveDate>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub is_active: bool,
}

/// A service at the other end of a dependency.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DependencyRow {
    pub dependency: Id,
    pub service: NamedEntity,
    pub owners: Vec<NamedEntity>,
    pub tier: Option<u8>,
    pub kind: String,
    pub criticality: String,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LinkRow {
    pub url: String,
    pub title: String,
}

/// A dependency through which alone others are reached: without it, this many fewer.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OnlyWayRow {
    pub service: NamedEntity,
    pub brings: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ServicePage {
    pub service: NamedEntity,
    pub aliases: Vec<String>,
    pub kind: String,
    pub lifecycle: String,
    pub tier: Option<u8>,
    pub system: Option<NamedEntity>,
    /// The service's own domain, or else that of its system.
    pub domain: Option<NamedEntity>,
    pub description: String,
    pub url: String,
    pub tags: Vec<String>,
    pub links: Vec<LinkRow>,
    /// SLO in percent, such as `99.95`.
    pub objective: String,
    /// Confirmed to have neither dependencies nor dependents.
    pub is_standalone: bool,
    /// Responders: the people of its owners and backups.
    pub people: Vec<NamedEntity>,
    pub backup_people: Vec<NamedEntity>,
    /// Dependencies through which alone others are reached, largest number first.
    pub only_ways: Vec<OnlyWayRow>,
    pub source: Option<String>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub is_active: bool,
    /// Holders of a role: current ones first, then earlier and later ones.
    pub ownerships: Vec<OwnershipRow>,
    pub needs: Vec<DependencyRow>,
    pub needed_by: Vec<DependencyRow>,
    /// Impact: number of services that depend on it, directly or not.
    pub affected: u32,
    /// The first hundred of them, most dependents first.
    pub affected_first: Vec<NamedEntity>,
    /// Their owners, with the number of services of each.
    pub affected_owners: Vec<Neighbour>,
    pub findings: Vec<FindingRow>,
}

#[specta::specta]
pub fn service_page(app: &AppState, id: Id, at: At) -> Answer<ServicePage> {
    let view = app.day(at)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let service =
        plan.services.get(ServiceId::from(id)).ok_or_else(|| AppError::not_found("this service"))?;
    let at = snapshot.service_ix(service.id);
    let domain = service.domain.or_else(|| plan.groupings.get(service.system?)?.parent);
    let mut affected = at.map(|at| graph::reachable_dependents(snapshot, at)).unwrap_or_default();
    affected.sort_by_key(|at| (Reverse(view.facts.dependents(*at)), &snapshot.service(*at).key));
    let responders = Responders::new(snapshot);
    let people = at.map(|at| responders.of(at)).unwrap_or_default();
    let backups: Vec<Owner> = at
        .into_iter()
        .flat_map(|at| snapshot.ownerships(at))
        .filter(|row| row.role == role::BACKUP)
        .map(|row| row.owner)
        .collect();
    let mut backups = responders.behind(&backups);
    backups.retain(|person| !people.contains(person));
    Ok(ServicePage {
        service: NamedEntity::new(plan, service.id),
        aliases: service.aliases.clone(),
        kind: service.kind.clone(),
        lifecycle: service.lifecycle.clone(),
        tier: service.tier,
        system: service.system.map(|system| NamedEntity::new(plan, system)),
        domain: domain.map(|domain| NamedEntity::new(plan, domain)),
        description: service.description.clone(),
        url: service.url.clone(),
        tags: service.tags.clone(),
        links: service
            .links
            .iter()
            .map(|link: &Link| LinkRow { url: link.url.clone(), title: link.title.clone() })
            .collect(),
        objective: service.objective.map(|objective| objective.to_string()).unwrap_or_default(),
        is_standalone: service.standalone,
        people: people.iter().map(|person| NamedEntity::new(plan, *person)).collect(),
        backup_people: backups.iter().map(|person| NamedEntity::new(plan, *person)).collect(),
        only_ways: at.map(|at| only_ways(&view, at)).unwrap_or_default(),
        source: service.source.clone(),
        from: service.from,
        until: service.until,
        is_active: at.is_some(),
        ownerships: ownerships(&view, service.id),
        needs: dependencies(&view, |row| (row.service == service.id).then_some(row.depends_on)),
        needed_by: dependencies(&view, |row| (row.depends_on == service.id).then_some(row.service)),
        affected: affected.len() as u32,
        affected_first: affected
            .iter()
            .take(100)
            .map(|at| NamedEntity::new(plan, snapshot.service(*at).id))
            .collect(),
        affected_owners: owners_of(&view, &affected),
        findings: view.findings_of(service.id).map(|finding| FindingRow::new(&view, finding)).collect(),
    })
}

/// How many of them are shown.
const WAYS: usize = 5;

fn only_ways(view: &DayView, at: ServiceIx) -> Vec<OnlyWayRow> {
    let snapshot = &view.snapshot;
    let needs =
        graph::DependencyGraph { forward: snapshot.needs_graph(), backward: snapshot.needed_by_graph() };
    let ways = graph::only_ways(needs, at as u32);
    let row = |way: &graph::OnlyWay| OnlyWayRow {
        service: NamedEntity::new(snapshot.plan(), snapshot.service(way.node as usize).id),
        brings: way.brings,
    };
    ways.iter().take(WAYS).map(row).collect()
}

fn owners_of(view: &DayView, services: &[ServiceIx]) -> Vec<Neighbour> {
    let plan = view.snapshot.plan();
    let mut counts: FxHashMap<Owner, u32> = FxHashMap::default();
    for owner in services.iter().flat_map(|at| view.snapshot.owners(*at)) {
        *counts.entry(*owner).or_default() += 1;
    }
    let mut owners: Vec<(Owner, u32)> = counts.into_iter().collect();
    owners.sort_by_key(|(owner, edges)| (Reverse(*edges), plan.place_of(*owner)));
    let neighbour = |(owner, edges)| Neighbour { owner: NamedEntity::of_owner(plan, owner), edges };
    owners.into_iter().map(neighbour).collect()
}

fn ownerships(view: &DayView, service: ServiceId) -> Vec<OwnershipRow> {
    let (plan, day) = (view.snapshot.plan(), view.snapshot.day());
    let mut rows: Vec<&Ownership> = plan.ownerships.iter().filter(|row| row.service == service).collect();
    plan.sort(&mut rows);
    rows.sort_by_key(|row| {
        (!row.date_range().contains(day), row.role != role::OWNER, row.role != role::BACKUP, row.from)
    });
    rows.into_iter()
        .map(|row| OwnershipRow {
            ownership: row.id.into(),
            owner: NamedEntity::of_owner(plan, row.owner),
            role: row.role.clone(),
            confirmed: row.confirmed,
            from: row.from,
            until: row.until,
            is_active: row.date_range().contains(day),
        })
        .collect()
}

fn dependencies(view: &DayView, other_end: impl Fn(&Dependency) -> Option<ServiceId>) -> Vec<DependencyRow> {
    let (snapshot, plan, day) = (&view.snapshot, view.snapshot.plan(), view.snapshot.day());
    let mut found: Vec<&Dependency> =
        plan.dependencies.iter().filter(|row| row.date_range().contains(day)).collect();
    found.retain(|row| other_end(row).is_some());
    plan.sort(&mut found);
    let mut rows: Vec<DependencyRow> = found
        .into_iter()
        .filter_map(|row| {
            let id = other_end(row)?;
            let owners = snapshot.service_ix(id).map(|at| snapshot.owners(at)).unwrap_or_default();
            Some(DependencyRow {
                dependency: row.id.into(),
                service: NamedEntity::new(plan, id),
                owners: owners.iter().copied().map(|owner| NamedEntity::of_owner(plan, owner)).collect(),
                tier: plan.services.get(id).and_then(|service| service.tier),
                kind: row.kind.clone(),
                criticality: row.criticality.clone(),
                from: row.from,
                until: row.until,
            })
        })
        .collect();
    rows.sort_by(|a, b| {
        a.tier.unwrap_or(9).cmp(&b.tier.unwrap_or(9)).then_with(|| by_text(&a.service.name, &b.service.name))
    });
    rows
}
