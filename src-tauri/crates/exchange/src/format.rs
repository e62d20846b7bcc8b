//! The table of formats, and what can be chosen about reading and writing them.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use headroom_model::Snapshot;

use crate::{
    backstage,
    codeowners::{self, Dialect},
    compass, cortex, csv_folder, datadog,
    diagnostic::Diagnostic,
    drawing::{self, Drawing},
    error::{ReadError, WriteError},
    hr_import::{self, Profile, TableAnswers},
    json, opslevel, owners,
    records::Records,
    rust_team, template,
    update::Update,
};

/// What the user chose about reading. Each choice concerns some formats only.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// CODEOWNERS: how many folders deep services are.
    pub depth: usize,
    /// CODEOWNERS: the folders that are services, by the catalogs beside the file; the root is the empty path. None:
    /// every folder is one.
    pub folders: Option<BTreeSet<String>>,
    /// Tables: what each column is. None: a built-in profile or the words in the headers.
    pub profile: Option<Profile>,
    /// Tables: answers to what they don't say themselves. They hold for any profile.
    pub answers: TableAnswers,
    /// Tables: the day on which they are read, to tell past dates from coming ones.
    pub today: Option<NaiveDate>,
    /// Tables: keep amounts of pay out of diagnostics.
    pub hides_pay: bool,
    /// CODEOWNERS: whose rules the file follows. None: its place and content decide.
    pub dialect: Option<Dialect>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            depth: 2,
            folders: None,
            profile: None,
            answers: TableAnswers::default(),
            today: None,
            hides_pay: false,
            dialect: None,
        }
    }
}

/// What the user chose about writing. Each choice concerns some formats only.
#[derive(Debug, Clone, Default)]
pub struct ExportOptions {
    /// Updates: replace an owner's former name, or a name in other case, by the current name.
    pub current_names: bool,
    /// CODEOWNERS: the repository's folder, or files that list its paths. With it, every service whose key is a
    /// folder there counts, otherwise those that were imported from CODEOWNERS or OWNERS files.
    pub paths: Vec<PathBuf>,
    /// CODEOWNERS: the organisation before team names where neither the plan nor the file gives it.
    pub organisation: Option<String>,
    /// CODEOWNERS: whose rules the file follows where its place does not decide.
    pub dialect: Option<Dialect>,
}

/// Reads files or folders. Smaller faults are among the diagnostics of the records.
type ReadFn = fn(&[PathBuf], &ReadOptions) -> Result<Records, ReadError>;
/// Writes a plan to a file or folder, and reports what the format can't hold. A format without dates gets what exists
/// on the snapshot's day or later.
type WriteFn = fn(&Snapshot, &Path, &ExportOptions) -> Result<Vec<Diagnostic>, WriteError>;
/// Computes the files at a path with the plan's owners in them, as of the snapshot's day.
type UpdateFn = fn(&Snapshot, &Path, &ExportOptions) -> Result<Update, WriteError>;

/// Draws a graph as text.
type DrawFn = fn(&Drawing) -> String;

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

/// A format that can be read, written, updated or drawn.
pub struct Format {
    pub id: &'static str,
    pub title: &'static str,
    /// What to choose when importing, in words.
    pub hint: &'static str,
    /// Whether a file or folder looks like it. A file is of the first format that recognises it.
    pub recognise: fn(&Path) -> bool,
    /// A folder of this format is read as no other.
    pub is_exclusive: bool,
    /// It needs a repository's folder or a list of paths besides its own file.
    pub needs_companions: bool,
    pub lies: SourceLayout,
    pub read: Option<ReadFn>,
    pub write: Option<WriteFn>,
    pub update: Option<UpdateFn>,
    pub draw: Option<DrawFn>,
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
        needs_companions: false,
        lies: SourceLayout::Apart,
        read: None,
        write: None,
        update: None,
        draw: None,
        file: None,
    };
}

/// Every format, in order of precedence. A new one is a line here.
pub static FORMATS: &[Format] = &[
    Format {
        id: "csv",
        title: "CSV folder",
        hint: "a folder with teams.csv, people.csv, services.csv and so on, or any of these files",
        recognise: csv_folder::recognise,
        is_exclusive: true,
        read: Some(csv_folder::read),
        write: Some(csv_folder::write),
        ..Format::PLAIN
    },
    Format {
        id: "opslevel",
        title: "OpsLevel",
        hint: "opslevel.yml files",
        recognise: opslevel::recognise,
        lies: SourceLayout::Beside,
        read: Some(opslevel::read),
        ..Format::PLAIN
    },
    Format {
        id: "cortex",
        title: "Cortex",
        hint: "cortex.yaml files or a folder of entity descriptors",
        recognise: cortex::recognise,
        lies: SourceLayout::Beside,
        read: Some(cortex::read),
        ..Format::PLAIN
    },
    Format {
        id: "compass",
        title: "Atlassian Compass",
        hint: "compass.yml files",
        recognise: compass::recognise,
        lies: SourceLayout::Beside,
        read: Some(compass::read),
        ..Format::PLAIN
    },
    Format {
        id: "datadog",
        title: "Datadog",
        hint: "service.datadog.yaml files or a folder of service definitions",
        recognise: datadog::recognise,
        lies: SourceLayout::Beside,
        read: Some(datadog::read),
        ..Format::PLAIN
    },
    Format {
        id: "owners",
        title: "Kubernetes OWNERS",
        hint: "a repository with OWNERS and OWNERS_ALIASES files",
        recognise: owners::recognise,
        lies: SourceLayout::OverFolders,
        read: Some(owners::read),
        ..Format::PLAIN
    },
    Format {
        id: "rust-team",
        title: "TOML team folder",
        hint: "a folder with people, teams and repos, laid out like rust-lang/team",
        recognise: rust_team::recognise,
        read: Some(rust_team::read),
        ..Format::PLAIN
    },
    Format {
        id: "backstage",
        title: "Backstage catalog",
        hint: "catalog-info.yaml files",
        recognise: backstage::recognise,
        lies: SourceLayout::Beside,
        read: Some(backstage::read),
        write: Some(backstage::write),
        update: Some(backstage::update),
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
        read: Some(codeowners::read),
        write: Some(codeowners::write),
        update: Some(codeowners::update),
        file: Some("CODEOWNERS"),
        ..Format::PLAIN
    },
    Format {
        id: "sheet",
        title: "Spreadsheet or HR export",
        hint: "a CSV, TSV or XLSX file with one row per person or position",
        recognise: hr_import::recognise,
        read: Some(hr_import::read),
        ..Format::PLAIN
    },
    Format {
        id: "markdown",
        title: "Markdown checklist",
        hint: "Markdown files with “- [ ] …” items",
        recognise: template::recognise,
        read: Some(template::read),
        write: Some(template::write),
        ..Format::PLAIN
    },
    Format {
        id: "json",
        title: "JSON",
        hint: "the whole plan in one file",
        write: Some(json::write),
        file: Some("plan.json"),
        ..Format::PLAIN
    },
    Format {
        id: "dot",
        title: "Graphviz DOT",
        hint: "the service graph, for Graphviz and compatible tools",
        draw: Some(drawing::dot),
        file: Some("services.dot"),
        ..Format::PLAIN
    },
    Format {
        id: "mermaid",
        title: "Mermaid",
        hint: "the service graph, for Markdown that renders Mermaid",
        draw: Some(drawing::mermaid),
        file: Some("services.mmd"),
        ..Format::PLAIN
    },
];

pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

/// IDs of the formats that can be read.
pub fn readable() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.read.is_some()).map(|format| format.id)
}

/// IDs of the formats that can be written or drawn.
pub fn writable() -> impl Iterator<Item = &'static str> {
    let is_written = |format: &&Format| format.write.is_some() || format.draw.is_some();
    FORMATS.iter().filter(is_written).map(|format| format.id)
}

/// IDs of the formats whose files can be updated with the plan's owners.
pub fn updatable() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.update.is_some()).map(|format| format.id)
}

/// Joins IDs as a sentence does: `csv, backstage and json`.
pub(crate) fn in_words(ids: impl Iterator<Item = &'static str>, last: &str) -> String {
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
/// [`WriteError::UnknownFormat`] if no such format can be written, otherwise what the format's writer gives.
pub fn write(
    snapshot: &Snapshot,
    named: &str,
    out: &Path,
    options: &ExportOptions,
) -> Result<Vec<Diagnostic>, WriteError> {
    let write = format(named).and_then(|format| format.write);
    write.ok_or_else(|| WriteError::UnknownFormat(named.to_owned()))?(snapshot, out, options)
}

/// Computes the files of a format with the plan's owners in them. Nothing is written.
///
/// # Errors
/// [`WriteError::NotUpdated`] if the format has no update, [`WriteError::Read`] if the files can't be read.
pub fn update(
    snapshot: &Snapshot,
    named: &str,
    source: &Path,
    options: &ExportOptions,
) -> Result<Update, WriteError> {
    let update = format(named).and_then(|format| format.update);
    update.ok_or_else(|| WriteError::NotUpdated(named.to_owned()))?(snapshot, source, options)
}

/// Draws a graph as text.
///
/// # Errors
/// [`WriteError::UnknownFormat`] if the format can't draw.
pub fn draw(drawing: &Drawing, named: &str) -> Result<String, WriteError> {
    let draw = format(named).and_then(|format| format.draw);
    Ok(draw.ok_or_else(|| WriteError::UnknownFormat(named.to_owned()))?(drawing))
}
