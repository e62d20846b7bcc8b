//! One row, three ways.

use serde_json::Value;

use super::{
    Merge,
    conflict::{Conflict, ConflictCause},
    patch::{Fields, Patch, row_of},
};
use crate::{
    change::{Change, Edit},
    entity::Entity,
    field::{FieldData, FieldSpec, MergeRule},
    plan::Plan,
    tables::EntityTable,
};

/// Merges a patch into the row of the plan.
pub(super) fn merge<T: EntityTable>(plan: &Plan, patch: &Patch, merge: &mut Merge)
where
    Change: From<Edit<T>>,
{
    let ours = plan.get::<T>(patch.id.into());
    let mut hold = |cause| {
        merge.conflicts.push(Conflict::new(cause, patch.clone()));
    };
    let names = || patch.changed().into_iter().map(str::to_owned).collect();
    let after = match (&patch.before, &patch.after, ours) {
        (None, None, _) | (Some(_), None, None) => return,
        (None, Some(after), None) => Some(row_of::<T>(patch.id, after)),
        (Some(_), Some(_), None) => return hold(ConflictCause::WeDeleted { fields: names() }),
        (Some(before), None, Some(ours)) => match changed_since(ours, before) {
            fields if fields.is_empty() => None,
            fields => return hold(ConflictCause::TheyDeleted { fields }),
        },
        // Created twice is the same thing, since no two have one ID.
        (before, Some(after), Some(ours)) => {
            let base = before.as_ref().map_or_else(T::default, |before| row_of(patch.id, before));
            let sides = Sides { base, theirs: row_of(patch.id, after), ours };
            let (row, clashes) = sides.merged(patch);
            clashes.into_iter().for_each(|(field, base, ours, theirs)| {
                let held = patch.only(&field);
                let cause = ConflictCause::Field { field, base, ours, theirs };
                merge.conflicts.push(Conflict::new(cause, held));
            });
            Some(row)
        }
    };
    if after.as_ref() != ours {
        merge.changes.push(Edit::new(patch.id, ours.cloned(), after).into());
    }
}

/// The fields in which a row is no longer what it was.
fn changed_since<T: Entity>(row: &T, before: &Fields) -> Vec<String> {
    let was = row_of::<T>(row.id().into(), before);
    let differs = T::FIELDS.iter().filter(|field| !field.is_same(row, &was));
    differs.map(|field| field.name.to_owned()).collect()
}

/// Name of a field that both have changed, and its values: base, ours, theirs.
type Clash = (String, Value, Value, Value);

struct Sides<'a, T> {
    /// The fields of the patch before and after; all others are empty.
    base: T,
    theirs: T,
    ours: &'a T,
}

impl<T: Entity> Sides<'_, T> {
    fn merged(&self, patch: &Patch) -> (T, Vec<Clash>) {
        let (mut row, mut clashes) = (self.ours.clone(), Vec::new());
        for name in patch.changed() {
            let Some(field) = crate::field::field::<T>(name) else { continue };
            if field.is_same(self.ours, &self.theirs) || field.is_same(&self.base, &self.theirs) {
                continue;
            }
            if field.is_same(self.ours, &self.base) {
                field.copy(&self.theirs, &mut row);
            } else if !self.combine(field, &mut row) {
                let value = |row: &T| value_of(field.value(row));
                clashes.push((name.to_owned(), value(&self.base), value(self.ours), value(&self.theirs)));
            }
        }
        (row, clashes)
    }

    /// Combines what both have changed, if the field has a rule for it; gives whether it has.
    fn combine(&self, field: &FieldSpec<T>, row: &mut T) -> bool {
        let values = [&self.base, self.ours, &self.theirs].map(|row| field.value(row).json());
        let combined = match field.merge {
            MergeRule::Single => None,
            MergeRule::Set => Some(set(&values)),
            MergeRule::Map => map(&values),
            MergeRule::Highest | MergeRule::Place => {
                let [_, ours, theirs] = &values;
                Some(if theirs.as_f64() > ours.as_f64() { theirs.clone() } else { ours.clone() })
            }
        };
        combined.is_some_and(|value| field.value_mut(row).set_json(&value))
    }
}

/// Null for an empty value.
pub(super) fn value_of(value: &dyn FieldData) -> Value {
    if value.is_empty() { Value::Null } else { value.json() }
}

/// What was there and nobody has removed, in its order; then what either has added, in an order of its own, so that it
/// does not matter who merges whom.
fn set([base, ours, theirs]: &[Value; 3]) -> Value {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (base, ours, theirs) = (list(base), list(ours), list(theirs));
    let mut added: Vec<Value> =
        ours.iter().chain(&theirs).filter(|item| !base.contains(item)).cloned().collect();
    added.sort_by_cached_key(Value::to_string);
    added.dedup();
    let kept = base.into_iter().filter(|item| ours.contains(item) && theirs.contains(item));
    kept.chain(added).collect()
}

/// Entry by entry; none if both have changed an entry differently.
fn map([base, ours, theirs]: &[Value; 3]) -> Option<Value> {
    let (base, mut merged, theirs) = (base.as_object()?, ours.as_object()?.clone(), theirs.as_object()?);
    for key in theirs.keys().chain(base.keys()) {
        let (was, is, wanted) = (base.get(key), merged.get(key), theirs.get(key));
        if was == wanted || is == wanted {
            continue;
        }
        if is != was {
            return None;
        }
        match wanted {
            Some(value) => drop(merged.insert(key.clone(), value.clone())),
            None => drop(merged.remove(key)),
        }
    }
    Some(Value::Object(merged))
}
