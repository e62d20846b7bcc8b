//! Findings as lines of a list: those of one rule with one cause are one line, which opens.

use headroom_analysis::{DayView, Finding, FindingCause, cause_of};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::finding::{FindingQuery, FindingTable, matching, sought};
use crate::{
    at::At,
    entities::{finding::FindingRow, severity::Tally},
    error::Answer,
    state::AppState,
    table::{ColumnChoice, TableRows},
};

/// How many findings with one cause are a line of their own; fewer stand for themselves.
const FEWEST: usize = 10;

/// Findings of one rule with one cause.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingCauseRow {
    /// Stable as long as the cause is.
    pub id: String,
    pub rule: String,
    pub title: String,
    /// The cause, in words behind the title.
    pub cause: String,
    pub findings: Tally,
    /// Its findings follow.
    pub is_opened: bool,
}

/// A line of the list: a cause, or a finding.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingLine {
    pub cause: Option<FindingCauseRow>,
    pub finding: Option<FindingRow>,
    /// The ID of the cause above it that the finding belongs to.
    pub inside: Option<String>,
}

/// A page of lines.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingLines {
    /// Number of lines.
    pub total: u32,
    /// Number of findings, also of those within a line.
    pub findings: u32,
    pub rows: Vec<FindingLine>,
    /// What is in the column that the query asks for; then there are no rows.
    pub choices: Vec<ColumnChoice>,
}

enum Line<'a> {
    Cause(FindingCause, String, Vec<&'a Finding>, bool),
    Finding(&'a Finding, Option<String>),
}

/// The findings that match the query, most severe first, as lines.
#[specta::specta]
pub fn finding_rows(app: &AppState, query: FindingQuery, at: At) -> Answer<FindingLines> {
    let view = app.day(at)?;
    let table = FindingTable(&view);
    if !query.rows.choices_of.is_empty() {
        let choices = table.lines(sought(&view, &query), &query.rows)?.choices;
        return Ok(FindingLines { total: 0, findings: 0, rows: Vec::new(), choices });
    }
    let found = matching(&view, &query)?;
    let lines = if query.by_cause { by_cause(&view, &query, &found) } else { flat(&found) };
    let page = query.rows.page(&lines, |line| row(&view, line));
    let (total, findings) = (page.total, found.len() as u32);
    Ok(FindingLines { total, findings, rows: page.rows, choices: Vec::new() })
}

fn flat<'a>(found: &[&'a Finding]) -> Vec<Line<'a>> {
    found.iter().copied().map(|finding| Line::Finding(finding, None)).collect()
}

/// A cause stands where its first finding does.
fn by_cause<'a>(view: &DayView, query: &FindingQuery, found: &[&'a Finding]) -> Vec<Line<'a>> {
    let plan = view.snapshot.plan();
    let causes: Vec<Option<(FindingCause, String)>> = found
        .iter()
        .map(|finding| {
            let cause = cause_of(plan, finding)?;
            let id = cause.id(plan);
            Some((cause, id))
        })
        .collect();
    let mut members: FxHashMap<&str, Vec<&'a Finding>> = FxHashMap::default();
    for (finding, cause) in found.iter().copied().zip(&causes) {
        if let Some((_, id)) = cause {
            members.entry(id.as_str()).or_default().push(finding);
        }
    }
    let mut lines = Vec::new();
    for (finding, cause) in found.iter().copied().zip(&causes) {
        let of_cause = cause.as_ref().and_then(|(cause, id)| Some((cause, id, members.get(id.as_str())?)));
        match of_cause {
            Some((cause, id, all)) if all.len() >= FEWEST => {
                if all[0].id != finding.id {
                    continue;
                }
                let is_opened = query.are_all_opened || query.opened.contains(id);
                lines.push(Line::Cause(cause.clone(), id.clone(), all.clone(), is_opened));
                if is_opened {
                    lines.extend(all.iter().copied().map(|finding| Line::Finding(finding, Some(id.clone()))));
                }
            }
            _ => lines.push(Line::Finding(finding, None)),
        }
    }
    lines
}

fn row(view: &DayView, line: &Line<'_>) -> FindingLine {
    match line {
        Line::Finding(finding, inside) => {
            FindingLine { cause: None, finding: Some(FindingRow::new(view, finding)), inside: inside.clone() }
        }
        Line::Cause(cause, id, findings, is_opened) => {
            let row = FindingCauseRow {
                id: id.clone(),
                rule: cause.rule.id.to_owned(),
                title: cause.rule.title.to_owned(),
                cause: cause.words(view.snapshot.plan()),
                findings: Tally::of(findings.iter().copied()),
                is_opened: *is_opened,
            };
            FindingLine { cause: Some(row), finding: None, inside: None }
        }
    }
}
