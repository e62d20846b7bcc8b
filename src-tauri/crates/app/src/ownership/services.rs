//! The table of services.

use chrono::NaiveDate;
use headroom_analysis::{DayView, domains_of};
use headroom_model::{EntityRef, Owner, Service, ServiceIx, role};
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id, severity::Tally},
    error::Answer,
    paging::{RowQuery, by_text, matches},
    state::AppState,
    table::{ColumnValue, TableLines, TableRows},
};

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
    /// Those that it belongs to, the nearest first.
    pub domains: Vec<NamedEntity>,
    pub findings: Tally,
}

#[specta::specta]
pub fn service_rows(app: &AppState, query: RowQuery, at: At) -> Answer<TableLines<ServiceRow>> {
    let view = app.day(at)?;
    let words = query.words();
    let has_words =
        |at: &ServiceIx| words.is_empty() || matches_words(&view, *at, view.snapshot.service(*at), &words);
    let mut found: Vec<ServiceIx> = (0..view.snapshot.service_count()).filter(has_words).collect();
    let name = |at: ServiceIx| view.snapshot.service(at).name.as_str();
    found.sort_by(|a, b| by_text(name(*a), name(*b)));
    ServiceTable(&view).lines(found, &query)
}

struct ServiceTable<'a>(&'a DayView);

impl TableRows for ServiceTable<'_> {
    type Row = ServiceIx;
    type Shown = ServiceRow;
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "owner",
        "backup",
        "tier",
        "kind",
        "lifecycle",
        "system",
        "domain",
        "dependents",
        "needs",
        "confirmed",
        "findings",
    ];

    fn value(&self, &at: &ServiceIx, column: &str) -> ColumnValue {
        let (view, snapshot, plan) = (self.0, &self.0.snapshot, self.0.snapshot.plan());
        let service = snapshot.service(at);
        match column {
            "owner" => ColumnValue::entities(
                snapshot.owners(at).iter().map(|owner| NamedEntity::of_owner(plan, *owner)),
            ),
            "backup" => ColumnValue::entities(backups(view, at)),
            "tier" => ColumnValue::tier(service.tier),
            "kind" => ColumnValue::word(&service.kind),
            "lifecycle" => ColumnValue::word(&service.lifecycle),
            "system" => ColumnValue::entities(service.system.map(|system| NamedEntity::new(plan, system))),
            "domain" => ColumnValue::entities(
                domains_of(snapshot, at).into_iter().map(|domain| NamedEntity::new(plan, domain)),
            ),
            "dependents" => ColumnValue::count(view.facts.dependents(at)),
            "needs" => ColumnValue::count(snapshot.needs(at).len()),
            "confirmed" => ColumnValue::Day(confirmed(view, at)),
            "findings" => ColumnValue::count(view.open_findings_of(service.id).count()),
            _ => ColumnValue::word(&service.name),
        }
    }

    fn show(&self, &at: &ServiceIx) -> ServiceRow {
        row(self.0, at)
    }

    fn key(&self, &at: &ServiceIx) -> Option<Id> {
        Some(self.0.snapshot.service(at).id.into())
    }
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

/// The oldest date on which an owner was confirmed; none if one never was.
pub fn confirmed(view: &DayView, at: ServiceIx) -> Option<NaiveDate> {
    let days: Vec<Option<NaiveDate>> =
        view.snapshot.ownerships(at).filter(|row| row.is_accountable()).map(|row| row.confirmed).collect();
    days.into_iter().min().flatten()
}

fn row(view: &DayView, at: ServiceIx) -> ServiceRow {
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let service = snapshot.service(at);
    ServiceRow {
        service: NamedEntity::new(plan, service.id),
        kind: service.kind.clone(),
        tier: service.tier,
        lifecycle: service.lifecycle.clone(),
        system: service.system.map(|system| NamedEntity::new(plan, system)),
        domains: domains_of(snapshot, at).into_iter().map(|domain| NamedEntity::new(plan, domain)).collect(),
        owners: snapshot.owners(at).iter().copied().map(|owner| NamedEntity::of_owner(plan, owner)).collect(),
        backups: backups(view, at).collect(),
        confirmed: confirmed(view, at),
        needs: snapshot.needs(at).len() as u32,
        dependents: view.facts.dependents(at),
        findings: Tally::of(view.open_findings_of(service.id)),
    }
}

fn backups(view: &DayView, at: ServiceIx) -> impl Iterator<Item = NamedEntity> {
    let backups = view.snapshot.ownerships(at).filter(|row| row.role == role::BACKUP);
    backups.map(|row| NamedEntity::of_owner(view.snapshot.plan(), row.owner))
}
