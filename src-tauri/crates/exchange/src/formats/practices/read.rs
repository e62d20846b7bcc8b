//! Finds files about practices, and reads each as what it is.

use std::path::{Path, PathBuf};

use headroom_files::{
    Level, ReadError, find, read_text,
    records::{FieldStatement, Records, RowRecord},
};
use rustc_hash::FxHashSet;

use super::{definitions, monitor, open_ssf, security_insights, table};
use crate::catalog::{
    field_reader::{Diagnostics, FieldReader},
    located_value::{LocatedContent, LocatedValue},
    yaml::{Document, documents},
};

/// What a file is, as far as it can be seen without reading all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PracticeFile {
    Table,
    SecurityInsights,
    /// Documents, each of which says what it is.
    Documents,
}

const TABLES: [&str; 1] = ["practices.csv"];
const INSIGHTS: [&str; 2] = ["security-insights.yml", "security-insights.yaml"];

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() {
        return find::below(path).any(|file| file_kind(&file).is_some());
    }
    file_kind(path).is_some()
}

fn file_kind(path: &Path) -> Option<PracticeFile> {
    if find::is_named(path, &TABLES) {
        return Some(PracticeFile::Table);
    }
    if find::is_named(path, &INSIGHTS) {
        return Some(PracticeFile::SecurityInsights);
    }
    let is_json = find::ends_in(path, &["json"]);
    if !(is_json || find::is_yaml(path)) {
        return None;
    }
    let has = |words: &[&str]| words.iter().all(|word| find::mentions(path, &[word]));
    let is_ours = is_json && (has(open_ssf::MARKS) || has(monitor::MARKS))
        || definitions::MARKS.iter().any(|marks| has(marks));
    is_ours.then_some(PracticeFile::Documents)
}

pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let mut records = Records::default();
    let expected = "expected practices.csv, results of OpenSSF Scorecard, SECURITY-INSIGHTS.yml or scorecards of \
                    Cortex, OpsLevel, Soundcheck or Port";
    for file in find::wanted(sources, |path| file_kind(path).is_some(), expected)? {
        let (text, name) = read_text(&file, &mut records.problems)?;
        match file_kind(&file) {
            Some(PracticeFile::Table) => table::read(&text, &name, &mut records)?,
            kind => {
                for document in documents_of(&text, &name, &mut records.problems) {
                    let report = Diagnostics::new(&document.place.file);
                    each_of(&document, kind, &file, &report, &mut records);
                    records.problems.extend(report.finish());
                }
            }
        }
    }
    keep_one_definition(&mut records.rows);
    Ok(records)
}

/// The documents of a file; of one with a JSON object on each line, these.
fn documents_of(
    text: &str,
    file: &std::sync::Arc<str>,
    problems: &mut Vec<headroom_files::Diagnostic>,
) -> Vec<Document> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let is_object = |line: &&str| line.trim().starts_with('{') && line.trim().ends_with('}');
    if lines.len() < 2 || !lines.iter().all(is_object) {
        return documents(text, file, problems);
    }
    lines.into_iter().flat_map(|line| documents(line, file, problems)).collect()
}

/// Reads a document, or each in a list of them.
fn each_of(
    document: &Document,
    kind: Option<PracticeFile>,
    file: &Path,
    report: &Diagnostics,
    records: &mut Records,
) {
    let nodes: &[LocatedValue] = match &document.root.content {
        LocatedContent::List(items) => items,
        _ => std::slice::from_ref(&document.root),
    };
    for node in nodes {
        let Some(root) = FieldReader::of(node, "the document", report) else { continue };
        if kind == Some(PracticeFile::SecurityInsights) {
            security_insights::read(&root, file, records);
        } else if open_ssf::is_result(&root) {
            open_ssf::read(&root, records);
        } else if monitor::is_database(&root) {
            monitor::read(&root, records);
        } else if !definitions::read(&root, records) {
            let message = "neither a result of Scorecard nor a scorecard of Cortex, OpsLevel, Soundcheck or Port; skipped";
            let advice = "no action needed if it belongs to another tool";
            report.say(Level::Warning, root.place.clone(), message, advice);
        }
    }
}

/// Every result of Scorecard defines the same metrics.
fn keep_one_definition(rows: &mut Vec<RowRecord>) {
    let mut seen: FxHashSet<Vec<(&'static str, String)>> = FxHashSet::default();
    let said = |row: &RowRecord| {
        let text = |said: &FieldStatement| format!("{said:?}");
        row.fields.iter().map(|(name, said)| (*name, text(said))).collect::<Vec<_>>()
    };
    rows.retain(|row| seen.insert(said(row)));
}
