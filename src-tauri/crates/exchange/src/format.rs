use std::path::{Path, PathBuf};

use headroom_model::Snapshot;

use crate::{
    backstage, codeowners, csv_folder,
    drawing::{self, Drawing},
    error::{ReadError, WriteError},
    json,
    problem::Problem,
    records::Records,
    update::Update,
};

/// What the user chose about reading.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// How many folders deep a service of a CODEOWNERS file is.
    pub depth: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { depth: 2 }
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
}

/// Reads files or folders; smaller trouble is among the problems of the records.
type Read = fn(&[PathBuf], &ReadOptions) -> Result<Records, ReadError>;
/// Writes a plan to a file or folder; gives what could not be written as it is. A format without dates writes what
/// holds on the day of the snapshot, or later.
type Write = fn(&Snapshot, &Path, &ExportOptions) -> Result<Vec<Problem>, WriteError>;
/// Brings the owners in files that are there already up to the plan's, on the day of the snapshot.
type Renew = fn(&Snapshot, &Path, &ExportOptions) -> Result<Update, WriteError>;

/// Draws a graph as text.
type Draw = fn(&Drawing) -> String;

/// A format in, out, or both.
pub struct Format {
    pub id: &'static str,
    pub title: &'static str,
    /// What to choose, in words.
    pub hint: &'static str,
    /// Whether these files or this folder look like it.
    pub recognise: fn(&Path) -> bool,
    pub read: Option<Read>,
    pub write: Option<Write>,
    pub update: Option<Renew>,
    pub draw: Option<Draw>,
    /// What a file of it is called that is written anew; none when it is a folder, or never written.
    pub file: Option<&'static str>,
}

/// Every format. A new one is a line here.
pub static FORMATS: &[Format] = &[
    Format {
        id: "csv",
        title: "CSV folder",
        hint: "a folder with teams.csv, people.csv, services.csv …, or some of these files",
        recognise: csv_folder::recognise,
        read: Some(csv_folder::read),
        write: Some(csv_folder::write),
        update: None,
        draw: None,
        file: None,
    },
    Format {
        id: "backstage",
        title: "Backstage catalog",
        hint: "a catalog-info.yaml, or a folder of them",
        recognise: backstage::recognise,
        read: Some(backstage::read),
        write: Some(backstage::write),
        update: Some(backstage::update),
        draw: None,
        file: Some("catalog-info.yaml"),
    },
    Format {
        id: "codeowners",
        title: "CODEOWNERS",
        hint: "a CODEOWNERS file with its repository folder or a list of its paths",
        recognise: codeowners::recognise,
        read: Some(codeowners::read),
        write: Some(codeowners::write),
        update: Some(codeowners::update),
        draw: None,
        file: Some("CODEOWNERS"),
    },
    Format {
        id: "json",
        title: "JSON",
        hint: "the whole plan as one document",
        recognise: |_| false,
        read: None,
        write: Some(json::write),
        update: None,
        draw: None,
        file: Some("plan.json"),
    },
    Format {
        id: "dot",
        title: "Graphviz DOT",
        hint: "the service graph, for Graphviz and tools that read its language",
        recognise: |_| false,
        read: None,
        write: None,
        update: None,
        draw: Some(drawing::dot),
        file: Some("services.dot"),
    },
    Format {
        id: "mermaid",
        title: "Mermaid",
        hint: "the service graph, for Markdown that draws it",
        recognise: |_| false,
        read: None,
        write: None,
        update: None,
        draw: Some(drawing::mermaid),
        file: Some("services.mmd"),
    },
];

pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

/// The first format that the first source looks like.
///
/// # Errors
/// When it looks like none, or is not there.
pub fn detect(sources: &[PathBuf]) -> Result<&'static Format, ReadError> {
    let first = sources.first().ok_or_else(|| ReadError::Unrecognised(PathBuf::new()))?;
    std::fs::metadata(first).map_err(|source| ReadError::Io { path: first.clone(), source })?;
    FORMATS
        .iter()
        .find(|format| format.read.is_some() && sources.iter().any(|source| (format.recognise)(source)))
        .ok_or_else(|| ReadError::Unrecognised(first.clone()))
}

/// Reads sources in the format named, or in the one they look like. Gives the format's id with the records.
///
/// # Errors
/// When nothing can be read at all; smaller trouble is among the problems of the records.
pub fn read(
    sources: &[PathBuf],
    named: Option<&str>,
    options: &ReadOptions,
) -> Result<(&'static Format, Records), ReadError> {
    let found = match named {
        Some(id) => format(id).ok_or_else(|| ReadError::UnknownFormat(id.to_owned()))?,
        None => detect(sources)?,
    };
    let read = found.read.ok_or_else(|| ReadError::UnknownFormat(found.id.to_owned()))?;
    Ok((found, read(sources, options)?))
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
) -> Result<Vec<Problem>, WriteError> {
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

pub(crate) fn written() -> String {
    list(|format| format.write.is_some() || format.draw.is_some())
}

pub(crate) fn updated() -> String {
    list(|format| format.update.is_some())
}

fn list(is_meant: impl Fn(&Format) -> bool) -> String {
    let ids: Vec<&str> = FORMATS.iter().filter(|format| is_meant(format)).map(|format| format.id).collect();
    match ids.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        few => few.join(""),
    }
}
