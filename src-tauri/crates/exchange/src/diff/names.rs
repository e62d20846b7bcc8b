//! Which entity a key in a source means.

use headroom_files::{
    Diagnostic, Level, Place,
    records::{Records, Stated},
};
use headroom_model::{Draft, EntityTable, entity::NAME_LIMIT, folded};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::{preview::Unresolved, sift::LeftOut};
use crate::{described_kinds::has_key, known_entities::with_aliases};

/// How many unresolved keys get suggestions: finding them takes time, and no one reads more.
const SUGGESTED: usize = 100;
/// Least similarity of a suggestion, from 0 to 1 (Jaro–Winkler).
const ALIKE: f64 = 0.84;

/// Key, place and aliases of a record that defines an entity.
#[derive(Clone)]
pub(super) struct DefinedName<'r> {
    key: &'r String,
    place: &'r Place,
    aliases: &'r [String],
}

impl<'r> DefinedName<'r> {
    pub fn new(key: &'r String, place: &'r Place, aliases: &'r Stated<Vec<String>>) -> Self {
        Self { key, place, aliases: aliases.as_deref().unwrap_or_default() }
    }
}

/// Resolves keys: to an entity of the plan, by key or alias, or to a new one that the source defines.
pub(super) struct EntityNames<T: EntityTable> {
    exact: FxHashMap<String, T::Id>,
    /// Which of the exact names are aliases and not keys.
    aliases: FxHashSet<String>,
    /// What the aliases in the plan mean.
    of_plan: FxHashMap<String, T::Id>,
    /// By lower-case key; none if several share it.
    folded: FxHashMap<String, Option<T::Id>>,
    /// For each record its entity; none for one that repeats another or can't be taken.
    pub records: Vec<Option<T::Id>>,
    stubs: Vec<(String, Place, usize)>,
    stub_at: FxHashMap<T::Id, usize>,
}

impl<T: EntityTable> EntityNames<T> {
    pub fn new<'r>(
        draft: &mut Draft<'_>,
        problems: &mut Vec<Diagnostic>,
        out: &LeftOut<'_>,
        key_space: &'static str,
        records: impl Iterator<Item = DefinedName<'r>> + Clone,
    ) -> Self {
        let mut names = Self {
            exact: FxHashMap::with_capacity_and_hasher(records.size_hint().0, FxBuildHasher),
            aliases: FxHashSet::default(),
            of_plan: FxHashMap::default(),
            folded: FxHashMap::default(),
            records: Vec::with_capacity(records.size_hint().0),
            stubs: Vec::new(),
            stub_at: FxHashMap::default(),
        };
        let rows = T::table(draft.base()).iter().filter(|row| row.key_space() == key_space);
        for row in rows.clone() {
            names.exact.extend(row.key().map(|key| (key.to_owned(), row.id())));
        }
        for row in with_aliases(rows) {
            names.also_known(row.aliases(), row.id());
            for alias in row.aliases() {
                names.of_plan.entry(alias.clone()).or_insert_with(|| row.id());
            }
        }
        let mut first: FxHashMap<T::Id, &Place> = FxHashMap::default();
        for DefinedName { key, place, .. } in records.clone() {
            if out.has(T::KIND, key, place) {
                names.records.push(None);
                continue;
            }
            if let Some(fault) = fault_of(key) {
                let message = format!("ID {fault}; {} skipped", T::KIND.noun());
                problems.push(Diagnostic::new(Level::Error, place.clone(), message, "use a short ID"));
                names.records.push(None);
                continue;
            }
            let id = match names.exact.get(key) {
                Some(id) => {
                    names.aliases.remove(key);
                    *id
                }
                None => {
                    let id = draft.new_id::<T>();
                    names.exact.insert(key.clone(), id);
                    id
                }
            };
            let earlier = first.get(&id).copied();
            if let Some(earlier) = earlier {
                let message = format!("{} “{key}” is already defined at {earlier}; skipped", T::KIND.noun());
                let advice = "keep one of them";
                problems.push(Diagnostic::new(Level::Warning, place.clone(), message, advice));
            } else {
                first.insert(id, place);
            }
            names.records.push(earlier.is_none().then_some(id));
        }
        let named = records.zip(names.records.clone()).filter(|(record, _)| !record.aliases.is_empty());
        let mut named: Vec<(DefinedName<'r>, T::Id)> =
            named.filter_map(|(record, id)| Some((record, id?))).collect();
        named.sort_by_key(|(record, _)| record.key);
        for (record, id) in named {
            names.also_known(record.aliases, id);
        }
        names
    }

    /// Adds aliases. Keys have precedence: an alias means the entity only if nothing has it as key.
    fn also_known(&mut self, aliases: &[String], id: T::Id) {
        for alias in aliases {
            if !self.exact.contains_key(alias) {
                self.exact.insert(alias.clone(), id);
                self.aliases.insert(alias.clone());
            }
        }
    }

    /// Whether an alias already means another entity of the plan.
    pub fn is_taken(&self, alias: &str, id: T::Id) -> bool {
        self.of_plan.get(alias).is_some_and(|other| *other != id)
    }

    pub fn is_alias(&self, name: &str) -> bool {
        self.aliases.contains(name)
    }

    /// Makes an empty reference mean the entity with this key.
    pub fn stand_in_for_empty(&mut self, key: &str) {
        if let Some(id) = self.exact.get(key).copied() {
            self.exact.insert(String::new(), id);
        }
    }

    /// The entity with this key or alias, in any case.
    pub fn find(&mut self, key: &str) -> Option<T::Id> {
        if let Some(id) = self.exact.get(key) {
            return Some(*id);
        }
        if self.folded.is_empty() {
            for (key, id) in &self.exact {
                let same = self.folded.entry(folded(key).into_owned()).or_insert(Some(*id));
                if *same != Some(*id) {
                    *same = None;
                }
            }
        }
        self.folded.get(&*folded(key)).copied().flatten()
    }

    /// Notes a key that nothing defines; gives the ID of its stub, and whether the stub has to be made.
    pub fn stub(&mut self, draft: &mut Draft<'_>, key: &str, place: &Place) -> T::Id {
        let id = draft.new_id::<T>();
        self.exact.insert(key.to_owned(), id);
        self.stub_at.insert(id, self.stubs.len());
        self.stubs.push((key.to_owned(), place.clone(), 1));
        id
    }

    /// The key of an entity of the plan or the source, for a message.
    pub fn key_of(&self, id: T::Id) -> String {
        let keys = self.exact.iter().filter(|(name, known)| **known == id && !self.is_alias(name));
        keys.map(|(key, _)| key).min().cloned().unwrap_or_default()
    }

    pub fn mention(&mut self, id: T::Id) {
        if let Some(at) = self.stub_at.get(&id) {
            self.stubs[*at].2 += 1;
        }
    }

    pub fn unresolved(&self) -> Vec<Unresolved> {
        if self.stubs.is_empty() {
            return Vec::new();
        }
        let known: Vec<(&str, String)> = self
            .exact
            .iter()
            .filter(|(key, id)| !key.is_empty() && !self.stub_at.contains_key(id))
            .map(|(key, _)| (key.as_str(), folded(key).into_owned()))
            .collect();
        let entry = |(at, (key, place, mentions)): (usize, &(String, Place, usize))| Unresolved {
            kind: T::KIND,
            key: key.clone(),
            mentions: *mentions,
            place: place.clone(),
            suggestions: if at < SUGGESTED { alike(key, &known) } else { Vec::new() },
        };
        self.stubs.iter().enumerate().map(entry).collect()
    }
}

/// Which entity a key means.
pub(super) trait KeyLookup {
    fn id(&mut self, key: &str) -> Option<u64>;
    /// For each record its entity: see [`EntityNames::records`].
    fn records(&mut self) -> Vec<Option<u64>>;
}

impl<T: EntityTable> KeyLookup for EntityNames<T> {
    fn id(&mut self, key: &str) -> Option<u64> {
        self.find(key).map(Into::into)
    }

    fn records(&mut self) -> Vec<Option<u64>> {
        std::mem::take(&mut self.records).into_iter().map(|id| id.map(Into::into)).collect()
    }
}

/// The names of a kind, if it has keys.
pub(super) fn names_of<T: EntityTable>(
    draft: &mut Draft<'_>,
    problems: &mut Vec<Diagnostic>,
    out: &LeftOut<'_>,
    records: &Records,
) -> Option<Box<dyn KeyLookup>> {
    if !has_key::<T>() {
        return None;
    }
    let none: Stated<Vec<String>> = None;
    let keys: Vec<(String, &Place)> = records
        .rows
        .iter()
        .filter(|row| row.kind == T::KIND)
        .map(|row| (row.text("key").unwrap_or_default().to_owned(), &row.place))
        .collect();
    let named = keys.iter().map(|(key, place)| DefinedName::new(key, place, &none));
    Some(Box::new(EntityNames::<T>::new(draft, problems, out, T::default().key_space(), named)))
}

/// What is wrong with a key, if anything.
pub(super) fn fault_of(key: &str) -> Option<&'static str> {
    match key {
        key if key.trim().is_empty() => Some("is empty"),
        key if key.len() > NAME_LIMIT && key.chars().count() > NAME_LIMIT => {
            Some("is longer than 1000 characters")
        }
        key if key.contains('\0') => Some("contains a NUL character"),
        _ => None,
    }
}

fn alike(key: &str, known: &[(&str, String)]) -> Vec<String> {
    let folded: String = folded(key).chars().take(100).collect();
    let mut found: Vec<(f64, &str)> = known
        .iter()
        .filter(|(_, other)| other.len().abs_diff(folded.len()) <= 3 + folded.len() / 2 && other.len() < 400)
        .map(|(name, other)| (strsim::jaro_winkler(&folded, other), *name))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    found.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}
