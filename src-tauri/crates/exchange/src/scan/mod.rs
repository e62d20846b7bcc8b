//! Detects which formats the sources hold, and reads each.
//!
//! A repository may have several catalogs side by side. Each format gives a [`Part`] with its own source, in the
//! order of `FORMATS`; formats whose services are folders come last, when the services are known (`folder_scope`).
//! Where several describe one entity, `reconcile` makes them agree: lists are joined, and of single values the first
//! in that order counts.

mod folder_scope;
mod reconcile;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use headroom_files::{Diagnostic, Level, Place, ReadError, records::Records};
use headroom_hr_import::holds_tables;
use serde::Serialize;

use crate::{
    options::ReadOptions,
    registry::{FORMATS, Format, FormatError, SourceLayout, format},
};

/// What one format reads from the sources.
pub struct Part {
    pub format: &'static Format,
    /// The sources in this format.
    pub sources: Vec<PathBuf>,
    pub records: Records,
}

/// A format that was detected, and which files of it were used, for a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DetectedFormat {
    pub format: &'static str,
    pub title: &'static str,
    pub files: Vec<String>,
}

impl Part {
    pub fn detected_formats(&self) -> DetectedFormat {
        let records = &self.records;
        let mut files = Files::default();
        files.add(records.teams.iter().map(|row| &row.place));
        files.add(records.people.iter().map(|row| &row.place));
        files.add(records.groupings.iter().map(|row| &row.place));
        files.add(records.services.iter().map(|row| &row.place));
        files.add(records.memberships.iter().map(|row| &row.place));
        files.add(records.ownerships.iter().map(|row| &row.place));
        files.add(records.dependencies.iter().map(|row| &row.place));
        files.add(records.interactions.iter().map(|row| &row.place));
        files.add(records.positions.iter().map(|row| &row.place));
        files.add(records.assignments.iter().map(|row| &row.place));
        files.add(records.templates.iter().map(|row| &row.place));
        files.add(records.figures.iter().map(|figure| &figure.place));
        files.add(records.practices.iter().map(|row| &row.place));
        files.add(records.rows.iter().map(|row| &row.place));
        files.add(records.approvals.iter().map(|row| &row.place));
        let files = files.names.into_iter().filter(|file| !file.is_empty()).map(str::to_owned).collect();
        DetectedFormat { format: self.format.id, title: self.format.title, files }
    }
}

/// The files in which records are.
#[derive(Default)]
struct Files<'a> {
    names: BTreeSet<&'a str>,
}

impl<'a> Files<'a> {
    fn add(&mut self, places: impl Iterator<Item = &'a Place>) {
        let mut last: Option<&Arc<str>> = None;
        for place in places {
            // Thousands of records of one file follow each other.
            if !last.is_some_and(|last| Arc::ptr_eq(last, &place.file)) {
                self.names.insert(&place.file);
                last = Some(&place.file);
            }
        }
    }
}

/// Removes diagnostics about files that another format reads.
fn leave_to_others(parts: &mut [Part]) {
    if parts.len() < 2 {
        return;
    }
    let own: Vec<BTreeSet<String>> =
        parts.iter().map(|part| part.detected_formats().files.into_iter().collect()).collect();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for (at, part) in parts.iter_mut().enumerate() {
        part.records.problems.retain(|problem| {
            let file = &*problem.place.file;
            let is_others = own.iter().enumerate().any(|(other, files)| other != at && files.contains(file));
            own[at].contains(file) || !(is_others || told.contains(file))
        });
        told.extend(part.records.problems.iter().map(|problem| problem.place.file.to_string()));
    }
}

/// Reads sources in the format named, or in every format detected.
///
/// # Errors
/// [`FormatError::UnknownImport`] in words if there is no such format; otherwise [`ReadError::Io`],
/// [`FormatError::Unrecognised`] in words or [`ReadError::Nothing`], and what the reader of the only format gives. One
/// format among several that can't be read is reported among the diagnostics.
pub fn read_parts(
    sources: &[PathBuf],
    named: Option<&str>,
    options: &ReadOptions,
) -> Result<Vec<Part>, ReadError> {
    let found = match named {
        Some(id) => {
            let format = format(id).ok_or_else(|| FormatError::UnknownImport(id.to_owned()))?;
            vec![(format, sources.to_vec())]
        }
        None => formats_in(sources)?,
    };
    let is_one = found.len() == 1;
    let mut parts: Vec<Part> = Vec::new();
    // Formats of folders come last: they have to know which folders are services.
    let (first, last): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(format, _)| format.lies != SourceLayout::OverFolders);
    let before = first.len();
    for (format, sources) in first.into_iter().chain(last) {
        if parts.len() == before {
            reconcile::reconcile(&mut parts);
        }
        let read = match format.lies {
            SourceLayout::OverFolders => folder_scope::read(format, &sources, options, &parts),
            SourceLayout::Apart | SourceLayout::Beside => read_in(format, &sources, options),
        };
        let records = match read {
            Ok(records) => records,
            Err(error) if is_one => return Err(error),
            Err(error) => unreadable(&error, format, &sources),
        };
        parts.push(Part { format, sources, records });
    }
    let order = |part: &Part| FORMATS.iter().position(|known| known.id == part.format.id);
    parts.sort_by_key(order);
    reconcile::reconcile(&mut parts);
    leave_to_others(&mut parts);
    Ok(parts)
}

fn read_in(format: &Format, sources: &[PathBuf], options: &ReadOptions) -> Result<Records, ReadError> {
    format.read.ok_or_else(|| FormatError::UnknownImport(format.id.to_owned()))?(sources, options)
}

fn unreadable(error: &ReadError, format: &Format, sources: &[PathBuf]) -> Records {
    let file = sources.first().map(|source| source.display().to_string()).unwrap_or_default();
    let message = format!("{} skipped: {error}", format.title);
    let advice = "fix this, or import the other formats one by one";
    let problem = Diagnostic::new(Level::Error, Place::new(&file.into(), 0, 0), message, advice);
    Records { problems: vec![problem], ..Records::default() }
}

/// The formats of the sources, each with its sources. A file is of one format; a folder may hold several, unless an
/// exclusive one (the plan's own) is among them.
///
/// # Errors
/// [`ReadError::Io`] if a source does not exist, [`FormatError::Unrecognised`] in words or [`ReadError::Nothing`] if no
/// source is of a known format.
fn formats_in(sources: &[PathBuf]) -> Result<Vec<(&'static Format, Vec<PathBuf>)>, ReadError> {
    let first = sources.first().ok_or_else(|| FormatError::Unrecognised(PathBuf::new()))?;
    let mut found: Vec<(&'static Format, Vec<PathBuf>)> = Vec::new();
    let mut others = Vec::new();
    for source in sources {
        std::fs::metadata(source).map_err(|error| ReadError::Io { path: source.clone(), source: error })?;
        let formats = formats_of(source);
        if formats.is_empty() {
            others.push(source.clone());
        }
        for format in formats {
            match found.iter_mut().find(|(known, _)| known.id == format.id) {
                Some((_, sources)) => sources.push(source.clone()),
                None => found.push((format, vec![source.clone()])),
            }
        }
    }
    let order = |format: &Format| FORMATS.iter().position(|known| known.id == format.id);
    found.sort_by_key(|(format, _)| order(format));
    // A source of no format goes with one that needs a list of paths or a folder besides its file; otherwise with the
    // first, whose reader reports what is wrong with it.
    let companions: Vec<PathBuf> = sources.iter().filter(|source| source.is_dir()).cloned().collect();
    let needy = found.iter().position(|(format, _)| format.needs_companions);
    if let Some((_, own)) = needy.or((!found.is_empty()).then_some(0)).and_then(|at| found.get_mut(at)) {
        own.append(&mut others);
        if needy.is_some() {
            own.extend(companions);
            let mut seen = BTreeSet::new();
            own.retain(|source| seen.insert(source.clone()));
        }
    }
    match found.is_empty() {
        true if first.is_dir() => {
            let expected = "no known format found in the folder; pick one under “Format” or with --format";
            Err(ReadError::Nothing { path: first.clone(), expected })
        }
        true => Err(FormatError::Unrecognised(first.clone()).into()),
        false => Ok(found),
    }
}

fn formats_of(source: &Path) -> Vec<&'static Format> {
    let mut formats = FORMATS.iter().filter(|format| format.read.is_some() && (format.recognise)(source));
    let first = formats.next();
    // Only if the folder has nothing but tables: tables beside a catalog may be anything.
    let first = first.or_else(|| if holds_tables(source) { format("sheet") } else { None });
    let is_exclusive = first.is_some_and(|format| format.is_exclusive);
    let others = formats.filter(|format| {
        source.is_dir() && !format.is_exclusive && (!is_exclusive || format.reads_beside_tables)
    });
    first.into_iter().chain(others).collect()
}

/// Whether every source is a table, or a folder of tables and nothing else that can be imported.
pub fn are_tables(sources: &[PathBuf]) -> bool {
    !sources.is_empty() && sources.iter().all(|source| is_all_of(source, "sheet"))
}

/// Whether every source has figures of metrics and nothing else.
pub fn are_measured(sources: &[PathBuf]) -> bool {
    let is_measured = |source: &PathBuf| {
        let formats = formats_of(source);
        !formats.is_empty() && formats.iter().all(|format| format.measures)
    };
    !sources.is_empty() && sources.iter().all(is_measured)
}

/// Whether a file or folder is of this format and no other.
fn is_all_of(source: &Path, id: &str) -> bool {
    matches!(formats_of(source).as_slice(), [only] if only.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_csv_of_hr_software_is_a_table() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("people.csv");
        let is_of = |text: &str, format: &str| {
            std::fs::write(&file, text).unwrap();
            let all = [file.as_path(), folder.path()].map(|source| is_all_of(source, format));
            all == [true, true]
        };
        assert!(is_of("Employee ID,Name,Job Title,Hire Date\n1,Ada,Dev,2020-01-01\n", "sheet"));
        assert!(is_of("ID,First name,Last name,Position,Hire date\n1,Ada,Ok,Dev,2020-01-01\n", "sheet"));
        assert!(is_of("id,name,title,email,from\nada,Ada,Dev,,2020-01-01\n", "csv"));
        assert!(is_of("name,title,from\nAda,Dev,2020-01-01\n", "csv"), "its reader says what is missing");
    }
}
