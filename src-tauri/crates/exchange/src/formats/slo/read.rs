//! Finds files of SLOs and reads what each document says.

use std::path::{Path, PathBuf};

use headroom_files::{Level, ReadError, find, records::Records};

use super::{definition::SloDefinition, open_slo, pyrra, settle::settle, slo_generator, sloth};
use crate::catalog::{
    field_reader::{Diagnostics, FieldReader},
    located_value::LocatedContent,
    yaml::read_documents,
};

/// What the versions of the tools begin with, as `apiVersion` or `version`.
const OPEN_SLO: [&str; 2] = ["openslo/", "openslo.com/"];
const SLOTH: &str = "prometheus/v";
const SLOTH_KUBERNETES: &str = "sloth.slok.dev/";
const PYRRA: &str = "pyrra.dev/";
const SLO_GENERATOR: &str = "sre.google.com/";
/// Files of slo-generator before it had versions state none.
const SLO_GENERATOR_FIELD: &str = "slo_target";

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() {
        return find::below(path).any(|file| is_ours(&file));
    }
    // A catalog that has SLOs beside its entities is a catalog first, if it comes alone.
    is_ours(path) && !find::mentions(path, &["backstage.io/"])
}

/// By the version that a document begins with.
fn is_ours(path: &Path) -> bool {
    if !(find::is_yaml(path) || find::ends_in(path, &["json"])) {
        return false;
    }
    let versions =
        [OPEN_SLO[0], OPEN_SLO[1], SLOTH, SLOTH_KUBERNETES, PYRRA, SLO_GENERATOR, SLO_GENERATOR_FIELD];
    find::mentions(path, &versions)
        && std::fs::read(path).is_ok_and(|bytes| states_version(&String::from_utf8_lossy(&bytes)))
}

/// Whether one of the versions is that of a document, and not mentioned in a text.
fn states_version(text: &str) -> bool {
    let is_mark = |letter: &char| matches!(letter, ' ' | '\t' | '"' | '\'');
    text.lines().any(|line| {
        let line: String = line.chars().filter(|letter| !is_mark(letter)).collect();
        let is_of = |field: &str, version: &str| line.contains(&format!("{field}:{version}"));
        let kubernetes = [OPEN_SLO[0], OPEN_SLO[1], SLOTH_KUBERNETES, PYRRA, SLO_GENERATOR];
        kubernetes.iter().any(|version| is_of("apiVersion", version))
            || is_of("version", SLOTH)
            || line.starts_with(&format!("{SLO_GENERATOR_FIELD}:"))
    })
}

pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let mut records = Records::default();
    let mut found: Vec<SloDefinition> = Vec::new();
    for file in
        find::wanted(sources, is_ours, "expected SLO files of OpenSLO, Sloth, Pyrra or slo-generator")?
    {
        for document in read_documents(&file, &mut records.problems)? {
            let report = Diagnostics::new(&document.place.file);
            // A list holds documents.
            let nodes = match &document.root.content {
                LocatedContent::List(items) => items.as_slice(),
                _ => std::slice::from_ref(&document.root),
            };
            for node in nodes {
                if let Some(root) = FieldReader::of(node, "the document", &report) {
                    definition(&root, &mut records, &mut found);
                }
            }
            records.problems.extend(report.finish());
        }
    }
    settle(&mut records, found);
    Ok(records)
}

fn definition(root: &FieldReader<'_>, records: &mut Records, found: &mut Vec<SloDefinition>) {
    let version = |name| root.has(name).then(|| root.scalar(name).unwrap_or_default().trim().to_owned());
    let (api, plain) = (version("apiVersion"), version("version"));
    match (api.as_deref(), plain.as_deref()) {
        (Some(api), _) if OPEN_SLO.iter().any(|version| api.starts_with(version)) => {
            open_slo::read(root, &mut records.services, found);
        }
        (Some(api), _) if api.starts_with(SLOTH_KUBERNETES) => sloth::read_kubernetes(root, found),
        (Some(api), _) if api.starts_with(PYRRA) => pyrra::read(root, found),
        (Some(api), _) if api.starts_with(SLO_GENERATOR) => slo_generator::read(root, found),
        (None, Some(version)) if version.starts_with(SLOTH) => sloth::read_plain(root, found),
        (None, None) if root.has(SLO_GENERATOR_FIELD) => slo_generator::read_first(root, found),
        // Kubernetes documents of other tools lie in the same files.
        (Some(_), _) if root.has("kind") => {}
        _ => {
            let message = "not an SLO of OpenSLO, Sloth, Pyrra or slo-generator; skipped";
            let advice = "add its apiVersion, or version: prometheus/v1";
            root.report.say(Level::Warning, root.place.clone(), message, advice);
        }
    }
}
