//! The rows of a table of deployments: those to production, each once.

use headroom_files::{Diagnostic, Level, Place, quoted};
use headroom_tabular::{
    cell::number::DecimalMark,
    raw_table::{RawRow, RawTable},
};
use rustc_hash::FxHashMap;

use super::{
    columns::DeploymentColumn as Column,
    counted::Counted,
    history::{Deployment, DeploymentHistory},
    options::DeploymentsReading,
    times::is_to_come,
    words::{DeploymentOutcome, is_production},
};
use crate::EventTableOptions;
use headroom_tabular::known_columns::{CellFault, KnownColumns, NumberColumn, is_yes, text_of};
use headroom_tabular::time_column::TimeColumn;

/// Reads the rows of a table into the history, and tells which ones are none to production.
pub(super) fn read_deployments_of(
    table: &RawTable,
    columns: &KnownColumns<Column>,
    (options, chosen): (&EventTableOptions, &DeploymentsReading),
    seen: &mut FxHashMap<(String, String), usize>,
    history: &mut DeploymentHistory,
    problems: &mut Vec<Diagnostic>,
) {
    let reader = match DeploymentReader::new(table, columns, options, chosen) {
        Ok(reader) => reader,
        Err(problem) => return problems.push(problem),
    };
    let mut told = LeftOut::default();
    for row in table.rows.iter().skip(columns.row + 1).filter(|row| !row.is_blank()) {
        history.rows += 1;
        match reader.read(row, &mut told) {
            Ok(Some(deployment)) => add(deployment, seen, history, &mut told),
            Ok(None) => {}
            Err(fault) => problems.push(fault.at(table, row)),
        }
    }
    add_counts(&mut history.environments, &told.environments);
    add_counts(&mut history.results, &told.results);
    told.tell(&reader, table, columns, problems);
}

fn add_counts(into: &mut Vec<(String, usize)>, counted: &Counted) {
    for (word, count) in &counted.0 {
        match into.iter_mut().find(|(known, _)| known == word) {
            Some((_, all)) => *all += count,
            None => into.push((word.clone(), *count)),
        }
    }
}

/// One deployment may have a row for each of its commits.
fn add(
    mut deployment: Deployment,
    seen: &mut FxHashMap<(String, String), usize>,
    history: &mut DeploymentHistory,
    told: &mut LeftOut,
) {
    let known = (deployment.service.clone(), deployment.id.clone());
    let Some(at) = seen.get(&known).filter(|_| !deployment.id.is_empty()) else {
        if deployment.id.is_empty() {
            deployment.id = deployment.commit.get(..12).unwrap_or(&deployment.commit).to_owned();
        } else {
            seen.insert(known, history.deployments.len());
        }
        history.deployments.push(deployment);
        return;
    };
    told.repeated += 1;
    let first = &mut history.deployments[*at];
    if first.commit != deployment.commit {
        first.lead_times.append(&mut deployment.lead_times);
    }
    first.finished = first.finished.max(deployment.finished);
    first.has_failed = first.has_failed.max(deployment.has_failed);
    first.recovered = first.recovered.max(deployment.recovered);
    first.is_rework = first.is_rework.max(deployment.is_rework);
}

/// What is not counted, and why.
#[derive(Debug, Default)]
struct LeftOut {
    environments: Counted,
    results: Counted,
    elsewhere: Counted,
    not_there: Counted,
    unknown: Counted,
    repeated: usize,
    to_come: usize,
}

impl LeftOut {
    fn tell(
        &self,
        reader: &DeploymentReader<'_>,
        table: &RawTable,
        columns: &KnownColumns<Column>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let at = |column| table.place(columns.line, columns.at(column).unwrap_or(0));
        let mut tell = |level, place: Place, message: String, advice: &str| {
            problems.push(Diagnostic::new(level, place, message, advice));
        };
        let elsewhere = self.elsewhere.all();
        if elsewhere > 0 && elsewhere == self.environments.all() {
            let message = format!("no row is of production: {}; none is counted", self.elsewhere.in_words());
            let advice = "say which environment is production: --environment NAME";
            tell(Level::Error, at(Column::Environment), message, advice);
        } else if elsewhere > 0 {
            let message = format!(
                "{elsewhere} rows are not of production and do not count: {}",
                self.elsewhere.in_words()
            );
            let advice = "nothing to do, or say which environment is production: --environment NAME";
            tell(Level::Note, at(Column::Environment), message, advice);
        }
        if self.not_there.all() > 0 {
            let message = format!(
                "{} rows never got to production, or are not there yet, and do not count: {}",
                self.not_there.all(),
                self.not_there.in_words()
            );
            let advice = "nothing to do: a run that failed is no failed deployment";
            tell(Level::Note, at(Column::Result), message, advice);
        }
        if self.unknown.all() > 0 {
            let message = format!(
                "{} rows have a result that is not known: {}",
                self.unknown.all(),
                self.unknown.in_words()
            );
            tell(Level::Error, at(Column::Result), message, "write success, failure or rolled back");
        }
        if self.repeated > 0 {
            let message =
                format!("{} rows repeat a deployment of a row above; each counts once", self.repeated);
            tell(Level::Note, at(Column::Id), message, "nothing to do");
        }
        if self.to_come > 0 {
            let message = format!("{} rows are of a day to come, and do not count", self.to_come);
            tell(Level::Warning, at(Column::Finished), message, "correct the time");
        }
        if columns.header(Column::Finished).to_lowercase().contains("start")
            || columns.header(Column::Finished).to_lowercase().contains("creat")
        {
            let message = format!(
                "{} is taken for the time at which a deployment was in production",
                quoted(columns.header(Column::Finished))
            );
            tell(
                Level::Note,
                at(Column::Finished),
                message,
                "export the time at which it was finished if you have it",
            );
        }
        if reader.is_business_like() {
            let message =
                "the deployments say lead times themselves; how these are measured is not known here";
            tell(Level::Note, at(Column::Finished), message.to_owned(), "import the commits beside them");
        }
    }
}

struct DeploymentReader<'t> {
    columns: &'t KnownColumns<Column>,
    finished: TimeColumn,
    recovered: Option<TimeColumn>,
    first_commit: Option<TimeColumn>,
    /// With the seconds of its unit.
    lead_time: Option<(NumberColumn, i128)>,
    has_environments: bool,
    /// The environment that is production, if the user said it.
    environment: Option<&'t str>,
    today: Option<chrono::NaiveDate>,
}

impl<'t> DeploymentReader<'t> {
    fn new(
        table: &'t RawTable,
        columns: &'t KnownColumns<Column>,
        options: &EventTableOptions,
        chosen: &'t DeploymentsReading,
    ) -> Result<Self, Diagnostic> {
        let time = |at| TimeColumn::of(table, columns.row, at, options.dates);
        let optional = |column| columns.at(column).map(time).transpose();
        let units = [
            (Column::LeadTimeSeconds, 1),
            (Column::LeadTimeMinutes, 60),
            (Column::LeadTimeHours, 3600),
            (Column::LeadTimeDays, 86_400),
        ];
        let number = |at| NumberColumn::of(table, columns.row, at).or_mark(DecimalMark::Point);
        let environments = columns.at(Column::Environment);
        let has_any = |row: &RawRow| !text_of(row, environments).is_empty();
        Ok(Self {
            columns,
            finished: time(columns.at(Column::Finished).unwrap_or(0))?,
            recovered: optional(Column::Recovered)?,
            first_commit: optional(Column::FirstCommit)?,
            lead_time: units.into_iter().find_map(|(column, unit)| Some((number(columns.at(column)?), unit))),
            has_environments: environments.is_some() && table.rows.iter().skip(columns.row + 1).any(has_any),
            environment: chosen.environment.as_deref(),
            today: options.today,
        })
    }

    /// Whether lead times are numbers of another tool.
    fn is_business_like(&self) -> bool {
        self.lead_time.is_some() && self.first_commit.is_none()
    }

    fn text(&self, row: &RawRow, column: Column) -> String {
        text_of(row, self.columns.at(column))
    }

    /// Yes or no; none where nothing is said.
    fn flag(&self, row: &RawRow, column: Column) -> Option<bool> {
        let text = self.text(row, column);
        (!text.is_empty()).then(|| is_yes(&text))
    }

    fn read(&self, row: &RawRow, told: &mut LeftOut) -> Result<Option<Deployment>, CellFault> {
        let environment = self.text(row, Column::Environment);
        let result = self.text(row, Column::Result);
        if self.has_environments {
            told.environments.add(&environment);
        }
        if self.columns.has(Column::Result) {
            told.results.add(&result);
        }
        if self.has_environments && !self.is_wanted(&environment) {
            told.elsewhere.add(&environment);
            return Ok(None);
        }
        let outcome = DeploymentOutcome::of(&result);
        match outcome {
            DeploymentOutcome::NotThere => {
                told.not_there.add(&result);
                return Ok(None);
            }
            DeploymentOutcome::Unknown => {
                told.unknown.add(&result);
                return Ok(None);
            }
            DeploymentOutcome::InProduction | DeploymentOutcome::RolledBack => {}
        }
        let Some(finished) = self.finished.read_seconds(row)? else {
            let column = self.columns.at(Column::Finished).unwrap_or(0);
            let message = "no time at which it was in production".to_owned();
            return Err(CellFault { column, message, advice: "fill in the cell" });
        };
        if is_to_come(finished, self.today) {
            told.to_come += 1;
            return Ok(None);
        }
        let said = self.flag(row, Column::Failed);
        let has_failed = if outcome == DeploymentOutcome::RolledBack { Some(true) } else { said };
        let recovered = self.recovered.map(|column| column.read_seconds(row)).transpose()?.flatten();
        Ok(Some(Deployment {
            id: self.text(row, Column::Id),
            service: self.text(row, Column::Service),
            team: self.text(row, Column::Team),
            finished,
            commit: self.text(row, Column::Commit),
            lead_times: self.lead_time(row, finished)?.into_iter().collect(),
            has_failed,
            recovered: recovered.filter(|_| has_failed == Some(true)),
            is_rework: self.flag(row, Column::Rework),
        }))
    }

    fn is_wanted(&self, environment: &str) -> bool {
        match self.environment {
            Some(wanted) => environment.eq_ignore_ascii_case(wanted),
            None => is_production(environment),
        }
    }

    fn lead_time(&self, row: &RawRow, finished: i64) -> Result<Option<i64>, CellFault> {
        if let Some(first) = self.first_commit.map(|column| column.read_seconds(row)).transpose()?.flatten() {
            return Ok(Some(finished - first));
        }
        let Some((column, unit)) = self.lead_time else { return Ok(None) };
        let Some(number) = column.read(row)? else { return Ok(None) };
        let seconds = number.times(unit).and_then(|seconds| seconds.rounded(0));
        seconds.map(Some).ok_or_else(|| column.fault(row.cell(column.at), "is too large"))
    }
}
