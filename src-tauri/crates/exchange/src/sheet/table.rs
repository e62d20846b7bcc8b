//! The tables of files, and which table of a profile each is.

use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
};

use super::{
    built_in::BUILT_IN,
    delimited,
    field::{Field, fold},
    grid::{FILE_LIMIT, Grid, GridRow},
    header::{self, Header},
    profile::{Profile, Rows, TableProfile, Target},
    workbook,
};
use crate::{
    error::ReadError,
    files::ends_in,
    problem::{Level, Place, Problem},
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
pub struct Table {
    pub path: PathBuf,
    /// The sheets of the workbook, where there are several.
    pub sheets: Vec<String>,
    pub grid: Grid,
    pub header: Header,
    /// No two alike.
    pub headers: Vec<String>,
    pub rows: Vec<GridRow>,
}

/// Where the profile came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
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
    pub origin: Origin,
    pub tables: Vec<(Table, usize)>,
    /// Files of which no table fits, and why where there is a reason.
    pub left: Vec<(Place, String)>,
    /// Sheets that were not read beside one that was.
    pub aside: Vec<Problem>,
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

/// Reads every table of the files as it stands.
fn grids(sources: &[PathBuf]) -> Result<Vec<(PathBuf, Vec<Grid>)>, ReadError> {
    let files = files(sources);
    if files.is_empty() {
        let path = sources.first().cloned().unwrap_or_default();
        return Err(ReadError::Nothing { path, expected: "expected a CSV, TSV or XLSX file" });
    }
    let mut all = Vec::new();
    for path in files {
        let length =
            std::fs::metadata(&path).map_err(|source| ReadError::Io { path: path.clone(), source })?.len();
        if length > FILE_LIMIT {
            let place = Place::new(&path.display().to_string().into(), 0, 0);
            let message = format!("is longer than {} megabytes; divide it", FILE_LIMIT >> 20);
            return Err(ReadError::Structure { place, message });
        }
        is_what_its_name_says(&path)?;
        let grids = if ends_in(&path, &BOOKS) { workbook::read(&path)? } else { vec![text(&path)?] };
        all.push((path, grids));
    }
    Ok(all)
}

/// Refuses a workbook that is called a text, and what is neither.
fn is_what_its_name_says(path: &Path) -> Result<(), ReadError> {
    let mut head = [0; 8];
    let read = std::fs::File::open(path).and_then(|mut file| file.read(&mut head));
    let head = &head[..read.map_err(|source| ReadError::Io { path: path.to_owned(), source })?];
    let is_packed = head.starts_with(b"PK\x03\x04");
    let is_old_book = head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    let is_other =
        head.starts_with(b"\x89PNG") || head.starts_with(b"%PDF") || head.starts_with(&[0xFF, 0xD8, 0xFF]);
    let message = match (ends_in(path, &BOOKS), is_packed || is_old_book) {
        (false, true) => {
            "is a workbook by what is in it, and its name says that it is text; rename it to .xlsx or .xls"
        }
        (true, false) if !head.is_empty() => {
            "is no workbook, whatever its name says; if it is text, rename it to .csv, or save it anew in a spreadsheet"
        }
        _ if is_other => "is a picture or a document, not a table; export the table as CSV or XLSX",
        _ => return Ok(()),
    };
    let place = Place::new(&path.display().to_string().into(), 0, 0);
    Err(ReadError::Structure { place, message: message.to_owned() })
}

fn text(path: &Path) -> Result<Grid, ReadError> {
    let mut problems = Vec::new();
    let (text, name) = read_text(path, &mut problems)?;
    let mut grid = Grid::new(&name, None);
    grid.problems = problems;
    delimited::read(&text, &mut grid);
    Ok(grid)
}

/// Reads the files and finds the table of the profile that each of them is. Without a profile a built-in one is found by
/// the headers, or one is made of the words in them.
pub fn matched(sources: &[PathBuf], given: Option<&Profile>) -> Result<Matched, ReadError> {
    matched_or_guessed(sources, given, false)
}

/// As [`matched`], for somebody who sees it: the columns of a table of which the profile names none are guessed, as when
/// another sheet or another line with the headers was chosen.
pub fn matched_or_guessed(
    sources: &[PathBuf],
    given: Option<&Profile>,
    guesses: bool,
) -> Result<Matched, ReadError> {
    let grids = grids(sources)?;
    let (profile, origin) = match given {
        Some(profile) => (profile.clone(), Origin::Given),
        None => recognised(&grids).unwrap_or_else(|| (guess(&grids), Origin::Guessed)),
    };
    let mut matched = Matched { profile, origin, tables: Vec::new(), left: Vec::new(), aside: Vec::new() };
    for (path, grids) in grids {
        let place = Place::new(&path.display().to_string().into(), 0, 0);
        let fitting = fitting(&grids, &matched.profile, &stem(&path));
        if fitting.is_empty() {
            let why = why_left(&grids, &matched.profile);
            matched.left.push((place, why));
        }
        matched.aside.extend(aside(&grids, &matched.profile, &fitting));
        let sheets: Vec<String> = grids.iter().filter_map(|grid| grid.sheet.clone()).collect();
        let sheets = if sheets.len() > 1 { sheets } else { Vec::new() };
        let mut grids: Vec<Option<Grid>> = grids.into_iter().map(Some).collect();
        for (at, own, header) in fitting {
            if guesses && matched.profile.tables[own].columns.is_empty() {
                matched.profile.tables[own].columns = guessed_columns(&header);
            }
            let Some(mut grid) = grids[at].take() else { continue };
            let rows = header::body(&mut grid, &header);
            let headers = header::distinct(&header.names);
            matched.tables.push((
                Table { path: path.clone(), sheets: sheets.clone(), grid, header, headers, rows },
                own,
            ));
        }
    }
    Ok(matched)
}

/// Sheets that look like one that was read and were not: whoever has a sheet for each country or month is told.
fn aside(grids: &[Grid], profile: &Profile, read: &[(usize, usize, Header)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, grid) in grids.iter().enumerate() {
        let Some(sheet) = grid.sheet.as_ref().filter(|_| read.iter().all(|(other, ..)| *other != at)) else {
            continue;
        };
        let is_alike = |(other, own, _): &&(usize, usize, Header)| {
            let table = TableProfile { sheet: None, ..profile.tables[*own].clone() };
            let fits = |grid: &Grid| {
                header_of(grid, &table).map_or(0, |header| table.fits(&header::distinct(&header.names)))
            };
            fits(grid) > 0 && fits(grid) * 2 >= fits(&grids[*other])
        };
        let Some((other, ..)) = read.iter().find(is_alike) else { continue };
        let other = grids[*other].sheet.clone().unwrap_or_default();
        let message = format!("the sheet “{sheet}” has such columns, too, and was not read; “{other}” was");
        let advice = "choose the sheet, or save each as a file of its own and import them together";
        let level = if grid.is_hidden { Level::Note } else { Level::Error };
        problems.push(Problem::new(level, Place::new(&grid.name, 0, 0), message, advice));
    }
    problems
}

/// Why no table of a file fits.
fn why_left(grids: &[Grid], profile: &Profile) -> String {
    let sheets: Vec<&str> = grids.iter().filter_map(|grid| grid.sheet.as_deref()).collect();
    let wanted = profile.tables.iter().filter_map(|table| table.sheet.as_deref());
    if let Some(sheet) = wanted.into_iter().find(|sheet| !sheets.is_empty() && !sheets.contains(sheet)) {
        return format!("has no sheet called “{sheet}”; it has {}", sheets.join(", "));
    }
    if grids.iter().all(|grid| grid.rows.iter().all(GridRow::is_blank)) {
        return "is empty".to_owned();
    }
    format!("has none of the columns that “{}” reads", profile.title)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn header_of(grid: &Grid, table: &TableProfile) -> Option<Header> {
    header::find(grid, table.header_row, &|header| table.names(header))
}

/// The sheets of a file that are tables of the profile, with the number of that table. A table that is called like the
/// file is that file's, whatever its columns.
fn fitting(grids: &[Grid], profile: &Profile, stem: &str) -> Vec<(usize, usize, Header)> {
    let named = profile.tables.iter().position(|table| table.name == stem);
    let mut found: Vec<(usize, usize, usize, Header)> = Vec::new();
    for (at, grid) in grids.iter().enumerate() {
        let of_table = |(own, table): (usize, &TableProfile)| {
            let is_named = table.sheet.as_ref().is_none_or(|name| grid.sheet.as_ref() == Some(name));
            let header = header_of(grid, table).filter(|_| is_named)?;
            let fits = table.fits(&header::distinct(&header.names)).max(table.fits(&header.names));
            let is_meant = named.map_or(fits > 0, |named| named == own);
            is_meant.then_some((fits, own, header))
        };
        let best = profile
            .tables
            .iter()
            .enumerate()
            .filter_map(of_table)
            .max_by_key(|(fits, own, _)| (*fits, std::cmp::Reverse(*own)));
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

/// The built-in profile whose signs the headers of some table have.
fn recognised(grids: &[(PathBuf, Vec<Grid>)]) -> Option<(Profile, Origin)> {
    let all: Vec<Vec<String>> = grids
        .iter()
        .flat_map(|(_, grids)| grids)
        .filter_map(|grid| header::find(grid, None, &|_| false))
        .map(|header| header.names.iter().map(|name| fold(name)).collect())
        .collect();
    BUILT_IN.iter().find_map(|built_in| {
        let has = |sign: &&[&str]| {
            all.iter().any(|names| sign.iter().all(|word| names.iter().any(|name| name == word)))
        };
        built_in.signs.iter().any(has).then(|| ((built_in.make)(), Origin::BuiltIn(built_in.id)))
    })
}

/// What the words in the headers say, each field once.
fn guessed_columns(header: &Header) -> BTreeMap<String, Target> {
    let mut columns = BTreeMap::new();
    let mut taken: Vec<Field> = Vec::new();
    for name in header::distinct(&header.names) {
        if let Some(field) = Field::of_header(&name).filter(|field| !taken.contains(field)) {
            taken.push(field);
            columns.insert(name, Target::Field(field));
        }
    }
    columns
}

/// What the words in the headers say: a table for each file.
fn guess(grids: &[(PathBuf, Vec<Grid>)]) -> Profile {
    let mut tables = Vec::new();
    for (path, grids) in grids {
        let best = grids
            .iter()
            .filter_map(|grid| Some((grid, header::find(grid, None, &|_| false)?)))
            .max_by_key(|(grid, header)| {
                let known = header.names.iter().filter(|name| Field::of_header(name).is_some()).count();
                // The first of those that are alike.
                (
                    !grid.is_hidden,
                    known,
                    std::cmp::Reverse(grids.iter().position(|other| std::ptr::eq(other, *grid))),
                )
            });
        let Some((grid, header)) = best else { continue };
        let mut table = TableProfile {
            name: stem(path),
            sheet: grid.sheet.clone().filter(|_| grids.len() > 1),
            ..TableProfile::default()
        };
        table.columns = guessed_columns(&header);
        let has = |field| table.columns.values().any(|target| *target == Target::Field(field));
        let names_people = has(Field::PersonId) || has(Field::Email);
        let names_nobody = !names_people && !has(Field::Name) && !has(Field::LastName);
        if (has(Field::PositionId) && !names_people) || (names_nobody && has(Field::Title)) {
            table.rows = Rows::Positions;
        }
        tables.push(table);
    }
    Profile { title: "By the words in the headers".to_owned(), tables }
}
