//! The tables of the files, and which table of a profile each is.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use headroom_files::{Diagnostic, Level, Place, ReadError};
use headroom_tabular::{
    is_table,
    raw_table::{RawRow, RawTable},
    read_tables,
};

use super::{
    ambiguity::Ambiguity,
    answers::TableAnswers,
    fitting::{Chosen, ProfileOrigin, fitting, header_of, stem},
    guess,
    header::{self, Header},
    hidden,
    profile::{Profile, TableProfile},
};

/// A table with its header and rows, before its columns are matched.
#[derive(Debug)]
pub struct SourceTable {
    pub path: PathBuf,
    /// The sheets of the workbook, if there are several.
    pub sheets: Vec<String>,
    pub grid: RawTable,
    pub header: Header,
    /// Unique.
    pub headers: Vec<String>,
    pub rows: Vec<RawRow>,
    /// Hidden columns that don't count.
    pub hidden_columns: Vec<usize>,
    /// What has to be decided about the table before all of it counts.
    pub asked: Option<Ambiguity>,
}

/// The tables of the files, each with the index of its table in the profile.
#[derive(Debug)]
pub struct Matched {
    pub profile: Profile,
    /// For each table of the profile.
    pub origins: Vec<ProfileOrigin>,
    pub tables: Vec<(SourceTable, usize)>,
    /// Files without a fitting table, and why if it is known.
    pub left: Vec<(Place, String)>,
    /// Sheets that were not read, in files of which another sheet was.
    pub aside: Vec<Diagnostic>,
}

/// Whether a folder has tables in it.
pub fn holds_tables(path: &Path) -> bool {
    path.is_dir() && !files(&[path.to_owned()]).is_empty()
}

/// Every file among the sources; of folders those that are tables.
fn files(sources: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for source in sources {
        if source.is_dir() {
            let mut inside: Vec<PathBuf> = std::fs::read_dir(source)
                .map(|entries| {
                    entries.flatten().map(|entry| entry.path()).filter(|path| is_table(path)).collect()
                })
                .unwrap_or_default();
            inside.sort();
            files.append(&mut inside);
        } else {
            files.push(source.clone());
        }
    }
    files
}

/// The tables of files as they are.
#[derive(Default)]
pub struct RawTables {
    pub files: Vec<(PathBuf, Vec<RawTable>)>,
    /// Files of a folder that are not tables, whatever their names say.
    pub left: Vec<(Place, String)>,
}

/// Reads every table of the files as it is.
///
/// # Errors
/// [`ReadError::Nothing`] if there is no table; [`ReadError::Io`], or [`ReadError::Structure`] for a file that was named
/// itself or if no other can be read.
pub fn grids(sources: &[PathBuf]) -> Result<RawTables, ReadError> {
    let files = files(sources);
    if files.is_empty() {
        let path = sources.first().cloned().unwrap_or_default();
        return Err(ReadError::Nothing { path, expected: "expected a CSV, TSV or XLSX file" });
    }
    let mut all = RawTables::default();
    let mut first = None;
    for path in files {
        match grids_of(&path) {
            Ok(grids) => all.files.push((path, grids)),
            Err(ReadError::Structure { place, message }) if !sources.contains(&path) => {
                all.left.push((place.clone(), message.clone()));
                first.get_or_insert(ReadError::Structure { place, message });
            }
            Err(error) => return Err(error),
        }
    }
    first.filter(|_| all.files.is_empty()).map_or(Ok(all), Err)
}

/// The tables of a file, with a warning where the header is hidden.
fn grids_of(path: &Path) -> Result<Vec<RawTable>, ReadError> {
    let mut grids = read_tables(path)?;
    grids.iter_mut().for_each(hidden::tell_hidden_headers);
    Ok(grids)
}

/// What the user chose: a profile, and answers that hold for any profile.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadChoices<'a> {
    pub profile: Option<&'a Profile>,
    pub answers: Option<&'a TableAnswers>,
    /// The user sees the result: tables of which the profile has no column are guessed, as when another sheet or
    /// header row was chosen.
    pub is_seen: bool,
}

/// Reads the files and matches each with a table of the profile. Without a profile a built-in one is recognised by
/// the headers, or one is made of the words in them.
///
/// # Errors
/// [`ReadError::Io`] or [`ReadError::Structure`] if a file can't be read.
pub fn matched(sources: &[PathBuf], said: ReadChoices<'_>) -> Result<Matched, ReadError> {
    let RawTables { files: grids, left } = grids(sources)?;
    let mut chosen = match said.profile {
        Some(profile) => Chosen {
            origins: vec![ProfileOrigin::Given; profile.tables.len()],
            of_file: vec![0..profile.tables.len(); grids.len()],
            profile: profile.clone(),
        },
        None => guess::chosen(&grids),
    };
    if let Some(answers) = said.answers {
        answers.put(&mut chosen.profile);
    }
    let (profile, origins) = (chosen.profile, chosen.origins);
    let mut matched = Matched { profile, origins, tables: Vec::new(), left, aside: Vec::new() };
    for ((path, grids), range) in grids.into_iter().zip(chosen.of_file) {
        matched.take(&path, grids, range, said.is_seen);
    }
    Ok(matched)
}

impl Matched {
    fn take(&mut self, path: &Path, grids: Vec<RawTable>, range: Range<usize>, is_seen: bool) {
        let place = Place::new(&path.display().to_string().into(), 0, 0);
        let fitting = fitting(&grids, &self.profile, range, &stem(path));
        if fitting.is_empty() {
            let why = why_left(&grids, &self.profile);
            self.left.push((place, why));
        }
        self.aside.extend(aside(&grids, &self.profile, &fitting));
        let sheets: Vec<String> = grids.iter().filter_map(|grid| grid.sheet.clone()).collect();
        let sheets = if sheets.len() > 1 { sheets } else { Vec::new() };
        let mut grids: Vec<Option<RawTable>> = grids.into_iter().map(Some).collect();
        for (at, own, header) in fitting {
            if is_seen && self.profile.tables[own].columns.is_empty() {
                self.profile.tables[own].columns = guess::columns(&header);
            }
            let Some(mut grid) = grids[at].take() else { continue };
            let mut rows = header::body(&mut grid, &header);
            let headers = header::distinct(&header.names);
            let number = self.tables.len();
            let (hidden_columns, asked) =
                hidden::settle(&mut grid, &mut rows, &headers, &header, &self.profile.tables[own], number);
            let (path, sheets) = (path.to_owned(), sheets.clone());
            let table = SourceTable { path, sheets, grid, header, headers, rows, hidden_columns, asked };
            self.tables.push((table, own));
        }
    }

    /// Whether some table was matched by the words in its headers alone.
    pub fn is_guess(&self) -> bool {
        self.origins.contains(&ProfileOrigin::Guessed)
    }

    /// The built-in profile that all tables have in common.
    pub fn built_in(&self) -> Option<&'static str> {
        match self.origins.first() {
            Some(ProfileOrigin::BuiltIn(id))
                if self.origins.iter().all(|origin| *origin == ProfileOrigin::BuiltIn(id)) =>
            {
                Some(id)
            }
            _ => None,
        }
    }
}

/// Reports sheets that look like one that was read and were not read: a workbook may have a sheet per country or
/// month.
fn aside(grids: &[RawTable], profile: &Profile, read: &[(usize, usize, Header)]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (at, grid) in grids.iter().enumerate() {
        let Some(sheet) = grid.sheet.as_ref().filter(|_| read.iter().all(|(other, ..)| *other != at)) else {
            continue;
        };
        let is_alike = |(other, own, _): &&(usize, usize, Header)| {
            let table = TableProfile { sheet: None, ..profile.tables[*own].clone() };
            let fits = |grid: &RawTable| {
                header_of(grid, &table).map_or(0, |header| table.fits(&header::distinct(&header.names)))
            };
            fits(grid) > 0 && fits(grid) * 2 >= fits(&grids[*other])
        };
        let Some((other, ..)) = read.iter().find(is_alike) else { continue };
        let other = grids[*other].sheet.clone().unwrap_or_default();
        let message = format!("sheet “{sheet}” has similar columns but was not read; “{other}” was");
        let advice = "choose the sheet, or save each sheet as a separate file and import them together";
        let level = if grid.is_hidden { Level::Note } else { Level::Error };
        problems.push(Diagnostic::new(level, Place::new(&grid.name, 0, 0), message, advice));
    }
    problems
}

/// Why no table of a file fits.
fn why_left(grids: &[RawTable], profile: &Profile) -> String {
    let sheets: Vec<&str> = grids.iter().filter_map(|grid| grid.sheet.as_deref()).collect();
    let wanted = profile.tables.iter().filter_map(|table| table.sheet.as_deref());
    if let Some(sheet) = wanted.into_iter().find(|sheet| !sheets.is_empty() && !sheets.contains(sheet)) {
        return format!("no sheet named “{sheet}”; found {}", sheets.join(", "));
    }
    if grids.iter().all(|grid| grid.rows.iter().all(RawRow::is_blank)) {
        return "file is empty".to_owned();
    }
    format!("none of the columns that “{}” expects", profile.title)
}
