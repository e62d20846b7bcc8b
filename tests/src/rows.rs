//! Rows of small plans, made field by field.

use headroom_model::{Draft, EntityRef, Kind, Plan, fields};
use serde_json::Value;

/// Adds an entity with these fields, an object; gives its ID.
pub fn add(plan: &mut Plan, kind: Kind, values: Value) -> u64 {
    let mut draft = Draft::new(plan);
    let made = fields::create(&mut draft, kind, &named(values)).unwrap();
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    made.id
}

/// Drafts these fields of an entity, an object.
pub fn set(draft: &mut Draft<'_>, subject: EntityRef, values: Value) {
    fields::set(draft, subject, &named(values)).unwrap();
}

fn named(values: Value) -> Vec<(String, Value)> {
    values.as_object().unwrap().clone().into_iter().collect()
}
