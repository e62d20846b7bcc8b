//! The table of incidents.

use chrono::NaiveDate;
use headroom_analysis::incidents::{
    IncidentTimes, StepDuration, duration_words, incidents_until, is_ongoing,
};
use headroom_model::{ActionState, Incident, IncidentId, Owner, Plan, Snapshot};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    paging::{RowQuery, matches},
    state::AppState,
    table::{CellThing, ColumnValue, TableLines, TableRows},
};

/// An incident as a row.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct IncidentRow {
    pub incident: NamedEntity,
    pub day: Option<NaiveDate>,
    pub services: Vec<NamedEntity>,
    /// What is affected and is no service of the plan.
    pub unmatched: Vec<String>,
    /// The teams and people that own its services on the day shown.
    pub owners: Vec<NamedEntity>,
    pub severity: Option<u8>,
    pub is_ongoing: bool,
    pub repair: IncidentDuration,
    pub resolution: IncidentDuration,
    /// What is uncertain about its times.
    pub warnings: Vec<String>,
    pub is_reviewed: bool,
    pub open_actions: u32,
    pub actions: u32,
}

/// A duration, as the clock and as the source has it.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct IncidentDuration {
    pub minutes: Option<u32>,
    /// `1 h 5 min`; empty if it is not known.
    pub words: String,
    /// As stated; empty if nothing is stated.
    pub stated: String,
    /// Clock and statement are more than a minute apart.
    pub is_disputed: bool,
}

impl IncidentDuration {
    pub fn of(step: StepDuration) -> Self {
        let basis = if step.in_support_hours { " of support hours" } else { "" };
        Self {
            minutes: step.by_clock,
            words: step.by_clock.map(|minutes| duration_words(minutes.into())).unwrap_or_default(),
            stated: step
                .stated
                .map(|minutes| format!("{}{basis}", duration_words(minutes)))
                .unwrap_or_default(),
            is_disputed: step.disagrees() == Some(true),
        }
    }
}

/// The incidents that are known on the day, the newest first.
#[specta::specta]
pub fn incident_rows(app: &AppState, query: RowQuery, at: At) -> Answer<TableLines<IncidentRow>> {
    let view = app.day(at)?;
    let words = query.words();
    let (snapshot, day) = (&view.snapshot, at.shown_day());
    let mut rows = rows_of(snapshot, &incidents_until(snapshot.plan(), day), day);
    rows.retain(|row| {
        let services = row.services.iter().map(|service| service.name.as_str());
        let texts = [row.incident.name.as_str(), row.incident.key.as_str()].into_iter().chain(services);
        matches(&words, texts.chain(row.unmatched.iter().map(String::as_str)))
    });
    IncidentTable.lines(rows, &query)
}

/// The rows of these incidents.
pub fn rows_of(snapshot: &Snapshot, incidents: &[&Incident], day: NaiveDate) -> Vec<IncidentRow> {
    let actions = action_counts(snapshot.plan(), day);
    incidents.iter().map(|incident| row_of(snapshot, incident, day, &actions)).collect()
}

/// Open actions and all, by incident.
fn action_counts(plan: &Plan, day: NaiveDate) -> FxHashMap<IncidentId, (u32, u32)> {
    let mut counts: FxHashMap<IncidentId, (u32, u32)> = FxHashMap::default();
    for action in plan.actions.iter() {
        if let Some((incident, state)) = action.incident.zip(action.state_on(day)) {
            let (open, all) = counts.entry(incident).or_default();
            *open += u32::from(state == ActionState::Open);
            *all += 1;
        }
    }
    counts
}

fn row_of(
    snapshot: &Snapshot,
    incident: &Incident,
    day: NaiveDate,
    actions: &FxHashMap<IncidentId, (u32, u32)>,
) -> IncidentRow {
    let (plan, times) = (snapshot.plan(), IncidentTimes::of(incident));
    let (open_actions, all) = actions.get(&incident.id).copied().unwrap_or_default();
    IncidentRow {
        incident: NamedEntity::new(plan, incident.id),
        day: incident.day(),
        services: incident.services.iter().map(|service| NamedEntity::new(plan, *service)).collect(),
        unmatched: incident.unmatched.clone(),
        owners: owners_of(snapshot, incident)
            .into_iter()
            .map(|owner| NamedEntity::of_owner(plan, owner))
            .collect(),
        severity: incident.severity,
        is_ongoing: is_ongoing(incident, day),
        repair: IncidentDuration::of(times.repair),
        resolution: IncidentDuration::of(times.resolution),
        warnings: times.warnings,
        is_reviewed: incident.is_reviewed(day),
        open_actions,
        actions: all,
    }
}

/// The owners of its services on the day of the snapshot, each once.
pub(super) fn owners_of(snapshot: &Snapshot, incident: &Incident) -> Vec<Owner> {
    let services = incident.services.iter().filter_map(|service| snapshot.service_ix(*service));
    let mut owners: Vec<Owner> = services.flat_map(|at| snapshot.owners(at)).copied().collect();
    owners.sort_by_cached_key(|owner| snapshot.plan().place_of(*owner));
    owners.dedup();
    owners
}

struct IncidentTable;

impl TableRows for IncidentTable {
    type Row = IncidentRow;
    type Shown = IncidentRow;
    const COLUMNS: &'static [&'static str] = &[
        "incident",
        "day",
        "services",
        "owners",
        "severity",
        "repair",
        "resolution",
        "review",
        "actions",
        "warnings",
    ];

    fn value(&self, row: &IncidentRow, column: &str) -> ColumnValue {
        let minutes =
            |duration: &IncidentDuration| duration.minutes.map_or(ColumnValue::Day(None), ColumnValue::count);
        match column {
            "day" => ColumnValue::Day(row.day),
            "services" => ColumnValue::Things(
                row.services
                    .iter()
                    .cloned()
                    .map(CellThing::entity)
                    .chain(row.unmatched.iter().map(|name| CellThing::ranked(1, name, name)))
                    .collect(),
            ),
            "owners" => ColumnValue::entities(row.owners.clone()),
            "severity" => ColumnValue::one(row.severity.map(|severity| {
                CellThing::ranked(severity.into(), severity.to_string(), format!("Severity {severity}"))
            })),
            "repair" => minutes(&row.repair),
            "resolution" => minutes(&row.resolution),
            "review" => ColumnValue::word(if row.is_reviewed { "Reviewed" } else { "No review" }),
            "actions" => ColumnValue::count(row.open_actions),
            "warnings" => ColumnValue::word(if row.warnings.is_empty() { "" } else { "Uncertain times" }),
            _ => ColumnValue::word(&row.incident.name),
        }
    }

    fn show(&self, row: &IncidentRow) -> IncidentRow {
        row.clone()
    }

    fn key(&self, row: &IncidentRow) -> Option<Id> {
        Some(row.incident.id)
    }
}
