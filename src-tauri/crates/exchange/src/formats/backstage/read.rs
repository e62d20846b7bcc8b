//! Reads catalogs into records.

use std::path::{Path, PathBuf};

use headroom_files::{Diagnostic, Level, Place, ReadError, records::*};
use headroom_model::{GroupingKind, Kind, role};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

use super::{entity::BackstageEntity, names::Renamed, reference::BackstageRef};
use crate::catalog::{
    field_reader::Diagnostics,
    yaml::{Document, read_strict_documents},
};

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("yaml") || end.eq_ignore_ascii_case("yml"))
}

pub fn recognise(path: &Path) -> bool {
    // A repository is full of YAML that is not a catalog.
    if path.is_dir() { yaml_files(path).any(|file| mentions_backstage(&file)) } else { is_yaml(path) }
}

fn mentions_backstage(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes.windows(13).any(|window| window == b"backstage.io/"))
}

pub fn yaml_files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.standard_filters(false)
        .hidden(true)
        .filter_entry(|entry| entry.file_name() != "node_modules")
        .sort_by_file_path(Path::cmp);
    walk.build()
        .filter_map(Result::ok)
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.is_file() && is_yaml(path))
}

/// Reads files, and folders of them.
///
/// # Errors
/// [`ReadError::Nothing`] if there is no YAML file, [`ReadError::Io`] if one can't be read.
pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let mut reading = Reading::default();
    let mut files = Vec::new();
    for source in sources {
        if source.is_dir() { files.extend(yaml_files(source)) } else { files.push(source.clone()) }
    }
    if files.is_empty() {
        let path = sources.first().cloned().unwrap_or_default();
        return Err(ReadError::Nothing { path, expected: "expected YAML files of a Backstage catalog" });
    }
    let mut documents = Vec::new();
    for file in &files {
        documents.extend(read_strict_documents(file, &mut reading.records.problems)?);
    }
    for document in &documents {
        let report = Diagnostics::new(&document.place.file);
        if let Some(entity) = BackstageEntity::of(&document.root, &report) {
            reading.renamed.note(&entity);
        }
    }
    documents.iter().for_each(|document| reading.document(document));
    reading.settle_children();
    Ok(reading.records)
}

#[derive(Default)]
struct Reading {
    records: Records,
    /// Keys by the names of their entities.
    renamed: Renamed,
    /// Relations are stated at both ends; each counts once.
    members: FxHashSet<(String, String)>,
    dependencies: FxHashSet<(String, String, &'static str)>,
    /// Child and parent, stated at the parent.
    children: Vec<(BackstageRef, String, Place)>,
}

impl Reading {
    fn document(&mut self, document: &Document) {
        let report = Diagnostics::typed(&document.place.file);
        match BackstageEntity::of(&document.root, &report) {
            // It becomes a stub where it is referred to.
            Some(entity) if entity.is_hearsay() => {}
            Some(entity) => self.entity(&entity, document.place.clone()),
            None => {
                let message = "not a catalog entity (no kind or name); skipped";
                let advice = "no action needed if it belongs to another tool";
                report.say(Level::Note, document.place.clone(), message, advice);
            }
        }
        self.records.problems.extend(report.finish());
    }

    fn problem(&mut self, level: Level, place: Place, message: impl Into<String>, advice: &str) {
        self.records.problems.push(Diagnostic::new(level, place, message, advice));
    }

    fn entity(&mut self, entity: &BackstageEntity<'_>, place: Place) {
        if entity.is_nameless() {
            let kind = match entity.reference.kind.as_str() {
                "group" => Kind::Team,
                "user" => Kind::Person,
                _ => Kind::Service,
            };
            let message = format!("“metadata.name” is empty; the title was used for {}", entity.key());
            self.problem(Level::Warning, place.clone(), message, "add a name");
            self.records.nameless.push((kind, entity.key()));
        }
        match entity.reference.kind.as_str() {
            "group" => self.group(entity, place),
            "user" => self.user(entity, place),
            "component" | "api" | "resource" => self.service(entity, place),
            "system" => self.grouping(entity, place, GroupingKind::System),
            "domain" => self.grouping(entity, place, GroupingKind::Domain),
            "location" => {
                entity.extra();
                let message = format!("location {} points to other files", entity.reference.name);
                self.problem(Level::Note, place, message, "import the files or folder it points to");
            }
            kind => {
                let message = format!("{} {} is not supported; skipped", kind, entity.reference.name);
                self.problem(
                    Level::Warning,
                    place,
                    message,
                    "no action needed: teams, people and services are not affected",
                );
            }
        }
    }

    fn group(&mut self, entity: &BackstageEntity<'_>, place: Place) {
        let key = entity.key();
        for member in entity.references("members", "user") {
            self.member(self.renamed.key(&member), key.clone(), &place);
        }
        for child in entity.references("children", "group") {
            self.children.push((child, key.clone(), place.clone()));
        }
        self.records.teams.push(TeamRecord {
            name: Some(entity.shown_name()),
            aliases: None,
            parent: Some(entity.reference_to("parent", "group").map(|parent| self.renamed.key(&parent))),
            kind: Some(entity.text("type")),
            description: Some(entity.description()),
            outcome: None,
            segment: None,
            extra: Some(("backstage", entity.extra())),
            dates: Dates::default(),
            key,
            place,
        });
    }

    /// Resolves parents that only the parent states.
    fn settle_children(&mut self) {
        let children = std::mem::take(&mut self.children);
        let teams = || self.records.teams.iter().enumerate();
        let mut by_key: FxHashMap<String, usize> =
            teams().map(|(at, team)| (team.key.to_lowercase(), at)).collect();
        by_key.extend(teams().map(|(at, team)| (team.key.clone(), at)));
        let find = |key: &str| by_key.get(key).or_else(|| by_key.get(&key.to_lowercase()));
        for (child, parent, place) in children {
            match find(&self.renamed.key(&child)) {
                Some(at) => {
                    let team = &mut self.records.teams[*at];
                    if team.parent.as_ref().is_none_or(Option::is_none) {
                        team.parent = Some(Some(parent));
                    }
                }
                None => {
                    let child_key = self.renamed.key(&child);
                    if let Some(at) = find(&parent) {
                        keep_child(&mut self.records.teams[*at].extra, &child);
                    }
                    let message = format!("{parent} has the child {child_key}, which isn’t defined; ignored");
                    let advice = "define the child, or remove it from the children";
                    self.problem(Level::Warning, place, message, advice);
                }
            }
        }
    }

    fn user(&mut self, entity: &BackstageEntity<'_>, place: Place) {
        let key = entity.key();
        for team in entity.references("memberOf", "group") {
            self.member(key.clone(), self.renamed.key(&team), &place);
        }
        self.records.people.push(PersonRecord {
            name: Some(entity.shown_name()),
            aliases: None,
            title: None,
            company: None,
            email: Some(entity.profile("email")),
            location: None,
            extra: Some(("backstage", entity.extra())),
            dates: Dates::default(),
            key,
            place,
        });
    }

    fn member(&mut self, person: String, team: String, place: &Place) {
        if self.members.insert((self.renamed.same(&person), self.renamed.same(&team))) {
            let (place, dates) = (place.clone(), Dates::default());
            self.records.memberships.push(MembershipRecord {
                place,
                person,
                team,
                role: None,
                share: None,
                dates,
            });
        }
    }

    fn service(&mut self, entity: &BackstageEntity<'_>, place: Place) {
        let key = entity.key();
        let kind = match (entity.reference.kind.as_str(), entity.text("type")) {
            ("component", kind) => kind,
            (kind, of) if of.is_empty() => kind.to_owned(),
            (kind, of) => format!("{kind}: {of}"),
        };
        self.owner(entity, &key, &place);
        self.service_dependencies(entity, &key, &place);
        self.records.services.push(ServiceRecord {
            name: Some(entity.title()),
            aliases: None,
            kind: Some(kind),
            lifecycle: Some(entity.text("lifecycle")),
            tier: None,
            tier_text: None,
            system: Some(entity.reference_to("system", "system").map(|system| self.renamed.key(&system))),
            domain: None,
            description: Some(entity.description()),
            url: None,
            tags: Some(entity.tags()),
            links: Some(entity.links()),
            objective: None,
            standalone: None,
            extra: Some(("backstage", entity.extra())),
            dates: Dates::default(),
            key,
            place,
        });
    }

    fn owner(&mut self, entity: &BackstageEntity<'_>, service: &str, place: &Place) {
        for owner in entity.owners() {
            let owner = self.owner_ref(&owner);
            self.records.ownerships.push(OwnershipRecord::new(place.clone(), service, owner, role::OWNER));
        }
    }

    fn owner_ref(&self, owner: &BackstageRef) -> OwnerRef {
        let kind = if owner.kind == "user" { OwnerKind::Person } else { OwnerKind::Team };
        OwnerRef { kind, key: self.renamed.key(owner) }
    }

    fn service_dependencies(&mut self, entity: &BackstageEntity<'_>, key: &str, place: &Place) {
        for needed in entity.references("dependsOn", "component") {
            self.depend(key.to_owned(), self.renamed.key(&needed), "", place);
        }
        for dependent in entity.references("dependencyOf", "component") {
            self.depend(self.renamed.key(&dependent), key.to_owned(), "", place);
        }
        for api in entity.references("consumesApis", "api") {
            self.depend(key.to_owned(), self.renamed.key(&api), CONSUMES, place);
        }
        // An API depends on the component that provides it.
        for api in entity.references("providesApis", "api") {
            self.depend(self.renamed.key(&api), key.to_owned(), PROVIDED, place);
        }
    }

    fn depend(&mut self, service: String, depends_on: String, kind: &'static str, place: &Place) {
        let relation = (self.renamed.same(&service), self.renamed.same(&depends_on), kind);
        if self.dependencies.insert(relation) {
            let (place, kind, dates) = (place.clone(), Some(kind.to_owned()), Dates::default());
            let record =
                DependencyRecord { place, service, depends_on, kind, dates, ..DependencyRecord::default() };
            self.records.dependencies.push(record);
        }
    }

    fn grouping(&mut self, entity: &BackstageEntity<'_>, place: Place, kind: GroupingKind) {
        let field = if kind == GroupingKind::System { "domain" } else { "subdomainOf" };
        self.records.groupings.push(GroupingRecord {
            kind,
            key: entity.key(),
            name: Some(entity.title()),
            aliases: None,
            parent: Some(entity.reference_to(field, "domain").map(|parent| self.renamed.key(&parent))),
            owner: Some(entity.owners().first().map(|owner| self.owner_ref(owner))),
            description: Some(entity.description()),
            tags: Some(entity.tags()),
            links: Some(entity.links()),
            extra: Some(("backstage", entity.extra())),
            dates: Dates::default(),
            place,
        });
    }
}

/// Types of dependencies made of relations between components and APIs.
pub const CONSUMES: &str = "consumes-api";
pub const PROVIDED: &str = "provided-by";

/// Keeps a child that is not a team of the plan in `extra`.
fn keep_child(extra: &mut ExtraText, child: &BackstageRef) {
    let Some((_, text)) = extra else { return };
    let mut whole: Value = serde_json::from_str(text).unwrap_or_else(|_| json!({}));
    let children = &mut whole["spec"]["children"];
    match children {
        Value::Array(known) => known.push(child.to_text("group", "").into()),
        _ => *children = json!([child.to_text("group", "")]),
    }
    *text = whole.to_string();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Records {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("catalog.yaml");
        std::fs::write(&file, text).unwrap();
        read(&[file]).unwrap()
    }

    fn spec(kind: &str, spec: &str) -> Records {
        read_text(&format!("kind: {kind}\nmetadata: {{name: it}}\nspec:\n  {spec}\n"))
    }

    #[test]
    fn reports_references_of_the_wrong_kind() {
        for (kind, line, told) in [
            ("Component", "owner: component:shop", "component"),
            ("Component", "owner: {kind: Service, name: shop}", "service"),
            ("Component", "owner: [{kind: Service, name: shop}]", "service"),
            ("API", "owner: api:shop", "api"),
            ("System", "owner: resource:shop", "resource"),
            ("System", "domain: component:shop", "component"),
            ("Domain", "subdomainOf: system:shop", "system"),
            ("Component", "system: group:x", "group"),
            ("Component", "dependsOn: [user:ada]", "user"),
            ("Component", "dependencyOf: ['Domain:x']", "domain"),
            ("Component", "consumesApis: [component:x]", "component"),
            ("Component", "providesApis: [resource:x]", "resource"),
            ("User", "memberOf: [user:x]", "user"),
            ("Group", "members: [group:x]", "group"),
            ("Group", "parent: user:x", "user"),
            ("Group", "children: [component:x]", "component"),
        ] {
            let records = spec(kind, line);
            let told_so = |row: &&Diagnostic| row.message.contains(&format!("has kind {told}, expected"));
            let problem = records.problems.iter().find(told_so);
            assert_eq!(problem.map(|row| row.place.line), Some(4), "{line}: {:#?}", records.problems);
            assert_eq!((records.ownerships.len(), records.memberships.len()), (0, 0), "{line}");
            assert!(records.dependencies.is_empty(), "{line}");
            assert!(records.services.iter().all(|row| row.system.as_ref().is_none_or(Option::is_none)));
        }
    }

    #[test]
    fn accepts_references_of_allowed_kinds() {
        for (kind, line) in [
            ("Component", "owner: Group:x"),
            ("Component", "owner: user:default/ada"),
            ("Component", "owner: {kind: User, name: ada}"),
            ("Component", "system: system:x"),
            ("Component", "dependsOn: [api:x, resource:y, component:z]"),
            ("Group", "members: [user:ada, bo]"),
        ] {
            let records = spec(kind, line);
            let told = records.problems.iter().find(|row| row.message.contains("has kind"));
            assert!(told.is_none(), "{line}: {told:?}");
        }
        assert_eq!(spec("Component", "owner: 'pay, component:x, user:ada'").ownerships.len(), 2);
    }
}
