//! The Overview of a person: the teams they are on, the services they stand for, what they owe checklists, the findings
//! that they deal with, and who of their reports joins and leaves. `owed.rs` has the items, `document.rs` the same in
//! Markdown.

mod document;
pub mod owed;

use std::{cmp::Reverse, path::Path};

use chrono::NaiveDate;
use headroom_analysis::{
    DayView,
    assumptions::Assumptions,
    capacity::{Roster, RosterMove, headcount_lines},
    onboarding::NewHires,
};
use headroom_model::{
    Entity, Kind, LifecycleEvent, Ownership, Person, PersonId, PersonIx, Plan, Position, ServiceId,
};
use rustc_hash::FxHashSet;
use serde::Serialize;

use self::owed::{OwedItems, owed_items};
use super::ahead::{Moves, moves_until};
use crate::{
    at::At,
    entities::{entity::NamedEntity, finding::FindingRow, id::Id, severity::Tally},
    error::{Answer, AppError},
    state::AppState,
};

/// How many are listed of services and findings.
const LISTED: usize = 12;

/// What one person has to do with on a day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonOverview {
    pub day: NaiveDate,
    pub person: NamedEntity,
    pub title: String,
    /// Whether they are employed on the day.
    pub is_there: bool,
    /// First day and last day, if they are known.
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub teams: Vec<OwnTeam>,
    pub services_total: u32,
    /// The first of them, those with the worst findings first.
    pub services: Vec<OwnService>,
    /// What they owe checklists: their own, and those of others.
    pub items: OwedItems,
    pub findings_total: u32,
    /// The first open findings that they deal with, most severe first.
    pub findings: Vec<FindingRow>,
    /// Positions that report to theirs, and people they lead.
    pub reports: u32,
    /// Who of their reports joins and leaves.
    pub moves: Moves,
}

/// A team that the person is on.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnTeam {
    pub team: NamedEntity,
    pub role: String,
    pub people: u32,
    /// Open ones.
    pub findings: Tally,
}

/// A service that the person stands for.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnService {
    pub service: NamedEntity,
    pub tier: Option<u8>,
    /// `owner`, `backup`; by the team where there is one.
    pub role: String,
    /// The team that owns it; none if the person does.
    pub team: Option<NamedEntity>,
    /// Open ones.
    pub findings: Tally,
}

/// The Overview of a person on the day, with what lies ahead.
///
/// # Errors
/// If no plan is open, or the person is not in it.
#[specta::specta]
pub fn person_overview(app: &AppState, person: Id, at: At) -> Answer<PersonOverview> {
    let view = app.day(at)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let row = plan.people.get(person.into()).ok_or_else(|| AppError::not_found("this person"))?;
    let found = snapshot.person_ix(row.id);
    let mut services = found.map(|at| services(&view, at)).unwrap_or_default();
    let services_total = services.len() as u32;
    services.truncate(LISTED);
    let assigned = |finding: &&headroom_analysis::Finding| {
        view.reviewed(finding).review.and_then(|review| review.assignee) == Some(row.id)
    };
    let findings: Vec<_> = view.open_findings().filter(assigned).collect();
    let (reports, moves) = reports(&view, row.id, at);
    Ok(PersonOverview {
        day: snapshot.day(),
        person: NamedEntity::new(plan, row.id),
        title: row.title.clone(),
        is_there: row.date_range().contains(snapshot.day()),
        from: row.from,
        until: row.until,
        teams: found.map(|at| teams(&view, at)).unwrap_or_default(),
        services_total,
        services,
        items: owed_items(plan, snapshot.day(), row.id),
        findings_total: findings.len() as u32,
        findings: findings.into_iter().take(LISTED).map(|finding| FindingRow::new(&view, finding)).collect(),
        reports,
        moves,
    })
}

/// [`person_overview`] in Markdown.
///
/// # Errors
/// As [`person_overview`].
pub fn person_overview_document(app: &AppState, person: Id, at: At) -> Answer<String> {
    Ok(document::markdown(&person_overview(app, person, at)?))
}

/// Writes [`person_overview_document`] to a file.
#[specta::specta]
pub fn save_person_overview(app: &AppState, person: Id, at: At, path: String) -> Answer<()> {
    Ok(headroom_files::write_file(Path::new(&path), person_overview_document(app, person, at)?)?)
}

fn teams(view: &DayView, person: PersonIx) -> Vec<OwnTeam> {
    let snapshot = &view.snapshot;
    let mut rows: Vec<_> = snapshot.memberships(person).collect();
    rows.sort_by_key(|row| (Reverse(row.share.unwrap_or(100)), snapshot.plan().place_of(row.team)));
    let mut seen = FxHashSet::default();
    rows.retain(|row| seen.insert(row.team));
    let team = |row: &headroom_model::Membership| {
        let at = snapshot.team_ix(row.team)?;
        Some(OwnTeam {
            team: NamedEntity::new(snapshot.plan(), row.team),
            role: row.role.clone(),
            people: snapshot.people_on(at).len() as u32,
            findings: Tally::of(view.open_findings().filter(|finding| finding.team == Some(row.team))),
        })
    };
    rows.into_iter().filter_map(team).collect()
}

/// What the person has a role for, and what their teams are accountable for; each once.
fn services(view: &DayView, person: PersonIx) -> Vec<OwnService> {
    let snapshot = &view.snapshot;
    let mut seen: FxHashSet<ServiceId> = FxHashSet::default();
    let mut found: Vec<OwnService> = Vec::new();
    let own = snapshot.held_by_person(person).map(|row| (row, None));
    let of_teams =
        snapshot.memberships(person).filter_map(|row| snapshot.team_ix(row.team)).flat_map(|team| {
            let held = snapshot.held_by_team(team).filter(|row| row.is_accountable());
            held.map(move |row| (row, Some(snapshot.team(team).id)))
        });
    for (row, team) in own.chain(of_teams) {
        let Some(at) = snapshot.service_ix(row.service).filter(|_| seen.insert(row.service)) else {
            continue;
        };
        let row: &Ownership = row;
        found.push(OwnService {
            service: NamedEntity::new(snapshot.plan(), row.service),
            tier: snapshot.service(at).tier,
            role: row.role.clone(),
            team: team.map(|team| NamedEntity::new(snapshot.plan(), team)),
            findings: Tally::of(view.open_findings_of(row.service)),
        });
    }
    found.sort_by_cached_key(|row| {
        let id = ServiceId::from(row.service.id);
        (Reverse((row.findings.worst, row.findings.count)), snapshot.plan().place_of(id))
    });
    found
}

/// How many report to the person on the day, and who of those joins and leaves in the next weeks.
fn reports(view: &DayView, person: PersonId, at: At) -> (u32, Moves) {
    let (plan, day) = (view.snapshot.plan(), view.snapshot.day());
    let until = moves_until(day);
    let managers = NewHires::new(plan);
    let is_report = |other: PersonId, day: NaiveDate| {
        managers.of(other, LifecycleEvent::Join, day).manager == Some(person)
    };
    let people = plan.people.iter().filter(|row: &&Person| row.date_range().contains(day));
    let reports = people.filter(|row| is_report(row.id, day)).count() as u32;
    let roster = Roster::new(plan, &headcount_lines(plan, &Assumptions::new(plan)), None);
    let is_theirs = |found: &RosterMove| match found.who.kind {
        Kind::Person => is_report(found.who.id.into(), found.day),
        _ => {
            at.planned_hires
                && position_of(plan, found)
                    .is_some_and(|position| managers.manager_of(position, found.day) == Some(person))
        }
    };
    let (mut joining, mut leaving) = (roster.joining(day, until), roster.leaving(day, until));
    joining.retain(is_theirs);
    leaving.retain(is_theirs);
    (reports, Moves::listed(plan, until, &joining, &leaving))
}

fn position_of<'a>(plan: &'a Plan, found: &RosterMove) -> Option<&'a Position> {
    plan.positions.get(found.who.id.into())
}
