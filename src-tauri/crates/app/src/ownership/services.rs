//! The table of services.

use std::{cmp::Ordering, collections::BTreeMap};

use chrono::NaiveDate;
use headroom_analysis::{DayView, Domain};
use headroom_model::{EntityRef, Kind, Owner, PersonId, Service, ServiceIx, TeamId, role};
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id, severity::Tally},
    error::Answer,
    paging::{Page, RowQuery, by_text, matches},
    state::AppState,
};

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceQuery {
    pub rows: RowQuery,
    /// Only services without an accountable owner.
    pub is_unowned: bool,
    /// Only services with findings.
    pub has_findings: bool,
    /// Only services of this owner.
    pub team: Option<Id>,
    pub person: Option<Id>,
    /// Only services of this domain.
    pub domain: Option<Id>,
    pub tier: Option<u8>,
    pub lifecycle: String,
    /// `owner`, `system`, `tier`, `kind`, `lifecycle`, or empty for no groups.
    pub group_by: String,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ServiceRow {
    pub service: NamedEntity,
    pub kind: String,
    pub tier: Option<u8>,
    pub lifecycle: String,
    pub system: Option<NamedEntity>,
    pub owners: Vec<NamedEntity>,
    pub backups: Vec<NamedEntity>,
    /// The oldest date on which an owner was confirmed; none if one never was.
    pub confirmed: Option<NaiveDate>,
    /// Number of direct dependencies.
    pub needs: u32,
    /// Number of services that depend on it, directly or not.
    pub dependents: u32,
    pub findings: Tally,
}

/// A line of the table: the heading of a group, or a service.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ServiceLine {
    pub group: Option<GroupHead>,
    pub service: Option<ServiceRow>,
}

/// A page of lines out of `total`.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ServiceLines {
    pub total: u32,
    /// Number of matching services, without headings.
    pub services: u32,
    pub rows: Vec<ServiceLine>,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GroupHead {
    pub title: String,
    pub count: u32,
    pub entity: Option<NamedEntity>,
}

#[specta::specta]
pub fn service_rows(app: &AppState, query: ServiceQuery, at: At) -> Answer<ServiceLines> {
    let view = app.day(at)?;
    let found = found(&view, &query);
    let services = found.len() as u32;
    let Page { total, rows } = if query.group_by.is_empty() {
        query.rows.page(&found, |at| ServiceLine { group: None, service: Some(row(&view, *at)) })
    } else {
        query.rows.page(&grouped(&view, found, &query.group_by), |line| match line {
            Line::Head(head) => ServiceLine { group: Some(head.clone()), service: None },
            Line::Service(at) => ServiceLine { group: None, service: Some(row(&view, *at)) },
        })
    };
    Ok(ServiceLines { total, services, rows })
}

/// The IDs of every matching service, in order, for “select all”.
#[specta::specta]
pub fn service_ids(app: &AppState, query: ServiceQuery, at: At) -> Answer<Vec<Id>> {
    let view = app.day(at)?;
    Ok(found(&view, &query).into_iter().map(|at| view.snapshot.service(at).id.into()).collect())
}

fn found(view: &DayView, query: &ServiceQuery) -> Vec<ServiceIx> {
    let snapshot = &view.snapshot;
    let words = query.rows.words();
    let domain = query.domain.map(|domain| Domain::new(snapshot, domain.into()));
    let is_found = |at: &ServiceIx| {
        let service = snapshot.service(*at);
        let owners = snapshot.owners(*at);
        (!query.is_unowned || owners.is_empty())
            && (!query.has_findings || view.open_findings_of(service.id).next().is_some())
            && query.team.is_none_or(|team| owners.contains(&Owner::Team(TeamId::from(team))))
            && query.person.is_none_or(|person| owners.contains(&Owner::Person(PersonId::from(person))))
            && domain.as_ref().is_none_or(|domain| domain.services.contains(&service.id))
            && query.tier.is_none_or(|tier| service.tier == Some(tier))
            && (query.lifecycle.is_empty() || service.lifecycle == query.lifecycle)
            && (words.is_empty() || matches_words(view, *at, service, &words))
    };
    let mut found: Vec<ServiceIx> = (0..snapshot.service_count()).filter(is_found).collect();
    found.sort_by(|a, b| {
        query
            .rows
            .directed(compare(view, *a, *b, &query.rows.sort))
            .then_with(|| compare(view, *a, *b, "name"))
    });
    found
}

fn matches_words(view: &DayView, at: ServiceIx, service: &Service, words: &[String]) -> bool {
    let owners: Vec<String> =
        view.snapshot.owners(at).iter().copied().map(|owner| owner_name(view, owner)).collect();
    let texts = [&service.name, &service.key, &service.kind, &service.lifecycle, &service.description];
    let texts = texts.into_iter().chain(&service.tags).chain(&service.aliases).chain(&owners);
    matches(words, texts.map(String::as_str))
}

fn owner_name(view: &DayView, owner: Owner) -> String {
    view.snapshot.plan().name_of(EntityRef::from(owner))
}

fn first_owner(view: &DayView, at: ServiceIx) -> String {
    view.snapshot.owners(at).first().map(|owner| owner_name(view, *owner)).unwrap_or_default()
}

fn compare(view: &DayView, a: ServiceIx, b: ServiceIx, column: &str) -> Ordering {
    let snapshot = &view.snapshot;
    let (x, y) = (snapshot.service(a), snapshot.service(b));
    match column {
        "kind" => by_text(&x.kind, &y.kind),
        "tier" => x.tier.unwrap_or(9).cmp(&y.tier.unwrap_or(9)),
        "lifecycle" => by_text(&x.lifecycle, &y.lifecycle),
        "system" => by_text(&system_name(view, x), &system_name(view, y)),
        "owner" => by_text(&first_owner(view, a), &first_owner(view, b)),
        "confirmed" => confirmed(view, a).cmp(&confirmed(view, b)),
        "needs" => snapshot.needs(a).len().cmp(&snapshot.needs(b).len()),
        "dependents" => view.facts.dependents(a).cmp(&view.facts.dependents(b)),
        "findings" => view.open_findings_of(x.id).count().cmp(&view.open_findings_of(y.id).count()),
        _ => by_text(&x.name, &y.name),
    }
}

fn system_name(view: &DayView, service: &Service) -> String {
    service.system.map(|system| view.snapshot.plan().name_of(system.into())).unwrap_or_default()
}

/// The oldest date on which an owner was confirmed; none if one never was.
pub fn confirmed(view: &DayView, at: ServiceIx) -> Option<NaiveDate> {
    let days: Vec<Option<NaiveDate>> =
        view.snapshot.ownerships(at).filter(|row| row.is_accountable()).map(|row| row.confirmed).collect();
    days.into_iter().min().flatten()
}

enum Line {
    Head(GroupHead),
    Service(ServiceIx),
}

/// Groups sorted by title; services in no group come first, since they need action.
fn grouped(view: &DayView, found: Vec<ServiceIx>, group_by: &str) -> Vec<Line> {
    let mut groups: BTreeMap<(bool, String, String, Option<Kind>), Group> = BTreeMap::new();
    for at in found {
        let (entity, title) = group_of(view, at, group_by);
        let (key, kind) = entity.as_ref().map(|entity| (entity.key.clone(), Kind::from(entity.kind))).unzip();
        let is_some = entity.is_some() || !title.starts_with("No ");
        let services = Vec::new();
        let group = groups
            .entry((is_some, title.to_lowercase(), key.unwrap_or_default(), kind))
            .or_insert_with(|| Group { head: GroupHead { title, count: 0, entity }, services });
        group.services.push(at);
    }
    groups
        .into_values()
        .flat_map(|Group { head, services }| {
            let head = GroupHead { count: services.len() as u32, ..head };
            std::iter::once(Line::Head(head)).chain(services.into_iter().map(Line::Service))
        })
        .collect()
}

struct Group {
    head: GroupHead,
    services: Vec<ServiceIx>,
}

fn group_of(view: &DayView, at: ServiceIx, group_by: &str) -> (Option<NamedEntity>, String) {
    let plan = view.snapshot.plan();
    let service = view.snapshot.service(at);
    let text =
        |text: &str, none: &str| (None, if text.is_empty() { none.to_owned() } else { text.to_owned() });
    let entity = |named: Option<NamedEntity>, none: &str| {
        let title = named.as_ref().map_or_else(|| none.to_owned(), |named| named.name.clone());
        (named, title)
    };
    match group_by {
        "owner" => entity(
            view.snapshot.owners(at).first().map(|owner| NamedEntity::of_owner(plan, *owner)),
            "No owner",
        ),
        "system" => entity(service.system.map(|system| NamedEntity::new(plan, system)), "No system"),
        "tier" => text(&service.tier.map(|tier| format!("Tier {tier}")).unwrap_or_default(), "No tier"),
        "lifecycle" => text(&service.lifecycle, "No lifecycle"),
        _ => text(&service.kind, "No type"),
    }
}

fn row(view: &DayView, at: ServiceIx) -> ServiceRow {
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let service = snapshot.service(at);
    let backups = snapshot.ownerships(at).filter(|row| row.role == role::BACKUP);
    ServiceRow {
        service: NamedEntity::new(plan, service.id),
        kind: service.kind.clone(),
        tier: service.tier,
        lifecycle: service.lifecycle.clone(),
        system: service.system.map(|system| NamedEntity::new(plan, system)),
        owners: snapshot.owners(at).iter().copied().map(|owner| NamedEntity::of_owner(plan, owner)).collect(),
        backups: backups.map(|row| NamedEntity::of_owner(plan, row.owner)).collect(),
        confirmed: confirmed(view, at),
        needs: snapshot.needs(at).len() as u32,
        dependents: view.facts.dependents(at),
        findings: Tally::of(view.open_findings_of(service.id)),
    }
}
