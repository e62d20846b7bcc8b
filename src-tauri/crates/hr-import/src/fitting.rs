//! Which sheets of a file are which tables of a profile.

use std::{ops::Range, path::Path};

use headroom_tabular::raw_table::RawTable;

use super::{
    header::{self, Header},
    profile::{Profile, TableProfile},
};

/// Where the profile came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileOrigin {
    Given,
    /// Recognised by the headers; ID of the built-in profile.
    BuiltIn(&'static str),
    /// Made of the words in the headers.
    Guessed,
}

/// A profile, and which of its tables each file may be.
pub struct Chosen {
    pub profile: Profile,
    /// For each table of the profile.
    pub origins: Vec<ProfileOrigin>,
    /// For each file: the range of tables that it may be.
    pub of_file: Vec<Range<usize>>,
}

impl Chosen {
    /// Adds a profile for some of the files.
    pub fn add(&mut self, profile: Profile, origin: ProfileOrigin, files: &[usize]) {
        let first = self.profile.tables.len();
        self.origins.extend(profile.tables.iter().map(|_| origin));
        self.profile.tables.extend(profile.tables);
        if self.profile.title.is_empty() {
            self.profile.title = profile.title;
        } else if !self.profile.title.split(", ").any(|title| title == profile.title) {
            self.profile.title = format!("{}, {}", self.profile.title, profile.title);
        }
        for file in files {
            self.of_file[*file] = first..self.profile.tables.len();
        }
    }
}

pub fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

pub fn header_of(grid: &RawTable, table: &TableProfile) -> Option<Header> {
    header::find(grid, table.header_row, &|header| table.names(header))
}

/// The sheets of a file that are tables of the profile, with the table's index. A table named like the file is that
/// file's, whatever its columns.
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
    // Of several sheets for one table the best fit counts, of equal ones the first.
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
