use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

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
    /// The folders that are services, by catalogs that lie beside the CODEOWNERS file; the root is empty. Else every
    /// folder is one.
    pub folders: Option<BTreeSet<String>>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { depth: 2, folders: None }
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
    /// Whether this file or this folder looks like it. A file is of the first format that it looks like.
    pub recognise: fn(&Path) -> bool,
    /// A folder of it is read as nothing else besides.
    pub is_exclusive: bool,
    /// It needs folders or lists of paths besides its own file.
    pub needs_companions: bool,
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
        is_exclusive: true,
        needs_companions: false,
        read: Some(csv_folder::read),
        write: Some(csv_folder::write),
    },
    Format {
        id: "opslevel",
        title: "OpsLevel",
        hint: "an opslevel.yml, or a folder with some",
        recognise: opslevel::recognise,
        is_exclusive: false,
        needs_companions: false,
        read: Some(opslevel::read),
        write: None,
    },
    Format {
        id: "cortex",
        title: "Cortex",
        hint: "a cortex.yaml, or a folder of entity descriptors",
        recognise: cortex::recognise,
        is_exclusive: false,
        needs_companions: false,
        read: Some(cortex::read),
        write: None,
    },
    Format {
        id: "compass",
        title: "Atlassian Compass",
        hint: "a compass.yml, or a folder with some",
        recognise: compass::recognise,
        is_exclusive: false,
        needs_companions: false,
        read: Some(compass::read),
        write: None,
    },
    Format {
        id: "datadog",
        title: "Datadog",
        hint: "a service.datadog.yaml, or a folder of service definitions",
        recognise: datadog::recognise,
        is_exclusive: false,
        needs_companions: false,
        read: Some(datadog::read),
        write: None,
    },
    Format {
        id: "owners",
        title: "Kubernetes OWNERS",
        hint: "a repository with OWNERS files, and OWNERS_ALIASES",
        recognise: owners::recognise,
        is_exclusive: false,
        needs_companions: false,
        read: Some(owners::read),
        write: None,
    },
    Format {
        id: "rust-team",
        title: "TOML team folder",
        hint: "a folder with people, teams and repos as rust-lang/team has them",
        recognise: rust_team::recognise,
        is_exclusive: false,
        needs_companions: false,
        read: Some(rust_team::read),
        write: None,
    },
    Format {
        id: "backstage",
        title: "Backstage catalog",
        hint: "a catalog-info.yaml, or a folder of them",
        recognise: backstage::recognise,
        is_exclusive: false,
        needs_companions: false,
        read: Some(backstage::read),
        write: Some(backstage::write),
    },
    Format {
        id: "codeowners",
        title: "CODEOWNERS",
        hint: "a CODEOWNERS file with its repository folder or a list of its paths",
        recognise: codeowners::recognise,
        is_exclusive: false,
        needs_companions: true,
        read: Some(codeowners::read),
        write: None,
    },
    Format {
        id: "json",
        title: "JSON",
        hint: "the whole plan as one document",
        recognise: |_| false,
        is_exclusive: false,
        needs_companions: false,
        read: None,
        write: Some(json::write),
    },
];

pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

/// The ids of the formats that can be read.
pub fn readable() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.read.is_some()).map(|format| format.id)
}

/// The ids of the formats that can be written.
pub fn writable() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.write.is_some()).map(|format| format.id)
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

/// Writes a plan in the format named.
///
/// # Errors
/// When there is no such format to write, or the disk refuses.
pub fn write(plan: &Plan, named: &str, out: &Path, day: NaiveDate) -> Result<(), WriteError> {
    let write = format(named).and_then(|format| format.write);
    write.ok_or_else(|| WriteError::UnknownFormat(named.to_owned()))?(plan, out, day)
}
