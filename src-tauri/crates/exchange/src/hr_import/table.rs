//! The tables of files, and which table of a profile each is.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use super::{
    ambiguity::Ambiguity,
    answers::TableAnswers,
    delimited, disguise, guess,
    header::{self, Header},
    hidden,
    profile::{Profile, TableProfile},
    raw_table::{FILE_LIMIT, RawRow, RawTable},
    workbook,
};
use crate::{
    diagnostic::{Diagnostic, Level, Place},
    error::ReadError,
    files::ends_in,
    text::read_text,
};

const TEXTS: [&str; 4] = ["csv", "tsv", "tab", "txt"];
const BOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// A file that is a table by its name.
pub fn recognise(path: &Path) -> bool {
    path.is_file() && (ends_in(path, &TEXTS[..3]) || ends_in(path, &BOOKS))
}

/// Headers and rows, not yet understood.
#[derive(Debug)]
pub struct SourceTable {
    pub path: PathBuf,
    /// The sheets of the workbook, where there are several.
    pub sheets: Vec<String>,
    pub grid: RawTable,
    pub header: Header,
    /// No two alike.
    pub headers: Vec<String>,
    pub rows: Vec<RawRow>,
    /// Columns that are hidden in the workbook and do not count.
    pub hidden_columns: Vec<usize>,
    /// What has to be said about the table before all of it counts.
    pub asked: Option<Ambiguity>,
}

/// Where the profile came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileOrigin {
    Given,
    /// Known by its headers; the id of the built-in profile.
    BuiltIn(&'static str),
    /// Made of the words in the headers.
    Guessed,
}

/// The tables of the files, each with the number of its table in the profile.
#[derive(Debug)]
pub struct Matched {
    pub profile: Profile,
    /// Of each table of the profile.
    pub origins: Vec<ProfileOrigin>,
    pub tables: Vec<(SourceTable, usize)>,
    /// Files of which no table fits, and why where there is a reason.
    pub left: Vec<(Place, String)>,
    /// Sheets that were not read beside one that was.
    pub aside: Vec<Diagnostic>,
}

/// A folder with tables in it.
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
                    entries.flatten().map(|entry| entry.path()).filter(|path| recognise(path)).collect()
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

/// The tables of files as they stand.
#[derive(Default)]
pub struct RawTables {
    pub files: Vec<(PathBuf, Vec<RawTable>)>,
    /// What lies in a folder and is no table, whatever its name says.
    pub left: Vec<(Place, String)>,
}

/// Reads every table of the files as it stands.
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

fn grids_of(path: &Path) -> Result<Vec<RawTable>, ReadError> {
    let length =
        std::fs::metadata(path).map_err(|source| ReadError::Io { path: path.to_owned(), source })?.len();
    if length > FILE_LIMIT {
        let place = Place::new(&path.display().to_string().into(), 0, 0);
        let message = format!("file is larger than {} MB; split it", FILE_LIMIT >> 20);
        return Err(ReadError::Structure { place, message });
    }
    let is_book = ends_in(path, &BOOKS);
    disguise::is_what_its_name_says(path, is_book)?;
    if is_book { workbook::read(path) } else { Ok(vec![text(path)?]) }
}

fn text(path: &Path) -> Result<RawTable, ReadError> {
    let mut problems = Vec::new();
    let (text, name) = read_text(path, &mut problems)?;
    let mut grid = RawTable::new(&name, None);
    grid.problems = problems;
    delimited::read(&text, &mut grid);
    Ok(grid)
}

/// Where the tables of a profile come from, and which of the files are theirs.
pub struct Chosen {
    pub profile: Profile,
    /// Of each table of the profile.
    pub origins: Vec<ProfileOrigin>,
    /// Of each file: the tables that it may be.
    pub of_file: Vec<Range<usize>>,
}

/// What somebody said about the tables: a profile, and answers that count whichever profile does.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadChoices<'a> {
    pub profile: Option<&'a Profile>,
    pub answers: Option<&'a TableAnswers>,
    /// Somebody sees it: the columns of a table of which the profile names none are guessed, as when another sheet or
    /// another line with the headers was chosen.
    pub is_seen: bool,
}

/// Reads the files and finds the table of the profile that each of them is. Without a profile a built-in one is found by
/// the headers, or one is made of the words in them.
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

    /// Whether the words in the headers alone say what the columns of some table are.
    pub fn is_guess(&self) -> bool {
        self.origins.contains(&ProfileOrigin::Guessed)
    }

    /// The built-in profile that all tables are of.
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

/// Sheets that look like one that was read and were not: whoever has a sheet for each country or month is told.
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

pub fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn header_of(grid: &RawTable, table: &TableProfile) -> Option<Header> {
    header::find(grid, table.header_row, &|header| table.names(header))
}

/// The sheets of a file that are tables of the profile, with the number of that table. A table that is called like the
/// file is that file's, whatever its columns.
pub fn fitting(
    grids: &[RawTable],
    profile: &Profile,
    range: Range<usize>,
    stem: &str,
) -> Vec<(usize, usize, Header)> {
    let tables = || profile.tables.iter().enumerate().filter(|(at, _)| range.contains(at));
    let named = tables().find(|(_, table)| table.name == stem).map(|(at, _)| at);
    let mut found: Vec<(usize, usize, usize, Header)> = Vec::new();
    for (at, grid) in grids.iter().enumerate() {
        let of_table = |(own, table): (usize, &TableProfile)| {
            let is_named = table.sheet.as_ref().is_none_or(|name| grid.sheet.as_ref() == Some(name));
            let header = header_of(grid, table).filter(|_| is_named)?;
            let fits = table.fits(&header::distinct(&header.names)).max(table.fits(&header.names));
            let is_meant = named.map_or(fits > 0, |named| named == own);
            is_meant.then_some((fits, own, header))
        };
        let best =
            tables().filter_map(of_table).max_by_key(|(fits, own, _)| (*fits, std::cmp::Reverse(*own)));
        found.extend(best.map(|(fits, own, header)| (at, fits, own, header)));
    }
    // Of several sheets for one table the one that fits best, the first of those that fit equally.
    let best_of = |own: usize| {
        found
            .iter()
            .filter(|(_, _, other, _)| *other == own)
            .max_by_key(|(at, fits, ..)| (!grids[*at].is_hidden, *fits, std::cmp::Reverse(*at)))
            .map(|(at, ..)| *at)
    };
    let best: Vec<usize> = found.iter().filter_map(|(_, _, own, _)| best_of(*own)).collect();
    found
        .into_iter()
        .filter(|(at, ..)| best.contains(at))
        .map(|(at, _, own, header)| (at, own, header))
        .collect()
}
