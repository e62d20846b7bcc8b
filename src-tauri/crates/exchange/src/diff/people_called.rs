//! Finds people of the plan by key, email or name. Indexed, since a table names a manager on every row.

use headroom_model::{Person, PersonId, Plan, folded};
use headroom_tabular::cell::name::{self, CleanName, bare};
use rustc_hash::FxHashMap;

pub(super) struct PeopleCalled<'p> {
    plan: &'p Plan,
    /// Indexes of the plan's people.
    by_email: FxHashMap<String, Vec<usize>>,
    by_name: FxHashMap<String, Vec<usize>>,
    by_alias: FxHashMap<&'p str, Vec<usize>>,
    by_bare_name: FxHashMap<String, Vec<usize>>,
}

impl<'p> PeopleCalled<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        let mut called = Self {
            plan,
            by_email: FxHashMap::default(),
            by_name: FxHashMap::default(),
            by_alias: FxHashMap::default(),
            by_bare_name: FxHashMap::default(),
        };
        for (at, person) in plan.people.iter().enumerate() {
            if !person.email.is_empty() {
                called.by_email.entry(folded(&person.email).into_owned()).or_default().push(at);
            }
            called.by_name.entry(name::folded(&person.name)).or_default().push(at);
            called.by_bare_name.entry(bare(&person.name)).or_default().push(at);
            person.aliases.iter().for_each(|alias| called.by_alias.entry(alias).or_default().push(at));
        }
        called
    }

    /// The people with this key, email or name; otherwise those that a name with additions around it means. In the
    /// order of the plan.
    pub fn find(&self, said: &str) -> Vec<PersonId> {
        let found = self.just(said);
        if !found.is_empty() {
            return found;
        }
        let named = CleanName::of(said);
        let by = [named.id, named.email, Some(named.name.clone())].into_iter().flatten();
        let by = by.filter(|text| !text.is_empty());
        let found = by.map(|text| self.just(&text)).find(|found| !found.is_empty());
        found.unwrap_or_else(|| match named.name.as_str() {
            "" => Vec::new(),
            name => self.ids(self.by_bare_name.get(&bare(name)).into_iter().flatten().copied().collect()),
        })
    }

    fn just(&self, said: &str) -> Vec<PersonId> {
        if let Some(id) = self.plan.find::<Person>(said) {
            return vec![id];
        }
        let found = [
            self.by_email.get(folded(said).as_ref()),
            self.by_name.get(&name::folded(said)),
            self.by_alias.get(said),
        ];
        self.ids(found.into_iter().flatten().flatten().copied().collect())
    }

    fn ids(&self, mut places: Vec<usize>) -> Vec<PersonId> {
        let id = |at: &usize| self.plan.people.rows()[*at].id;
        places.sort_unstable_by_key(|at| self.plan.place_of(id(at)));
        places.dedup();
        places.iter().map(id).collect()
    }
}
