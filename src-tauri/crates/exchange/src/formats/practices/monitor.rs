//! The database of Scorecard's monitor, <https://github.com/ossf/scorecard-monitor>: host → organisation → repository →
//! the scores it had, in the order in which they were added.

use std::sync::Arc;

use headroom_files::{
    Level,
    records::{PracticeRecord, PracticeSubject, Records},
    shortened,
};

use super::open_ssf::{SCORECARD, day_of, definition, scanned_by, score};
use crate::catalog::{field_reader::FieldReader, located_value::LocatedValue};

/// What a database has in it.
pub const MARKS: &[&str] = &["\"previous\"", "\"current\"", "\"score\""];

/// Whether repositories lie where a database has them.
pub fn is_database(root: &FieldReader<'_>) -> bool {
    let mut hosts = root.entries().iter().filter_map(|host| host.value.entries());
    let is_repository = |repository: &LocatedValue| {
        let fields = repository.entries().unwrap_or_default();
        fields.iter().any(|field| matches!(field.name.as_str(), "previous" | "current"))
    };
    hosts.any(|organisations| {
        let repositories = organisations.iter().filter_map(|organisation| organisation.value.entries());
        repositories.flatten().any(|repository| is_repository(&repository.value))
    })
}

pub fn read(root: &FieldReader<'_>, records: &mut Records) {
    records.rows.push(definition(SCORECARD, "OpenSSF Scorecard").row(&root.place));
    for host in root.entries() {
        let Some(organisations) = root.fields(&host.name) else { continue };
        for organisation in organisations.entries() {
            let Some(repositories) = organisations.fields(&organisation.name) else { continue };
            for repository in repositories.entries() {
                let Some(scores) = repositories.fields(&repository.name) else { continue };
                let name = format!("{}/{}/{}", host.name, organisation.name, repository.name);
                of_repository(&scores, &name, records);
            }
        }
    }
}

/// The last of those of one day counts: that is decided where the plan is known.
fn of_repository(scores: &FieldReader<'_>, name: &str, records: &mut Records) {
    let (practice, evidence): (Arc<str>, String) = (SCORECARD.into(), scanned_by(""));
    let subject = Arc::new(PracticeSubject::Repository(name.to_owned()));
    for reading in scores.each("previous").iter().chain(&scores.fields("current")) {
        let Some(level) = score(reading) else { continue };
        let date = reading.scalar("date").unwrap_or_default();
        let Some(on) = day_of(&date) else {
            let message = format!("“{}” is not a date; score left out", shortened(&date));
            reading.say(Level::Error, "date", message, "write it as 2027-03-12");
            continue;
        };
        records.practices.push(PracticeRecord {
            place: reading.place.clone(),
            practice: practice.clone(),
            subject: subject.clone(),
            level,
            on,
            until: None,
            evidence: evidence.clone(),
        });
    }
}
