//! Changes: the only way in which a plan is altered. A list of changes is an edit, an import or an undo; inverted, it
//! undoes itself.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{entity::*, field::FieldSpec, kind::EntityRef};

/// What an entity was and what it becomes: created without `before`, deleted without `after`. Both boxed, since an import
/// creates by the hundred thousand, and kinds differ in size.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit<T> {
    pub id: u64,
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub before: Option<Box<T>>,
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub after: Option<Box<T>>,
}

fn none<T>() -> Option<T> {
    None
}

macro_rules! changes {
    ($($Type:ident, $Id:ident, $module:ident, $noun:literal, $table:ident;)*) => {
        /// An entity created, changed or deleted.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Change { $($Type(Edit<$Type>)),* }

        $(
            impl From<Edit<$Type>> for Change {
                fn from(edit: Edit<$Type>) -> Self { Change::$Type(edit) }
            }
        )*
    };
}

entities!(changes);

impl<T> Edit<T> {
    pub fn new(id: u64, before: Option<T>, after: Option<T>) -> Self {
        Self { id, before: before.map(Box::new), after: after.map(Box::new) }
    }
}

impl<T: Entity> Edit<T> {
    pub fn subject(&self) -> EntityRef {
        EntityRef { kind: T::KIND, id: self.id }
    }

    /// Whether the entity has its key no more: it is removed, or has another, or one in another space.
    fn gives_up_key(&self) -> bool {
        let before = self.before.as_deref().and_then(key_of);
        before.is_some() && before != self.after.as_deref().and_then(key_of)
    }

    fn inverted(self) -> Self {
        Self { id: self.id, before: self.after, after: self.before }
    }

    /// The fields that differ, in alphabetical order. Of something created or deleted, those that say something.
    pub fn changed_fields(&self) -> Vec<&'static FieldSpec<T>> {
        let differs = |field: &&FieldSpec<T>| match (self.before.as_deref(), self.after.as_deref()) {
            (Some(before), Some(after)) => !field.is_same(before, after),
            (Some(row), None) | (None, Some(row)) => !field.value(row).is_empty(),
            (None, None) => false,
        };
        let mut fields: Vec<&FieldSpec<T>> = T::FIELDS.iter().filter(differs).collect();
        fields.sort_by_key(|field| field.name);
        fields
    }

    fn fields(&self) -> Vec<FieldChange> {
        let value = |row: Option<&T>, field: &FieldSpec<T>| {
            let value = row.map(|row| field.value(row)).filter(|value| !value.is_empty());
            value.map_or(Value::Null, |value| value.json())
        };
        let change = |field: &'static FieldSpec<T>| FieldChange {
            field: field.name.to_owned(),
            before: value(self.before.as_deref(), field),
            after: value(self.after.as_deref(), field),
        };
        self.changed_fields().into_iter().map(change).collect()
    }
}

/// The key of a row, within its key space.
pub(crate) fn key_of<T: Entity>(row: &T) -> Option<(&'static str, &str)> {
    row.key().map(|key| (row.key_space(), key))
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

    /// Whether a key becomes free, so that something else can be given it.
    pub fn gives_up_key(&self) -> bool {
        with_edit!(self, edit => edit.gives_up_key())
    }

    pub fn inverted(self) -> Self {
        with_edit!(self, edit => edit.inverted().into())
    }

    pub fn fields(&self) -> Vec<FieldChange> {
        with_edit!(self, edit => edit.fields())
    }
}

/// The list that undoes `changes`: each inverted, last first.
pub fn inverted(changes: Vec<Change>) -> Vec<Change> {
    changes.into_iter().rev().map(Change::inverted).collect()
}
