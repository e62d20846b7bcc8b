//! Imports exports of HR software and other spreadsheets: any table with one row per person or position.
//!
//! The way of a table: `headroom-tabular` gives cells with their places → `header` (titles, groups of headers,
//! totals, remarks) → `fitting` (which table of a profile a sheet is) and `guess` (which profile, if none was named) →
//! `table` (the tables of all files; hidden rows and columns, `hidden`) → `column` (which column of the profile each
//! is, and what the whole column decides) → `row`, `pay` and `allocation` with the parsers of `headroom-tabular` →
//! `build`, which collects in `builder`, with `teams`, `people`, `positions`, `employment`, `jobs`, `settle_positions`
//! and `managers` → [`Records`].
//!
//! A *profile* says what each column is; it is built in, saved in the plan or in a file. A cell read with a
//! reservation, or left out, is a [`CellWarning`] with its place. What may mean two things and the column doesn't
//! decide is an [`Ambiguity`]; its cells are left out until the user decides. Nothing is guessed silently.
//!
//! Invariants: the order of rows changes nothing. A row whose start, end or share can't be read is left out whole.
//! Someone who is present is never recorded as gone. Keys made up for positions are the same at the next import. A
//! column that a saved profile names and the file lacks is an error, so that nothing ends because of such a file.
//!
//! For users: `docs/formats/tables.md`; why: `docs/decisions/table-recognition.md`. Tests: `ambiguity_tests` (odd
//! cells), `employment_tests` (several rows per person), `words_tests` (headers without a profile), and beside each
//! reader.

mod allocation;
mod ambiguity;
mod answers;
mod build;
mod builder;
mod built_in;
mod column;
mod employment;
mod employment_row;
mod error;
mod field;
mod fitting;
mod guess;
mod header;
mod hidden;
mod identity_match;
mod jobs;
mod manager_candidate;
mod managers;
mod options;
mod pay;
mod people;
mod positions;
mod preview;
mod profile;
mod profile_notes;
mod profile_store;
mod row;
mod settle_positions;
mod table;
mod team_register;
mod teams;

#[cfg(test)]
mod ambiguity_tests;
#[cfg(test)]
mod employment_tests;
#[cfg(test)]
mod words_tests;

use std::path::PathBuf;

use headroom_files::{Diagnostic, Level, Place, ReadError, records::Records};

pub use ambiguity::{Ambiguity, AmbiguityKind, CellWarning, HIDDEN};
pub use answers::TableAnswers;
pub use built_in::{BUILT_IN, BuiltIn};
pub use error::TableError;
pub use field::{CellReading, Field};
pub use identity_match::known_people;
pub use options::TableOptions;
pub use preview::{PreviewCell, PreviewColumn, PreviewRow, PreviewTable, SheetPreview, preview};
pub use profile::{HiddenRows, Profile, ProfileError, RowMeaning, SETTING, TableProfile, Target};
pub use profile_store::{NamedError, keep, named, saved};
pub use table::holds_tables;

use fitting::ProfileOrigin;
use profile_notes::told;
use table::{Matched, ReadChoices, SourceTable};

/// Reads tables with the given profile, a built-in one that their headers show, or the words in the headers.
///
/// # Errors
/// [`ReadError::Io`] or [`ReadError::Structure`] if a file can't be read, [`TableError::NoProfile`] in words if no table
/// has a profile.
pub fn read(sources: &[PathBuf], options: &TableOptions) -> Result<Records, ReadError> {
    let said =
        ReadChoices { profile: options.profile.as_ref(), answers: Some(&options.answers), is_seen: false };
    let mut matched = table::matched(sources, said)?;
    let unknown = take_unknown(&mut matched);
    if let Some((table, _)) = unknown.first().filter(|_| matched.tables.is_empty()) {
        let headers = table.headers.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
        return Err(TableError::NoProfile { path: table.path.clone(), headers }.into());
    }
    let made = build::build(&matched, options.today);
    let mut records = made.records;
    records.problems.extend(told(&matched));
    records.problems.extend(unknown.iter().map(|(table, _)| tell_unknown(table)));
    let told_so =
        |hides: bool| move |doubt: CellWarning| if hides { doubt.without_pay() } else { doubt }.problem();
    let asked_so = |hides: bool| {
        move |question: Ambiguity| if hides { question.without_pay() } else { question }.problem()
    };
    records.problems.extend(made.questions.into_iter().map(asked_so(options.hides_pay)));
    records.problems.extend(made.doubts.into_iter().map(told_so(options.hides_pay)));
    records.problems.extend(made.notes);
    Ok(records)
}

/// The profile that the words in the headers give, for the user to correct.
///
/// # Errors
/// [`ReadError::Io`] or [`ReadError::Structure`] if a file can't be read.
pub fn guessed(sources: &[PathBuf]) -> Result<Profile, ReadError> {
    Ok(guess::by_words(&table::grids(sources)?.files))
}

/// Whether the headers of a file give the person, the job and the start date.
pub fn says_enough(path: &std::path::Path) -> bool {
    guessed(&[path.to_owned()]).is_ok_and(|profile| profile.tables.iter().any(guess::says_enough))
}

/// Takes out the tables whose headers say too little.
fn take_unknown(matched: &mut Matched) -> Vec<(SourceTable, usize)> {
    let is_unknown = |own: usize| {
        matched.origins.get(own) == Some(&ProfileOrigin::Guessed)
            && !guess::says_enough(&matched.profile.tables[own])
    };
    matched.tables.extract_if(.., |(_, own)| is_unknown(*own)).collect()
}

fn tell_unknown(table: &SourceTable) -> Diagnostic {
    let message =
        "no profile matches these headers, and they don’t show the person, job and start date; file skipped";
    let advice = "create a profile with “headroom import-profiles --infer FILE --save PROFILE”, or map the columns in the window";
    Diagnostic::new(Level::Error, Place::new(&table.grid.name, table.header.line, 0), message, advice)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads bytes as a file with this extension, with every profile.
    fn read_all(bytes: &[u8], ending: &str) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(format!("table.{ending}"));
        std::fs::write(&file, bytes).unwrap();
        let sources = [file];
        let _ = preview(&sources, None);
        for built_in in BUILT_IN {
            let _ = preview(&sources, Some(&(built_in.make)()));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn never_panics_on_arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            read_all(&bytes, "csv");
            read_all(&bytes, "xlsx");
        }

        #[test]
        fn never_panics_on_arbitrary_cells(cells in prop::collection::vec("[ -~€£é]{0,12}", 0..60)) {
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
