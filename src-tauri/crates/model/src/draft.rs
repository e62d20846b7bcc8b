//! A transaction on a plan: collects changes, and shows at any time what the plan would be with them.
//!
//! What was drafted lies over the tables of the plan, so that an edit of one row copies no table. A draft is read like
//! a plan, by ID ([`Draft::get`]), by key ([`Draft::find`]) or as a whole table ([`Draft::iter`]); code that needs a
//! [`Plan`] asks for the [`outcome`](Draft::outcome). An entity may be put any number of times: it is one change in
//! the end, and none if it is again what it was.

use rustc_hash::FxHashMap;

use crate::{
    change::{Change, Edit, key_of},
    entity::{Entity, Setting},
    error::ApplyError,
    field::Names,
    kind::{EntityRef, Kind},
    new_ids::NewIds,
    plan::Plan,
    tables::EntityTable,
};

type Key = (Kind, &'static str, String);

/// Collects changes against a plan: assigns IDs to new entities and remembers what was before. The plan is not altered
/// until the list is applied.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    base: &'a Plan,
    /// The next ID, once one has been needed.
    next_id: Option<u64>,
    /// One for each entity, in the order in which they were first drafted.
    changes: Vec<Change>,
    /// Where the change of an entity is.
    places: FxHashMap<EntityRef, usize>,
    /// The entities that were given a key they do not have in the plan. One of them may have another key by now.
    keyed: FxHashMap<Key, Vec<u64>>,
}

impl<'a> Draft<'a> {
    pub fn new(base: &'a Plan) -> Self {
        Self {
            base,
            next_id: None,
            changes: Vec::new(),
            places: FxHashMap::default(),
            keyed: FxHashMap::default(),
        }
    }

    /// Makes room for so many more changes, where it is known that there will be many.
    pub fn reserve(&mut self, changes: usize) {
        self.changes.reserve(changes);
        self.places.reserve(changes);
    }

    /// The plan without the changes.
    pub fn base(&self) -> &'a Plan {
        self.base
    }

    /// A new ID. What one draft makes has consecutive IDs.
    pub fn new_id<T: EntityTable>(&mut self) -> T::Id {
        let id = self.next_id.unwrap_or_else(|| self.base.first_new_id());
        self.next_id = Some(id + 1);
        id.into()
    }

    pub fn get<T: EntityTable>(&self, id: T::Id) -> Option<&T> {
        match self.places.get(&subject::<T>(id)) {
            Some(place) => T::edit(&self.changes[*place]).and_then(|edit| edit.after.as_deref()),
            None => T::table(self.base).get(id),
        }
    }

    /// All entities of a kind: those of the plan in the order of its table, then new ones in the order in which they
    /// were first put.
    pub fn iter<T: EntityTable>(&self) -> impl Iterator<Item = &T> {
        let is_untouched = self.changes.is_empty();
        let now = move |row: &'a T| if is_untouched { Some(row) } else { self.get::<T>(row.id()) };
        let known = T::table(self.base);
        let new = self.changes.iter().filter_map(T::edit).filter(|edit| known.get(edit.id.into()).is_none());
        known.iter().filter_map(now).chain(new.filter_map(|edit| edit.after.as_deref()))
    }

    /// The entity of this kind with this key; groupings need [`Draft::find_in`].
    pub fn find<T: EntityTable>(&self, key: &str) -> Option<T::Id> {
        self.find_in::<T>("", key)
    }

    pub fn find_in<T: EntityTable>(&self, key_space: &'static str, key: &str) -> Option<T::Id> {
        let has_key = |id: &T::Id| {
            self.get::<T>(*id).is_some_and(|row| row.key_space() == key_space && row.key() == Some(key))
        };
        let keyed = self.keyed.get(&(T::KIND, key_space, key.to_owned()));
        let mut keyed = keyed.into_iter().flatten().rev().map(|id| T::Id::from(*id));
        keyed.find(has_key).or_else(|| self.base.find_in::<T>(key_space, key).filter(has_key))
    }

    /// Creates the entity, or changes the one with its ID.
    pub fn put<T: EntityTable>(&mut self, row: T) {
        self.write(row.id(), Some(row));
    }

    /// Deletes the entity. If it only ends, give it a last day instead.
    pub fn remove<T: EntityTable>(&mut self, id: T::Id) {
        self.write::<T>(id, None);
    }

    /// Puts what `change` makes of entities of a kind; none leaves one as it is.
    pub fn alter<T: EntityTable>(&mut self, change: impl FnMut(&T) -> Option<T>) {
        let rows: Vec<T> = self.iter().filter_map(change).collect();
        rows.into_iter().for_each(|row| self.put(row));
    }

    /// Sets a setting of the plan; an empty value removes it.
    pub fn set(&mut self, key: &str, value: &str) {
        match (self.find::<Setting>(key), value.is_empty()) {
            (None, true) => {}
            (Some(id), true) => self.remove::<Setting>(id),
            (found, false) => {
                let id = found.unwrap_or_else(|| NewIds::of_key(key).into());
                self.put(Setting { id, key: key.to_owned(), value: value.to_owned() });
            }
        }
    }

    /// Adds changes that were collected elsewhere. What they say was before stays, so that a stale one is refused.
    pub fn extend(&mut self, changes: impl IntoIterator<Item = Change>) {
        changes.into_iter().for_each(|change| with_edit!(change, edit => self.add(edit)));
    }

    fn write<T: EntityTable>(&mut self, id: T::Id, after: Option<T>) {
        let before = T::table(self.base).get(id);
        if before != after.as_ref() || self.places.contains_key(&subject::<T>(id)) {
            self.add(Edit::new(id.into(), before.cloned(), after));
        }
    }

    fn add<T: EntityTable>(&mut self, edit: Edit<T>) {
        let known = T::table(self.base).get(edit.id.into());
        if let Some(row) = edit.after.as_deref().filter(|row| known.and_then(key_of) != key_of(*row))
            && let Some((space, key)) = key_of(row)
        {
            self.keyed.entry((T::KIND, space, key.to_owned())).or_default().push(edit.id);
        }
        let place = *self.places.entry(edit.subject()).or_insert(self.changes.len());
        match self.changes.get_mut(place).and_then(T::edit_mut) {
            Some(known) => known.after = edit.after,
            None => self.changes.push(T::change(edit)),
        }
    }

    /// The changes to entities of one kind.
    pub fn edits<T: EntityTable>(&self) -> impl Iterator<Item = &Edit<T>> {
        self.changes.iter().filter(|change| alters(change)).filter_map(T::edit)
    }

    pub fn is_empty(&self) -> bool {
        !self.changes.iter().any(alters)
    }

    /// What the plan would be, as a plan of its own.
    ///
    /// # Errors
    /// Every variant of [`ApplyError`], as when the changes are applied.
    pub fn outcome(&self) -> Result<Plan, ApplyError> {
        self.base.after(&self.clone().finish())
    }

    /// One change for each entity that differs, in the order in which they were first drafted, but what gives up a key
    /// before what takes it.
    pub fn finish(mut self) -> Vec<Change> {
        self.changes.retain(alters);
        in_order_of_keys(self.changes)
    }
}

impl Names for Draft<'_> {
    fn name(&self, subject: EntityRef) -> String {
        let name =
            for_kind!(subject.kind, T => self.get::<T>(subject.id.into()).map(|row| row.display_name(self)));
        name.unwrap_or_else(|| subject.to_string())
    }

    fn name_by_key(&self, kind: Kind, key: &str) -> Option<String> {
        let id: u64 = for_kind!(kind, T => self.find::<T>(key).map(u64::from))?;
        Some(self.name(EntityRef { kind, id }))
    }
}

fn subject<T: EntityTable>(id: T::Id) -> EntityRef {
    EntityRef { kind: T::KIND, id: id.into() }
}

fn alters(change: &Change) -> bool {
    with_edit!(change, edit => edit.before != edit.after)
}

/// The key that a change gives up, and the one that it takes.
fn keys_of<T: Entity>(edit: &Edit<T>) -> [Option<Key>; 2] {
    let (before, after) = (edit.before.as_deref().and_then(key_of), edit.after.as_deref().and_then(key_of));
    let whole = |(space, key): (&'static str, &str)| (T::KIND, space, key.to_owned());
    [before, after].map(|key| key.filter(|_| before != after).map(whole))
}

fn in_order_of_keys(changes: Vec<Change>) -> Vec<Change> {
    // Most lists give up no key: those are left as they are, without looking at each key.
    if !changes.iter().any(Change::gives_up_key) {
        return changes;
    }
    let keys: Vec<[Option<Key>; 2]> =
        changes.iter().map(|change| with_edit!(change, edit => keys_of(edit))).collect();
    let given = keys.iter().enumerate().filter_map(|(at, [given, _])| Some((given.as_ref()?, at)));
    let givers: FxHashMap<&Key, usize> = given.collect();
    let mut left: Vec<Option<Change>> = changes.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(left.len());
    for at in 0..left.len() {
        let (mut chain, mut next) = (Vec::new(), Some(at));
        // Ends where nobody gives up the key, or in a circle, which no order can mend.
        while let Some((at, change)) = next.and_then(|at| Some((at, left[at].take()?))) {
            chain.push(change);
            next = keys[at][1].as_ref().and_then(|key| givers.get(key)).copied();
        }
        ordered.extend(chain.into_iter().rev());
    }
    ordered
}

#[cfg(test)]
mod tests;
