//! Changes in words, for the history, previews of imports and the command line: names instead of IDs, words instead
//! of JSON, as the descriptions of the fields say.

use std::cell::OnceCell;

use crate::{
    Change, Edit, Entity, EntityRef, Kind, Plan,
    field::{Names, field},
};

/// The label of a field: `end date` for `until`.
pub fn field_label(kind: Kind, name: &str) -> String {
    let label = for_kind!(kind, T => field::<T>(name).map(|field| field.label));
    label.map_or_else(|| name.replace('_', " "), str::to_owned)
}

/// One field of a change in words; empty where there is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldWords {
    /// The name in the entity: `need_by`.
    pub field: String,
    /// The label: `needed by`.
    pub label: String,
    pub before: String,
    pub after: String,
}

/// Formats a list of changes, with names from a plan.
pub struct ChangeWords<'a> {
    plan: &'a Plan,
    changes: &'a [Change],
    /// Entities that the changes create or delete; built when the plan does not know a name.
    own: OnceCell<Plan>,
}

impl<'a> ChangeWords<'a> {
    pub fn new(plan: &'a Plan, changes: &'a [Change]) -> Self {
        Self { plan, changes, own: OnceCell::new() }
    }

    /// The name in the plan, or in the changes for what is only created or already deleted there.
    pub fn name(&self, subject: EntityRef) -> String {
        let name = self.plan.name_of(subject);
        if name != subject.to_string() {
            return name;
        }
        self.own.get_or_init(|| self.alone()).name_of(subject)
    }

    /// The plan with the changes applied, or only what they create or delete.
    fn alone(&self) -> Plan {
        if let Ok(then) = self.plan.after(self.changes) {
            return then;
        }
        let made: Vec<Change> = self.changes.iter().filter(|change| change.creates()).cloned().collect();
        let gone: Vec<Change> =
            self.changes.iter().filter(|change| change.removes()).cloned().map(Change::inverted).collect();
        // A list that refers to entities outside of it does not apply to an empty plan; the ID has to do then.
        Plan::default().after(if made.is_empty() { &gone } else { &made }).unwrap_or_default()
    }

    /// The fields in which an entity differs.
    pub fn fields(&self, change: &Change) -> Vec<FieldWords> {
        with_edit!(change, edit => self.fields_of(edit))
    }

    fn fields_of<T: Entity>(&self, edit: &Edit<T>) -> Vec<FieldWords> {
        let told = edit.changed_fields().into_iter().filter(|field| !field.is_internal);
        told.map(|field| {
            let words = |row: &Option<Box<T>>| {
                let row = row.as_deref().filter(|row| !field.value(*row).is_empty());
                row.map(|row| field.words(row, self)).unwrap_or_default()
            };
            let (name, label) = (field.name.to_owned(), field.label.to_owned());
            FieldWords { before: words(&edit.before), after: words(&edit.after), label, field: name }
        })
        .collect()
    }
}

impl Names for ChangeWords<'_> {
    fn name(&self, subject: EntityRef) -> String {
        self.name(subject)
    }

    fn name_by_key(&self, kind: Kind, key: &str) -> Option<String> {
        let id: u64 = for_kind!(kind, T => self.plan.find::<T>(key).map(u64::from))?;
        Some(self.name(EntityRef { kind, id }))
    }
}

#[cfg(test)]
mod tests;
