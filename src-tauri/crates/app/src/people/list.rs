//! The table of people.

use chrono::NaiveDate;
use headroom_analysis::DayView;
use headroom_model::PersonIx;
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id, severity::Tally},
    error::Answer,
    paging::{RowQuery, by_text, matches},
    state::AppState,
    table::{ColumnValue, TableLines, TableRows},
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonRow {
    pub person: NamedEntity,
    pub title: String,
    pub company: String,
    pub location: String,
    pub email: String,
    pub teams: Vec<NamedEntity>,
    /// Services owned in person.
    pub services: u32,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub findings: Tally,
}

#[specta::specta]
pub fn people_rows(app: &AppState, query: RowQuery, at: At) -> Answer<TableLines<PersonRow>> {
    let view = app.day(at)?;
    let snapshot = &view.snapshot;
    let words = query.words();
    let has_words = |at: &PersonIx| words.is_empty() || matches_words(&view, *at, &words);
    let mut found: Vec<PersonIx> = (0..snapshot.person_count()).filter(has_words).collect();
    found.sort_by(|&a, &b| by_text(&snapshot.person(a).name, &snapshot.person(b).name));
    PeopleTable(&view).lines(found, &query)
}

fn matches_words(view: &DayView, at: PersonIx, words: &[String]) -> bool {
    let person = view.snapshot.person(at);
    let teams = teams(view, at);
    let texts = [&person.name, &person.key, &person.title, &person.company, &person.location];
    let texts = texts.into_iter().map(String::as_str);
    matches(words, texts.chain(teams.iter().map(|team| team.name.as_str())))
}

struct PeopleTable<'a>(&'a DayView);

impl TableRows for PeopleTable<'_> {
    type Row = PersonIx;
    type Shown = PersonRow;
    const COLUMNS: &'static [&'static str] =
        &["name", "title", "teams", "company", "location", "email", "services", "from", "until", "findings"];

    fn value(&self, &at: &PersonIx, column: &str) -> ColumnValue {
        let view = self.0;
        let person = view.snapshot.person(at);
        match column {
            "title" => ColumnValue::word(&person.title),
            "teams" => ColumnValue::entities(teams(view, at)),
            "company" => ColumnValue::word(&person.company),
            "location" => ColumnValue::word(&person.location),
            "email" => ColumnValue::word(&person.email),
            "services" => ColumnValue::count(owned(view, at)),
            "from" => ColumnValue::Day(person.from),
            "until" => ColumnValue::Day(person.until),
            "findings" => ColumnValue::count(view.open_findings_of(person.id).count()),
            _ => ColumnValue::word(&person.name),
        }
    }

    fn show(&self, &at: &PersonIx) -> PersonRow {
        row(self.0, at)
    }

    fn key(&self, &at: &PersonIx) -> Option<Id> {
        Some(self.0.snapshot.person(at).id.into())
    }
}

/// How many services somebody owns in person.
fn owned(view: &DayView, at: PersonIx) -> usize {
    view.snapshot.held_by_person(at).filter(|ownership| ownership.is_accountable()).count()
}

fn row(view: &DayView, at: PersonIx) -> PersonRow {
    let snapshot = &view.snapshot;
    let person = snapshot.person(at);
    PersonRow {
        person: NamedEntity::new(snapshot.plan(), person.id),
        title: person.title.clone(),
        company: person.company.clone(),
        location: person.location.clone(),
        email: person.email.clone(),
        teams: teams(view, at),
        services: owned(view, at) as u32,
        from: person.from,
        until: person.until,
        findings: Tally::of(view.open_findings_of(person.id)),
    }
}

/// The teams of a person on the day, each once, by name.
fn teams(view: &DayView, at: PersonIx) -> Vec<NamedEntity> {
    let snapshot = &view.snapshot;
    let mut ids: Vec<_> = snapshot.memberships(at).map(|membership| membership.team).collect();
    ids.sort_unstable_by_key(|team| snapshot.plan().place_of(*team));
    ids.dedup();
    let mut teams: Vec<NamedEntity> =
        ids.into_iter().map(|team| NamedEntity::new(snapshot.plan(), team)).collect();
    teams.sort_by(|a, b| by_text(&a.name, &b.name));
    teams
}
