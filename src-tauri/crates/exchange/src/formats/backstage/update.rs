//! Updates the owners in catalog files.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use headroom_files::{Diagnostic, Edits, Level, Place, ReadError, SourceFile, WriteError};
use headroom_model::{
    Entity as _, EntityRef, Grouping, GroupingId, GroupingKind, Owner, Person, Service, ServiceId, Snapshot,
    Team,
};
use rustc_hash::FxHashSet;
use serde_json::{Value, json};

use super::{
    entity::BackstageEntity,
    names::{BackstageNames, Renamed},
    owner_place::OwnerPlace,
    read::yaml_files,
    reference::BackstageRef,
};
use crate::{
    catalog::{
        field_reader::Diagnostics,
        yaml::{KeyPolicy, load, parts},
    },
    known_entities::KnownEntities,
    update::{FileUpdate, OwnerChange, Update},
};

/// Sets the plan's owners in the catalog files at `source`, a file or folder. Only `spec.owner` changes, and only
/// where it differs from the plan; a document whose owner is one of the plan's owners stays. With
/// `uses_current_names`, an owner's former name, or a name in other case, becomes the current name.
///
/// # Errors
/// [`WriteError::Read`] if there are no files or one can't be read.
pub fn update(snapshot: &Snapshot, source: &Path, uses_current_names: bool) -> Result<Update, WriteError> {
    let (root, files) = files(source)?;
    let mut updating = Updating::new(snapshot, uses_current_names);
    let mut update = Update { root, ..Update::default() };
    let mut sources = Vec::new();
    for path in files {
        let file = SourceFile::read(&path)?;
        updating.note_names(&file.text);
        sources.push((path, file));
    }
    for (path, file) in sources {
        updating.file = path.display().to_string().into();
        let (edits, owners) = updating.edits(&file.text);
        if edits.is_empty() {
            continue;
        }
        let path = path.strip_prefix(&update.root).map_or_else(|_| path.clone(), Path::to_path_buf);
        match file.encoded(&edits.apply(&file.text)) {
            Some(after) => update.files.push(FileUpdate { path, before: file.bytes, after, owners }),
            None => updating.problem(
                Level::Error,
                0,
                "the file’s encoding can’t store the new owners, or was not read exactly; file not changed",
                "save the file as UTF-8",
            ),
        }
    }
    update.compared = updating.seen.len();
    update.absent = updating.absent();
    update.problems = updating.problems;
    Ok(update)
}

fn files(source: &Path) -> Result<(PathBuf, Vec<PathBuf>), ReadError> {
    if !source.is_dir() {
        let root = source.parent().unwrap_or(Path::new("")).to_owned();
        return Ok((root, vec![source.to_owned()]));
    }
    let files: Vec<PathBuf> = yaml_files(source).collect();
    if files.is_empty() {
        let expected = "expected YAML files of a Backstage catalog";
        return Err(ReadError::Nothing { path: source.to_owned(), expected });
    }
    Ok((source.to_owned(), files))
}

struct Updating<'a> {
    snapshot: &'a Snapshot,
    uses_current_names: bool,
    teams: KnownEntities<Team>,
    people: KnownEntities<Person>,
    services: KnownEntities<Service>,
    systems: KnownEntities<Grouping>,
    domains: KnownEntities<Grouping>,
    /// Names of owners in an export, and in the files themselves.
    names: BackstageNames,
    renamed: Renamed,
    file: Arc<str>,
    seen: FxHashSet<EntityRef>,
    problems: Vec<Diagnostic>,
}

/// An entity of a file, and its owners in the plan.
struct Planned {
    subject: EntityRef,
    is_there: bool,
    owners: Vec<Owner>,
}

impl<'a> Updating<'a> {
    fn new(snapshot: &'a Snapshot, uses_current_names: bool) -> Self {
        let plan = snapshot.plan();
        Self {
            snapshot,
            uses_current_names,
            teams: KnownEntities::new(plan, ""),
            people: KnownEntities::new(plan, ""),
            services: KnownEntities::new(plan, ""),
            systems: KnownEntities::new(plan, GroupingKind::System.noun()),
            domains: KnownEntities::new(plan, GroupingKind::Domain.noun()),
            names: BackstageNames::new(plan),
            renamed: Renamed::default(),
            file: "".into(),
            seen: FxHashSet::default(),
            problems: Vec::new(),
        }
    }

    fn problem(&mut self, level: Level, line: u64, message: impl Into<String>, advice: &str) {
        let place = Place::new(&self.file, line, 0);
        self.problems.push(Diagnostic::new(level, place, message, advice));
    }

    fn note_names(&mut self, text: &str) {
        let report = Diagnostics::new(&self.file);
        for (_, line, part) in parts(text) {
            if let Ok(Some(node)) = load(KeyPolicy::Texts, part, line, &self.file, &mut Vec::new())
                && let Some(entity) = BackstageEntity::of(&node, &report)
            {
                self.renamed.note(&entity);
            }
        }
    }

    fn edits(&mut self, text: &str) -> (Edits, Vec<OwnerChange>) {
        let (mut edits, mut changes) = (Edits::default(), Vec::new());
        let file = self.file.clone();
        // Faults in a document are reported by an import.
        let report = Diagnostics::new(&file);
        let mut nodes = Vec::new();
        for (start, line, part) in parts(text) {
            match load(KeyPolicy::Texts, part, line, &file, &mut Vec::new()) {
                Ok(node) => nodes.extend(node.map(|node| (start, line, part, node))),
                Err((place, message)) => {
                    let message = format!("this is not YAML: {message}; document not changed");
                    let advice = "fix the syntax, or ignore this if it is a template";
                    self.problems.push(Diagnostic::new(Level::Warning, place, message, advice));
                }
            }
        }
        let documents: Vec<_> = nodes
            .iter()
            .filter_map(|(start, line, part, node)| {
                Some((*start, *line, *part, node.to_json(), BackstageEntity::of(node, &report)?))
            })
            .collect();
        let manner = documents.iter().find_map(|(.., entity)| Manner::of(&entity.text("owner")));
        for (start, line, part, value, entity) in documents {
            let line = line + said_before(part, "spec").unwrap_or_default();
            let Some(owner) = self.owner_to_name(&entity, line) else { continue };
            let was = entity.owners().first().map(|_| first_owner(&value)).unwrap_or_default();
            let manner = Manner::of(&was).or(manner).unwrap_or_default();
            let becomes = manner.spell(&self.reference(owner), &entity.reference.namespace);
            match named(part, &value, &becomes) {
                Some((place, part_edits)) => {
                    let line = line_of(text, start + place);
                    changes.push(OwnerChange { line, subject: entity.key(), was, becomes });
                    edits.extend(part_edits, start);
                }
                None => {
                    let message = format!("couldn’t add the owner of {}: {becomes}", entity.key());
                    self.problem(Level::Error, line, message, "add “owner” under its “spec” by hand");
                }
            }
        }
        (edits, changes)
    }

    /// The owner to write, if the file names another one.
    fn owner_to_name(&mut self, entity: &BackstageEntity<'_>, line: u64) -> Option<Owner> {
        let planned = self.planned(entity)?;
        let key = entity.key();
        let Some(Planned { subject, is_there, owners }) = planned else {
            let message = format!("{key} is not in the plan; owner not changed");
            self.problem(Level::Note, line, message, "import the file if the plan should include it");
            return None;
        };
        self.seen.insert(subject);
        if !is_there {
            let message = format!("{key} does not exist on that date; owner not changed");
            self.problem(Level::Note, line, message, "remove it from the file if it is gone");
            return None;
        }
        let named = entity.owners().into_iter().next();
        let Some(first) = owners.first().copied() else {
            if let Some(named) = named {
                let message = format!("{key} is unowned in the plan; the file still names {}", named.key());
                self.problem(Level::Warning, line, message, "assign an owner in the plan, then export again");
            }
            return None;
        };
        let known = named.as_ref().and_then(|named| self.find(named));
        let Some(known) = known.filter(|known| owners.contains(known)) else {
            self.tell_of_others(&key, &owners, first, line);
            return Some(first);
        };
        let is_current = named.is_some_and(|named| named == self.reference(known));
        if is_current {
            return None;
        }
        if self.uses_current_names {
            return Some(known);
        }
        let message =
            format!("owner of {key} has been renamed: {}", self.snapshot.plan().key_of(known.into()));
        self.problem(Level::Note, line, message, "export with current names to update it");
        None
    }

    fn tell_of_others(&mut self, key: &str, owners: &[Owner], first: Owner, line: u64) {
        if owners.len() > 1 {
            let count = owners.len();
            let first = self.snapshot.plan().key_of(first.into());
            let message =
                format!("{key} has {count} owners but a catalog allows one; wrote the first, {first}");
            self.problem(Level::Note, line, message, "no action needed if that is right");
        }
    }

    /// None for entities without owners in a catalog; inner `None` for what the plan doesn't know.
    fn planned(&self, entity: &BackstageEntity<'_>) -> Option<Option<Planned>> {
        let key = entity.key();
        let groupings = match entity.reference.kind.as_str() {
            "component" | "api" | "resource" => {
                return Some(self.services.find(&key).map(|id| self.planned_service(id)));
            }
            "system" => &self.systems,
            "domain" => &self.domains,
            _ => return None,
        };
        Some(groupings.find(&key).and_then(|id| self.planned_grouping(id)))
    }

    fn planned_service(&self, id: ServiceId) -> Planned {
        let at = self.snapshot.service_ix(id);
        let owners = at.map(|at| self.snapshot.owners(at)).unwrap_or_default();
        Planned { subject: id.into(), is_there: at.is_some(), owners: owners.to_vec() }
    }

    fn planned_grouping(&self, id: GroupingId) -> Option<Planned> {
        let row = self.snapshot.plan().groupings.get(id)?;
        let is_there = row.date_range().contains(self.snapshot.day()) && !row.unconfirmed;
        Some(Planned { subject: id.into(), is_there, owners: row.owner.into_iter().collect() })
    }

    fn find(&self, reference: &BackstageRef) -> Option<Owner> {
        let key = self.renamed.key(reference);
        match reference.kind.as_str() {
            "user" => self.people.find(&key).map(Owner::Person),
            _ => self.teams.find(&key).map(Owner::Team),
        }
    }

    fn reference(&self, owner: Owner) -> BackstageRef {
        let kind = if matches!(owner, Owner::Team(_)) { "group" } else { "user" };
        let key = self.snapshot.plan().key_of(owner.into());
        let named = self.renamed.name(kind, key).or_else(|| self.names.of(owner));
        named.cloned().unwrap_or_else(|| BackstageRef::from_key(key, kind))
    }

    /// Keys of the services, systems and domains of the day that are in no file.
    fn absent(&self) -> Vec<String> {
        let plan = self.snapshot.plan();
        let services = (0..self.snapshot.service_count()).map(|at| self.snapshot.service(at));
        let services = services.map(|row| (EntityRef::from(row.id), row.key.clone()));
        let is_there = |row: &&Grouping| row.date_range().contains(self.snapshot.day()) && !row.unconfirmed;
        let groupings = plan.groupings.iter().filter(is_there);
        let groupings =
            groupings.map(|row| (EntityRef::from(row.id), format!("{}:{}", row.kind.noun(), row.key)));
        let keys: BTreeSet<String> =
            services.chain(groupings).filter(|(id, _)| !self.seen.contains(id)).map(|(_, key)| key).collect();
        keys.into_iter().collect()
    }
}

/// How a file writes references: with the kind, and with the namespace, where they could be left out.
#[derive(Debug, Clone, Copy, Default)]
struct Manner {
    with_kind: bool,
    with_namespace: bool,
}

impl Manner {
    fn of(reference: &str) -> Option<Self> {
        let reference = reference.trim();
        (!reference.is_empty())
            .then(|| Self { with_kind: reference.contains(':'), with_namespace: reference.contains('/') })
    }

    fn spell(self, reference: &BackstageRef, namespace: &str) -> String {
        let mut text = String::new();
        if self.with_kind || reference.kind != "group" {
            text = format!("{}:", reference.kind);
        }
        if self.with_namespace || reference.namespace != namespace {
            text = format!("{text}{}/", reference.namespace);
        }
        text + &reference.name
    }
}

/// The owner in the document.
fn first_owner(document: &Value) -> String {
    let owner = &document["spec"]["owner"];
    let first = owner.get(0).unwrap_or(owner);
    first.as_str().map_or_else(|| first.to_string(), str::to_owned)
}

/// The edits that change the owner and nothing else in the document, and where the first is. None if no way reads
/// back correctly.
fn named(part: &str, document: &Value, owner: &str) -> Option<(usize, Edits)> {
    let mut wanted = document.clone();
    let spec = wanted.as_object_mut()?.entry("spec").or_insert(Value::Null);
    if spec.is_null() {
        *spec = json!({});
    }
    match spec.as_object_mut()?.entry("owner").or_insert(Value::Null) {
        Value::Array(owners) if !owners.is_empty() => owners[0] = owner.into(),
        // A block scalar keeps its last line break.
        Value::String(was) => *was = format!("{owner}{}", &was[was.trim_end().len()..]),
        other => *other = owner.into(),
    }
    let ways = OwnerPlace::find(part)?.name(owner);
    let reads_right = |edits: &Edits| {
        load(KeyPolicy::Texts, &edits.clone().apply(part), 1, &"".into(), &mut Vec::new())
            .is_ok_and(|document| document.is_some_and(|document| document.to_json() == wanted))
    };
    let edits = ways.into_iter().find(reads_right)?;
    Some((edits.first()?, edits))
}

fn line_of(text: &str, at: usize) -> u64 {
    1 + text[..at].matches('\n').count() as u64
}

/// Line breaks before a key at the start of a line.
fn said_before(part: &str, key: &str) -> Option<u64> {
    let is_key = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
    part.lines().position(is_key).map(|lines| lines as u64)
}
