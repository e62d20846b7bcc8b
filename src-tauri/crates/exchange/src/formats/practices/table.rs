//! `practices.csv`: practice, service or team, level, on, by, evidence, until.

use std::sync::Arc;

use headroom_files::{
    Level, ReadError,
    records::{PracticeRecord, PracticeSubject, Records, Shared},
};
use headroom_model::{Examination, PracticeEvidence, practice::is_evidence_address};

use crate::formats::csv_folder::{CsvRow, CsvTable};

const COLUMNS: [&str; 8] = ["practice", "level", "on", "service", "team", "by", "evidence", "until"];
/// The first of them, without which a row says nothing.
const REQUIRED: usize = 3;

pub fn read(text: &str, file: &Arc<str>, records: &mut Records) -> Result<(), ReadError> {
    let table = CsvTable::open(text, file, &COLUMNS, REQUIRED, &mut records.problems)?;
    let (mut practices, mut subjects) = (Shared::<str>::default(), Shared::<PracticeSubject>::default());
    let mut problems = std::mem::take(&mut records.problems);
    let rows = table.records(&mut problems, |row| {
        let practice = practices.one(row.required("practice")?.as_str());
        let level = row.required("level")?;
        let on = row.parsed_or_spoiled("on", |cell| cell.parse().ok(), "write it as 2027-03-12")?;
        let subject = subject(row)?;
        let until = row.date("until").flatten();
        let evidence = evidence(row);
        let subject = subjects.one(subject);
        Some(PracticeRecord { place: row.place(), practice, subject, level, on, until, evidence })
    });
    records.problems = problems;
    records.practices.extend(rows);
    Ok(())
}

fn subject(row: &mut CsvRow<'_>) -> Option<PracticeSubject> {
    let filled = |column: &str| row.cell(column).filter(|cell| !cell.is_empty()).map(str::to_owned);
    match (filled("service"), filled("team")) {
        (Some(service), None) => Some(PracticeSubject::Service(service)),
        (None, Some(team)) => Some(PracticeSubject::Team(team)),
        (Some(_), Some(_)) => {
            row.spoil("team", "it has both a service and a team".to_owned(), "leave one empty");
            None
        }
        (None, None) => {
            row.spoil("service", "it names neither a service nor a team".to_owned(), "name one");
            None
        }
    }
}

/// Who looked as a kind, and an address. What may name somebody is left out, and not repeated in the report.
fn evidence(row: &mut CsvRow<'_>) -> String {
    let by = row.cell("by").filter(|cell| !cell.is_empty());
    let examination = by.and_then(Examination::from_word);
    if by.is_some() && examination.is_none() {
        let message = "who looked is kept as scan, audit or self alone; left out".to_owned();
        row.complain("by", Level::Warning, message, "write scan, audit or self");
    }
    let address = row.cell("evidence").filter(|cell| !cell.is_empty());
    let kept = address.filter(|address| is_evidence_address(address));
    if address.is_some() && kept.is_none() {
        let message =
            "evidence is kept as an address alone, since words may name somebody; left out".to_owned();
        row.complain(
            "evidence",
            Level::Warning,
            message,
            "write an address such as https://example.org/run/7",
        );
    }
    PracticeEvidence { by: examination, detail: kept.unwrap_or_default() }.text()
}
