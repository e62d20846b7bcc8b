//! What teams deliver, from tables of deployments: how often, how fast, what fails and how soon it is mended.
//!
//! The way of a source: a table of deployments with or without one of commits (`rows`, `commits`), DevLake's tables
//! (`devlake`), GitHub's JSON (`github`) or, from another crate, a git history → [`DeploymentHistory`] → which of them
//! failed (`failures`) → measures of a span of days (`measures`, `frequency`) → figures by month and quarter.
//!
//! Definitions, word for word in `docs/formats/deployments.md`:
//! - All times are taken to UTC before a day or month is read from them.
//! - Lead time: from when a commit without merges was written to its deployment, in the month of the deployment. Negative
//!   ones count as they are, and are counted.
//! - Failed: a deployment of which a later one reverts a commit. A revert that goes out with what it reverts was caught
//!   before. Recovery ends with the first later deployment that reverts it.
//! - Change failure rate: failed deployments by deployments, in the month in which the failed one went out.

mod columns;
mod commits;
mod counted;
mod devlake;
mod failures;
mod figures;
mod frequency;
mod github;
mod history;
mod measures;
mod options;
mod rows;
#[cfg(test)]
mod tests;
mod times;
mod words;

use std::path::{Path, PathBuf};

use headroom_files::{Diagnostic, Level, Place, ReadError, records::Records};
use headroom_tabular::{is_table, raw_table::RawTable, read_tables};
use rustc_hash::FxHashMap;

pub use devlake::deployment_words;
pub use failures::{DeploymentFailure, DeploymentFailures};
pub use frequency::{DeploymentFrequency, FrequencyBucket};
pub use history::{
    DeployedCommit, Deployment, DeploymentHistory, DeploymentIncidents, IncidentLink, is_bot,
    reverted_commits,
};
pub use measures::{DeploymentMeasures, DeploymentParts, day_of};
pub use options::DeploymentsReading;
pub use times::in_words as time_in_words;

use self::{
    columns::{commit_columns, deployment_columns},
    commits::read_commits_of,
    devlake::{has_deployments, is_of_devlake, read_devlake},
    github::table_of_json,
    rows::read_deployments_of,
};
use crate::{EventTableOptions, ImportedFigures};
use headroom_tabular::known_columns::{heads_of, nothing_in, tables_in};

const EXPECTED: &str =
    "no table with deployments: when each was finished, and its service, environment or commit";

/// Whether a file has deployments or what belongs to them, or a folder has deployments.
pub fn recognise_deployments(path: &Path) -> bool {
    let is_deployments = |table: &RawTable| has_deployments(table) || deployment_columns(table).is_some();
    if path.is_dir() {
        let files = files_in(path);
        return files
            .iter()
            .any(|file| is_json_of_deployments(file) || heads_of(file).iter().any(is_deployments));
    }
    let belongs =
        |table: &RawTable| is_of_devlake(table) || is_deployments(table) || commit_columns(table).is_some();
    is_json_of_deployments(path) || heads_of(path).iter().any(belongs)
}

fn is_json_of_deployments(path: &Path) -> bool {
    table_of_json(path).is_ok_and(|table| table.is_some())
}

/// The figures of tables of deployments; of folders those at their top, or else below.
///
/// # Errors
/// [`ReadError::Nothing`] if there are no deployments among the sources; [`ReadError::Io`] or [`ReadError::Structure`]
/// if a file can't be read.
pub fn read_deployments(
    sources: &[PathBuf],
    options: &EventTableOptions,
    chosen: &DeploymentsReading,
) -> Result<Records, ReadError> {
    let (history, problems) = read_deployment_tables(sources, options, chosen)?;
    Ok(deployment_figures(&history, problems, options))
}

/// The figures of a history, wherever it was read from.
pub fn deployment_figures(
    history: &DeploymentHistory,
    problems: Vec<Diagnostic>,
    options: &EventTableOptions,
) -> Records {
    let mut imported = ImportedFigures::default();
    imported.problems = problems;
    figures::add_figures(history, options.today, &mut imported);
    imported.derive();
    imported.into_records()
}

/// The deployments of tables, with what is wrong with these.
///
/// # Errors
/// As [`read_deployments`].
pub fn read_deployment_tables(
    sources: &[PathBuf],
    options: &EventTableOptions,
    chosen: &DeploymentsReading,
) -> Result<(DeploymentHistory, Vec<Diagnostic>), ReadError> {
    let mut tables = Vec::new();
    for path in sources
        .iter()
        .flat_map(|source| if source.is_dir() { files_in(source) } else { vec![source.clone()] })
    {
        match table_of_json(&path)? {
            Some(table) => tables.push(table),
            None if is_table(&path) => tables.extend(read_tables(&path)?),
            None => {}
        }
    }
    let mut problems = Vec::new();
    let mut history = if tables.iter().any(has_deployments) {
        read_devlake(&tables, (options, chosen), &mut problems)
    } else {
        read_plain(&tables, (options, chosen), &mut problems)
    };
    if history.rows == 0 && history.deployments.is_empty() && problems.is_empty() {
        return Err(nothing_in(sources, EXPECTED));
    }
    if !tables.iter().any(|table| has_deployments(table) || deployment_columns(table).is_some()) {
        return Err(nothing_in(sources, EXPECTED));
    }
    if let Some(service) = &chosen.service {
        let unnamed = history.deployments.iter_mut().filter(|deployment| deployment.service.is_empty());
        unnamed.for_each(|deployment| deployment.service.clone_from(service));
    }
    Ok((history, problems))
}

/// Tables of deployments, then the commits that went out with them.
fn read_plain(
    tables: &[RawTable],
    options: (&EventTableOptions, &DeploymentsReading),
    problems: &mut Vec<Diagnostic>,
) -> DeploymentHistory {
    let mut history = DeploymentHistory::default();
    let mut seen = FxHashMap::default();
    let mut place: Option<Place> = None;
    for table in tables {
        let Some(columns) = deployment_columns(table) else { continue };
        problems.extend(table.problems.iter().cloned());
        columns.tell_ignored(table, problems);
        place.get_or_insert_with(|| Place::new(&table.name, 0, 0));
        read_deployments_of(table, &columns, options, &mut seen, &mut history, problems);
    }
    for table in tables {
        if let Some(columns) = commit_columns(table) {
            problems.extend(table.problems.iter().cloned());
            read_commits_of(table, &columns, options.0, &mut history, problems);
        } else if deployment_columns(table).is_none() {
            let message = "not read: neither deployments nor their commits";
            problems.push(Diagnostic::new(
                Level::Note,
                Place::new(&table.name, 0, 0),
                message,
                "nothing to do",
            ));
        }
    }
    history.place = place.unwrap_or_default();
    history
}

/// The tables of a folder: those at its top, or in the folders below if it has nothing else.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    const DEPTH: usize = 3;
    files_below(folder, DEPTH)
}

fn files_below(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let mut files = tables_in(folder);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut others: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| !is_hidden(path)).collect();
    others.sort();
    files.extend(others.iter().filter(|path| path.is_file() && is_json_of_deployments(path)).cloned());
    if depth > 0 && others.iter().all(|path| path.is_dir()) {
        files.extend(others.iter().flat_map(|folder| files_below(folder, depth - 1)));
    }
    files
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
