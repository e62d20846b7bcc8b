//! Reads files of any version and adds up what they state.

use std::path::{Path, PathBuf};

use headroom_files::{Level, ReadError, find, records::Records, shortened};

use super::{legacy, v3};
use crate::catalog::{
    field_reader::{Diagnostics, FieldReader},
    located_value::LocatedContent,
    tiers,
    yaml::read_documents,
};

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() { find::below(path).any(|file| is_ours(&file)) } else { is_ours(path) }
}

/// By the file name that Datadog looks for, or by the version with which each definition starts.
fn is_ours(path: &Path) -> bool {
    if !(find::is_yaml(path) || find::ends_in(path, &["json"])) {
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

pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let mut records = Records::default();
    let mut entities = Vec::new();
    for file in find::wanted(sources, is_ours, "expected service definitions such as service.datadog.yaml")? {
        for document in read_documents(&file, &mut records.problems)? {
            let report = Diagnostics::new(&document.place.file);
            // JSON may have the definitions in a list.
            let nodes = match &document.root.content {
                LocatedContent::List(items) => items.as_slice(),
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
