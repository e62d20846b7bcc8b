//! Makes several formats agree on the entities they share: lists are joined; of single values the first format's
//! counts, and the others are reported.

use headroom_files::{Diagnostic, Level, Place, records::*, shortened};
use headroom_model::Link;
use rustc_hash::FxHashMap;

use crate::scan::Part;

pub fn reconcile(parts: &mut [Part]) {
    if parts.len() < 2 {
        return;
    }
    agree_on(parts, |records| &mut records.teams);
    agree_on(parts, |records| &mut records.people);
    agree_on(parts, |records| &mut records.services);
    agree_on(parts, |records| &mut records.groupings);
}

/// A record that can be merged with another format's.
trait Definition {
    fn key(&mut self) -> &mut String;
    /// Entities with the same key in different spaces are unrelated.
    fn space(&self) -> &'static str {
        ""
    }
    fn place(&self) -> &Place;
    fn aliases(&mut self) -> &mut Stated<Vec<String>>;
    /// Makes both state the same; `own` is the key that the other had. Gives the fields in which they differ, with
    /// the value that does not count.
    fn join(&mut self, other: &mut Self, own: &str) -> Vec<(&'static str, String)>;
}

fn agree_on<T: Definition>(parts: &mut [Part], table: impl Fn(&mut Records) -> &mut Vec<T>) {
    // Part and row of the first record of each entity, by key and alias.
    let mut first: FxHashMap<(&'static str, String), (usize, usize)> = FxHashMap::default();
    let mut several: Vec<((usize, usize), (usize, usize))> = Vec::new();
    for (at, part) in parts.iter_mut().enumerate() {
        for (row, record) in table(&mut part.records).iter_mut().enumerate() {
            let space = record.space();
            let aliases = record.aliases().clone().unwrap_or_default();
            let names: Vec<String> = std::iter::once(record.key().clone())
                .chain(aliases)
                .map(|name| name.to_lowercase())
                .collect();
            // An entity that is twice in one format is reported by the comparison.
            let known = names.iter().find_map(|name| first.get(&(space, name.clone())).copied());
            if let Some(known) = known.filter(|(part, _)| *part != at) {
                several.push((known, (at, row)));
            }
            for name in names {
                first.entry((space, name)).or_insert(known.unwrap_or((at, row)));
            }
        }
    }
    // Twice, so that the first parts get what only a later one states.
    for _ in 0..2 {
        for (one, other) in &several {
            let told = join(parts, *one, *other, &table);
            parts[other.0].records.problems.extend(told);
        }
    }
}

fn join<T: Definition>(
    parts: &mut [Part],
    one: (usize, usize),
    other: (usize, usize),
    table: &impl Fn(&mut Records) -> &mut Vec<T>,
) -> Vec<Diagnostic> {
    let (before, after) = parts.split_at_mut(other.0);
    let (first, second) = (&mut before[one.0], &mut after[0]);
    let (first_title, second_title) = (first.format.title, second.format.title);
    let one = &mut table(&mut first.records)[one.1];
    let other = &mut table(&mut second.records)[other.1];
    let key = one.key().clone();
    let own = std::mem::replace(other.key(), key.clone());
    if own.to_lowercase() != key.to_lowercase() {
        // The key by which its own format refers to it.
        other.aliases().get_or_insert_default().push(own.clone());
    }
    let place = other.place().clone();
    let told = one.join(other, &own).into_iter().map(|(field, value)| {
        let message = format!(
            "“{key}”: {second_title} has {field} “{}”; the different value from {first_title} was used",
            shortened(&value)
        );
        Diagnostic::new(Level::Warning, place.clone(), message, "use the same value in both")
    });
    told.collect()
}

/// Whether a value is not empty.
trait Filled {
    fn is_filled(&self) -> bool;
    fn to_words(&self) -> String;
}

impl Filled for String {
    fn is_filled(&self) -> bool {
        !self.is_empty()
    }
    fn to_words(&self) -> String {
        self.clone()
    }
}

impl Filled for Option<String> {
    fn is_filled(&self) -> bool {
        self.as_ref().is_some_and(|text| !text.is_empty())
    }
    fn to_words(&self) -> String {
        self.clone().unwrap_or_default()
    }
}

impl Filled for Option<u8> {
    fn is_filled(&self) -> bool {
        self.is_some()
    }
    fn to_words(&self) -> String {
        self.map(|number| number.to_string()).unwrap_or_default()
    }
}

impl Filled for Option<OwnerRef> {
    fn is_filled(&self) -> bool {
        self.is_some()
    }
    fn to_words(&self) -> String {
        self.as_ref().map(|owner| owner.key.clone()).unwrap_or_default()
    }
}

/// Gives both the first value that is stated; returns the other if it differs.
fn settle<V: Filled + Clone + PartialEq>(one: &mut Stated<V>, other: &mut Stated<V>) -> Option<String> {
    let is_filled = |said: &Stated<V>| said.as_ref().is_some_and(Filled::is_filled);
    let lost = (is_filled(one) && is_filled(other) && one != other)
        .then(|| other.as_ref().map(Filled::to_words).unwrap_or_default());
    if is_filled(one) || !is_filled(other) && one.is_some() {
        other.clone_from(one);
    } else {
        one.clone_from(other);
    }
    lost
}

fn settle_list<V: Clone + PartialEq>(one: &mut Stated<Vec<V>>, other: &mut Stated<Vec<V>>) {
    let is_said = one.is_some() || other.is_some();
    let mut all = one.take().unwrap_or_default();
    for item in other.take().unwrap_or_default() {
        if !all.contains(&item) {
            all.push(item);
        }
    }
    *one = is_said.then(|| all.clone());
    *other = is_said.then_some(all);
}

fn settle_links(one: &mut Stated<Vec<Link>>, other: &mut Stated<Vec<Link>>) {
    if let (Some(links), Some(others)) = (&*one, &mut *other) {
        // One address with two titles is one link.
        others.retain(|link| links.contains(link) || !links.iter().any(|known| known.url == link.url));
    }
    settle_list(one, other);
}

macro_rules! settled {
    ($told:ident, $one:ident, $other:ident: $($field:ident $word:literal),*) => {
        $($told.extend(settle(&mut $one.$field, &mut $other.$field).map(|value| ($word, value)));)*
    };
}

/// As [`settle`]; a name that only repeats the key doesn't count.
fn settle_name(keys: &[&str], one: &mut Stated<String>, other: &mut Stated<String>) -> Option<String> {
    for name in [&mut *one, &mut *other] {
        name.take_if(|name| keys.contains(&name.as_str()));
    }
    settle(one, other)
}

macro_rules! definition {
    () => {
        fn key(&mut self) -> &mut String {
            &mut self.key
        }
        fn place(&self) -> &Place {
            &self.place
        }
        fn aliases(&mut self) -> &mut Stated<Vec<String>> {
            &mut self.aliases
        }
    };
}

impl Definition for TeamRecord {
    definition!();
    fn join(&mut self, other: &mut Self, own: &str) -> Vec<(&'static str, String)> {
        let mut told = Vec::new();
        told.extend(
            settle_name(&[&self.key, own], &mut self.name, &mut other.name).map(|name| ("the name", name)),
        );
        settled!(told, self, other: parent "the parent", kind "the type",
            description "the description", outcome "the mission", segment "the customers");
        settle_list(&mut self.aliases, &mut other.aliases);
        told
    }
}

impl Definition for PersonRecord {
    definition!();
    fn join(&mut self, other: &mut Self, own: &str) -> Vec<(&'static str, String)> {
        let mut told = Vec::new();
        told.extend(
            settle_name(&[&self.key, own], &mut self.name, &mut other.name).map(|name| ("the name", name)),
        );
        settled!(told, self, other: title "the title", company "the company",
            email "the email", location "the location");
        settle_list(&mut self.aliases, &mut other.aliases);
        told
    }
}

impl Definition for ServiceRecord {
    definition!();
    fn join(&mut self, other: &mut Self, own: &str) -> Vec<(&'static str, String)> {
        let mut told = Vec::new();
        told.extend(
            settle_name(&[&self.key, own], &mut self.name, &mut other.name).map(|name| ("the name", name)),
        );
        settled!(told, self, other: kind "the type", lifecycle "the lifecycle", tier "the tier",
            system "the system", domain "the domain", description "the description", url "the URL");
        settle_list(&mut self.aliases, &mut other.aliases);
        settle_list(&mut self.tags, &mut other.tags);
        settle_links(&mut self.links, &mut other.links);
        told
    }
}

impl Definition for GroupingRecord {
    definition!();
    fn space(&self) -> &'static str {
        self.kind.noun()
    }
    fn join(&mut self, other: &mut Self, own: &str) -> Vec<(&'static str, String)> {
        let mut told = Vec::new();
        told.extend(
            settle_name(&[&self.key, own], &mut self.name, &mut other.name).map(|name| ("the name", name)),
        );
        settled!(told, self, other: parent "the parent", owner "the owner",
            description "the description");
        settle_list(&mut self.aliases, &mut other.aliases);
        settle_list(&mut self.tags, &mut other.tags);
        settle_links(&mut self.links, &mut other.links);
        told
    }
}
