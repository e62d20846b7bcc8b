//! Exports of HR software and other people's spreadsheets: any table whose columns somebody, or a profile, has matched
//! with fields. Nothing is guessed silently: what may mean two things is a question, and what was taken with a doubt is
//! told with its place.

mod allocation;
mod ambiguity;
mod answers;
mod build;
mod built_in;
pub(crate) mod cell;
mod column;
mod delimited;
mod disguise;
mod employment;
mod field;
mod guess;
mod header;
mod hidden;
mod identity_match;
mod jobs;
mod managers;
mod pay;
mod people;
mod positions;
mod preview;
mod profile;
mod profile_store;
mod raw_table;
mod row;
mod settle_positions;
mod table;
mod teams;
mod workbook;
mod xlsx_hidden;

#[cfg(test)]
mod ambiguity_tests;
#[cfg(test)]
mod employment_tests;
#[cfg(test)]
mod words_tests;

use std::path::PathBuf;

pub use ambiguity::HIDDEN;
pub use ambiguity::{Ambiguity, AmbiguityKind, CellWarning};
pub use answers::TableAnswers;
pub use built_in::{BUILT_IN, BuiltIn};
pub use cell::{date::DateOrder, number::DecimalMark};
pub use field::{CellReading, Field};
pub(crate) use identity_match::known_people;
pub use preview::{PreviewCell, PreviewColumn, PreviewRow, PreviewTable, SheetPreview, preview};
pub use profile::{HiddenRows, PayPeriod, Profile, ProfileError, RowMeaning, SETTING, TableProfile, Target};
pub use profile_store::{NamedError, keep, named, saved};
pub(crate) use table::holds_tables;
pub use table::recognise;

use crate::{
    diagnostic::{Diagnostic, Level, Place},
    error::ReadError,
    format::ReadOptions,
    records::Records,
};
use table::{Matched, ProfileOrigin, ReadChoices, SourceTable};

/// Reads tables with the profile of the options, a built-in one that their headers show, or the words in the headers.
///
/// # Errors
/// When a file cannot be read, or nobody knows what any of the tables is.
pub fn read(sources: &[PathBuf], options: &ReadOptions) -> Result<Records, ReadError> {
    let said =
        ReadChoices { profile: options.profile.as_ref(), answers: Some(&options.answers), is_seen: false };
    let mut matched = table::matched(sources, said)?;
    let unknown = take_unknown(&mut matched);
    if let Some((table, _)) = unknown.first().filter(|_| matched.tables.is_empty()) {
        let headers = table.headers.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
        return Err(ReadError::NoProfile { path: table.path.clone(), headers });
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

/// What the words in the headers of files say, for somebody to correct.
///
/// # Errors
/// When a file cannot be read.
pub fn guessed(sources: &[PathBuf]) -> Result<Profile, ReadError> {
    Ok(guess::by_words(&table::grids(sources)?.files))
}

/// Whether the words in the headers of a file say who somebody is, in which job and since when.
pub(crate) fn says_enough(path: &std::path::Path) -> bool {
    guessed(&[path.to_owned()]).is_ok_and(|profile| profile.tables.iter().any(guess::says_enough))
}

/// Takes out the tables of which the words in the headers say too little.
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

/// Which profile counts, and which files are none of it.
fn told(matched: &Matched) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (table, own) in &matched.tables {
        let place = Place::new(&table.grid.name, table.header.line, 0);
        match matched.origins.get(*own) {
            Some(ProfileOrigin::BuiltIn(id)) => {
                let known = BUILT_IN.iter().find(|known| known.id == *id);
                let title = known.map(|known| (known.make)().title).unwrap_or_default();
                let message = format!("recognised as {title} by its headers");
                let advice = format!("choose another profile if it is not “{id}”");
                problems.push(Diagnostic::new(Level::Note, place, message, advice));
            }
            Some(ProfileOrigin::Guessed) => {
                let message = format!(
                    "no profile matches these headers; columns matched by name: {}",
                    in_words(matched, *own)
                );
                let advice = "save them with “headroom import-profiles --infer FILE --save PROFILE” and edit that file if a column is wrong";
                problems.push(Diagnostic::new(Level::Note, place, message, advice));
            }
            Some(ProfileOrigin::Given) | None => {}
        }
    }
    for (place, why) in &matched.left {
        let message = format!("{why}; file skipped");
        problems.push(Diagnostic::new(
            Level::Error,
            place.clone(),
            message,
            "fix it, or choose another profile for it",
        ));
    }
    problems.extend(matched.aside.iter().cloned());
    problems
}

/// What each column of a table of the profile is.
fn in_words(matched: &Matched, own: usize) -> String {
    let columns = matched.profile.tables[own].columns.iter();
    let one = |(header, target): (&String, &Target)| match target {
        Target::Field(field) if header.to_lowercase() == field.title().to_lowercase() => {
            ambiguity::quoted(header)
        }
        Target::Field(field) => format!("{} as “{}”", ambiguity::quoted(header), field.title()),
        Target::Table { table } => format!("{} as an ID in {table}", ambiguity::quoted(header)),
    };
    columns.map(one).collect::<Vec<_>>().join(", ")
}

/// Whether every source is a table, or a folder of tables, and nothing else that can be read.
pub fn are_tables(sources: &[PathBuf]) -> bool {
    !sources.is_empty() && sources.iter().all(|source| crate::scan::is_all_of(source, "sheet"))
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
        let _ = preview(&sources, None);
        for built_in in BUILT_IN {
            let _ = preview(&sources, Some(&(built_in.make)()));
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
