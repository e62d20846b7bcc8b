//! The table of people and the page of a person.

use chrono::NaiveDate;
use headroom_analysis::{DayView, reliance::reliance};
use headroom_model::{Entity, PersonId, PersonIx};
use serde::Serialize;

use crate::{
    at::At,
    entities::{
        entity::NamedEntity,
        finding::FindingRow,
        id::Id,
        membership::{MemberRow, members},
        service::{HeldService, held_service},
        severity::Tally,
    },
    error::{Answer, AppError},
    paging::{Page, RowQuery, by_text, matches},
    people::reliance::RelianceView,
    state::AppState,
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonRow {
    pub person: NamedEntity,
    pub title: String,
    pub company: String,
    pub location: String,
    pub teams: Vec<NamedEntity>,
    /// Services owned in person.
    pub services: u32,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub findings: Tally,
}

#[specta::specta]
pub fn people_rows(app: &AppState, query: RowQuery, at: At) -> Answer<Page<PersonRow>> {
    let view = app.day(at)?;
    let snapshot = &view.snapshot;
    let words = query.words();
    let mut found: Vec<PersonIx> = (0..snapshot.person_count())
        .filter(|at| {
            let person = snapshot.person(*at);
            let teams = teams(&view, *at);
            let texts = [&person.name, &person.key, &person.title, &person.company, &person.location];
            matches(
                &words,
                texts.into_iter().map(String::as_str).chain(teams.iter().map(|team| team.name.as_str())),
            )
        })
        .collect();
    let by_name = |a: PersonIx, b: PersonIx| by_text(&snapshot.person(a).name, &snapshot.person(b).name);
    found.sort_by(|&a, &b| {
        let (x, y) = (snapshot.person(a), snapshot.person(b));
        let order = match query.sort.as_str() {
            "title" => by_text(&x.title, &y.title),
            "company" => by_text(&x.company, &y.company),
            "location" => by_text(&x.location, &y.location),
            "teams" => teams(&view, a).len().cmp(&teams(&view, b).len()),
            "services" => snapshot.held_by_person(a).count().cmp(&snapshot.held_by_person(b).count()),
            "from" => x.from.cmp(&y.from),
            "until" => y.until.is_some().cmp(&x.until.is_some()).then(x.until.cmp(&y.until)),
            "findings" => view.open_findings_of(x.id).count().cmp(&view.open_findings_of(y.id).count()),
            _ => by_name(a, b),
        };
        query.directed(order).then_with(|| by_name(a, b))
    });
    Ok(query.page(&found, |at| row(&view, *at)))
}

fn row(view: &DayView, at: PersonIx) -> PersonRow {
    let snapshot = &view.snapshot;
    let person = snapshot.person(at);
    PersonRow {
        person: NamedEntity::new(snapshot.plan(), person.id),
        title: person.title.clone(),
        company: person.company.clone(),
        location: person.location.clone(),
        teams: teams(view, at),
        services: snapshot.held_by_person(at).filter(|ownership| ownership.is_accountable()).count() as u32,
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

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonPage {
    pub person: NamedEntity,
    pub aliases: Vec<String>,
    pub title: String,
    pub company: String,
    pub email: String,
    pub location: String,
    pub source: Option<String>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Whether the person is employed on the day shown.
    pub is_active: bool,
    /// Current memberships, then future ones, then former ones.
    pub memberships: Vec<MemberRow>,
    /// Sum of the shares of current memberships, in percent; none if no share is known.
    pub share: Option<u32>,
    pub services: Vec<HeldService>,
    /// What depends on the person.
    pub reliance: RelianceView,
    /// Findings about the person.
    pub findings: Vec<FindingRow>,
    /// Findings about something else that concern the person.
    pub concerned: Vec<FindingRow>,
}

#[specta::specta]
pub fn person_page(app: &AppState, id: Id, at: At) -> Answer<PersonPage> {
    let view = app.day(at)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let person = plan.people.get(PersonId::from(id)).ok_or_else(|| AppError::not_found("this person"))?;
    let at = snapshot.person_ix(person.id);
    let memberships = members(snapshot, |membership| membership.person == person.id);
    let shares: Vec<u32> =
        memberships.iter().filter(|row| row.is_active).filter_map(|row| row.share.map(u32::from)).collect();
    let services = at
        .map(|at| snapshot.held_by_person(at).filter_map(|row| held_service(&view, row)).collect())
        .unwrap_or_default();
    let reliance = reliance(&view.context(), person.id);
    let concerned = view.findings.iter().filter(|finding| reliance.concerns(person.id, finding));
    Ok(PersonPage {
        person: NamedEntity::new(plan, person.id),
        aliases: person.aliases.clone(),
        title: person.title.clone(),
        company: person.company.clone(),
        email: person.email.clone(),
        location: person.location.clone(),
        source: person.source.clone(),
        from: person.from,
        until: person.until,
        is_active: person.date_range().contains(snapshot.day()),
        memberships,
        share: (!shares.is_empty()).then(|| shares.iter().sum()),
        services,
        concerned: concerned.map(|finding| FindingRow::new(&view, finding)).collect(),
        reliance: RelianceView::new(&view, person.id, &reliance),
        findings: view.findings_of(person.id).map(|finding| FindingRow::new(&view, finding)).collect(),
    })
}
