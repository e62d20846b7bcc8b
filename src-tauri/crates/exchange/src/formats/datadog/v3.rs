//! Entities of version 3.

use headroom_files::{Diagnostic, Level, Place, records::*, shortened};
use headroom_model::{GroupingKind, Link, role};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    definition::{ID, links, name_in, tags},
    reference::DatadogRef,
};
use crate::catalog::field_reader::FieldReader;

/// Type of the dependency of an API on the service that implements it.
const IMPLEMENTED: &str = "provided-by";
const KINDS: [&str; 8] =
    ["service", "datastore", "queue", "api", "library", "repository", "system", "application"];

/// An entity, and what others state about it.
pub struct DatadogEntity {
    reference: DatadogRef,
    place: Place,
    name: Option<String>,
    kind: String,
    owners: Vec<(OwnerRef, String, Place)>,
    tier_text: Stated<(String, Place)>,
    lifecycle: Stated<String>,
    description: Stated<String>,
    tags: Stated<Vec<String>>,
    links: Stated<Vec<Link>>,
    extra: String,
    inherits: Option<(DatadogRef, Place)>,
    depends_on: Vec<(DatadogRef, Place)>,
    dependency_of: Vec<(DatadogRef, Place)>,
    component_of: Vec<(DatadogRef, Place)>,
    components: Vec<(DatadogRef, Place)>,
    implemented_by: Vec<(DatadogRef, Place)>,
}

impl DatadogEntity {
    /// None, with a diagnostic, if it has no usable name.
    pub fn of(root: &FieldReader<'_>) -> Option<Self> {
        let kind = root.filled("kind").unwrap_or_default();
        if kind.is_empty() {
            let message = "entity has no kind; skipped";
            root.report.say(Level::Error, root.place.clone(), message, "write kind: service");
            return None;
        }
        let lower = kind.to_lowercase();
        let lower = lower.strip_prefix("custom.").unwrap_or(&lower);
        if !KINDS.contains(&lower) {
            let message =
                format!("“{}” is a custom kind; imported as a service of that type", shortened(lower));
            root.say(Level::Note, "kind", message, "no action needed if this is intended");
        }
        let Some(metadata) = root.fields("metadata") else {
            let message = "entity has no metadata; skipped";
            root.report.say(Level::Error, root.place.clone(), message, "add metadata with a name");
            return None;
        };
        let name = name_in(&metadata, "name")?;
        let namespace = metadata.filled("namespace").unwrap_or_default();
        let reference = DatadogRef::new(lower, &namespace, &name);
        let spec = root.fields("spec");
        let ask = |field: &str| spec.as_ref().map(|spec| references(spec, field)).unwrap_or_default();
        let text = |field: &str| spec.as_ref().and_then(|spec| spec.text(field));
        let (tags, links) =
            (tags(&metadata, spec.as_ref().and_then(|spec| spec.words("languages"))), links(&metadata));
        let tier_text = spec.as_ref().and_then(|spec| spec.tier("tier"));
        Some(Self {
            kind: kind_of(lower, text("type").as_deref().unwrap_or_default()),
            place: metadata.place_of("name"),
            name: metadata.filled("displayName"),
            owners: owners(&metadata),
            tier_text,
            lifecycle: text("lifecycle"),
            description: metadata.text("description").map(|text| text.trim().to_owned()),
            tags,
            links,
            inherits: references(&metadata, "inheritFrom").into_iter().next(),
            depends_on: ask("dependsOn"),
            dependency_of: ask("dependencyOf"),
            component_of: ask("componentOf"),
            components: ask("components"),
            implemented_by: ask("implementedBy"),
            extra: extra(root, &metadata, spec.as_ref()),
            reference,
        })
    }
}

/// The type of a service: `datastore` of type `postgres` is `datastore: postgres`; a service is what its type says.
fn kind_of(kind: &str, of: &str) -> String {
    match (kind, of) {
        ("service", "") => "service".to_owned(),
        ("service", of) => of.to_owned(),
        (kind, "") => kind.to_owned(),
        (kind, of) => format!("{kind}: {of}"),
    }
}

fn references(fields: &FieldReader<'_>, name: &str) -> Vec<(DatadogRef, Place)> {
    let texts = fields.texts(name).unwrap_or_default();
    texts.into_iter().map(|(text, place)| (DatadogRef::parse(&text), place)).collect()
}

/// The owner and the additional owners, whose type is their role.
fn owners(metadata: &FieldReader<'_>) -> Vec<(OwnerRef, String, Place)> {
    let accountable = |(team, place)| (OwnerRef::team(team), role::OWNER.to_owned(), place);
    let mut owners: Vec<_> =
        metadata.texts("owner").unwrap_or_default().into_iter().map(accountable).collect();
    for other in metadata.items("additionalOwners") {
        if let Some(text) = other.text() {
            owners.push((OwnerRef::team(text.trim()), role::OWNER.to_owned(), metadata.report.place(other)));
            continue;
        }
        let Some(fields) = FieldReader::of(other, "an additional owner", metadata.report) else { continue };
        let Some(team) = fields.filled("name") else {
            let message = "additional owner has no name; ignored";
            metadata.report.say(Level::Error, fields.place.clone(), message, "add a name");
            continue;
        };
        let role = fields.filled("type").unwrap_or_else(|| role::OWNER.to_owned());
        owners.push((OwnerRef::team(team), role, fields.place.clone()));
    }
    owners
}

fn extra(root: &FieldReader<'_>, metadata: &FieldReader<'_>, spec: Option<&FieldReader<'_>>) -> String {
    let mut rest = root.rest();
    // The definition of an API is not part of a plan; its address is.
    let mut of_spec = spec.map(FieldReader::rest).unwrap_or_default();
    if let Some(serde_json::Value::Object(interface)) = of_spec.get_mut("interface") {
        interface.remove("definition");
        if interface.is_empty() {
            of_spec.remove("interface");
        }
    }
    for (name, fields) in [("metadata", metadata.rest()), ("spec", of_spec)] {
        if !fields.is_empty() {
            rest.insert(name.to_owned(), fields.into());
        }
    }
    root.extra(rest)
}

/// Makes records of the entities, once all are known.
pub fn settle(records: &mut Records, mut entities: Vec<DatadogEntity>) {
    inherit(records, &mut entities);
    let mut systems: FxHashMap<String, String> = FxHashMap::default();
    for entity in &entities {
        for (component, _) in &entity.components {
            systems.entry(component.key()).or_insert_with(|| entity.reference.key());
        }
    }
    let known: FxHashSet<String> = records.services.iter().map(|service| service.key.clone()).collect();
    let known: FxHashSet<String> =
        entities.iter().map(|entity| entity.reference.key()).chain(known).collect();
    for (component, place) in entities.iter().flat_map(|entity| &entity.components) {
        let key = component.key();
        if !known.contains(&key) {
            let message = format!("component “{key}” isn’t defined in these files; ignored");
            let advice = "include the file that defines it";
            records.problems.push(Diagnostic::new(Level::Note, place.clone(), message, advice));
        }
    }
    for entity in entities {
        if entity.reference.is_system() {
            system(records, entity)
        } else {
            service(records, entity, &systems)
        }
    }
}

/// Fills in what an entity inherits from another.
fn inherit(records: &mut Records, entities: &mut [DatadogEntity]) {
    let at: FxHashMap<String, usize> =
        entities.iter().enumerate().map(|(at, entity)| (entity.reference.key(), at)).collect();
    for own in 0..entities.len() {
        let Some((base, place)) = entities[own].inherits.clone() else { continue };
        let Some(base) = at.get(&base.key()).copied().filter(|base| *base != own) else {
            let message = format!("inherits from “{}”, which isn’t among the files", base.key());
            let advice = "include that definition";
            records.problems.push(Diagnostic::new(Level::Warning, place, message, advice));
            continue;
        };
        let (tier_text, lifecycle) = (entities[base].tier_text.clone(), entities[base].lifecycle.clone());
        let (owners, tags, links) =
            (entities[base].owners.clone(), entities[base].tags.clone(), entities[base].links.clone());
        let entity = &mut entities[own];
        entity.tier_text = entity.tier_text.take().or(tier_text);
        entity.lifecycle = entity.lifecycle.take().or(lifecycle);
        entity.tags = entity.tags.take().or(tags);
        entity.links = entity.links.take().or(links);
        if !entity.owners.iter().any(|(_, role, _)| role == role::OWNER) {
            entity.owners.splice(0..0, owners);
        }
    }
}

fn system(records: &mut Records, entity: DatadogEntity) {
    let mut accountable = entity.owners.iter().filter(|(_, role, _)| role == role::OWNER);
    if let Some((_, _, place)) = accountable.nth(1) {
        let message = format!("“{}” has several owners; the first was used", entity.reference.name);
        let advice = "keep one accountable owner";
        records.problems.push(Diagnostic::new(Level::Warning, place.clone(), message, advice));
    }
    records.groupings.push(GroupingRecord {
        kind: GroupingKind::System,
        key: entity.reference.key(),
        name: entity.name,
        owner: entity.owners.into_iter().next().map(|(owner, _, _)| Some(owner)),
        description: entity.description,
        tags: entity.tags,
        links: entity.links,
        extra: Some((ID, entity.extra)),
        place: entity.place,
        ..GroupingRecord::default()
    });
}

fn service(records: &mut Records, entity: DatadogEntity, systems: &FxHashMap<String, String>) {
    let key = entity.reference.key();
    for (owner, role, place) in entity.owners {
        records.ownerships.push(OwnershipRecord::new(place, &key, owner, &role));
    }
    for (needed, place) in &entity.depends_on {
        records.dependencies.push(DependencyRecord::new(place.clone(), &key, &needed.key(), ""));
    }
    for (dependent, place) in &entity.dependency_of {
        records.dependencies.push(DependencyRecord::new(place.clone(), &dependent.key(), &key, ""));
    }
    for (service, place) in &entity.implemented_by {
        records.dependencies.push(DependencyRecord::new(place.clone(), &key, &service.key(), IMPLEMENTED));
    }
    let (groups, others): (Vec<_>, Vec<_>) =
        entity.component_of.iter().partition(|(whole, _)| whole.is_system());
    for (whole, place) in groups.iter().skip(1).chain(&others).map(|(whole, place)| (whole, place)) {
        let message = format!("“{key}” is also part of “{}”; ignored", whole.key());
        let advice = "a service can be in one system only";
        records.problems.push(Diagnostic::new(Level::Warning, place.clone(), message, advice));
    }
    let system = groups.first().map(|(system, _)| system.key()).or_else(|| systems.get(&key).cloned());
    records.services.push(ServiceRecord {
        place: entity.place,
        name: entity.name,
        kind: Some(entity.kind),
        lifecycle: entity.lifecycle,
        tier_text: entity.tier_text,
        system: system.map(Some),
        description: entity.description,
        tags: entity.tags,
        links: entity.links,
        extra: Some((ID, entity.extra)),
        key,
        ..ServiceRecord::default()
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::datadog::read;

    fn read_text(text: &str) -> Records {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("service.datadog.yaml");
        std::fs::write(&file, text).unwrap();
        read(&[file]).unwrap()
    }

    const SHOP: &str = "schema-version: v2.2
dd-service: till
team: shop
application: counter
tier: High
lifecycle: production
type: web
languages: [go]
tags: [env:prod]
contacts:
  - {type: email, contact: shop@example.org}
  - {type: slack, name: Chat, contact: https://example.org/chat}
links:
  - {name: Runbook, type: runbook, url: https://example.org/till}
---
apiVersion: v3
kind: service
metadata:
  name: scale
  displayName: The scale
  inheritFrom: service:kiosk
  additionalOwners: [{name: ops, type: operator}]
spec:
  tier: '2'
  dependsOn: [datastore:prices, service:till]
  componentOf: [system:counter]
---
apiVersion: v3
kind: service
metadata: {name: kiosk, owner: shop, tags: [a]}
---
apiVersion: v3
kind: datastore
metadata: {name: prices, owner: data}
spec: {type: postgres, dependencyOf: [service:kiosk]}
---
apiVersion: v3
kind: system
metadata: {name: counter, owner: shop}
spec: {components: [datastore:prices]}
---
apiVersion: v3
kind: api
metadata: {name: prices}
spec: {type: openapi, implementedBy: [service:till], interface: {fileRef: https://example.org/api.yaml, definition: {a: 1}}}
";

    #[test]
    fn reads_every_version_in_one_file() {
        let records = read_text(SHOP);
        assert_eq!(records.problems.len(), 1, "{:?}", records.problems);
        assert_eq!((records.problems[0].place.line, records.problems[0].level), (5, Level::Warning));
        assert!(records.problems[0].message.contains("“High” as 2 (1)"), "{:?}", records.problems);
        let service = |key: &str| records.services.iter().find(|row| row.key == key).unwrap();
        let till = service("till");
        assert_eq!((till.kind.as_deref(), till.lifecycle.as_deref()), (Some("web"), Some("production")));
        assert_eq!(till.tags.as_deref().unwrap(), ["env:prod", "language:go"]);
        assert_eq!(till.system, Some(Some("counter".into())));
        let urls: Vec<&str> = till.links.as_deref().unwrap().iter().map(|link| link.url.as_str()).collect();
        assert_eq!(urls, ["https://example.org/till", "mailto:shop@example.org", "https://example.org/chat"]);
        let scale = service("scale");
        assert_eq!((scale.name.as_deref(), scale.tier), (Some("The scale"), Some(Some(2))));
        assert_eq!(scale.tags.as_deref().unwrap(), ["a"]);
        assert_eq!(service("datastore:prices").kind.as_deref(), Some("datastore: postgres"));
        assert_eq!(service("datastore:prices").system, Some(Some("counter".into())));
        let rows: Vec<(&str, &str, &str)> = records
            .ownerships
            .iter()
            .map(|row| (row.service.as_str(), row.owner.key.as_str(), row.role.as_str()))
            .collect();
        let expected = [
            ("till", "shop", "owner"),
            ("scale", "shop", "owner"),
            ("scale", "ops", "operator"),
            ("kiosk", "shop", "owner"),
            ("datastore:prices", "data", "owner"),
        ];
        assert_eq!(rows, expected);
        let edges: Vec<(&str, &str)> =
            records.dependencies.iter().map(|row| (row.service.as_str(), row.depends_on.as_str())).collect();
        let expected = [
            ("scale", "datastore:prices"),
            ("scale", "till"),
            ("kiosk", "datastore:prices"),
            ("api:prices", "till"),
        ];
        assert_eq!(edges, expected);
        let extra = &service("api:prices").extra.as_ref().unwrap().1;
        assert!(extra.contains("api.yaml") && !extra.contains("definition"), "{extra}");
    }

    #[test]
    fn reports_faults_with_their_place() {
        let text = "schema-version: v9\ndd-service: a\n---\nteam: x\n---\napiVersion: v1\nkind: Pod\n---\napiVersion: v3\nmetadata: {name: x}\n---\napiVersion: v3\nkind: service\nmetadata:\n  name: b\n  owner: {a: b}\n  inheritFrom: service:gone\n---\n- dd-service: c\n- 5\n";
        let records = read_text(text);
        let lines: Vec<u64> = records.problems.iter().map(|row| row.place.line).collect();
        assert_eq!(lines, [1, 4, 6, 9, 16, 19, 20, 17], "{:#?}", records.problems);
        let keys: Vec<&str> = records.services.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys, ["a", "c", "b"]);
    }

    #[test]
    fn reads_version_1() {
        let text = "schema-version: v1\ninfo:\n  dd-service: old\n  display-name: Old\n  service-tier: tier1\norg: {team: t, application: app}\ncontact: {email: x@example.org}\n";
        let records = read_text(text);
        assert!(records.problems.is_empty(), "{:?}", records.problems);
        assert_eq!((records.services[0].key.as_str(), records.services[0].tier), ("old", Some(Some(1))));
        assert_eq!(records.ownerships[0].owner.key, "t");
        assert!(records.services[0].extra.as_ref().unwrap().1.contains("x@example.org"));
    }
}
