//! The table of formats, and why there may be none.

use std::path::{Path, PathBuf};

use headroom_figures_import::{DeploymentHistory, deployment_figures};
use headroom_files::{Diagnostic, ReadError, WriteError, records::Records};
use headroom_git_history::{read_git_history, recognise_repository};
use headroom_incident_import as incidents;
use headroom_model::Snapshot;
use headroom_tabular::is_table;

use crate::{
    formats::{
        backstage, codeowners, compass, cortex, csv_folder, datadog, json, opslevel, owners, practices,
        rust_team, slo, template, upptime,
    },
    options::{ExportOptions, ReadOptions},
    update::Update,
};

/// Reads files or folders. Smaller faults are among the diagnostics of the records.
type ReadFn = fn(&[PathBuf], &ReadOptions) -> Result<Records, ReadError>;
/// Writes a plan to a file or folder, and reports what the format can't hold. A format without dates gets what exists
/// on the snapshot's day or later.
type WriteFn = fn(&Snapshot, &Path, &ExportOptions) -> Result<Vec<Diagnostic>, WriteError>;
/// Computes the files at a path with the plan's owners in them, as of the snapshot's day.
type UpdateFn = fn(&Snapshot, &Path, &ExportOptions) -> Result<Update, WriteError>;

/// Where the files of a format are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceLayout {
    /// In a place of their own.
    Apart,
    /// In the folder of the service they describe.
    Beside,
    /// In a repository whose folders are the services.
    OverFolders,
}

/// A format that can be read, written or updated.
pub struct Format {
    pub id: &'static str,
    pub title: &'static str,
    /// What to choose when importing, in words.
    pub hint: &'static str,
    /// Whether a file or folder looks like it. A file is of the first format that recognises it.
    pub recognise: fn(&Path) -> bool,
    /// A folder of this format is read as no other.
    pub is_exclusive: bool,
    /// It is read beside an exclusive format, which leaves its files alone.
    pub reads_beside_tables: bool,
    /// It has amounts or figures, of whose notation the user may say something; metrics that the plan has keep their
    /// definitions.
    pub measures: bool,
    /// It needs a repository's folder or a list of paths besides its own file.
    pub needs_companions: bool,
    pub lies: SourceLayout,
    pub read: Option<ReadFn>,
    pub write: Option<WriteFn>,
    pub update: Option<UpdateFn>,
    /// File name of an export. None: it is a folder, or never written.
    pub file: Option<&'static str>,
}

impl Format {
    /// Defaults for the lines of [`FORMATS`].
    const PLAIN: Self = Self {
        id: "",
        title: "",
        hint: "",
        recognise: |_| false,
        is_exclusive: false,
        reads_beside_tables: false,
        measures: false,
        needs_companions: false,
        lies: SourceLayout::Apart,
        read: None,
        write: None,
        update: None,
        file: None,
    };
}

/// The format of bills: a month that is imported again replaces what there was of it.
pub const BILL: &str = "bill";

/// Every format, in order of precedence. A new one is a line here.
pub static FORMATS: &[Format] = &[
    Format {
        id: "csv",
        title: "CSV folder",
        hint: "a folder with teams.csv, people.csv, services.csv and so on, or any of these files",
        recognise: csv_folder::recognise,
        is_exclusive: true,
        read: Some(|sources, _| csv_folder::read(sources)),
        write: Some(|snapshot, out, _| csv_folder::write(snapshot, out)),
        ..Format::PLAIN
    },
    Format {
        id: "opslevel",
        title: "OpsLevel",
        hint: "opslevel.yml files",
        recognise: opslevel::recognise,
        lies: SourceLayout::Beside,
        read: Some(|sources, _| opslevel::read(sources)),
        ..Format::PLAIN
    },
    Format {
        id: "cortex",
        title: "Cortex",
        hint: "cortex.yaml files or a folder of entity descriptors",
        recognise: cortex::recognise,
        lies: SourceLayout::Beside,
        read: Some(|sources, _| cortex::read(sources)),
        ..Format::PLAIN
    },
    Format {
        id: "compass",
        title: "Atlassian Compass",
        hint: "compass.yml files",
        recognise: compass::recognise,
        lies: SourceLayout::Beside,
        read: Some(|sources, _| compass::read(sources)),
        ..Format::PLAIN
    },
    Format {
        id: "datadog",
        title: "Datadog",
        hint: "service.datadog.yaml files or a folder of service definitions",
        recognise: datadog::recognise,
        lies: SourceLayout::Beside,
        read: Some(|sources, _| datadog::read(sources)),
        ..Format::PLAIN
    },
    Format {
        id: "owners",
        title: "Kubernetes OWNERS",
        hint: "a repository with OWNERS and OWNERS_ALIASES files",
        recognise: owners::recognise,
        lies: SourceLayout::OverFolders,
        read: Some(|sources, _| owners::read(sources)),
        ..Format::PLAIN
    },
    Format {
        id: "rust-team",
        title: "TOML team folder",
        hint: "a folder with people, teams and repos, laid out like rust-lang/team",
        recognise: rust_team::recognise,
        read: Some(|sources, _| rust_team::read(sources)),
        ..Format::PLAIN
    },
    Format {
        id: "slo",
        title: "SLO files",
        hint: "files of OpenSLO, Sloth, Pyrra or slo-generator",
        recognise: slo::recognise,
        read: Some(|sources, _| slo::read(sources)),
        ..Format::PLAIN
    },
    Format {
        id: "practices",
        title: "Practices and scorecards",
        hint: "practices.csv, OpenSSF Scorecard, SECURITY-INSIGHTS.yml, scorecards of Cortex, OpsLevel, Soundcheck, Port",
        recognise: practices::recognise,
        reads_beside_tables: true,
        read: Some(|sources, _| practices::read(sources)),
        ..Format::PLAIN
    },
    Format {
        id: "backstage",
        title: "Backstage catalog",
        hint: "catalog-info.yaml files",
        recognise: backstage::recognise,
        lies: SourceLayout::Beside,
        read: Some(|sources, _| backstage::read(sources)),
        write: Some(|snapshot, out, _| backstage::write(snapshot, out)),
        update: Some(|snapshot, source, options| backstage::update(snapshot, source, options.current_names)),
        file: Some("catalog-info.yaml"),
        ..Format::PLAIN
    },
    Format {
        id: "codeowners",
        title: "CODEOWNERS",
        hint: "a CODEOWNERS file with its repository or a list of its paths",
        recognise: codeowners::recognise,
        needs_companions: true,
        lies: SourceLayout::OverFolders,
        read: Some(|sources, options| codeowners::read(sources, &options.codeowners)),
        write: Some(|snapshot, out, options| codeowners::write(snapshot, out, &options.codeowners)),
        update: Some(|snapshot, source, options| {
            codeowners::update(snapshot, source, options.current_names, &options.codeowners)
        }),
        file: Some("CODEOWNERS"),
        ..Format::PLAIN
    },
    Format {
        id: "upptime",
        title: "Upptime history",
        hint: "a repository of Upptime, or its history/summary.json",
        recognise: upptime::recognise,
        read: Some(|sources, _| upptime::read(sources)),
        ..Format::PLAIN
    },
    Format {
        id: "incident-reviews",
        title: "Incident reviews",
        hint: "a folder of Markdown reviews (post-mortems), one file per incident",
        recognise: incidents::recognise_reviews,
        read: Some(|sources, _| incidents::read_reviews(sources)),
        ..Format::PLAIN
    },
    Format {
        id: "actions",
        title: "Review actions",
        hint: "a table with one row per action: title, incident or service, due, done",
        recognise: incidents::recognise_actions,
        read: Some(|sources, options| incidents::read_actions(sources, options.tables.answers.dates)),
        ..Format::PLAIN
    },
    Format {
        id: "incidents",
        title: "Incidents",
        hint: "a table with one row per incident, such as PagerDuty, FireHydrant, Rootly or Jira export it",
        recognise: incidents::recognise_incidents,
        read: Some(|sources, options| incidents::read_incidents(sources, options.tables.answers.dates)),
        ..Format::PLAIN
    },
    Format {
        id: BILL,
        title: "Bills of clouds and clusters",
        hint: "FOCUS, OpenCost or Kubecost, or an export of AWS, Azure, Google Cloud or OCI",
        recognise: headroom_cost_import::recognise,
        measures: true,
        read: Some(|sources, options| headroom_cost_import::read(sources, &options.bill())),
        ..Format::PLAIN
    },
    Format {
        id: "subscriptions",
        title: "Subscriptions",
        hint: "a table with ID, customer, start, end and monthly amount, perhaps with one of accounts",
        recognise: headroom_figures_import::recognise_subscriptions,
        measures: true,
        read: Some(|sources, options| {
            headroom_figures_import::read_subscriptions(sources, &options.event_tables())
        }),
        ..Format::PLAIN
    },
    Format {
        id: "tickets",
        title: "Support tickets",
        hint: "a help desk’s table with one row per ticket: ID, created, solved, replies, satisfaction",
        recognise: headroom_figures_import::recognise_tickets,
        measures: true,
        read: Some(|sources, options| {
            headroom_figures_import::read_tickets(sources, &options.event_tables())
        }),
        ..Format::PLAIN
    },
    Format {
        id: "bets",
        title: "Bets",
        hint: "a table with one row per bet: title, metric with its value, and the day of the decision",
        recognise: headroom_figures_import::recognise_bets,
        measures: true,
        read: Some(|sources, options| headroom_figures_import::read_bets(sources, &options.event_tables())),
        ..Format::PLAIN
    },
    Format {
        id: "deployments",
        title: "Deployments",
        hint: "a table with one row per deployment, perhaps with one of commits; DevLake’s tables; GitHub’s JSON",
        recognise: headroom_figures_import::recognise_deployments,
        measures: true,
        read: Some(|sources, options| {
            let (events, chosen) = (options.event_tables(), &options.deployments);
            headroom_figures_import::read_deployments(sources, &events, chosen)
        }),
        ..Format::PLAIN
    },
    Format {
        id: "figures",
        title: "Figures of metrics",
        hint: "a CSV, TSV or XLSX file with metrics by month, such as a board pack",
        recognise: headroom_figures_import::recognise,
        measures: true,
        read: Some(|sources, options| headroom_figures_import::read(sources, &options.figures())),
        ..Format::PLAIN
    },
    Format {
        id: "git",
        title: "Git history",
        hint: "a repository on this machine: merges to its main branch are deployments",
        recognise: recognise_repository,
        is_exclusive: true,
        measures: true,
        read: Some(|sources, options| {
            let (history, problems) = read_git_history(sources, &options.deployments)?;
            Ok(deployment_figures(&history, problems, &options.event_tables()))
        }),
        ..Format::PLAIN
    },
    Format {
        id: "sheet",
        title: "Spreadsheet or HR export",
        hint: "a CSV, TSV or XLSX file with one row per person or position",
        recognise: is_table,
        read: Some(|sources, options| headroom_hr_import::read(sources, &options.tables)),
        ..Format::PLAIN
    },
    Format {
        id: "markdown",
        title: "Markdown checklist",
        hint: "Markdown files with “- [ ] …” items",
        recognise: template::recognise,
        read: Some(|sources, _| template::read(sources)),
        write: Some(|snapshot, out, _| template::write(snapshot, out)),
        ..Format::PLAIN
    },
    Format {
        id: "json",
        title: "JSON",
        hint: "the whole plan in one file",
        write: Some(|snapshot, out, _| json::write(snapshot, out)),
        file: Some("plan.json"),
        ..Format::PLAIN
    },
];

/// The deployments of tables or of repositories, as they are before they become figures.
///
/// # Errors
/// What the readers of deployments and of git histories give.
pub fn read_deployment_history(
    sources: &[PathBuf],
    options: &ReadOptions,
) -> Result<(DeploymentHistory, Vec<Diagnostic>), ReadError> {
    if sources.iter().all(|source| recognise_repository(source)) {
        return read_git_history(sources, &options.deployments);
    }
    headroom_figures_import::read_deployment_tables(sources, &options.event_tables(), &options.deployments)
}

pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

/// IDs of the formats that can be read.
pub fn readable() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.read.is_some()).map(|format| format.id)
}

/// IDs of the formats that can be written.
pub fn writable() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.write.is_some()).map(|format| format.id)
}

/// IDs of the formats whose files can be updated with the plan's owners.
pub fn updatable() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.update.is_some()).map(|format| format.id)
}

/// Why there is no format to read or write with. Each lists the formats to choose from.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    #[error("unknown import format “{0}”; choose {all}", all = in_words(readable(), "or"))]
    UnknownImport(String),
    #[error("couldn’t detect the format of {}. Pick one under “Format” or with --format: {all}", .0.display(), all = in_words(readable(), "or"))]
    Unrecognised(PathBuf),
    #[error("unknown export format “{0}”; choose {all}", all = in_words(writable(), "or"))]
    UnknownExport(String),
    #[error("cannot update files of format “{0}”; choose {all}", all = in_words(updatable(), "or"))]
    NotUpdated(String),
}

impl From<FormatError> for ReadError {
    fn from(error: FormatError) -> Self {
        Self::Refused(error.to_string())
    }
}

impl From<FormatError> for WriteError {
    fn from(error: FormatError) -> Self {
        Self::Refused(error.to_string())
    }
}

/// Joins IDs as a sentence does: `csv, backstage and json`.
fn in_words(ids: impl Iterator<Item = &'static str>, last: &str) -> String {
    let ids: Vec<&str> = ids.collect();
    match ids.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [init @ .., end] => format!("{} {last} {end}", init.join(", ")),
    }
}

/// Writes a plan in a format, and reports what the format can't hold.
///
/// # Errors
/// [`FormatError::UnknownExport`] in words if no such format can be written, otherwise what the format's writer gives.
pub fn write(
    snapshot: &Snapshot,
    named: &str,
    out: &Path,
    options: &ExportOptions,
) -> Result<Vec<Diagnostic>, WriteError> {
    let write = format(named).and_then(|format| format.write);
    write.ok_or_else(|| FormatError::UnknownExport(named.to_owned()))?(snapshot, out, options)
}

/// Computes the files of a format with the plan's owners in them. Nothing is written.
///
/// # Errors
/// [`FormatError::NotUpdated`] in words if the format has no update, [`WriteError::Read`] if the files can't be read.
pub fn update(
    snapshot: &Snapshot,
    named: &str,
    source: &Path,
    options: &ExportOptions,
) -> Result<Update, WriteError> {
    let update = format(named).and_then(|format| format.update);
    update.ok_or_else(|| FormatError::NotUpdated(named.to_owned()))?(snapshot, source, options)
}
