//! Names of the plan's entities in a catalog, where not every key is valid, and keys of entities in a catalog that
//! was exported.

use headroom_model::{EntityRef, Plan, ServiceId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{entity::BackstageEntity, reference::BackstageRef};

/// Maximum length of a name, and of a namespace.
const LONGEST: usize = 63;

/// The names that an export gives: valid, and unique in any case.
pub struct BackstageNames {
    names: FxHashMap<EntityRef, BackstageRef>,
}

impl BackstageNames {
    pub fn new(plan: &Plan) -> Self {
        let mut all: Vec<(&str, &str, EntityRef)> = Vec::new();
        all.extend(plan.groupings.iter().map(|row| (row.kind.noun(), row.key.as_str(), row.id.into())));
        all.extend(plan.teams.iter().map(|row| ("group", row.key.as_str(), row.id.into())));
        all.extend(plan.people.iter().map(|row| ("user", row.key.as_str(), row.id.into())));
        all.extend(
            plan.services
                .iter()
                .map(|row| (kind_of(plan, row.id), row.key.as_str(), EntityRef::from(row.id))),
        );
        // Whoever has a valid name keeps it, whatever the others get.
        all.sort_by_cached_key(|(kind, key, _)| {
            (!is_valid(&BackstageRef::from_key(key, kind)), kind.to_string(), key.to_string())
        });
        let mut names = FxHashMap::default();
        let mut taken: FxHashSet<(String, String, String)> = FxHashSet::default();
        for (kind, key, entity) in all {
            let wanted = valid(BackstageRef::from_key(key, kind));
            let name = unique(wanted, |name: &BackstageRef| {
                taken.insert((name.kind.clone(), name.namespace.clone(), name.name.to_lowercase()))
            });
            names.insert(entity, name);
        }
        Self { names }
    }

    pub fn of(&self, entity: impl Into<EntityRef>) -> Option<&BackstageRef> {
        self.names.get(&entity.into())
    }
}

/// The kind of catalog entity that a service is: `api` or `resource` if its key and type say so, otherwise
/// `component`.
pub fn kind_of(plan: &Plan, id: ServiceId) -> &'static str {
    let Some(row) = plan.services.get(id) else { return "component" };
    let is_of = |kind: &str| {
        let agrees = row.unconfirmed || row.kind == kind || row.kind.starts_with(&format!("{kind}: "));
        agrees && row.key.strip_prefix(kind).is_some_and(|rest| rest.starts_with(':'))
    };
    ["api", "resource"].into_iter().find(|kind| is_of(kind)).unwrap_or("component")
}

fn is_valid(reference: &BackstageRef) -> bool {
    let is_end = |text: &str| text.starts_with(|first: char| first.is_ascii_alphanumeric());
    let is_name = |name: &str| {
        name.len() <= LONGEST
            && is_end(name)
            && name.ends_with(|last: char| last.is_ascii_alphanumeric())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter))
    };
    let namespace = &reference.namespace;
    is_name(&reference.name)
        && is_name(namespace)
        && !namespace.contains(|letter: char| letter == '_' || letter == '.' || letter.is_ascii_uppercase())
}

/// The most similar valid name.
fn valid(reference: BackstageRef) -> BackstageRef {
    if is_valid(&reference) {
        return reference;
    }
    let BackstageRef { kind, namespace, name } = reference;
    let name = cut(&plain(&name, "-_."), LONGEST);
    let namespace = cut(&plain(&namespace.to_lowercase(), "-"), LONGEST);
    BackstageRef {
        name: if name.is_empty() { kind.clone() } else { name },
        namespace: if namespace.is_empty() { "default".to_owned() } else { namespace },
        kind,
    }
}

/// Replaces other characters by hyphens, several in a row by one.
fn plain(text: &str, others: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        let is_plain = letter.is_ascii_alphanumeric() || others.contains(letter);
        let letter = if is_plain { letter } else { '-' };
        if letter != '-' || !plain.ends_with('-') {
            plain.push(letter);
        }
    }
    plain
}

/// Cuts to the maximum length, with a letter or digit at both ends.
fn cut(text: &str, longest: usize) -> String {
    let is_other = |letter: char| !letter.is_ascii_alphanumeric();
    let text = text.trim_matches(is_other);
    text[..text.len().min(longest)].trim_end_matches(is_other).to_owned()
}

/// The name, or the first of `name-2`, `name-3` … that is free.
fn unique(mut wanted: BackstageRef, mut take: impl FnMut(&BackstageRef) -> bool) -> BackstageRef {
    let base = wanted.name.clone();
    let mut number = 1;
    while !take(&wanted) {
        number += 1;
        let end = format!("-{number}");
        wanted.name = cut(&base, LONGEST - end.len()) + &end;
    }
    wanted
}

/// The keys of what files define, by the names that references use, and the names of entities whose key is another.
#[derive(Default)]
pub struct Renamed {
    keys: FxHashMap<BackstageRef, String>,
    /// By names in lower case, for references in another case.
    folded: FxHashMap<BackstageRef, String>,
    known: FxHashSet<String>,
    names: FxHashMap<(String, String), BackstageRef>,
}

impl Renamed {
    pub fn note(&mut self, entity: &BackstageEntity<'_>) {
        let key = entity.key();
        self.known.insert(key.clone());
        if entity.is_nameless() {
            return;
        }
        let name = entity.reference.clone();
        if entity.noted_key().is_some() {
            self.names.insert((name.kind.clone(), key.clone()), name.clone());
        }
        self.folded.entry(folded(&name)).or_insert_with(|| key.clone());
        self.keys.entry(name).or_insert(key);
    }

    /// The key of the entity that a reference means.
    pub fn key(&self, reference: &BackstageRef) -> String {
        let known = self.keys.get(reference).or_else(|| self.folded.get(&folded(reference)));
        known.cloned().unwrap_or_else(|| reference.key())
    }

    /// The same text for two spellings of one entity, and only for those: keys that are defined may differ by case;
    /// of the others the right case isn't known.
    pub fn same(&self, key: &str) -> String {
        if self.known.contains(key) { key.to_owned() } else { key.to_lowercase() }
    }

    /// The name of an entity in the files that were read.
    pub fn name(&self, kind: &str, key: &str) -> Option<&BackstageRef> {
        self.names.get(&(kind.to_owned(), key.to_owned()))
    }
}

fn folded(reference: &BackstageRef) -> BackstageRef {
    BackstageRef { name: reference.name.to_lowercase(), ..reference.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_valid_and_stay_similar() {
        for (key, expected) in [
            ("ok-Name_1.x", "default/ok-Name_1.x"),
            ("@myorg/mypackage", "myorg/mypackage"),
            ("Org/Team", "org/Team"),
            ("a b", "default/a-b"),
            ("_x-", "default/x"),
            ("o'neil", "default/o-neil"),
            ("ada@example.org", "default/ada-example.org"),
            ("платежи", "default/group"),
            ("equipe/é", "equipe/group"),
            ("src/a/b", "src-a/b"),
            ("/", "default/group"),
            ("", "default/group"),
        ] {
            let name = valid(BackstageRef::from_key(key, "group"));
            assert!(is_valid(&name), "{key}");
            assert_eq!(format!("{}/{}", name.namespace, name.name), expected, "{key}");
        }
        let long = valid(BackstageRef::from_key(&format!("{}-b", "a".repeat(62)), "group"));
        assert_eq!(long.name, "a".repeat(62));
    }
}
