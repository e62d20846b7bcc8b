//! Changes by field.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    change::{Change, Edit},
    entity::Entity,
    error::ApplyError,
    kind::{EntityRef, Kind},
    plan::Plan,
    tables::EntityTable,
};

/// Values by the name of their field; one that is not there is empty.
pub type Fields = Map<String, Value>;

/// A change by field, as the journal has it: only what differs, so that nothing is said about the other fields. Fields
/// that this version does not know are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Patch {
    pub kind: Kind,
    pub id: u64,
    /// None: the entity is created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Fields>,
    /// None: it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Fields>,
}

impl Patch {
    pub fn of(change: &Change) -> Self {
        with_edit!(change, edit => Self::of_edit(edit))
    }

    fn of_edit<T: Entity>(edit: &Edit<T>) -> Self {
        let fields = edit.changed_fields();
        let values = |row: &Option<Box<T>>| {
            let row = row.as_deref()?;
            let told = fields.iter().filter(|field| !field.value(row).is_empty());
            Some(told.map(|field| (field.name.to_owned(), field.value(row).json())).collect())
        };
        Self { kind: T::KIND, id: edit.id, before: values(&edit.before), after: values(&edit.after) }
    }

    pub fn subject(&self) -> EntityRef {
        EntityRef { kind: self.kind, id: self.id }
    }

    pub fn inverted(self) -> Self {
        Self { before: self.after, after: self.before, ..self }
    }

    /// The same change against the plan.
    ///
    /// # Errors
    /// [`ApplyError::Stale`] if the fields are not what they were.
    pub fn onto(&self, plan: &Plan) -> Result<Change, ApplyError> {
        for_kind!(self.kind, T => self.onto_row::<T>(plan))
    }

    fn onto_row<T: EntityTable>(&self, plan: &Plan) -> Result<Change, ApplyError>
    where
        Change: From<Edit<T>>,
    {
        let stale = || ApplyError::Stale { subject: self.subject(), name: plan.name_of(self.subject()) };
        let before = plan.get::<T>(self.id.into());
        let was = self.before.as_ref().map(|fields| row_of::<T>(self.id, fields));
        let becomes = self.after.as_ref().map(|fields| row_of::<T>(self.id, fields));
        let changed = self.changed();
        let changed = || T::FIELDS.iter().filter(|field| changed.contains(&field.name));
        let after = match (before, &was, becomes) {
            (None, None, after) => after,
            (Some(row), Some(was), after) if changed().all(|field| field.is_same(row, was)) => {
                after.map(|after| {
                    let mut row = row.clone();
                    changed().for_each(|field| field.copy(&after, &mut row));
                    row
                })
            }
            _ => return Err(stale()),
        };
        Ok(Edit::new(self.id, before.cloned(), after).into())
    }

    /// The change between two rows that have these fields and no others: to put it into words.
    pub fn alone(&self) -> Change {
        for_kind!(self.kind, T => {
            let row = |fields: &Option<Fields>| fields.as_ref().map(|fields| row_of::<T>(self.id, fields));
            Edit::new(self.id, row(&self.before), row(&self.after)).into()
        })
    }

    /// The names of the fields of either side that differ.
    pub fn changed(&self) -> Vec<&str> {
        let value = |fields: &'_ Option<Fields>, name: &str| fields.as_ref()?.get(name).cloned();
        let before =
            self.before.iter().flatten().filter(|(name, was)| value(&self.after, name).as_ref() != Some(was));
        let after = self.after.iter().flatten().filter(|(name, _)| value(&self.before, name).is_none());
        before.chain(after).map(|(name, _)| name.as_str()).collect()
    }

    /// Whether the plan has the value of a field already.
    pub fn is_in(&self, plan: &Plan, field: &str) -> bool {
        let Some(becomes) = &self.after else { return false };
        for_kind!(self.kind, T => {
            let found = plan.get::<T>(self.id.into()).zip(crate::field::field::<T>(field));
            found.is_some_and(|(row, field)| {
                let value = field.value(row);
                match becomes.get(field.name) {
                    Some(becomes) => value.json() == *becomes,
                    None => value.is_empty(),
                }
            })
        })
    }

    /// The same change, made by somebody who saw other values than the plan has: `seen` leads from the plan to those. What
    /// they saw is what it was for them.
    #[must_use]
    pub fn as_seen(mut self, seen: &Self) -> Self {
        let changed: Vec<String> = self.changed().into_iter().map(str::to_owned).collect();
        let differing = seen.changed();
        let Some(before) = &mut self.before else { return self };
        for name in changed.into_iter().filter(|name| differing.contains(&name.as_str())) {
            match seen.after.as_ref().and_then(|fields| fields.get(&name)) {
                Some(value) => before.insert(name, value.clone()),
                None => before.remove(&name),
            };
        }
        self
    }

    /// This patch for one field alone.
    pub(super) fn only(&self, field: &str) -> Self {
        let part = |fields: &Option<Fields>| {
            fields.as_ref().map(|fields| {
                fields
                    .iter()
                    .filter(|(name, _)| *name == field)
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect()
            })
        };
        Self { kind: self.kind, id: self.id, before: part(&self.before), after: part(&self.after) }
    }

    fn is_nothing(&self) -> bool {
        self.before.is_none() && self.after.is_none()
            || self.before.is_some() && self.after.is_some() && self.changed().is_empty()
    }

    /// This one and then another of the same entity.
    fn then(mut self, next: Self) -> Self {
        match (&mut self.after, next.before, next.after) {
            // Both only tell what differs.
            (Some(now), Some(before), Some(after)) => {
                if let Some(first) = &mut self.before {
                    for (name, value) in &before {
                        if !now.contains_key(name) && !first.contains_key(name) {
                            first.insert(name.clone(), value.clone());
                        }
                    }
                }
                for name in before.keys().filter(|name| !after.contains_key(*name)) {
                    now.remove(name);
                    if self.before.is_some() {
                        now.insert(name.clone(), Value::Null);
                    }
                }
                now.extend(after);
            }
            (Some(now), Some(before), None) => {
                // What it was to begin with: what it was when it was deleted, but for what has changed before.
                if let Some(first) = &mut self.before {
                    let untold = before.into_iter().filter(|(name, _)| !now.contains_key(name));
                    for (name, value) in untold {
                        first.entry(name).or_insert(value);
                    }
                }
                self.after = None;
            }
            (_, _, after) => self.after = after,
        }
        self
    }
}

/// A row with these fields; what cannot be read stays empty.
pub(super) fn row_of<T: Entity>(id: u64, fields: &Fields) -> T {
    let mut row = T::default();
    row.set_id(id.into());
    for field in T::FIELDS {
        if let Some(value) = fields.get(field.name) {
            field.value_mut(&mut row).set_json(value);
        }
    }
    row
}

/// What a list comes to: one patch for each entity, from what it was first to what it is last, in the order of the first.
pub fn squashed(patches: impl IntoIterator<Item = Patch>) -> Vec<Patch> {
    let mut order = Vec::new();
    let mut known: FxHashMap<EntityRef, Patch> = FxHashMap::default();
    for patch in patches {
        let subject = patch.subject();
        let whole = match known.remove(&subject) {
            Some(first) => first.then(patch),
            None => {
                order.push(subject);
                patch
            }
        };
        known.insert(subject, whole);
    }
    order
        .into_iter()
        .filter_map(|subject| known.remove(&subject))
        .filter(|patch| !patch.is_nothing())
        .collect()
}
