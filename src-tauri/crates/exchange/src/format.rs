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

/// Where the files of a format lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
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
    pub lies: Lies,
    pub read: Option<Read>,
    pub write: Option<Write>,
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
        lies: Lies::Apart,
        read: None,
        write: None,
    };
}

/// Every format. A new one is a line here.
pub static FORMATS: &[Format] = &[
    Format {
        id: "csv",
        title: "CSV folder",
        hint: "a folder with teams.csv, people.csv, services.csv …, or some of these files",
        recognise: csv_folder::recognise,
        is_exclusive: true,
        read: Some(csv_folder::read),
        write: Some(csv_folder::write),
        ..Format::PLAIN
    },
    Format {
        id: "opslevel",
        title: "OpsLevel",
        hint: "an opslevel.yml, or a folder with some",
        recognise: opslevel::recognise,
        lies: Lies::Beside,
        read: Some(opslevel::read),
        ..Format::PLAIN
    },
    Format {
        id: "cortex",
        title: "Cortex",
        hint: "a cortex.yaml, or a folder of entity descriptors",
        recognise: cortex::recognise,
        lies: Lies::Beside,
        read: Some(cortex::read),
        ..Format::PLAIN
    },
    Format {
        id: "compass",
        title: "Atlassian Compass",
        hint: "a compass.yml, or a folder with some",
        recognise: compass::recognise,
        lies: Lies::Beside,
        read: Some(compass::read),
        ..Format::PLAIN
    },
    Format {
        id: "datadog",
        title: "Datadog",
        hint: "a service.datadog.yaml, or a folder of service definitions",
        recognise: datadog::recognise,
        lies: Lies::Beside,
        read: Some(datadog::read),
        ..Format::PLAIN
    },
    Format {
        id: "owners",
        title: "Kubernetes OWNERS",
        hint: "a repository with OWNERS files, and OWNERS_ALIASES",
        recognise: owners::recognise,
        lies: Lies::OverFolders,
        read: Some(owners::read),
        ..Format::PLAIN
    },
    Format {
        id: "rust-team",
        title: "TOML team folder",
        hint: "a folder with people, teams and repos as rust-lang/team has them",
        recognise: rust_team::recognise,
        read: Some(rust_team::read),
        ..Format::PLAIN
    },
    Format {
        id: "backstage",
        title: "Backstage catalog",
        hint: "a catalog-info.yaml, or a folder of them",
        recognise: backstage::recognise,
        lies: Lies::Beside,
        read: Some(backstage::read),
        write: Some(backstage::write),
        ..Format::PLAIN
    },
    Format {
        id: "codeowners",
        title: "CODEOWNERS",
        hint: "a CODEOWNERS file with its repository folder or a list of its paths",
        recognise: codeowners::recognise,
        needs_companions: true,
        lies: Lies::OverFolders,
        read: Some(codeowners::read),
        ..Format::PLAIN
    },
    Format {
        id: "json",
        title: "JSON",
        hint: "the whole plan as one document",
        write: Some(json::write),
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
