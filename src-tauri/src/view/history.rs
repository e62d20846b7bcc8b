//! Who changed what, and when.

use chrono::{DateTime, Utc};
use headroom_model::{Change, EntityRef, Kind, Owner, Plan};
use serde::Serialize;
use serde_json::Value;
use tauri::State;

use super::EntityKind;
use crate::{error::Answer, state::App};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    pub seq: u32,
    pub at: DateTime<Utc>,
    pub author: String,
    /// `edit`, `import`, `undo`, `redo`.
    pub action: String,
    pub label: String,
    pub change_count: u32,
    /// Taken back since.
    pub is_undone: bool,
}

/// Entries before the one numbered `before`, newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn history(app: State<'_, App>, before: Option<u32>, limit: u32) -> Answer<Vec<HistoryEntry>> {
    app.with_store(|store, _| {
        let entries = store.history(before.map(i64::from), limit)?;
        let is_edit = |target: Option<i64>| target.is_none();
        Ok(entries
            .into_iter()
            .map(|entry| HistoryEntry {
                seq: u32::try_from(entry.seq).unwrap_or(u32::MAX),
                at: entry.at,
                is_undone: is_edit(entry.target) && store.is_undone(entry.seq),
                author: entry.author,
                action: entry.action.name().to_owned(),
                label: entry.label,
                change_count: entry.change_count,
            })
            .collect())
    })?
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryChange {
    pub kind: EntityKind,
    pub id: u32,
    pub name: String,
    /// `added`, `changed`, `removed`.
    pub verb: String,
    pub fields: Vec<HistoryField>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryField {
    pub field: String,
    pub before: String,
    pub after: String,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryChanges {
    pub total: u32,
    pub changes: Vec<HistoryChange>,
}

/// A stretch of the changes of one entry, field by field.
#[tauri::command(async)]
#[specta::specta]
pub fn history_changes(app: State<'_, App>, seq: u32, offset: u32, limit: u32) -> Answer<HistoryChanges> {
    let (changes, plan) = app.with_store(|store, _| {
        store.changes_of(seq.into()).map(|changes| (changes, store.plan().clone()))
    })??;
    let stretch = changes.iter().skip(offset as usize).take(limit as usize);
    Ok(HistoryChanges {
        total: changes.len() as u32,
        changes: stretch.map(|change| describe(&plan, &changes, change)).collect(),
    })
}

pub fn describe(plan: &Plan, all: &[Change], change: &Change) -> HistoryChange {
    let subject = change.subject();
    let verb = match (change.creates(), change.removes()) {
        (true, _) => "added",
        (_, true) => "removed",
        _ => "changed",
    };
    let fields = change.fields().into_iter().map(|field| HistoryField {
        before: show(plan, all, &field.field, &field.before),
        after: show(plan, all, &field.field, &field.after),
        field: field.field.replace('_', " "),
    });
    HistoryChange {
        kind: subject.kind.into(),
        id: subject.id,
        name: name(plan, all, subject),
        verb: verb.to_owned(),
        fields: fields.collect(),
    }
}

/// The name in the plan, or in the same list of changes when the entity is gone since.
fn name(plan: &Plan, all: &[Change], subject: EntityRef) -> String {
    let name = plan.name_of(subject);
    if name != subject.to_string() {
        return name;
    }
    let mut then = Plan::default();
    let made: Vec<Change> = all.iter().filter(|change| change.creates()).cloned().collect();
    let gone: Vec<Change> =
        all.iter().filter(|change| change.removes()).cloned().map(Change::inverted).collect();
    // A list that needs more than itself cannot be made alone; the number has to do then.
    let _ = then.apply(if made.is_empty() { &gone } else { &made });
    then.name_of(subject)
}

fn show(plan: &Plan, all: &[Change], field: &str, value: &Value) -> String {
    let entity = |kind: Kind, value: &Value| {
        value.as_u64().and_then(|id| u32::try_from(id).ok()).map(|id| name(plan, all, EntityRef { kind, id }))
    };
    let named = match field {
        "team" => entity(Kind::Team, value),
        "person" => entity(Kind::Person, value),
        "service" | "depends_on" => entity(Kind::Service, value),
        "system" | "domain" => entity(Kind::Grouping, value),
        "parent" => entity(Kind::Team, value)
            .filter(|name| !name.starts_with("team "))
            .or_else(|| entity(Kind::Grouping, value)),
        "owner" => {
            serde_json::from_value::<Owner>(value.clone()).ok().map(|owner| name(plan, all, owner.into()))
        }
        _ => None,
    };
    named.unwrap_or_else(|| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items
            .iter()
            .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        other => other.to_string(),
    })
}
