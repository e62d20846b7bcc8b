//! The plan in memory: tables, key index and sort order, altered only by lists of changes.

use std::{
    any::Any,
    collections::hash_map::Entry,
    ops::Deref,
    sync::{Arc, OnceLock},
};

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::{
    change::Change,
    derived::Derived,
    entity::{Entity, Setting},
    error::ApplyError,
    field::Names,
    integrity,
    kind::{EntityRef, Kind},
    new_ids::NewIds,
    order::{PlanOrder, is_same_place},
    table::Table,
    tables::{EntityTable, Tables},
};

/// From how many new rows of a kind on room is made for all.
const MANY: usize = 1000;

type Keys = FxHashMap<(Kind, &'static str, String), u64>;

/// The whole organisation over time. Altered only by [`Plan::apply`].
#[derive(Debug, Clone, Default)]
pub struct Plan {
    tables: Tables,
    new_ids: NewIds,
    keys: Arc<Keys>,
    /// Computed when first needed; clones share it.
    order: OnceLock<Arc<PlanOrder>>,
    /// The order before the last changes, from which the next is made.
    former_order: Option<Arc<PlanOrder>>,
    /// Of everything but metrics, their figures and what is asked of them.
    derived: Derived,
    hides_pay: bool,
}

impl Deref for Plan {
    type Target = Tables;
    fn deref(&self) -> &Tables {
        &self.tables
    }
}

impl PartialEq for Plan {
    /// Equal if the tables are.
    fn eq(&self, other: &Self) -> bool {
        self.tables == other.tables
    }
}

/// Adds the keys of a table, if its kind has keys.
fn index<T: Entity>(table: &Table<T>, keys: &mut Keys) -> Result<(), ApplyError> {
    // Rows without keys may be read later.
    if T::default().key().is_none() {
        return Ok(());
    }
    keys.reserve(table.len());
    for row in table {
        let Some(key) = row.key() else { continue };
        match keys.entry((T::KIND, row.key_space(), key.to_owned())) {
            Entry::Vacant(free) => drop(free.insert(row.id().into())),
            Entry::Occupied(_) => {
                return Err(ApplyError::DuplicateKey { kind: T::KIND, key: key.to_owned() });
            }
        }
    }
    Ok(())
}

impl Plan {
    /// A plan from stored rows, with the IDs that new entities get.
    ///
    /// # Errors
    /// [`ApplyError::DuplicateKey`], [`ApplyError::ParentLoop`], [`ApplyError::ManagerLoop`],
    /// [`ApplyError::NeedsLoop`] or [`ApplyError::OtherList`]: the file was altered by other means.
    pub fn from_tables(tables: Tables, new_ids: NewIds) -> Result<Self, ApplyError> {
        let mut keys = FxHashMap::default();
        each_table!(tables, table => index(table, &mut keys)?);
        let plan = Plan { tables, new_ids, keys: Arc::new(keys), ..Plan::default() };
        integrity::check_all_parents(&plan)?;
        integrity::check_all_managers(&plan)?;
        integrity::check_all_steps(&plan)?;
        Ok(plan)
    }

    /// The first of the IDs of an operation; the others count up from it.
    pub(crate) fn first_new_id(&self) -> u64 {
        self.new_ids.first()
    }

    /// Applies all changes or none, then checks integrity.
    ///
    /// # Errors
    /// Every variant of [`ApplyError`]; the plan is unchanged.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), ApplyError> {
        self.reserve(changes);
        for (done, change) in changes.iter().enumerate() {
            if let Err(error) = self.make(change) {
                self.take_back(&changes[..done]);
                return Err(error);
            }
        }
        if let Err(error) = integrity::check(self, changes) {
            self.take_back(changes);
            return Err(error);
        }
        Ok(())
    }

    /// Makes room for long lists of new rows at once, and not by copying all that is there over and over.
    fn reserve(&mut self, changes: &[Change]) {
        let is_kind = |one: &Change, other: &Change| one.subject().kind == other.subject().kind;
        for alike in changes.chunk_by(is_kind).filter(|alike| alike.len() >= MANY) {
            let new = alike.iter().filter(|change| change.creates()).count();
            for_kind!(alike[0].subject().kind, T => T::table_mut(&mut self.tables).reserve(new));
        }
    }

    /// The plan that these changes lead to.
    ///
    /// # Errors
    /// As [`Plan::apply`].
    pub fn after(&self, changes: &[Change]) -> Result<Plan, ApplyError> {
        let mut after = self.clone();
        after.apply(changes)?;
        Ok(after)
    }

    fn take_back(&mut self, done: &[Change]) {
        for change in done.iter().rev() {
            // Just made, so it cannot be stale.
            let _ = self.make(&change.clone().inverted());
        }
    }

    fn make(&mut self, change: &Change) -> Result<(), ApplyError> {
        with_edit!(change, edit => self.set(edit.id, edit.before.as_deref(), edit.after.as_deref()))
    }

    fn set<T: EntityTable>(
        &mut self,
        id: u64,
        before: Option<&T>,
        after: Option<&T>,
    ) -> Result<(), ApplyError> {
        let subject = EntityRef { kind: T::KIND, id };
        let table = T::table_mut(&mut self.tables);
        let is_known = after.is_none_or(|row| row.id().into() == id);
        if table.get_raw(id) != before || !is_known {
            return Err(ApplyError::Stale { subject, name: self.name_of(subject) });
        }
        let key = |row: &T| row.key().map(|key| (T::KIND, row.key_space(), key.to_owned()));
        let (old, new) = (before.and_then(key), after.and_then(key));
        if old != new {
            if let Some(new) = &new
                && self.keys.contains_key(new)
            {
                return Err(ApplyError::DuplicateKey { kind: T::KIND, key: new.2.clone() });
            }
            if let Some(old) = &old {
                Arc::make_mut(&mut self.keys).remove(old);
            }
            if let Some(new) = new {
                Arc::make_mut(&mut self.keys).insert(new, id);
            }
        }
        if !is_same_place(before, after)
            && let Some(order) = self.order.take()
        {
            self.former_order = Some(order);
        }
        T::table_mut(&mut self.tables).set(id, after.cloned());
        if !matches!(T::KIND, Kind::Metric | Kind::Observation | Kind::Objective) {
            self.derived.forget();
        }
        Ok(())
    }

    /// What `make` works out of everything but metrics, their figures and what is asked of them: once, for all clones that
    /// have the same of it. It must not ask for anything else that is kept like this.
    pub fn derived<D: Any + Send + Sync>(&self, make: impl FnOnce(&Self) -> D) -> Arc<D> {
        self.derived.get(|| make(self))
    }

    /// Whether what follows from salaries is kept back, as long as it is shown to somebody who may not see them.
    pub fn hides_pay(&self) -> bool {
        self.hides_pay
    }

    /// Keeps back what follows from salaries, or shows it. The plan says the same as before.
    pub fn hide_pay(&mut self, is_hidden: bool) {
        self.hides_pay = is_hidden;
    }

    pub(crate) fn order(&self) -> &PlanOrder {
        self.order.get_or_init(|| Arc::new(PlanOrder::new(&self.tables, self.former_order.as_deref())))
    }

    /// The entity of this kind with this key; groupings need [`Plan::find_in`].
    pub fn find<T: EntityTable>(&self, key: &str) -> Option<T::Id> {
        self.find_in::<T>("", key)
    }

    pub fn find_in<T: EntityTable>(&self, key_space: &'static str, key: &str) -> Option<T::Id> {
        self.keys.get(&(T::KIND, key_space, key.to_owned())).map(|id| T::Id::from(*id))
    }

    pub fn get<T: EntityTable>(&self, id: T::Id) -> Option<&T> {
        T::table(&self.tables).get(id)
    }

    pub fn setting(&self, key: &str) -> Option<&str> {
        self.find::<Setting>(key).and_then(|id| self.settings.get(id)).map(|setting| setting.value.as_str())
    }

    /// The key of an entity; empty for kinds without one.
    pub fn key_of(&self, subject: EntityRef) -> &str {
        with_row!(self, subject, row => row.key()).flatten().unwrap_or_default()
    }

    /// The name of an entity: `Checkout`, `Ada Okafor on Payments`, `Payments owns Checkout`.
    pub fn name_of(&self, subject: EntityRef) -> String {
        with_row!(self, subject, row => row.display_name(self)).unwrap_or_else(|| subject.to_string())
    }

    /// The organisation as of this day.
    pub fn as_of(self: &std::sync::Arc<Self>, day: NaiveDate) -> crate::Snapshot {
        crate::Snapshot::new(self.clone(), day)
    }
}

impl Names for Plan {
    fn name(&self, subject: EntityRef) -> String {
        self.name_of(subject)
    }

    fn name_by_key(&self, kind: Kind, key: &str) -> Option<String> {
        let id: u64 = for_kind!(kind, T => self.find::<T>(key).map(u64::from))?;
        Some(self.name_of(EntityRef { kind, id }))
    }
}
