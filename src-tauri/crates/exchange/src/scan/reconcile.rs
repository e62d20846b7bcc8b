//! Several formats may speak of one thing. Each says what all say together: lists are joined, and of single values the
//! first that says something counts, with a word about the others.

use headroom_model::Link;
use rustc_hash::FxHashMap;

use crate::{
    diagnostic::{Diagnostic, Level, Place},
    records::*,
    scan::Part,
    yaml::shortened,
};

pub fn reconcile(parts: &mut [Part]) {
    agree_on(parts, |records| &mut records.teams);
    agree_on(parts, |records| &mut records.people);
    agree_on(parts, |records| &mut records.services);
    agree_on(parts, |records| &mut records.groupings);
}

/// A record that can take over what another says.
trait Definition {
    fn key(&mut self) -> &mut String;
    /// Things of one key and different kinds have nothing to do with each other.
    fn space(&self) -> &'static str {
        ""
    }
    fn place(&self) -> &Place;
    fn aliases(&mut self) -> &mut Stated<Vec<String>>;
    /// Makes both say the same; `own` is the key that the other had. Gives the fields on which they did not agree, with the value that does not count.
    fn join(&mut self, other: &mut Self, own: &str) -> Vec<(&'static str, String)>;
}

fn agree_on<T: Definition>(parts: &mut [Part], table: impl Fn(&mut Records) -> &mut Vec<T>) {
    // Where the first of each is, by its key and its other names: part and row.
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
            // Twice in one format is told when it is compared.
            let known = names.iter().find_map(|name| first.get(&(space, name.clone())).copied());
            if let Some(known) = known.filter(|(part, _)| *part != at) {
                several.push((known, (at, row)));
            }
            for name in names {
                first.entry((space, name)).or_insert(known.unwrap_or((at, row)));
            }
        }
    }
    // Twice, so that each hears what only a later one says.
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
        // By which its own format means it.
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

/// Whether a value says something.
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

/// The first that says something goes to both; the other, where it differs, is given.
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
        // One address under two titles is one link.
        others.retain(|link| links.contains(link) || !links.iter().any(|known| known.url == link.url));
    }
    settle_list(one, other);
}

macro_rules! settled {
    ($told:ident, $one:ident, $other:ident: $($field:ident $word:literal),*) => {
        $($told.extend(settle(&mut $one.$field, &mut $other.$field).map(|value| ($word, value)));)*
    };
}

/// A name that only repeats the key says nothing.
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
