//! OpsLevel: `opslevel.yml`, <https://docs.opslevel.com/docs/opslevel-yml>.
//!
//! A component's key is the alias that OpsLevel makes of its name (`Order Workflow` → `order_workflow`), by which
//! other files refer to it. Owners and systems are named by alias, too. The key of a repository is its
//! name or its folder. Nothing is written back.

use std::path::{Path, PathBuf};

use headroom_files::{Level, Place, ReadError, find, records::*, shortened};
use headroom_model::{Link, role};

use crate::catalog::{
    field_reader::{Diagnostics, FieldReader, is_template},
    located_value::{LocatedContent, LocatedValue},
    tiers,
    yaml::read_documents,
};

const NAMES: [&str; 2] = ["opslevel.yml", "opslevel.yaml"];
const ID: &str = "opslevel";

pub fn recognise(path: &Path) -> bool {
    let is_ours = |path: &Path| find::is_named(path, &NAMES);
    if path.is_dir() { find::below(path).any(|file| is_ours(&file)) } else { is_ours(path) }
}

pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let is_ours = |path: &Path| find::is_named(path, &NAMES);
    let mut records = Records::default();
    for file in find::wanted(sources, is_ours, "expected files named opslevel.yml")? {
        for document in read_documents(&file, &mut records.problems)? {
            let report = Diagnostics::new(&document.place.file);
            if let Some(root) = FieldReader::of(&document.root, "the document", &report) {
                Reading { records: &mut records, file: &file, start: document.place }.document(&root);
            }
            records.problems.extend(report.finish());
        }
    }
    tiers::settle(&mut records);
    Ok(records)
}

struct Reading<'a> {
    records: &'a mut Records,
    file: &'a Path,
    start: Place,
}

impl Reading<'_> {
    fn document(&mut self, root: &FieldReader<'_>) {
        if let Some(version) = root.scalar("version").filter(|version| !matches!(version.trim(), "1" | "")) {
            let message = format!("unknown version {}; read as version 1", shortened(&version));
            root.say(Level::Warning, "version", message, "check the imported data");
        }
        let mut is_known = false;
        for name in ["service", "component"] {
            is_known |= root.has(name);
            root.each(name).iter().for_each(|component| self.component(component));
        }
        is_known |= root.has("repository");
        root.each("repository").iter().for_each(|repository| self.repository(repository));
        if !is_known {
            let message = "no service, component or repository found; nothing imported";
            root.report.say(Level::Error, self.start.clone(), message, "start it with “service:”");
        }
        for name in root.rest().keys() {
            let message = format!("unknown field “{}” in opslevel.yml; ignored", shortened(name));
            root.say(Level::Warning, name, message, "use service, component or repository");
        }
    }

    fn component(&mut self, fields: &FieldReader<'_>) {
        let (name, aliases) = (fields.filled("name"), fields.words("aliases"));
        let first = aliases.as_deref().and_then(<[String]>::first).cloned();
        let Some(key) = name.as_deref().map(alias_of).or(first) else {
            let message = "service has no name or alias; skipped";
            return fields.report.say(Level::Error, fields.place.clone(), message, "add a name");
        };
        self.service(fields, key, name, aliases, None);
    }

    fn repository(&mut self, fields: &FieldReader<'_>) {
        let Some(key) = fields.filled("name").or_else(|| self.folder()) else {
            let message = "repository has no name; skipped";
            return fields.report.say(Level::Error, fields.place.clone(), message, "add a name");
        };
        let aliases = fields.words("aliases");
        self.service(fields, key, None, aliases, Some("repository"));
    }

    /// The folder of the file: a repository's file does not name the repository.
    fn folder(&self) -> Option<String> {
        let path = self.file.canonicalize().ok()?;
        Some(path.parent()?.file_name()?.to_string_lossy().into_owned())
    }

    fn service(
        &mut self,
        fields: &FieldReader<'_>,
        key: String,
        name: Option<String>,
        aliases: Stated<Vec<String>>,
        kind: Option<&str>,
    ) {
        if is_template(&key) {
            let message = format!("name “{}” is an unfilled template placeholder; skipped", shortened(&key));
            return fields.say(
                Level::Warning,
                "name",
                message,
                "fill in the name, or exclude the file if it is a template",
            );
        }
        let mut tags = fields.has("tags").then(|| tags(fields));
        let tier_text = fields.tier("tier");
        let mut told = Vec::new();
        for attribute in ["product", "language", "framework"] {
            told.extend(fields.filled(attribute).map(|value| format!("{attribute}:{value}")));
        }
        if !told.is_empty() {
            tags.get_or_insert_default().extend(told);
        }
        self.owner(fields, &key);
        self.dependencies(fields, &key);
        let mut links = fields.has("tools").then(|| fields.links("tools", &["name"], &["url"]));
        let repositories = repositories(fields);
        if !repositories.is_empty() {
            links.get_or_insert_default().extend(repositories);
        }
        self.records.services.push(ServiceRecord {
            place: fields.place.clone(),
            name,
            aliases,
            kind: fields.text("type").or_else(|| kind.map(str::to_owned)),
            lifecycle: fields.text("lifecycle"),
            tier_text,
            system: fields.optional("system"),
            domain: fields.optional("domain"),
            description: fields.text("description").map(|text| text.trim().to_owned()),
            tags,
            links,
            extra: Some((ID, fields.extra(fields.rest()))),
            key,
            ..ServiceRecord::default()
        });
    }

    fn owner(&mut self, fields: &FieldReader<'_>, service: &str) {
        for (owner, place) in fields.texts("owner").unwrap_or_default() {
            let owner = OwnerRef::team(owner);
            self.records.ownerships.push(OwnershipRecord::new(place, service, owner, role::OWNER));
        }
    }

    fn dependencies(&mut self, fields: &FieldReader<'_>, service: &str) {
        for item in fields.items("dependencies") {
            let Some(alias) = alias_in(item, fields.report) else { continue };
            let place = fields.report.place(item);
            self.records.dependencies.push(DependencyRecord::new(place, service, &alias, ""));
        }
    }
}

/// `- alias: cart` or `- cart`.
fn alias_in(item: &LocatedValue, report: &Diagnostics) -> Option<String> {
    if let Some(text) = item.text() {
        return Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    let fields = FieldReader::of(item, "a dependency", report)?;
    let alias = fields.filled("alias").or_else(|| fields.filled("name"));
    if alias.is_none() {
        let message = "dependency has no alias; ignored";
        report.say(Level::Error, fields.place.clone(), message, "add the alias of the service it depends on");
    }
    alias
}

/// Tags as text: `{key: db, value: mysql}` becomes `db:mysql`.
fn tags(fields: &FieldReader<'_>) -> Vec<String> {
    let mut tags = Vec::new();
    for item in fields.items("tags") {
        match &item.content {
            LocatedContent::Nothing => {}
            LocatedContent::Text { .. } => tags.extend(item.text().map(|text| text.trim().to_owned())),
            _ => {
                let Some(tag) = FieldReader::of(item, "a tag", fields.report) else { continue };
                match (tag.filled("key"), tag.filled("value")) {
                    (Some(key), Some(value)) => tags.push(format!("{key}:{value}")),
                    (Some(key), None) => tags.push(key),
                    // `- db: mysql` occurs as well.
                    (None, _) if tag.has("key") => {}
                    (None, _) => tags.extend(tag.rest().iter().map(|(key, value)| match value.as_str() {
                        Some(text) => format!("{key}:{text}"),
                        None => format!("{key}:{value}"),
                    })),
                }
            }
        }
    }
    tags.retain(|tag| !tag.is_empty());
    tags
}

/// Where the code is, as links.
fn repositories(fields: &FieldReader<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for repository in fields.each("repositories") {
        let Some(name) = repository.filled("name") else {
            let message = "repository has no name; ignored";
            fields.report.say(Level::Error, repository.place.clone(), message, "add a name");
            continue;
        };
        let provider = repository.filled("provider").unwrap_or_default().to_lowercase();
        let title = repository.filled("display_name").unwrap_or_else(|| name.clone());
        let url = match provider.as_str() {
            _ if name.contains("://") => name,
            "gitlab" => format!("https://gitlab.com/{name}"),
            "bitbucket" => format!("https://bitbucket.org/{name}"),
            _ => format!("https://github.com/{name}"),
        };
        let mut extra = headroom_model::entity::Extra::new();
        extra.insert("type".to_owned(), "repository".to_owned());
        extra.extend(repository.filled("path").map(|path| ("path".to_owned(), path)));
        links.push(Link { url, title, extra });
    }
    links
}

/// The alias that OpsLevel makes of a name.
fn alias_of(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Records {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("opslevel.yml");
        std::fs::write(&file, text).unwrap();
        read(&[file]).unwrap()
    }

    const FULL: &str = "---
version: 1
component:
  name: Quay Booking
  type: service
  lifecycle: generally_available
  tier: tier_1
  product: Port calls
  owner: harbour_team
  system: berths
  language: Rust
  description: 'Books berths. '
  aliases: [quay]
  tags:
    - {key: paging, value: no}
    - key: empty
      value:
  tools:
    - name: Board
      category: metrics
      url: https://example.org/board
      environment:
  dependencies:
    - alias: tide_tables
    - alias: pilots
  alert_sources:
    - type: pagerduty
      external_id: P1
";

    #[test]
    fn reads_a_component_with_all_fields() {
        let records = read_text(FULL);
        assert!(records.problems.is_empty(), "{:?}", records.problems);
        let service = &records.services[0];
        assert_eq!((service.key.as_str(), service.name.as_deref()), ("quay_booking", Some("Quay Booking")));
        assert_eq!(
            (service.tier, service.lifecycle.as_deref()),
            (Some(Some(1)), Some("generally_available"))
        );
        assert_eq!(service.system, Some(Some("berths".into())));
        assert_eq!(service.description.as_deref(), Some("Books berths."));
        let tags = service.tags.as_deref().unwrap();
        assert_eq!(tags, ["paging:no", "empty", "product:Port calls", "language:Rust"]);
        let link = &service.links.as_deref().unwrap()[0];
        assert_eq!((link.title.as_str(), link.extra["category"].as_str()), ("Board", "metrics"));
        assert_eq!(link.extra.len(), 1);
        assert!(service.extra.as_ref().unwrap().1.contains("external_id"));
        assert_eq!(records.ownerships[0].owner, OwnerRef::team("harbour_team"));
        let needs: Vec<&str> = records.dependencies.iter().map(|row| row.depends_on.as_str()).collect();
        assert_eq!(needs, ["tide_tables", "pilots"]);
    }

    #[test]
    fn repository_without_name_has_its_folder_as_key() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("charts/opslevel.yml");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "version: 1\nrepository:\n  owner: survey\n  tags:\n").unwrap();
        let records = read(&[folder.path().to_owned()]).unwrap();
        assert_eq!(records.services[0].key, "charts");
        assert_eq!(records.services[0].kind.as_deref(), Some("repository"));
        assert_eq!(records.ownerships[0].owner.key, "survey");
    }

    #[test]
    fn absent_fields_are_not_stated() {
        let records = read_text("version: 1\nservice:\n  name: bare\n");
        let service = &records.services[0];
        assert!(service.tags.is_none() && service.tier.is_none() && service.lifecycle.is_none());
    }

    #[test]
    fn reports_faults_with_their_place() {
        let text = "version: 2\nservice:\n  name: {a: b}\nteam: x\n---\nversion: 1\nservice:\n  name: ok\n  tier: gold\n  dependencies:\n    - notes: none\n---\nother: 1\n";
        let records = read_text(text);
        let lines: Vec<(u64, Level)> =
            records.problems.iter().map(|row| (row.place.line, row.level)).collect();
        let expected = [
            (1, Level::Warning),
            (3, Level::Error),
            (3, Level::Error),
            (4, Level::Warning),
            (11, Level::Error),
            (13, Level::Error),
            (13, Level::Warning),
            (9, Level::Warning),
        ];
        assert_eq!(lines, expected, "{:#?}", records.problems);
        assert_eq!(records.services[0].tags.as_deref().unwrap(), ["tier:gold"]);
    }
}
