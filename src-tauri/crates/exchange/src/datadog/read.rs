//! Reads files of any version and adds up what they state.

use std::path::{Path, PathBuf};

use headroom_model::Link;

use super::{legacy, v3};
use crate::{
    diagnostic::Level,
    error::ReadError,
    field_reader::{Diagnostics, FieldReader, is_template},
    files,
    format::ReadOptions,
    records::Records,
    tiers,
    yaml::{read_documents, shortened},
};

pub const ID: &str = "datadog";

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() { files::below(path).any(|file| is_ours(&file)) } else { is_ours(path) }
}

/// By the file name that Datadog looks for, or by the version with which each definition starts.
fn is_ours(path: &Path) -> bool {
    if !(files::is_yaml(path) || files::ends_in(path, &["json"])) {
        return false;
    }
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    stem.ends_with(".datadog") || has_version(path)
}

fn has_version(path: &Path) -> bool {
    let Ok(bytes) = std::fs::read(path) else { return false };
    let text = String::from_utf8_lossy(&bytes);
    let is_v3 = |line: &str| {
        let line: String = line.chars().filter(|letter| !matches!(letter, ' ' | '"' | '\'' | ',')).collect();
        line.trim_start_matches(['-', '{']) == "apiVersion:v3"
    };
    (text.contains("schema-version") && text.contains("dd-service")) || text.lines().map(str::trim).any(is_v3)
}

pub fn read(sources: &[PathBuf], _options: &ReadOptions) -> Result<Records, ReadError> {
    let mut records = Records::default();
    let mut entities = Vec::new();
    for file in files::wanted(sources, is_ours, "expected service definitions such as service.datadog.yaml")?
    {
        for document in read_documents(&file, &mut records.problems)? {
            let report = Diagnostics::new(&document.place.file);
            // JSON may have the definitions in a list.
            let nodes = match &document.root.content {
                crate::located_value::LocatedContent::List(items) => items.as_slice(),
                _ => std::slice::from_ref(&document.root),
            };
            for node in nodes {
                let Some(root) = FieldReader::of(node, "the definition", &report) else { continue };
                definition(&root, &mut records, &mut entities);
            }
            records.problems.extend(report.finish());
        }
    }
    v3::settle(&mut records, entities);
    tiers::settle(&mut records);
    Ok(records)
}

fn definition(root: &FieldReader<'_>, records: &mut Records, entities: &mut Vec<v3::DatadogEntity>) {
    let (schema, api) = (root.filled("schema-version"), root.filled("apiVersion"));
    match (schema.as_deref(), api.as_deref()) {
        (Some("v1"), _) => legacy::first(root, records),
        (Some("v2" | "v2.0" | "v2.1" | "v2.2"), _) => legacy::second(root, records),
        (Some(other), _) => {
            let message = format!("unknown schema-version “{}”; read as version 2.2", shortened(other));
            root.say(Level::Warning, "schema-version", message, "check the imported data");
            legacy::second(root, records);
        }
        (None, Some("v3")) => entities.extend(v3::DatadogEntity::of(root)),
        (None, Some(other)) => {
            let message = format!("unknown apiVersion “{}”; skipped", shortened(other));
            let advice = "no action needed if it belongs to another tool; otherwise use apiVersion: v3";
            root.say(Level::Warning, "apiVersion", message, advice);
        }
        (None, None) if root.has("dd-service") => {
            let message = "definition has no schema-version; read as version 2.2";
            root.report.say(Level::Warning, root.place.clone(), message, "add schema-version: v2.2");
            legacy::second(root, records);
        }
        (None, None) => {
            let message = "not a service definition (no schema-version or apiVersion); skipped";
            root.report.say(
                Level::Error,
                root.place.clone(),
                message,
                "add schema-version: v2.2 or apiVersion: v3",
            );
        }
    }
}

/// The name; none, with a diagnostic, if it is missing or a template's placeholder.
pub fn name_in(fields: &FieldReader<'_>, name: &str) -> Option<String> {
    let Some(text) = fields.filled(name) else {
        let message = format!("definition has no “{name}”; skipped");
        fields.report.say(Level::Error, fields.place.clone(), message, "add a name");
        return None;
    };
    if is_template(&text) {
        let message = format!("name “{}” is an unfilled template placeholder; skipped", shortened(&text));
        fields.say(
            Level::Warning,
            name,
            message,
            "fill in the name, or exclude the file if it is a template",
        );
        return None;
    }
    Some(text)
}

/// Links, and contacts that have an address; an email becomes a `mailto:` link.
pub fn links(fields: &FieldReader<'_>) -> Option<Vec<Link>> {
    let lists = ["links", "repos", "docs", "contacts", "external-resources"];
    lists.iter().any(|name| fields.has(name)).then_some(())?;
    let mut links = Vec::new();
    for name in lists {
        for mut link in fields.links(name, &["name"], &["url", "contact"]) {
            if name == "contacts" && link.url.contains('@') && !link.url.contains(':') {
                link.url = format!("mailto:{}", link.url);
            }
            let kind = name.trim_end_matches('s');
            if name != "links" {
                link.extra.entry("type".to_owned()).or_insert_with(|| kind.to_owned());
            }
            if link.title.is_empty() {
                link.title = link.extra.get("type").cloned().unwrap_or_default();
            }
            links.push(link);
        }
    }
    Some(links)
}

/// The tags, and the languages as tags.
pub fn tags(fields: &FieldReader<'_>, languages: Option<Vec<String>>) -> Option<Vec<String>> {
    let tags = fields.words("tags");
    let languages = languages.map(|all| all.into_iter().map(|language| format!("language:{language}")));
    match (tags, languages) {
        (tags, None) => tags,
        (tags, Some(languages)) => Some(tags.unwrap_or_default().into_iter().chain(languages).collect()),
    }
}
