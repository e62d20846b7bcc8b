//! Finds services and teams by whatever a source calls them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{folding::folded, plan::Plan};

/// Keys by everything that things are called; none of what several are.
pub struct KeysByName<'p> {
    names: FxHashMap<String, Option<&'p str>>,
    keys: FxHashSet<&'p str>,
}

impl<'p> KeysByName<'p> {
    pub fn of_services(plan: &'p Plan) -> Self {
        Self::new(plan.services.iter().map(|own| (&own.key, &own.name, &own.aliases)))
    }

    pub fn of_teams(plan: &'p Plan) -> Self {
        Self::new(plan.teams.iter().map(|own| (&own.key, &own.name, &own.aliases)))
    }

    fn new(things: impl Iterator<Item = (&'p String, &'p String, &'p Vec<String>)>) -> Self {
        let mut called: FxHashMap<String, Option<&str>> = FxHashMap::default();
        let mut keys = FxHashSet::default();
        for (key, name, aliases) in things {
            keys.insert(key.as_str());
            let names = [key, name].into_iter().chain(aliases);
            for name in names.filter(|name| !name.is_empty()) {
                let known = called.entry(folded(name).into_owned()).or_insert(Some(key));
                if *known != Some(key.as_str()) {
                    *known = None;
                }
            }
        }
        Self { names: called, keys }
    }

    pub fn has_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// The key of what is called so in any case; none if several are.
    pub fn key(&self, name: &str) -> Option<&'p str> {
        self.names.get(&*folded(name)).copied().flatten()
    }
}
