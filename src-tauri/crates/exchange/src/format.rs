use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use headroom_model::Plan;

use crate::{
    backstage, codeowners, compass, cortex, csv_folder, datadog,
    error::{ReadError, WriteError},
    json, opslevel, owners,
    records::Records,
    rust_team,
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

/// Reads files or folders; smaller trouble is among the problems of the records.
type Read = fn(&[PathBuf], &ReadOptions) -> Result<Records, ReadError>;
/// Writes a plan to a file or folder. A format without dates writes what holds on the day or later.
type Write = fn(&Plan, &Path, NaiveDate) -> Result<(), WriteError>;

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
    },
    Format {
        id: "opslevel",
        title: "OpsLevel",
        hint: "an opslevel.yml, or a folder with some",
        recognise: opslevel::recognise,
        read: Some(opslevel::read),
        write: None,
    },
    Format {
        id: "cortex",
        title: "Cortex",
        hint: "a cortex.yaml, or a folder of entity descriptors",
        recognise: cortex::recognise,
        read: Some(cortex::read),
        write: None,
    },
    Format {
        id: "compass",
        title: "Atlassian Compass",
        hint: "a compass.yml, or a folder with some",
        recognise: compass::recognise,
        read: Some(compass::read),
        write: None,
    },
    Format {
        id: "datadog",
        title: "Datadog",
        hint: "a service.datadog.yaml, or a folder of service definitions",
        recognise: datadog::recognise,
        read: Some(datadog::read),
        write: None,
    },
    Format {
        id: "owners",
        title: "Kubernetes OWNERS",
        hint: "a repository with OWNERS files, and OWNERS_ALIASES",
        recognise: owners::recognise,
        read: Some(owners::read),
        write: None,
    },
    Format {
        id: "rust-team",
        title: "TOML team folder",
        hint: "a folder with people, teams and repos as rust-lang/team has them",
        recognise: rust_team::recognise,
        read: Some(rust_team::read),
        write: None,
    },
    Format {
        id: "backstage",
        title: "Backstage catalog",
        hint: "a catalog-info.yaml, or a folder of them",
        recognise: backstage::recognise,
        read: Some(backstage::read),
        write: Some(backstage::write),
    },
    Format {
        id: "codeowners",
        title: "CODEOWNERS",
        hint: "a CODEOWNERS file with its repository folder or a list of its paths",
        recognise: codeowners::recognise,
        read: Some(codeowners::read),
        write: None,
    },
    Format {
        id: "json",
        title: "JSON",
        hint: "the whole plan as one document",
        recognise: |_| false,
        read: None,
        write: Some(json::write),
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

/// Writes a plan in the format named.
///
/// # Errors
/// When there is no such format to write, or the disk refuses.
pub fn write(plan: &Plan, named: &str, out: &Path, day: NaiveDate) -> Result<(), WriteError> {
    let write = format(named).and_then(|format| format.write);
    write.ok_or_else(|| WriteError::UnknownFormat(named.to_owned()))?(plan, out, day)
}
