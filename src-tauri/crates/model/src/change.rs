//! Changes: the only way in which a plan is altered. A list of changes is an edit, an import or an undo; inverted, it
//! undoes itself.

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use crate::entity::Change;
use crate::entity::{Entity, EntityRef, Kind};

/// What an entity was and what it becomes: created without `before`, deleted without `after`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit<T> {
    pub id: u64,
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub before: Option<T>,
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub after: Option<T>,
}

fn none<T>() -> Option<T> {
    None
}

impl<T: Entity> Edit<T> {
    pub fn subject(&self) -> EntityRef {
        EntityRef { kind: T::KIND, id: self.id }
    }

    fn inverted(self) -> Self {
        Self { id: self.id, before: self.after, after: self.before }
    }

    /// Fields that differ, in alphabetical order.
    fn fields(&self) -> Vec<FieldChange> {
        let object = |row: &Option<T>| match row.as_ref().map(serde_json::to_value) {
            Some(Ok(Value::Object(fields))) => fields,
            _ => serde_json::Map::new(),
        };
        let (before, mut after) = (object(&self.before), object(&self.after));
        let mut fields: Vec<FieldChange> = before
            .into_iter()
            .map(|(field, before)| FieldChange {
                after: after.remove(&field).unwrap_or(Value::Null),
                field,
                before,
            })
            .collect();
        fields.extend(after.into_iter().map(|(field, after)| FieldChange {
            field,
            before: Value::Null,
            after,
        }));
        fields.retain(|change| change.before != change.after && change.field != "id");
        fields.sort_by(|a, b| a.field.cmp(&b.field));
        fields
    }

    /// The entity with another value at a JSON pointer (RFC 6901), if the type of that field accepts it.
    fn with(&self, pointer: &str, value: &Value) -> Option<T> {
        self.before.iter().chain(&self.after).find_map(|row| {
            let mut row = serde_json::to_value(row).ok()?;
            *row.pointer_mut(pointer)? = value.clone();
            serde_json::from_value(row).ok()
        })
    }

    fn kind_at(&self, pointer: &str) -> Option<Kind> {
        // No entity has this ID, so a reference to it can only come from the pointer.
        const MARK: u64 = u64::MAX;
        let mut kind = None;
        self.with(pointer, &MARK.into())?.references(&mut |target| {
            if target.id == MARK {
                kind = Some(target.kind);
            }
        });
        kind
    }
}

/// The old and the new value of one field; null where there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    pub field: String,
    pub before: Value,
    pub after: Value,
}

impl Change {
    pub fn subject(&self) -> EntityRef {
        with_edit!(self, edit => edit.subject())
    }

    pub fn creates(&self) -> bool {
        with_edit!(self, edit => edit.before.is_none() && edit.after.is_some())
    }

    pub fn removes(&self) -> bool {
        with_edit!(self, edit => edit.before.is_some() && edit.after.is_none())
    }

    pub fn inverted(self) -> Self {
        with_edit!(self, edit => edit.inverted().into())
    }

    pub fn fields(&self) -> Vec<FieldChange> {
        with_edit!(self, edit => edit.fields())
    }

    /// The kind of entity that the number at a JSON pointer (RFC 6901, such as `/due/after`) refers to, by the type
    /// of the field. None for a plain number.
    pub fn kind_at(&self, pointer: &str) -> Option<Kind> {
        with_edit!(self, edit => edit.kind_at(pointer))
    }

    /// Whether the field at a JSON pointer takes any text; others take one of a few words, a date or an amount.
    pub fn is_text_at(&self, pointer: &str) -> bool {
        with_edit!(self, edit => edit.with(pointer, &Value::from("\u{fffd}")).is_some())
    }
}

/// The list that undoes `changes`: each inverted, last first.
pub fn inverted(changes: Vec<Change>) -> Vec<Change> {
    changes.into_iter().rev().map(Change::inverted).collect()
}
