//! The page of a person.

use chrono::NaiveDate;
use headroom_analysis::reliance::reliance;
use headroom_model::{Entity, PersonId};
use serde::Serialize;

use crate::{
    at::At,
    entities::{
        entity::NamedEntity,
        finding::FindingRow,
        id::Id,
        membership::{MemberRow, members},
        service::{HeldService, held_service},
    },
    error::{Answer, AppError},
    people::reliance::RelianceView,
    state::AppState,
};

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
    let concerned = view.findings().iter().filter(|finding| reliance.concerns(person.id, finding));
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
