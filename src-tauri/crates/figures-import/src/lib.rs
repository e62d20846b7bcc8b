//! Figures of metrics from spreadsheets, board packs and exports.
//!
//! The way of a table: `headroom-tabular` gives cells with their places → `across`, `down` or `long`, by how its periods
//! run, gives lines of cells ([`figure_table`]) → `reading` says which metric a line is (`metric_label`), of which
//! unit (`unit`), how its numbers are written (`notation`, `figure_cell`), and which periods count (`periods`) →
//! [`ImportedFigures`], with the metrics that follow by known formulas → records that an import compares with the plan.
//!
//! Invariants: totals, sums of periods, and periods that are not over are never read. A cell that may be two numbers is
//! left out and told, with its place and what to do; nothing is guessed silently. Nobody's name is read.
//!
//! Tables with one row for each event, `subscriptions`, `tickets` and `deployments`, go another way to the same figures: columns by the
//! words of their headers (`known_columns`) → rows → sums by month (`measured_months`) and scope.
//!
//! `bets` has one row for each bet, whose criterion becomes an objective.
//!
//! For users: `docs/formats/figures.md`, `subscriptions.md`, `tickets.md`, `bets.md`, `deployments.md`. Tests: beside each
//! reader, and whole tables in `tests.rs`.

mod across;
mod across_header;
mod bets;
mod column_role;
mod deployments;
mod down;
mod event_table_options;
mod event_tables;
mod figure_cell;
mod figure_table;
mod headings;
mod imported_figures;
mod known_scopes;
mod long;
mod measured_months;
mod median;
mod metric_label;
mod notation;
mod options;
mod period_label;
mod period_span;
mod periods;
mod reading;
mod series_name;
mod sheet_segments;
mod subscriptions;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
mod tickets;
mod totals;
mod unit;

use std::path::{Path, PathBuf};

use headroom_files::{Diagnostic, Level, ReadError, records::Records};
use headroom_tabular::{cell::date::DateOrder, is_table, raw_table::RawTable, read_head, read_tables};

pub use bets::{read_bets, recognise_bets};
pub use deployments::{
    DeployedCommit, Deployment, DeploymentFailure, DeploymentFailures, DeploymentFrequency,
    DeploymentHistory, DeploymentIncidents, DeploymentMeasures, DeploymentParts, DeploymentsReading,
    FrequencyBucket, IncidentLink, day_of, deployment_figures, deployment_words, is_bot,
    read_deployment_tables, read_deployments, recognise_deployments, reverted_commits, time_in_words,
};
pub use event_table_options::EventTableOptions;
pub use imported_figures::{ImportedFigure, ImportedFigures, ImportedMetric, ImportedScope, USUAL_LAG_DAYS};
pub use known_scopes::{match_names, match_scopes};
pub use median::Median;
pub use options::FiguresOptions;
pub use subscriptions::{read_subscriptions, recognise_subscriptions};
pub use tickets::{read_tickets, recognise_tickets};

use figure_table::FigureTable;

/// Whether a file has a table of metrics that are known, or are said to be metrics.
pub fn recognise(path: &Path) -> bool {
    is_table(path) && read_head(path).is_ok_and(|tables| tables.iter().any(is_of_figures))
}

fn is_of_figures(table: &RawTable) -> bool {
    if across::names_metric(table, None) {
        return true;
    }
    let is_known = |found: &FigureTable| {
        found.lines.iter().any(|line| metric_label::MetricLabel::of(&line.label).known.is_some())
    };
    long::read(table, None).is_some()
        || lines_of(table, None).is_some_and(|found| found.is_of_series || is_known(&found))
}

/// The lines of a table, whichever way its periods run.
fn lines_of(table: &RawTable, order: Option<DateOrder>) -> Option<FigureTable> {
    let mut found = long::read(table, order)
        .or_else(|| across::read(table, order))
        .or_else(|| down::read(table, order))?;
    series_name::take_series_names(&table.name, &mut found);
    Some(found)
}

/// Reads the figures of every table in the files.
///
/// # Errors
/// [`ReadError::Io`] or [`ReadError::Structure`] if a file can't be read, [`ReadError::Nothing`] if none has figures.
pub fn read(sources: &[PathBuf], options: &FiguresOptions) -> Result<Records, ReadError> {
    let mut into = ImportedFigures::default();
    for path in sources {
        let mut tables: Vec<(RawTable, FigureTable)> = Vec::new();
        for mut table in read_tables(path)? {
            if table.is_hidden {
                let advice = "show the sheet if you need it";
                let message = "sheet is hidden; not read".to_owned();
                into.problems.push(Diagnostic::new(Level::Note, table.place(1, 0), message, advice));
                continue;
            }
            into.problems.append(&mut table.problems);
            match lines_of(&table, options.dates) {
                Some(found) => tables.push((table, found)),
                None => into.problems.push(nothing_in(&table)),
            }
        }
        sheet_segments::take_sheet_names(&mut tables);
        for (table, found) in tables {
            reading::read(&table, found, options, &mut into);
        }
    }
    if into.figures.is_empty() && into.problems.is_empty() {
        let path = sources.first().cloned().unwrap_or_default();
        return Err(ReadError::Nothing {
            path,
            expected: "expected metrics by month, or a column of periods",
        });
    }
    into.derive();
    Ok(into.into_records())
}

fn nothing_in(table: &RawTable) -> Diagnostic {
    let message = "no figures: neither a row nor a column of periods was found";
    let advice = "put months such as Jan 2026 in one row or one column";
    Diagnostic::new(Level::Note, table.place(1, 0), message, advice)
}
