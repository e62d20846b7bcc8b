//! Results of OpenSSF Scorecard, `scorecard --format json`: a score of all, and one of each check that was made.

use chrono::NaiveDate;
use headroom_files::{
    Level, Place,
    records::{PracticeRecord, PracticeSubject, Records},
    shortened,
};
use headroom_model::{Examination, NoNumber, PracticeEvidence, PracticeScale, fields::slug};

use super::metric_row::PracticeDefinition;
use crate::catalog::field_reader::FieldReader;

/// The metric of the score of all checks; those of checks begin with it.
pub const SCORECARD: &str = "openssf-scorecard";
/// What a file of results has in it.
pub const MARKS: &[&str] = &["\"scorecard\"", "\"checks\"", "\"repo\""];
const SOURCE: &str = "https://github.com/ossf/scorecard/blob/main/docs/checks.md";

pub fn is_result(root: &FieldReader<'_>) -> bool {
    root.has("checks") && root.has("repo") && root.has("scorecard")
}

pub fn read(root: &FieldReader<'_>, records: &mut Records) {
    let repository = root.fields("repo").and_then(|repo| repo.filled("name"));
    let on = root.scalar("date").and_then(|date| day_of(&date));
    let (Some(repository), Some(on)) = (repository, on) else {
        let message = "result has no repository or no date; skipped";
        let advice = "let Scorecard write it again with --format json";
        return root.report.say(Level::Error, root.place.clone(), message, advice);
    };
    let version = root.fields("scorecard").and_then(|tool| tool.scalar("version")).unwrap_or_default();
    let evidence = scanned_by(version.trim());
    let subject = std::sync::Arc::new(PracticeSubject::Repository(repository));
    let record = |practice: &str, level: String, place: Place| PracticeRecord {
        place,
        practice: practice.into(),
        subject: subject.clone(),
        level,
        on,
        until: None,
        evidence: evidence.clone(),
    };
    if let Some(score) = score(root) {
        records.rows.push(definition(SCORECARD, "OpenSSF Scorecard").row(&root.place));
        records.practices.push(record(SCORECARD, score, root.place_of("score")));
    }
    for check in root.each("checks") {
        let Some(name) = check.filled("name") else {
            let message = "check has no name; skipped";
            root.report.say(Level::Error, check.place.clone(), message, "let Scorecard write it again");
            continue;
        };
        let Some(score) = score(&check) else { continue };
        let key = format!("{SCORECARD}/{}", slug(&name));
        records.rows.push(definition(&key, &format!("Scorecard: {name}")).row(&check.place));
        records.practices.push(record(&key, score, check.place.clone()));
    }
}

pub fn definition<'d>(key: &'d str, name: &'d str) -> PracticeDefinition<'d> {
    PracticeDefinition { key, name, scale: PracticeScale::Score, levels: &[], origin: SOURCE }
}

/// What a score rests on: a scan, and by which version, since scores move with it.
pub fn scanned_by(version: &str) -> String {
    let version = version.trim_start_matches('v');
    let is_version = version.starts_with(|first: char| first.is_ascii_digit());
    let detail = if is_version { format!("Scorecard {}", shortened(version)) } else { String::new() };
    PracticeEvidence { by: Some(Examination::Scan), detail: &detail }.text()
}

/// A score as it is written; −1 is what could not be determined. None, which is reported, if there is none.
pub fn score(fields: &FieldReader<'_>) -> Option<String> {
    let text = fields.scalar("score");
    match text.as_deref().map(str::trim) {
        Some("-1" | "-1.0") => Some(NoNumber::Undetermined.word().to_owned()),
        Some(text) if !text.is_empty() => Some(text.to_owned()),
        _ => {
            let message = "it has no score; left out";
            fields.say(Level::Warning, "score", message, "let Scorecard write it again");
            None
        }
    }
}

/// The day of a date, of which some are times.
pub fn day_of(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let is_time = |rest: &str| rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    let (day, rest) = text.split_at_checked("2027-03-12".len())?;
    day.parse().ok().filter(|_| is_time(rest))
}
