//! The rows of a table of commits: what went out with which deployment. The name of an author is looked at only to tell
//! bots from people, and kept nowhere.

use headroom_files::{Diagnostic, Level};
use headroom_tabular::raw_table::{RawRow, RawTable};
use rustc_hash::FxHashMap;

use super::{
    columns::CommitColumn as Column,
    history::{DeployedCommit, DeploymentHistory, is_bot, reverted_commits},
};
use crate::EventTableOptions;
use headroom_tabular::known_columns::{CellFault, KnownColumns, is_yes, text_of};
use headroom_tabular::time_column::TimeColumn;

/// Adds the commits of a table to the deployments that they went out with.
pub(super) fn read_commits_of(
    table: &RawTable,
    columns: &KnownColumns<Column>,
    options: &EventTableOptions,
    history: &mut DeploymentHistory,
    problems: &mut Vec<Diagnostic>,
) {
    let at = columns.at(Column::Authored).unwrap_or(0);
    let authored = match TimeColumn::of(table, columns.row, at, options.dates) {
        Ok(column) => column,
        Err(problem) => return problems.push(problem),
    };
    history.knows_reverts |= columns.has(Column::Reverts) || columns.has(Column::Message);
    let mut by_id: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, deployment) in history.deployments.iter().enumerate() {
        by_id.entry(&deployment.id).or_default().push(at);
    }
    let (mut commits, mut strangers) = (Vec::new(), 0);
    for row in table.rows.iter().skip(columns.row + 1).filter(|row| !row.is_blank()) {
        let deployments = by_id.get(&*text_of(row, columns.at(Column::Deployment)));
        let Some(deployments) = deployments else {
            strangers += 1;
            continue;
        };
        match read(row, columns, authored) {
            Ok(commit) => {
                commits.extend(
                    deployments.iter().map(|at| DeployedCommit { deployment: *at, ..commit.clone() }),
                );
            }
            Err(fault) => problems.push(fault.at(table, row)),
        }
    }
    history.commits.append(&mut commits);
    if strangers > 0 {
        let place = table.place(columns.line, columns.at(Column::Deployment).unwrap_or(0));
        let message = format!("{strangers} commits are of deployments that are not counted; left out");
        problems.push(Diagnostic::new(Level::Note, place, message, "import both tables together"));
    }
}

fn read(
    row: &RawRow,
    columns: &KnownColumns<Column>,
    authored: TimeColumn,
) -> Result<DeployedCommit, CellFault> {
    let text = |column| text_of(row, columns.at(column));
    let reverts = match columns.has(Column::Reverts) {
        true => text(Column::Reverts)
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|sha| !sha.is_empty())
            .map(str::to_owned)
            .collect(),
        false => reverted_commits(text(Column::Message).as_bytes()),
    };
    Ok(DeployedCommit {
        sha: text(Column::Sha),
        deployment: 0,
        authored: authored.read_seconds(row)?,
        is_by_bot: is_yes(&text(Column::Bot)) || is_bot(&text(Column::Author)),
        reverts,
    })
}
