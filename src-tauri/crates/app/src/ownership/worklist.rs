//! The worklist of ownerships to be confirmed, most urgent first.

use chrono::NaiveDate;
use headroom_analysis::{DayView, team_load::weight};
use headroom_model::{Entity, Owner, Ownership, ServiceIx, TeamId};
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    paging::{RowQuery, matches},
    state::AppState,
    table::{ColumnValue, TableLines, TableRows},
};

/// An ownership to be confirmed.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WorklistRow {
    pub ownership: Id,
    pub service: NamedEntity,
    pub owner: NamedEntity,
    pub tier: Option<u8>,
    pub confirmed: Option<NaiveDate>,
    /// Days since it was confirmed; none if it never was.
    pub age_days: Option<u32>,
    pub dependents: u32,
    /// Weight of the tier × age × dependents; the list is sorted by it.
    pub urgency: u32,
}

#[specta::specta]
pub fn worklist(app: &AppState, query: RowQuery, at: At) -> Answer<TableLines<WorklistRow>> {
    let view = app.day(at)?;
    let words = query.words();
    let found = found(&view).into_iter().filter(|row| is_sought(&view, row, &words)).collect();
    Worklist(&view).lines(found, &query)
}

/// The ownerships of a team to be confirmed, most urgent first.
pub fn ids_of(view: &DayView, team: TeamId) -> Vec<Id> {
    let of_team = found(view).into_iter().filter(|row| row.ownership.owner == Owner::Team(team));
    of_team.map(|row| row.ownership.id.into()).collect()
}

struct Worklist<'a>(&'a DayView);

impl<'a> TableRows for Worklist<'a> {
    type Row = Stale<'a>;
    type Shown = WorklistRow;
    const COLUMNS: &'static [&'static str] =
        &["service", "owner", "tier", "confirmed", "age", "dependents", "urgency"];

    fn value(&self, row: &Stale<'a>, column: &str) -> ColumnValue {
        let (view, plan) = (self.0, self.0.snapshot.plan());
        let service = view.snapshot.service(row.at);
        match column {
            "owner" => ColumnValue::entities([NamedEntity::of_owner(plan, row.ownership.owner)]),
            "tier" => ColumnValue::tier(service.tier),
            "confirmed" => ColumnValue::Day(row.ownership.confirmed),
            "age" => row.age_days.map_or(ColumnValue::Day(None), ColumnValue::count),
            "dependents" => ColumnValue::count(view.facts.dependents(row.at)),
            "urgency" => ColumnValue::count(row.urgency),
            _ => ColumnValue::word(&service.name),
        }
    }

    fn show(&self, row: &Stale<'a>) -> WorklistRow {
        line(self.0, row)
    }

    fn key(&self, row: &Stale<'a>) -> Option<Id> {
        Some(row.ownership.id.into())
    }
}

struct Stale<'a> {
    at: ServiceIx,
    ownership: &'a Ownership,
    age_days: Option<u32>,
    urgency: u32,
}

/// Ownerships with a finding of the rule on stale ownership.
fn found(view: &DayView) -> Vec<Stale<'_>> {
    let snapshot = &view.snapshot;
    let services = view
        .findings()
        .iter()
        .filter(|finding| finding.rule.id == "ownership-unconfirmed")
        .filter_map(|finding| snapshot.service_ix(finding.subject.id.into()));
    let mut found: Vec<Stale<'_>> = services
        .flat_map(|at| snapshot.ownerships(at).map(move |ownership| (at, ownership)))
        .filter(|(_, ownership)| ownership.is_accountable())
        .map(|(at, ownership)| stale(view, at, ownership))
        .collect();
    let plan = snapshot.plan();
    found.sort_by(|a, b| {
        let in_order = || a.ownership.compare(b.ownership, &**plan);
        b.urgency.cmp(&a.urgency).then_with(in_order)
    });
    found
}

fn is_sought(view: &DayView, row: &Stale<'_>, words: &[String]) -> bool {
    words.is_empty() || {
        let owner = view.snapshot.plan().name_of(row.ownership.owner.into());
        matches(words, [view.snapshot.service(row.at).name.as_str(), owner.as_str()])
    }
}

/// Ownerships never confirmed count as confirmed two years ago.
const NEVER_DAYS: u32 = 730;

fn stale<'a>(view: &DayView, at: ServiceIx, ownership: &'a Ownership) -> Stale<'a> {
    let day = view.snapshot.day();
    let age_days = ownership
        .confirmed
        .filter(|confirmed| *confirmed <= day)
        .map(|confirmed| u32::try_from((day - confirmed).num_days()).unwrap_or(0));
    let age = age_days.unwrap_or(NEVER_DAYS);
    let urgency = u64::from(weight(view.snapshot.service(at)))
        * u64::from(age)
        * (u64::from(view.facts.dependents(at)) + 1);
    let urgency = u32::try_from(urgency).unwrap_or(u32::MAX);
    Stale { at, ownership, age_days, urgency }
}

fn line(view: &DayView, row: &Stale<'_>) -> WorklistRow {
    let plan = view.snapshot.plan();
    let service = view.snapshot.service(row.at);
    WorklistRow {
        ownership: row.ownership.id.into(),
        service: NamedEntity::new(plan, service.id),
        owner: NamedEntity::of_owner(plan, row.ownership.owner),
        tier: service.tier,
        confirmed: row.ownership.confirmed,
        age_days: row.age_days,
        dependents: view.facts.dependents(row.at),
        urgency: row.urgency,
    }
}
