//! Diagnostics of imports: rows for the page, filtered and paged.

use std::{collections::BTreeMap, sync::Arc};

use headroom_files::{Diagnostic, Level};
use serde::{Deserialize, Serialize};

use crate::{
    error::Answer,
    paging::{matches, search_words},
    state::AppState,
};

/// Maximum number of diagnostics, and of unresolved names, sent at once; counts are complete.
pub const LISTED: usize = 500;

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DiagnosticRow {
    pub level: DiagnosticLevel,
    pub place: String,
    pub file: String,
    /// 0 for the whole file.
    pub line: u32,
    pub message: String,
    pub advice: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum DiagnosticLevel {
    Note,
    Warning,
    Error,
}

impl From<Level> for DiagnosticLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Note => DiagnosticLevel::Note,
            Level::Warning => DiagnosticLevel::Warning,
            Level::Error => DiagnosticLevel::Error,
        }
    }
}

pub fn problem_row(problem: &Diagnostic) -> DiagnosticRow {
    DiagnosticRow {
        level: problem.level.into(),
        place: problem.place.to_string(),
        file: problem.place.file.to_string(),
        line: u32::try_from(problem.place.line).unwrap_or(u32::MAX),
        message: problem.message.clone(),
        advice: problem.advice.clone(),
    }
}

/// Most severe first; within a level in the order of files.
pub fn worst_first<'a>(
    problems: impl IntoIterator<Item = &'a Diagnostic>,
) -> impl Iterator<Item = &'a Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = problems.into_iter().collect();
    sorted.sort_by(|a, b| {
        let place = |problem: &Diagnostic| (problem.place.line, problem.place.column);
        b.level
            .cmp(&a.level)
            .then_with(|| a.place.file.cmp(&b.place.file))
            .then_with(|| place(a).cmp(&place(b)))
    });
    sorted.into_iter()
}

/// Number of diagnostics by level, and by column of a table.
#[derive(Debug, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DiagnosticCounts {
    pub errors: u32,
    pub warnings: u32,
    pub notes: u32,
    pub columns: Vec<ColumnCount>,
}

/// A column of a file, counted from 1, and the number of diagnostics of its cells.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ColumnCount {
    pub file: String,
    pub column: u32,
    pub count: u32,
}

impl DiagnosticCounts {
    pub fn of(problems: &[Diagnostic]) -> Self {
        let mut counts = Self::default();
        let mut columns: BTreeMap<(Arc<str>, u64), u32> = BTreeMap::new();
        for problem in problems {
            match problem.level {
                Level::Error => counts.errors += 1,
                Level::Warning => counts.warnings += 1,
                Level::Note => counts.notes += 1,
            }
            if problem.place.column > 0 {
                *columns.entry((problem.place.file.clone(), problem.place.column)).or_default() += 1;
            }
        }
        let count = |((file, column), count): ((Arc<str>, u64), u32)| ColumnCount {
            file: file.to_string(),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            count,
        };
        counts.columns = columns.into_iter().map(count).collect();
        counts
    }
}

/// Filter for the diagnostics of the current import.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DiagnosticQuery {
    pub level: Option<DiagnosticLevel>,
    /// Only this column of this file.
    pub column: Option<DiagnosticColumn>,
    /// Words that the message, advice or place must contain, in any order.
    pub text: String,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DiagnosticColumn {
    pub file: String,
    pub column: u32,
}

impl DiagnosticQuery {
    fn wants(&self, problem: &Diagnostic) -> bool {
        let is_level = self.level.is_none_or(|level| level == problem.level.into());
        let is_column = self.column.as_ref().is_none_or(|wanted| {
            *wanted.file == *problem.place.file && u64::from(wanted.column) == problem.place.column
        });
        is_level && is_column && self.has_words(problem)
    }

    fn has_words(&self, problem: &Diagnostic) -> bool {
        let words = search_words(&self.text);
        words.is_empty() || {
            let place = problem.place.to_string();
            matches(&words, [problem.message.as_str(), problem.advice.as_str(), place.as_str()])
        }
    }
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DiagnosticPage {
    pub total: u32,
    pub rows: Vec<DiagnosticRow>,
}

/// A page of the diagnostics of the current import.
#[specta::specta]
pub fn import_diagnostics(
    app: &AppState,
    query: DiagnosticQuery,
    offset: u32,
    limit: u32,
) -> Answer<DiagnosticPage> {
    app.import.with_problems(|problems| {
        let wanted: Vec<&Diagnostic> = problems.iter().filter(|problem| query.wants(problem)).collect();
        let stretch = wanted.iter().skip(offset as usize).take(limit as usize);
        DiagnosticPage {
            total: wanted.len() as u32,
            rows: stretch.map(|problem| problem_row(problem)).collect(),
        }
    })
}

#[cfg(test)]
mod tests {
    use headroom_files::Place;

    use super::*;

    fn problem(level: Level, line: u64, column: u64, message: &str) -> Diagnostic {
        Diagnostic::new(level, Place::new(&"a.csv".into(), line, column), message, "correct it")
    }

    fn wanted(query: &DiagnosticQuery) -> Vec<String> {
        let all = [
            problem(Level::Note, 9, 2, "“soon” in “Hire date” is no date"),
            problem(Level::Error, 7, 3, "“much” in “Pay” is no amount"),
            problem(Level::Error, 3, 3, "“more” in “Pay” is no amount"),
        ];
        worst_first(&all)
            .filter(|problem| query.wants(problem))
            .map(|problem| problem.place.line.to_string())
            .collect()
    }

    #[test]
    fn diagnostics_are_filtered_by_level_column_and_words() {
        let all = DiagnosticQuery { level: None, column: None, text: String::new() };
        assert_eq!(wanted(&all), ["3", "7", "9"]);
        assert_eq!(wanted(&DiagnosticQuery { level: Some(DiagnosticLevel::Note), ..all.clone() }), ["9"]);
        let column = Some(DiagnosticColumn { file: "a.csv".into(), column: 3 });
        assert_eq!(wanted(&DiagnosticQuery { column, ..all.clone() }), ["3", "7"]);
        assert_eq!(wanted(&DiagnosticQuery { text: "PAY much".into(), ..all.clone() }), ["7"]);
        assert!(wanted(&DiagnosticQuery { text: "pay date".into(), ..all }).is_empty());
    }
}
