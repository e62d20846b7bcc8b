//! Deployments and incidents as Apache DevLake's tables have them. An incident belongs to the newest finished,
//! successful production deployment of its project before it: by proximity, not by cause.

use std::collections::{BTreeMap, BTreeSet};

use headroom_files::{Diagnostic, Level, Place, quoted};
use headroom_tabular::raw_table::{RawRow, RawTable};
use rustc_hash::FxHashMap;

use super::{
    counted::Counted,
    history::{Deployment, DeploymentHistory, DeploymentIncidents, IncidentLink},
    options::DeploymentsReading,
    times::in_words,
    words::{DeploymentOutcome, is_production},
};
use crate::EventTableOptions;
use headroom_tabular::known_columns::{CellFault, ColumnNames, KnownColumns, text_of};
use headroom_tabular::time_column::TimeColumn;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DevLakeColumn {
    Id,
    Deployment,
    Scope,
    Result,
    Environment,
    Finished,
    Commit,
    Project,
    Table,
    Row,
    Created,
    Resolved,
    FirstCommit,
    Deployed,
}

use DevLakeColumn as D;

const DEPLOYMENT_COMMITS: &[ColumnNames<D>] = &[
    (D::Deployment, &["cicddeploymentid"]),
    (D::Scope, &["cicdscopeid"]),
    (D::Result, &["result"]),
    (D::Environment, &["environment"]),
    (D::Finished, &["finisheddate"]),
    (D::Commit, &["commitsha"]),
    (D::Id, &["id"]),
];
const PROJECTS: &[ColumnNames<D>] =
    &[(D::Project, &["projectname"]), (D::Table, &["table"]), (D::Row, &["rowid"])];
const INCIDENTS: &[ColumnNames<D>] = &[
    (D::Id, &["id"]),
    (D::Created, &["createddate"]),
    (D::Table, &["table"]),
    (D::Scope, &["scopeid"]),
    (D::Resolved, &["resolutiondate"]),
];
const PULL_REQUESTS: &[ColumnNames<D>] = &[
    (D::Id, &["id"]),
    (D::Project, &["projectname"]),
    (D::FirstCommit, &["firstcommitauthoreddate"]),
    (D::Deployed, &["prdeployeddate"]),
    (D::Deployment, &["deploymentcommitid"]),
];

/// A table of DevLake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DevLakeTable {
    DeploymentCommits,
    Projects,
    Incidents,
    PullRequests,
}

/// A table with the names of its columns, and those that it must have.
type TableColumns = (DevLakeTable, &'static [ColumnNames<D>], &'static [D]);

fn table_kind(table: &RawTable) -> Option<(DevLakeTable, KnownColumns<D>)> {
    let kinds: [TableColumns; 4] = [
        (
            DevLakeTable::DeploymentCommits,
            DEPLOYMENT_COMMITS,
            &[D::Deployment, D::Scope, D::Result, D::Environment, D::Finished],
        ),
        (DevLakeTable::Projects, PROJECTS, &[D::Project, D::Table, D::Row]),
        (DevLakeTable::Incidents, INCIDENTS, &[D::Id, D::Created, D::Table, D::Scope]),
        (
            DevLakeTable::PullRequests,
            PULL_REQUESTS,
            &[D::Id, D::Project, D::FirstCommit, D::Deployed, D::Deployment],
        ),
    ];
    kinds.into_iter().find_map(|(kind, names, needed)| {
        let has_all = |columns: &KnownColumns<D>| needed.iter().all(|column| columns.has(*column));
        Some((kind, KnownColumns::find(table, names, has_all)?))
    })
}

/// Whether a table is one of DevLake's that is read.
pub(super) fn is_of_devlake(table: &RawTable) -> bool {
    table_kind(table).is_some()
}

/// Whether a table has DevLake's deployments.
pub(super) fn has_deployments(table: &RawTable) -> bool {
    table_kind(table).is_some_and(|(kind, _)| kind == DevLakeTable::DeploymentCommits)
}

/// A commit that was deployed.
#[derive(Debug, Clone)]
struct DeploymentCommit {
    row: String,
    deployment: String,
    scope: String,
    finished: i64,
    commit: String,
}

#[derive(Debug)]
struct Incident {
    id: String,
    projects: BTreeSet<String>,
    created: i64,
    resolved: Option<i64>,
}

struct PullRequest {
    project: String,
    deployment: String,
    first_commit: i64,
}

/// What the tables say together.
#[derive(Default)]
struct DevLake {
    commits: Vec<DeploymentCommit>,
    /// Projects by table and row.
    projects: FxHashMap<(String, String), BTreeSet<String>>,
    has_projects: bool,
    incidents: Option<Vec<Incident>>,
    pull_requests: Vec<PullRequest>,
    environments: Counted,
    results: Counted,
    not_counted: Counted,
    rows: usize,
    place: Place,
}

/// Reads the tables of DevLake among these.
pub(super) fn read_devlake(
    tables: &[RawTable],
    (options, chosen): (&EventTableOptions, &DeploymentsReading),
    problems: &mut Vec<Diagnostic>,
) -> DeploymentHistory {
    let mut found = DevLake::default();
    let mut known: Vec<(&RawTable, DevLakeTable, KnownColumns<D>)> = Vec::new();
    for table in tables {
        match table_kind(table) {
            Some((kind, columns)) => known.push((table, kind, columns)),
            None => problems.push(Diagnostic::new(
                Level::Note,
                Place::new(&table.name, 0, 0),
                "not read: neither deployments, projects, incidents nor metrics of pull requests",
                "nothing to do",
            )),
        }
    }
    // Incidents are of projects.
    known.sort_by_key(|(_, kind, _)| *kind != DevLakeTable::Projects);
    for (table, kind, columns) in &known {
        problems.extend(table.problems.iter().cloned());
        let look = Look { table, columns, options, chosen };
        let read = match kind {
            DevLakeTable::DeploymentCommits => look.deployment_commits(&mut found, problems),
            DevLakeTable::Projects => {
                look.projects(&mut found);
                Ok(())
            }
            DevLakeTable::Incidents => look.incidents(&mut found, problems),
            DevLakeTable::PullRequests => look.pull_requests(&mut found, problems),
        };
        problems.extend(read.err());
    }
    found.tell(problems);
    found.into_history()
}

/// A table while it is read.
struct Look<'t> {
    table: &'t RawTable,
    columns: &'t KnownColumns<D>,
    options: &'t EventTableOptions,
    chosen: &'t DeploymentsReading,
}

impl<'t> Look<'t> {
    fn rows(&self) -> impl Iterator<Item = &'t RawRow> {
        self.table.rows.iter().skip(self.columns.row + 1).filter(|row| !row.is_blank())
    }

    fn text(&self, row: &RawRow, column: D) -> String {
        text_of(row, self.columns.at(column))
    }

    fn time(&self, column: D) -> Result<Option<TimeColumn>, Diagnostic> {
        let at = self.columns.at(column);
        at.map(|at| TimeColumn::of(self.table, self.columns.row, at, self.options.dates)).transpose()
    }

    /// Reads each row; one that cannot be read is told.
    fn each(&self, problems: &mut Vec<Diagnostic>, mut read: impl FnMut(&RawRow) -> Result<(), CellFault>) {
        for row in self.rows() {
            problems.extend(read(row).err().map(|fault| fault.at(self.table, row)));
        }
    }

    fn deployment_commits(
        &self,
        found: &mut DevLake,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<(), Diagnostic> {
        found.place = Place::new(&self.table.name, 0, 0);
        let finished = self.time(D::Finished)?;
        let is_wanted = |environment: &str| match &self.chosen.environment {
            Some(wanted) => environment.eq_ignore_ascii_case(wanted),
            None => is_production(environment),
        };
        self.each(problems, |row| {
            let (environment, result) = (self.text(row, D::Environment), self.text(row, D::Result));
            found.rows += 1;
            found.environments.add(&environment);
            found.results.add(&result);
            let time = finished.map(|column| column.read_seconds(row)).transpose()?.flatten();
            let (Some(finished), true, DeploymentOutcome::InProduction) =
                (time, is_wanted(&environment), DeploymentOutcome::of(&result))
            else {
                let why = match (time, is_wanted(&environment)) {
                    (_, false) => environment,
                    (None, true) => "not finished".to_owned(),
                    _ => result,
                };
                found.not_counted.add(&why);
                return Ok(());
            };
            found.commits.push(DeploymentCommit {
                row: self.text(row, D::Id),
                deployment: self.text(row, D::Deployment),
                scope: self.text(row, D::Scope),
                finished,
                commit: self.text(row, D::Commit),
            });
            Ok(())
        });
        Ok(())
    }

    fn projects(&self, found: &mut DevLake) {
        found.has_projects = true;
        for row in self.rows() {
            let of = (self.text(row, D::Table), self.text(row, D::Row));
            found.projects.entry(of).or_default().insert(self.text(row, D::Project));
        }
    }

    fn incidents(&self, found: &mut DevLake, problems: &mut Vec<Diagnostic>) -> Result<(), Diagnostic> {
        let (created, resolved) = (self.time(D::Created)?, self.time(D::Resolved)?);
        let mut incidents = Vec::new();
        self.each(problems, |row| {
            let fault = || CellFault {
                column: self.columns.at(D::Created).unwrap_or(0),
                message: "no time of creation".to_owned(),
                advice: "fill in the cell",
            };
            let created =
                created.map(|column| column.read_seconds(row)).transpose()?.flatten().ok_or_else(fault)?;
            incidents.push(Incident {
                id: self.text(row, D::Id),
                projects: found.projects_of(&self.text(row, D::Table), &self.text(row, D::Scope)),
                created,
                resolved: resolved.map(|column| column.read_seconds(row)).transpose()?.flatten(),
            });
            Ok(())
        });
        found.incidents.get_or_insert_default().append(&mut incidents);
        Ok(())
    }

    fn pull_requests(&self, found: &mut DevLake, problems: &mut Vec<Diagnostic>) -> Result<(), Diagnostic> {
        let first = self.time(D::FirstCommit)?;
        self.each(problems, |row| {
            let deployment = self.text(row, D::Deployment);
            let first_commit = first.map(|column| column.read_seconds(row)).transpose()?.flatten();
            if let Some(first_commit) = first_commit.filter(|_| !deployment.is_empty()) {
                let project = self.text(row, D::Project);
                found.pull_requests.push(PullRequest { project, deployment, first_commit });
            }
            Ok(())
        });
        Ok(())
    }
}

impl DevLake {
    /// The projects of a row of a table; without a table of projects, all are one without a name.
    fn projects_of(&self, table: &str, row: &str) -> BTreeSet<String> {
        if !self.has_projects {
            return BTreeSet::from([String::new()]);
        }
        self.projects.get(&(table.to_owned(), row.to_owned())).cloned().unwrap_or_default()
    }

    fn tell(&self, problems: &mut Vec<Diagnostic>) {
        let mut tell = |level, message: String, advice: &str| {
            problems.push(Diagnostic::new(level, self.place.clone(), message, advice));
        };
        if self.not_counted.all() > 0 {
            let message = format!(
                "{} rows are not of production, failed or are not finished, and do not count: {}",
                self.not_counted.all(),
                self.not_counted.in_words()
            );
            tell(Level::Note, message, "nothing to do: a run that failed is no failed deployment");
        }
        if !self.has_projects {
            let message =
                "no table of projects: all deployments and incidents are taken for one project".to_owned();
            tell(Level::Warning, message, "import project_mapping beside them");
        }
        let nowhere: BTreeSet<&str> = self
            .commits
            .iter()
            .filter(|commit| self.projects_of("cicd_scopes", &commit.scope).is_empty())
            .map(|commit| commit.scope.as_str())
            .collect();
        if let Some(first) = nowhere.first() {
            let message = format!("{} scopes are of no project, such as {}", nowhere.len(), quoted(first));
            tell(Level::Warning, message, "add them to project_mapping");
        }
    }

    fn into_history(self) -> DeploymentHistory {
        let mut by_project: BTreeMap<(String, &str), Vec<&DeploymentCommit>> = BTreeMap::new();
        for commit in &self.commits {
            for project in self.projects_of("cicd_scopes", &commit.scope) {
                by_project.entry((project, &commit.deployment)).or_default().push(commit);
            }
        }
        let mut history = DeploymentHistory {
            rows: self.rows,
            environments: self.environments.0.clone(),
            results: self.results.0.clone(),
            place: self.place.clone(),
            ..DeploymentHistory::default()
        };
        let mut rows: FxHashMap<(&str, &str), usize> = FxHashMap::default();
        let mut finishes: BTreeMap<&str, Vec<(i64, usize)>> = BTreeMap::new();
        for ((project, id), commits) in &by_project {
            let at = history.deployments.len();
            rows.extend(commits.iter().map(|commit| ((project.as_str(), commit.row.as_str()), at)));
            finishes.entry(project).or_default().extend(commits.iter().map(|commit| (commit.finished, at)));
            history.deployments.push(Deployment {
                id: (*id).to_owned(),
                service: project.clone(),
                finished: commits.iter().map(|commit| commit.finished).max().unwrap_or_default(),
                commit: commits.last().map(|commit| commit.commit.clone()).unwrap_or_default(),
                has_failed: self.incidents.is_some().then_some(false),
                ..Deployment::default()
            });
        }
        for pull_request in &self.pull_requests {
            let known = rows.get(&(pull_request.project.as_str(), pull_request.deployment.as_str()));
            if let Some(deployment) = known.and_then(|at| history.deployments.get_mut(*at)) {
                deployment.lead_times.push(deployment.finished - pull_request.first_commit);
            }
        }
        finishes.values_mut().for_each(|times| times.sort_unstable());
        if let Some(incidents) = &self.incidents {
            link(&mut history, incidents, &finishes);
        }
        history
    }
}

/// Gives each incident to the newest deployment of its projects before it, which failed by that.
fn link(
    history: &mut DeploymentHistory,
    incidents: &[Incident],
    finishes: &BTreeMap<&str, Vec<(i64, usize)>>,
) {
    let mut links = Vec::new();
    let mut is_open = vec![false; history.deployments.len()];
    for incident in incidents {
        for project in &incident.projects {
            let Some(times) = finishes.get(project.as_str()) else { continue };
            let before = times.partition_point(|(finished, _)| *finished < incident.created);
            let Some((_, at)) = before.checked_sub(1).and_then(|at| times.get(at)) else { continue };
            let (incident_id, project) = (incident.id.clone(), project.clone());
            links.push(IncidentLink { incident: incident_id, project, deployment: *at });
            let deployment = &mut history.deployments[*at];
            deployment.has_failed = Some(true);
            deployment.recovered = deployment.recovered.max(incident.resolved);
            is_open[*at] |= incident.resolved.is_none();
        }
    }
    // As long as one of its incidents has no end, nobody knows when it was over.
    for (deployment, _) in history.deployments.iter_mut().zip(is_open).filter(|(_, is_open)| *is_open) {
        deployment.recovered = None;
    }
    history.incidents = Some(DeploymentIncidents { rows: incidents.len(), links });
}

/// `pipeline7 (2022-09-24 06:51)`.
pub fn deployment_words(deployment: &Deployment) -> String {
    format!("{} ({})", deployment.id, in_words(deployment.finished))
}
