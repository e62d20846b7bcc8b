//! Exports of HR software and other people's spreadsheets: any table whose columns somebody, or a profile, has matched
//! with fields. Nothing is guessed silently: what may mean two things is a question, and what was taken with a doubt is
//! told with its place.

mod built_in;
pub(crate) mod cell;
mod column;
mod delimited;
mod doubt;
mod field;
mod grid;
mod header;
mod known;
mod look;
mod make;
mod managers;
mod pay;
mod people;
mod profile;
mod row;
mod saved;
mod seats;
mod table;
mod teams;
mod workbook;

#[cfg(test)]
mod doubt_tests;

use std::path::PathBuf;

pub use built_in::{BUILT_IN, BuiltIn};
pub use cell::{date::DateOrder, number::DecimalMark};
pub use doubt::HIDDEN;
pub use doubt::{Ask, Doubt, Question};
pub use field::{Field, Reading};
pub(crate) use known::known_people;
pub use look::{Look, LookCell, LookColumn, LookRow, LookTable, look};
pub use profile::{PayPeriod, Profile, ProfileError, Rows, SETTING, TableProfile, Target};
pub use saved::{NamedError, keep, named, saved};
pub use table::recognise;

use crate::{
    error::ReadError,
    format::ReadOptions,
    problem::{Level, Place, Problem},
    records::Records,
};
use table::{Matched, Origin};

/// Reads tables with the profile of the options, or a built-in one that their headers show.
pub fn read(sources: &[PathBuf], options: &ReadOptions) -> Result<Records, ReadError> {
    let matched = table::matched(sources, options.profile.as_ref())?;
    if matched.origin == Origin::Guessed {
        return Err(ReadError::NoProfile {
            path: sources.first().cloned().unwrap_or_default(),
            headers: headers(&matched),
        });
    }
    let made = make::make(&matched);
    let mut records = made.records;
    records.problems.extend(told(&matched));
    let told_so = |hides: bool| move |doubt: Doubt| if hides { doubt.without_pay() } else { doubt }.problem();
    let asked_so = |hides: bool| {
        move |question: Question| if hides { question.without_pay() } else { question }.problem()
    };
    records.problems.extend(made.questions.into_iter().map(asked_so(options.hides_pay)));
    records.problems.extend(made.doubts.into_iter().map(told_so(options.hides_pay)));
    records.problems.extend(made.notes);
    Ok(records)
}

/// A profile made of the words in the headers, for somebody to correct.
///
/// # Errors
/// When a file cannot be read.
pub fn guessed(sources: &[PathBuf]) -> Result<Profile, ReadError> {
    Ok(table::matched(sources, None)?.profile)
}

fn headers(matched: &Matched) -> String {
    let all: Vec<String> =
        matched.tables.iter().flat_map(|(table, _)| table.headers.iter().take(12).cloned()).collect();
    all.join(", ")
}

/// Which profile counts, and which files are none of it.
fn told(matched: &Matched) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let (Origin::BuiltIn(id), Some((table, _))) = (matched.origin, matched.tables.first()) {
        let message = format!("was read as {} by its headers", matched.profile.title);
        let advice = format!("name another profile if it is something else than “{id}”");
        problems.push(Problem::new(
            Level::Note,
            Place::new(&table.grid.name, table.header.line, 0),
            message,
            advice,
        ));
    }
    for (place, why) in &matched.left {
        let message = format!("{why}; the file was left out");
        problems.push(Problem::new(Level::Error, place.clone(), message, "choose another profile for it"));
    }
    problems.extend(matched.aside.iter().cloned());
    problems
}

/// The built-in profile that the headers of the files show.
///
/// # Errors
/// When a file cannot be read, or its headers are no known ones.
pub fn recognised(sources: &[PathBuf]) -> Result<Profile, ReadError> {
    let matched = table::matched(sources, None)?;
    match matched.origin {
        Origin::Guessed => {
            let path = sources.first().cloned().unwrap_or_default();
            Err(ReadError::NoProfile { path, headers: headers(&matched) })
        }
        _ => Ok(matched.profile),
    }
}

/// Whether every source is a table and nothing else that can be read.
pub fn are_tables(sources: &[PathBuf]) -> bool {
    let first = |path: &PathBuf| {
        crate::format::FORMATS
            .iter()
            .find(|format| format.read.is_some() && (format.recognise)(path))
            .map(|format| format.id)
    };
    !sources.is_empty() && sources.iter().all(|source| source.is_file() && first(source) == Some("sheet"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads bytes as a file of this ending with every profile there is.
    fn read_all(bytes: &[u8], ending: &str) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(format!("table.{ending}"));
        std::fs::write(&file, bytes).unwrap();
        let sources = [file];
        let _ = look(&sources, None);
        for built_in in BUILT_IN {
            let _ = look(&sources, Some(&(built_in.make)()));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn any_bytes_are_read_without_a_fall(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            read_all(&bytes, "csv");
            read_all(&bytes, "xlsx");
        }

        #[test]
        fn any_cells_below_known_headers_are_read_without_a_fall(cells in prop::collection::vec("[ -~€£é]{0,12}", 0..60)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            let headers = ["employeeNumber", "displayName", "jobTitle", "department", "hireDate", "supervisor", "payRate"];
            writer.write_record(headers).unwrap();
            for row in cells.chunks(headers.len()) {
                writer.write_record(row).unwrap();
            }
            read_all(&writer.into_inner().unwrap(), "csv");
        }
    }
}
