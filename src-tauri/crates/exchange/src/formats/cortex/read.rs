//! Reads descriptors into records, once all tags and their types are known.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use headroom_files::{Diagnostic, Level, Place, ReadError, find, records::*};
use headroom_model::{GroupingKind, role};

use super::entity::{self, CortexEntity, Inheritance, Related};
use crate::catalog::{
    field_reader::{Diagnostics, FieldReader},
    yaml::{Document, read_documents},
};

const ID: &str = "cortex";
const MARK: &str = "x-cortex-";
/// Fields that services have and teams don't.
const OF_SERVICES: [&str; 5] =
    ["x-cortex-groups", "x-cortex-service-groups", "x-cortex-link", "x-cortex-links", "x-cortex-git"];
const NAMES: [&str; 2] = ["cortex.yaml", "cortex.yml"];

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() {
        return find::below(path).any(|file| is_ours(&file));
    }
    find::is_named(path, &NAMES) || is_ours(path)
}

fn is_ours(path: &Path) -> bool {
    (find::is_yaml(path) || find::ends_in(path, &["json"])) && find::mentions(path, &[MARK])
}

pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let mut reading = Reading::default();
    for file in find::wanted(sources, is_ours, "expected YAML files with x-cortex-tag")? {
        let documents = read_documents(&file, &mut reading.records.problems)?;
        documents.iter().for_each(|document| reading.document(document));
    }
    reading.settle();
    Ok(reading.records)
}

#[derive(Default)]
struct Reading {
    records: Records,
    entities: Vec<CortexEntity>,
}

impl Reading {
    fn document(&mut self, document: &Document) {
        let report = Diagnostics::new(&document.place.file);
        match FieldReader::of(&document.root, "the document", &report) {
            Some(root) if has_mark(&root) => self.entity(&root),
            _ => {
                let message = "document has no “x-cortex-” field under “info”; skipped";
                let advice = "no action needed if it belongs to another tool";
                report.say(Level::Warning, document.place.clone(), message, advice);
            }
        }
        self.records.problems.extend(report.finish());
    }

    fn entity(&mut self, root: &FieldReader<'_>) {
        let Some(info) = root.fields("info") else { return };
        let Some(mut entity) = CortexEntity::of(&info) else { return };
        if entity.kind == "team" {
            self.team(&info, &entity);
            // Teams of a plan have no fields for them.
            OF_SERVICES.iter().for_each(|name| info.keep(name));
        }
        entity.extra = entity::extra(root, &info);
        self.entities.push(entity);
    }

    /// The team's aliases and members.
    fn team(&mut self, info: &FieldReader<'_>, entity: &CortexEntity) {
        let mut aliases = None;
        if let Some(team) = info.fields("x-cortex-team") {
            let groups = team.has("groups");
            let mut names = Vec::new();
            for group in team.each("groups") {
                match group.filled("name") {
                    Some(name) if name != entity.tag => names.push(name),
                    Some(_) => {}
                    None => {
                        let message = "group has no name; ignored";
                        info.report.say(Level::Error, group.place.clone(), message, "add a name");
                    }
                }
            }
            aliases = groups.then_some(names);
            for member in team.each("members") {
                self.member(&member, &entity.tag);
            }
        }
        self.records.teams.push(TeamRecord {
            place: entity.place.clone(),
            key: entity.tag.clone(),
            name: entity.title.clone(),
            aliases,
            description: entity.description.clone(),
            ..TeamRecord::default()
        });
    }

    fn member(&mut self, member: &FieldReader<'_>, team: &str) {
        let (name, email) = (member.filled("name"), member.filled("email"));
        let Some(key) = email.clone().or_else(|| name.clone()) else {
            let message = "member has no email or name; skipped";
            return member.report.say(Level::Error, member.place.clone(), message, "add an email");
        };
        let role = member.filled("role").or_else(|| member.words("roles").map(|roles| roles.join(", ")));
        let place = member.place.clone();
        self.records.memberships.push(MembershipRecord::new(place.clone(), &key, team, role));
        if !self.records.people.iter().any(|person| person.key == key) {
            self.records.people.push(PersonRecord { place, key, name, email, ..PersonRecord::default() });
        }
    }

    /// Makes the records that depend on what type of entity a tag stands for.
    fn settle(&mut self) {
        let entities = std::mem::take(&mut self.entities);
        let tree = Tree::of(&entities);
        for (child, parent, place) in &tree.misfits {
            let message = format!("“{child}” can’t be inside “{parent}” in a plan; ignored");
            let advice = "put teams inside teams and everything else inside a domain";
            self.say(Level::Warning, place, message, advice);
        }
        for (child, parent, place) in &tree.strangers {
            let message = format!("“{child}” in “{parent}” isn’t defined in these files; ignored");
            self.say(Level::Note, place, message, "include the file that defines it");
        }
        for entity in &entities {
            match entity.kind.as_str() {
                "team" => self.settle_team(entity, &tree),
                "domain" => self.domain(entity, &tree),
                _ => self.service(entity, &tree),
            }
        }
    }

    fn settle_team(&mut self, entity: &CortexEntity, tree: &Tree<'_>) {
        let parent = self.only_parent(entity, tree);
        let Some(team) = self.records.teams.iter_mut().find(|team| team.key == entity.tag) else { return };
        team.parent = parent.map(Some);
        team.extra = Some((ID, entity.extra.clone()));
    }

    fn domain(&mut self, entity: &CortexEntity, tree: &Tree<'_>) {
        if let [_, second, ..] = entity.owners.as_slice() {
            let message = format!("“{}” has several owners; the first was used", entity.tag);
            self.say(Level::Warning, &second.place, message, "keep one accountable owner");
        }
        for needed in &entity.dependencies {
            let message =
                format!("domain “{}” can’t depend on “{}” in a plan; ignored", entity.tag, needed.tag);
            self.say(Level::Warning, &needed.place, message, "name the service that depends on it");
        }
        let parent = self.only_parent(entity, tree);
        self.records.groupings.push(GroupingRecord {
            place: entity.place.clone(),
            kind: GroupingKind::Domain,
            key: entity.tag.clone(),
            name: entity.title.clone(),
            parent: parent.map(Some),
            owner: entity.owners.first().map(|owner| Some(owner.owner.clone())),
            description: entity.description.clone(),
            tags: entity.groups.clone(),
            links: entity.links.clone(),
            extra: Some((ID, entity.extra.clone())),
            ..GroupingRecord::default()
        });
    }

    fn service(&mut self, entity: &CortexEntity, tree: &Tree<'_>) {
        for owner in tree.owners(entity) {
            let (place, owner) = (owner.0.clone(), owner.1.clone());
            self.records.ownerships.push(OwnershipRecord::new(place, &entity.tag, owner, role::OWNER));
        }
        for needed in &entity.dependencies {
            let place = needed.place.clone();
            self.records.dependencies.push(DependencyRecord::new(place, &entity.tag, &needed.tag, ""));
        }
        let domain = self.only_parent(entity, tree);
        self.records.services.push(ServiceRecord {
            place: entity.place.clone(),
            key: entity.tag.clone(),
            name: entity.title.clone(),
            kind: Some(entity.kind.clone()),
            domain: domain.map(Some),
            description: entity.description.clone(),
            url: entity.url.clone(),
            tags: entity.groups.clone(),
            links: entity.links.clone(),
            extra: Some((ID, entity.extra.clone())),
            ..ServiceRecord::default()
        });
    }

    /// The only parent that a plan allows; others are reported.
    fn only_parent(&mut self, entity: &CortexEntity, tree: &Tree<'_>) -> Option<String> {
        let parents = tree.parents.get(entity.tag.as_str())?;
        for (other, place) in parents.iter().skip(1) {
            let message = format!("“{}” has several parents; “{other}” ignored", entity.tag);
            self.say(Level::Warning, place, message, "keep one of them, or nest one in the other");
        }
        parents.first().map(|(tag, _)| (*tag).to_owned())
    }

    fn say(&mut self, level: Level, place: &Place, message: String, advice: &str) {
        self.records.problems.push(Diagnostic::new(level, place.clone(), message, advice));
    }
}

/// The hierarchy, stated by parents and by children.
struct Tree<'e> {
    entities: BTreeMap<&'e str, &'e CortexEntity>,
    parents: BTreeMap<&'e str, Vec<(&'e str, &'e Place)>>,
    /// Child and parent of types that can't contain one another.
    misfits: Vec<(&'e str, &'e str, &'e Place)>,
    /// Child and parent where nothing defines the child.
    strangers: Vec<(&'e str, &'e str, &'e Place)>,
}

impl<'e> Tree<'e> {
    fn of(entities: &'e [CortexEntity]) -> Self {
        let mut tree = Self {
            entities: entities.iter().map(|entity| (entity.tag.as_str(), entity)).collect(),
            parents: BTreeMap::new(),
            misfits: Vec::new(),
            strangers: Vec::new(),
        };
        for entity in entities {
            for Related { tag, place } in &entity.parents {
                tree.add(&entity.tag, tag, place);
            }
        }
        for entity in entities {
            for Related { tag, place } in &entity.children {
                if !tree.entities.contains_key(tag.as_str()) {
                    tree.strangers.push((tag, &entity.tag, place));
                }
                tree.add(tag, &entity.tag, place);
            }
        }
        tree
    }

    fn add(&mut self, child: &'e str, parent: &'e str, place: &'e Place) {
        // A team's parent is a team; everything else belongs to a domain.
        let is_team = |tag: &str| self.entities.get(tag).is_some_and(|entity| entity.kind == "team");
        let is_domain = |tag: &str| self.entities.get(tag).is_none_or(|entity| entity.kind == "domain");
        let is_unknown = !self.entities.contains_key(parent);
        let fits = if is_team(child) { is_unknown || is_team(parent) } else { is_domain(parent) };
        if !fits {
            return self.misfits.push((child, parent, place));
        }
        let parents = self.parents.entry(child).or_default();
        if !parents.iter().any(|(known, _)| *known == parent) {
            parents.push((parent, place));
        }
    }

    /// The service's own owners and those inherited from its domains.
    fn owners(&self, entity: &'e CortexEntity) -> Vec<(&'e Place, &'e OwnerRef)> {
        let mut owners: Vec<(&Place, &OwnerRef)> =
            entity.owners.iter().map(|owner| (&owner.place, &owner.owner)).collect();
        let (mut path, mut at) = (vec![entity.tag.as_str()], entity.tag.as_str());
        while let Some((domain, _)) = self.parents.get(at).and_then(|parents| parents.first()) {
            if path.contains(domain) {
                break;
            }
            path.push(domain);
            at = domain;
            let Some(domain) = self.entities.get(domain) else { break };
            for owner in &domain.owners {
                let passes = match owner.inheritance {
                    Inheritance::None => false,
                    Inheritance::Fallback => owners.is_empty(),
                    Inheritance::Append => true,
                };
                if passes && !owners.iter().any(|(_, known)| **known == owner.owner) {
                    owners.push((&owner.place, &owner.owner));
                }
            }
        }
        owners
    }
}

fn has_mark(root: &FieldReader<'_>) -> bool {
    let info = root.node("info").and_then(|node| node.entries());
    info.is_some_and(|entries| entries.iter().any(|entry| entry.name.starts_with(MARK)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Records {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cortex.yaml");
        std::fs::write(&file, text).unwrap();
        read(&[file]).unwrap()
    }

    const HARBOUR: &str = "openapi: 3.0.1
info:
  title: Tide tables
  description: When the water comes.
  x-cortex-tag: tides
  x-cortex-groups: [tier-1, rust]
  x-cortex-owners:
    - {type: group, name: hydro, provider: CORTEX}
    - {type: EMAIL, email: ada@example.org}
    - {type: SLACK, channel: water}
  x-cortex-domain-parents:
    - tag: nautical
  x-cortex-dependency:
    - cortexTag: gauges
      method: GET
    - {cortexTag: gauges, method: POST}
    - tag: maps
  x-cortex-link:
    - {name: Runbook, type: RUNBOOK, url: https://example.org/tides}
  x-cortex-git:
    github: {repository: acme/tides}
  x-cortex-oncall:
    pagerduty: {id: 12435, type: SCHEDULE}
---
info:
  title: Hydrography
  x-cortex-tag: hydro
  x-cortex-type: team
  x-cortex-team:
    groups: [{name: acme/hydro, provider: GITHUB}]
    members:
      - {name: Ada, email: ada@example.org, role: lead}
---
info:
  title: Nautical
  x-cortex-tag: nautical
  x-cortex-type: domain
  x-cortex-owners: [{type: group, name: hydro, inheritance: FALLBACK}]
  x-cortex-children: [{tag: buoys}, {tag: tides}]
---
info: {title: Buoys, x-cortex-tag: buoys, x-cortex-type: field-device}
";

    #[test]
    fn reads_services_domains_teams_and_custom_types() {
        let records = read_text(HARBOUR);
        let told: Vec<(u64, Level)> =
            records.problems.iter().map(|row| (row.place.line, row.level)).collect();
        assert_eq!(told, [(10, Level::Note)], "{:?}", records.problems);
        let service = &records.services[0];
        assert_eq!((service.key.as_str(), service.kind.as_deref()), ("tides", Some("service")));
        assert_eq!(service.domain, Some(Some("nautical".into())));
        assert_eq!(service.url.as_deref(), Some("https://github.com/acme/tides"));
        assert_eq!(service.tags.as_deref().unwrap(), ["tier-1", "rust"]);
        assert!(service.extra.as_ref().unwrap().1.contains("12435"));
        assert_eq!(records.services[1].kind.as_deref(), Some("field-device"));
        let owners: Vec<(&str, &str)> =
            records.ownerships.iter().map(|row| (row.service.as_str(), row.owner.key.as_str())).collect();
        assert_eq!(owners, [("tides", "hydro"), ("tides", "ada@example.org"), ("buoys", "hydro")]);
        let needs: Vec<&str> = records.dependencies.iter().map(|row| row.depends_on.as_str()).collect();
        assert_eq!(needs, ["gauges", "maps"]);
        assert_eq!(records.teams[0].aliases.as_deref().unwrap(), ["acme/hydro"]);
        assert_eq!(records.memberships[0].role.as_deref(), Some("lead"));
        assert_eq!(records.people[0].name.as_deref(), Some("Ada"));
        assert_eq!(records.groupings[0].owner, Some(Some(OwnerRef::team("hydro"))));
    }

    #[test]
    fn appended_domain_owner_is_added() {
        let text = HARBOUR.replace("FALLBACK", "APPEND").replace("name: hydro, inh", "name: fleet, inh");
        let records = read_text(&text);
        let owners: Vec<&str> = records
            .ownerships
            .iter()
            .filter(|row| row.service == "tides")
            .map(|row| row.owner.key.as_str())
            .collect();
        assert_eq!(owners, ["hydro", "ada@example.org", "fleet"]);
    }

    #[test]
    fn reports_foreign_files_and_faults() {
        let text = "info: {title: x}\n---\ninfo:\n  x-cortex-type: service\n---\ninfo:\n  x-cortex-tag: [a, b]\n---\ninfo:\n  x-cortex-tag: ok\n  x-cortex-owners:\n    - {type: rota, name: x}\n    - {type: group}\n  x-cortex-dependency:\n    - {method: GET}\n    - [a]\n---\nx-cortex-tag: top\n";
        let records = read_text(text);
        let places: Vec<u64> = records.problems.iter().map(|row| row.place.line).collect();
        assert_eq!(places, [1, 4, 7, 7, 12, 13, 15, 16, 18], "{:#?}", records.problems);
        assert_eq!(records.services.len(), 1);
    }
}
