//! The whole plan as one JSON document.

use std::path::Path;

use headroom_files::{Diagnostic, WriteError};
use headroom_model::{EntityTable, Plan, Snapshot, Table, each_table};
use serde_json::{Map, Value};

/// Writes every entity with every field, in the order of [`headroom_model::Entity::compare`]; references are IDs.
pub fn write(snapshot: &Snapshot, out: &Path) -> Result<Vec<Diagnostic>, WriteError> {
    let plan = snapshot.plan();
    let mut document =
        Map::from_iter([("format".to_owned(), "headroom-plan".into()), ("version".to_owned(), 1.into())]);
    let written = |error: serde_json::Error| WriteError::Value(error.to_string());
    each_table!(plan, table => {
        let name = name_of(table).to_owned();
        document.insert(name, rows(plan, table).map_err(written)?);
    });
    let text = serde_json::to_string_pretty(&document).map_err(written)?;
    headroom_files::write_file(out, text + "\n")?;
    Ok(Vec::new())
}

fn rows<T: EntityTable>(plan: &Plan, _table: &Table<T>) -> Result<Value, serde_json::Error> {
    serde_json::to_value(plan.in_order::<T>())
}

fn name_of<T: EntityTable>(_table: &Table<T>) -> &'static str {
    T::KIND.table()
}
