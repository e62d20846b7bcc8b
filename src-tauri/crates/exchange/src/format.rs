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

/// What the user chose about reading.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// How many folders deep a service of a CODEOWNERS file is.
    pub depth: usize,
    /// The folders that are services, by catalogs that lie beside the CODEOWNERS file; the root is empty. Else every
    /// folder is one.
    pub folders: Option<BTreeSet<String>>,
    /// How the columns of tables become fields; a built-in profile is found by their headers if not given.
    pub profile: Option<Profile>,
    /// What tables do not say by themselves, whichever profile counts.
    pub answers: TableAnswers,
    /// The day on which the files are read: whose last day lies before has left.
    pub today: Option<NaiveDate>,
    /// Leave amounts of pay out of what is told about tables.
    pub hides_pay: bool,
    /// Whose rules a CODEOWNERS file follows; told by its place and what it says if not given.
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

/// What the user chose about writing. Each counts for some formats only.
#[derive(Debug, Clone, Default)]
pub struct ExportOptions {
    /// Of an update: where a file calls an owner by a former name or in another case, it gets the present one.
    pub current_names: bool,
    /// CODEOWNERS: the repository's folder, or files that list its paths. Every service whose key is a folder in it
    /// counts then, else those that came from a CODEOWNERS file.
    pub paths: Vec<PathBuf>,
    /// CODEOWNERS: the organisation before the names of teams, where neither the plan nor the file tells.
    pub organisation: Option<String>,
    /// CODEOWNERS: whose rules the file follows, where its place does not tell.
    pub dialect: Option<Dialect>,
}

/// Reads files or folders; smaller trouble is among the problems of the records.
type Read = fn(&[PathBuf], &ReadOptions) -> Result<Records, ReadError>;
/// Writes a plan to a file or folder; gives what could not be written as it is. A format without dates writes what
/// holds on the day of the snapshot, or later.
type Write = fn(&Snapshot, &Path, &ExportOptions) -> Result<Vec<Diagnostic>, WriteError>;
/// Brings the owners in files that are there already up to the plan's, on the day of the snapshot.
type Renew = fn(&Snapshot, &Path, &ExportOptions) -> Result<Update, WriteError>;

/// Draws a graph as text.
type Draw = fn(&Drawing) -> String;

/// Where the files of a format lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceLayout {
    /// In a place of their own.
    Apart,
    /// In the folder of the service that they describe.
    Beside,
    /// The folders of a repository are its services.
    OverFolders,
}

/// A format in, out, or both.
pub struct Format {
    pub id: &'static str,
    pub title: &'static str,
    /// What to choose, in words.
    pub hint: &'static str,
    /// Whether this file or this folder looks like it. A file is of the first format that it looks like.
    pub recognise: fn(&Path) -> bool,
    /// A folder of it is read as nothing else besides.
    pub is_exclusive: bool,
    /// It needs folders or lists of paths besides its own file.
    pub needs_companions: bool,
    pub lies: SourceLayout,
    pub read: Option<Read>,
    pub write: Option<Write>,
    pub update: Option<Renew>,
    pub draw: Option<Draw>,
    /// What a file of it is called that is written anew; none when it is a folder, or never written.
    pub file: Option<&'static str>,
}

impl Format {
    /// What holds of a format unless its line says otherwise.
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

/// Every format. A new one is a line here.
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

/// The ids of the formats that can be read.
pub fn readable() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.read.is_some()).map(|format| format.id)
}

/// The ids of the formats that can be written or drawn.
pub fn writable() -> impl Iterator<Item = &'static str> {
    let is_written = |format: &&Format| format.write.is_some() || format.draw.is_some();
    FORMATS.iter().filter(is_written).map(|format| format.id)
}

/// The ids of the formats whose files can be brought up to the plan's owners.
pub fn updatable() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.update.is_some()).map(|format| format.id)
}

/// `csv, backstage and json`.
pub(crate) fn in_words(ids: impl Iterator<Item = &'static str>, last: &str) -> String {
    let ids: Vec<&str> = ids.collect();
    match ids.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [init @ .., end] => format!("{} {last} {end}", init.join(", ")),
    }
}

/// Writes a plan in the format named; gives what could not be written as it is.
///
/// # Errors
/// When there is no such format to write, or the disk refuses.
pub fn write(
    snapshot: &Snapshot,
    named: &str,
    out: &Path,
    options: &ExportOptions,
) -> Result<Vec<Diagnostic>, WriteError> {
    let write = format(named).and_then(|format| format.write);
    write.ok_or_else(|| WriteError::UnknownFormat(named.to_owned()))?(snapshot, out, options)
}

/// What a plan's owners would alter in the files of a format that are there already.
///
/// # Errors
/// When the format has no such files, or they cannot be read.
pub fn update(
    snapshot: &Snapshot,
    named: &str,
    source: &Path,
    options: &ExportOptions,
) -> Result<Update, WriteError> {
    let update = format(named).and_then(|format| format.update);
    update.ok_or_else(|| WriteError::NotUpdated(named.to_owned()))?(snapshot, source, options)
}

/// A graph in a format that draws.
///
/// # Errors
/// When the format draws nothing.
pub fn draw(drawing: &Drawing, named: &str) -> Result<String, WriteError> {
    let draw = format(named).and_then(|format| format.draw);
    Ok(draw.ok_or_else(|| WriteError::UnknownFormat(named.to_owned()))?(drawing))
}
