use crate::{
    change::{Change, Edit},
    entity::Setting,
    new_ids::NewIds,
    plan::Plan,
    tables::EntityTable,
};

/// Collects changes against a plan: assigns IDs to new entities and remembers what was before. Put each entity once.
/// The plan is not altered until the list is applied.
#[derive(Debug)]
pub struct Draft<'a> {
    plan: &'a Plan,
    /// The next ID, once one has been needed.
    next_id: Option<u64>,
    changes: Vec<Change>,
}

impl<'a> Draft<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        Self { plan, next_id: None, changes: Vec::new() }
    }

    pub fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// A new ID. What one draft makes has consecutive IDs.
    pub fn new_id<T: EntityTable>(&mut self) -> T::Id {
        let id = self.next_id.unwrap_or_else(|| self.plan.first_new_id());
        self.next_id = Some(id + 1);
        id.into()
    }

    /// Creates the entity, or changes the one with its ID. No change is added if it is the same.
    pub fn put<T: EntityTable>(&mut self, row: T)
    where
        Change: From<Edit<T>>,
    {
        let id = row.id();
        let before = T::table(self.plan).get(id);
        if before != Some(&row) {
            self.changes.push(Edit { id: id.into(), before: before.cloned(), after: Some(row) }.into());
        }
    }

    /// Deletes the entity. If it only ends, give it a last day instead.
    pub fn remove<T: EntityTable>(&mut self, id: T::Id)
    where
        Change: From<Edit<T>>,
    {
        if let Some(before) = T::table(self.plan).get(id) {
            self.changes.push(Edit { id: id.into(), before: Some(before.clone()), after: None::<T> }.into());
        }
    }

    /// Sets a setting of the plan; an empty value removes it.
    pub fn set(&mut self, key: &str, value: &str) {
        match (self.plan.find::<Setting>(key), value.is_empty()) {
            (None, true) => {}
            (Some(id), true) => self.remove::<Setting>(id),
            (found, false) => {
                let id = found.unwrap_or_else(|| NewIds::of_key(key).into());
                self.put(Setting { id, key: key.to_owned(), value: value.to_owned() });
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pub fn finish(self) -> Vec<Change> {
        self.changes
    }
}
