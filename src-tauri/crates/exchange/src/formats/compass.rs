//! Atlassian Compass: `compass.yml`,
//! <https://developer.atlassian.com/cloud/compass/config-as-code/structure-and-contents-of-a-compass-yml-file>
//!
//! A component's key is its name; its ID, an ARI, is an alias, by which other files depend on it. An owner is an ARI
//! as well, which no file explains: it becomes an unconfirmed team until someone maps it to what it means. Nothing is
//! written back.

use std::path::{Path, PathBuf};

use headroom_files::{Level, Place, ReadError, find, records::*, shortened};
use headroom_model::role;
use rustc_hash::FxHashMap;

use crate::catalog::{
    field_reader::{Diagnostics, FieldReader, is_template},
    tiers,
    yaml::{Document, read_documents},
};

const NAMES: [&str; 2] = ["compass.yml", "compass.yaml"];
const ID: &str = "compass";
/// Fields that other tools' files of the same name don't have.
const MARKS: [&str; 4] = ["configVersion", "id", "typeId", "ownerId"];

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() { find::below(path).any(|file| is_ours(&file)) } else { find::is_named(path, &NAMES) }
}

/// Whether the file is Compass's: other tools have a `compass.yml`, too.
fn is_ours(path: &Path) -> bool {
    find::is_named(path, &NAMES)
        && find::mentions(path, &["configVersion", "typeId", "ari:cloud:", "ownerId"])
}

pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let mut reading = Reading::default();
    let is_wanted = |path: &Path| find::is_named(path, &NAMES);
    for file in find::wanted(sources, is_wanted, "expected files named compass.yml")? {
        for document in read_documents(&file, &mut reading.records.problems)? {
            reading.document(&document);
        }
    }
    tiers::settle(&mut reading.records);
    Ok(reading.records)
}

#[derive(Default)]
struct Reading {
    records: Records,
    /// Names are not unique in Compass: the ID of the component that already has a name.
    taken: FxHashMap<String, Option<String>>,
}

impl Reading {
    fn document(&mut self, document: &Document) {
        let report = Diagnostics::new(&document.place.file);
        if let Some(root) = FieldReader::of(&document.root, "the document", &report) {
            self.component(&root, &document.place);
        }
        self.records.problems.extend(report.finish());
    }

    fn component(&mut self, root: &FieldReader<'_>, place: &Place) {
        if let Some(version) =
            root.scalar("configVersion").filter(|version| !matches!(version.trim(), "1" | ""))
        {
            let message = format!("unknown version {}; read as version 1", shortened(&version));
            root.say(Level::Warning, "configVersion", message, "check the imported data");
        }
        if !MARKS.iter().any(|mark| root.has(mark)) {
            let message = "not a component (no configVersion, id or type); skipped";
            let advice = "no action needed if it belongs to another tool";
            return root.report.say(Level::Warning, place.clone(), message, advice);
        }
        let (name, id) = (root.filled("name"), root.filled("id"));
        let Some(key) = name.clone().or_else(|| id.clone()) else {
            let message = "component has no name or id; skipped";
            return root.report.say(Level::Error, place.clone(), message, "add a name");
        };
        if is_template(&key) {
            let message = format!("name “{}” is an unfilled template placeholder; skipped", shortened(&key));
            return root.say(
                Level::Warning,
                "name",
                message,
                "fill in the name, or exclude the file if it is a template",
            );
        }
        let key = self.own_key(root, key, id.as_deref());
        self.owner(root, &key);
        self.relations(root, &key);
        let tags = root.words("labels");
        let fields = root.fields("fields");
        let tier_text = fields.as_ref().and_then(|fields| fields.tier("tier"));
        let lifecycle = fields.as_ref().and_then(|fields| fields.text("lifecycle"));
        let links = root.has("links").then(|| root.links("links", &["name"], &["url"]));
        let kind = root.optional("typeId").map(|kind| kind.as_deref().map(kind_of).unwrap_or_default());
        let description = root.text("description").map(|text| text.trim().to_owned());
        let mut rest = root.rest();
        if let Some(other) = fields.map(|fields| fields.rest()).filter(|other| !other.is_empty()) {
            rest.insert("fields".to_owned(), other.into());
        }
        self.records.services.push(ServiceRecord {
            place: place.clone(),
            name,
            aliases: id.filter(|id| *id != key).map(|id| vec![id]),
            kind,
            lifecycle: lifecycle.map(|text| text.to_lowercase()),
            tier_text,
            description,
            tags,
            links,
            extra: Some((ID, root.extra(rest))),
            key,
            ..ServiceRecord::default()
        });
    }

    /// The component's name as its key; for a second component with that name, its ID.
    fn own_key(&mut self, root: &FieldReader<'_>, key: String, id: Option<&str>) -> String {
        let owned = id.map(str::to_owned);
        match (self.taken.get(&key), id) {
            (Some(other), Some(id)) if *other != owned => {
                let message =
                    format!("another component is named “{}”; this one uses its id", shortened(&key));
                root.say(Level::Warning, "name", message, "give it a unique name");
                id.to_owned()
            }
            _ => {
                self.taken.insert(key.clone(), owned);
                key
            }
        }
    }

    fn owner(&mut self, root: &FieldReader<'_>, service: &str) {
        for (owner, place) in root.texts("ownerId").unwrap_or_default() {
            let mut ownership = OwnershipRecord::new(place, service, OwnerRef::team(owner), role::OWNER);
            // An ARI among a team's aliases is not a former name.
            ownership.named = Some(None);
            self.records.ownerships.push(ownership);
        }
    }

    fn relations(&mut self, root: &FieldReader<'_>, service: &str) {
        let Some(relations) = root.fields("relationships") else { return };
        for (needed, place) in relations.texts("DEPENDS_ON").unwrap_or_default() {
            self.records.dependencies.push(DependencyRecord::new(place, service, &needed, ""));
        }
        for name in relations.rest().keys() {
            let message = format!("relationship “{}” is not supported; ignored", shortened(name));
            relations.say(Level::Warning, name, message, "only DEPENDS_ON is imported");
        }
    }
}

/// `CLOUD_RESOURCE` becomes `cloud-resource`.
fn kind_of(kind: &str) -> String {
    kind.to_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Records {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("compass.yml");
        std::fs::write(&file, text).unwrap();
        read(&[file]).unwrap()
    }

    const CRANE: &str = "configVersion: 1
name: crane-control
id: ari:cloud:compass:c0:component/w0/1111
description: Moves boxes.
typeId: CLOUD_RESOURCE
ownerId: ari:cloud:identity::team/aaaa
fields:
  tier: 2
  lifecycle: Active
  isMonorepoProject: false
links:
  - name: null
    type: REPOSITORY
    url: https://example.org/crane
relationships:
  DEPENDS_ON:
    - ari:cloud:compass:c0:component/w0/2222
labels:
  - source:github
customFields:
  - {name: Zone, type: text, value: north}
---
configVersion: 1
name: yard map
id: ari:cloud:compass:c0:component/w0/2222
typeId: OTHER
ownerId: null
fields: {}
relationships: {}
";

    #[test]
    fn reads_a_component_with_all_fields() {
        let records = read_text(CRANE);
        assert!(records.problems.is_empty(), "{:?}", records.problems);
        let crane = &records.services[0];
        assert_eq!((crane.key.as_str(), crane.kind.as_deref()), ("crane-control", Some("cloud-resource")));
        assert_eq!((crane.tier, crane.lifecycle.as_deref()), (Some(Some(2)), Some("active")));
        assert_eq!(crane.aliases.as_deref().unwrap(), ["ari:cloud:compass:c0:component/w0/1111"]);
        assert_eq!(crane.links.as_deref().unwrap()[0].extra["type"], "REPOSITORY");
        assert!(crane.extra.as_ref().unwrap().1.contains("north"));
        assert!(crane.extra.as_ref().unwrap().1.contains("isMonorepoProject"));
        assert_eq!(records.ownerships.len(), 1);
        assert_eq!(records.ownerships[0].owner.key, "ari:cloud:identity::team/aaaa");
        assert_eq!(records.dependencies[0].depends_on, "ari:cloud:compass:c0:component/w0/2222");
    }

    #[test]
    fn components_with_the_same_name_stay_apart() {
        let records = read_text("name: a\nid: ari:1\n---\nname: a\nid: ari:2\n---\nname: a\nid: ari:1\n");
        let keys: Vec<&str> = records.services.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys, ["a", "ari:2", "a"]);
    }

    #[test]
    fn reports_faults_with_their_place() {
        let text = "configVersion: 2\nname: x\nfields: [1]\nownerId: {a: b}\nrelationships:\n  CHILD_OF: [q]\n---\ntypeId: SERVICE\n---\nname: '{{ name }}'\n";
        let records = read_text(text);
        let lines: Vec<u64> = records.problems.iter().map(|row| row.place.line).collect();
        assert_eq!(lines, [1, 4, 6, 3, 8, 10], "{:#?}", records.problems);
        assert_eq!(records.services.len(), 1);
    }
}
