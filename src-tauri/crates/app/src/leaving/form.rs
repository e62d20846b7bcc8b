//! What has to be decided when somebody leaves: their position, their reports, the services that lose their owner or
//! their last responder, the checklist.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{
    DayView, Responders,
    assign::Candidates,
    onboarding::{ChecklistStart, start_checklist},
    what_if::{HypotheticalDeparture, with_departures},
};
use headroom_model::{
    Checklist, Draft, LifecycleEvent, Owner, PersonId, Plan, PositionIx, ServiceId, ServiceIx, Snapshot,
    TeamId,
};
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    ownership::assignment_board::CandidateRow,
    state::AppState,
};

/// What has to be decided when somebody leaves.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OffboardForm {
    pub person: NamedEntity,
    /// The last day in the plan.
    pub last_day: Option<NaiveDate>,
    /// The positions that they are in on the day.
    pub positions: Vec<NamedEntity>,
    /// The positions that report to theirs.
    pub reports: Vec<NamedEntity>,
    /// The position above theirs, to which the reports go where nobody follows.
    pub above: Option<NamedEntity>,
    /// Those that lose their owner or their last responder: most depended on first.
    pub services: Vec<LeavingService>,
    /// Items of the checklist that can be started.
    pub checklist_items: u32,
    /// Why no checklist can be started, in words.
    pub checklist_problem: Option<String>,
}

/// A service that loses its owner or its last responder.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LeavingService {
    pub service: NamedEntity,
    pub tier: Option<u8>,
    /// The team that owns it and has nobody else; none if the person owns it.
    pub team: Option<NamedEntity>,
    /// Teams that could own it, best first.
    pub candidates: Vec<CandidateRow>,
}

/// Candidates listed for each service.
const CANDIDATES: usize = 5;

/// What has to be decided when somebody leaves, as of the day of `at`.
///
/// # Errors
/// If the person is no longer in the plan.
#[specta::specta]
pub fn offboard_form(app: &AppState, person: Id, at: At) -> Answer<OffboardForm> {
    let view = app.day(at)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let person = PersonId::from(person);
    let row = plan.people.get(person).ok_or_else(|| AppError::not_found("this person"))?;
    let positions = positions_on(snapshot, person);
    let named = |at: usize| NamedEntity::new(plan, snapshot.position(at).id);
    let reports = positions.iter().flat_map(|at| snapshot.reports_of(*at)).map(|at| named(*at as usize));
    let checklist = leaving_checklist(plan, person, at.shown_day());
    Ok(OffboardForm {
        person: NamedEntity::new(plan, person),
        last_day: row.until,
        reports: reports.collect(),
        above: positions.iter().find_map(|at| snapshot.manager_of(*at)).map(named),
        positions: positions.iter().map(|at| named(*at)).collect(),
        services: services(&view, &view_after(app, &view, person, at)?, person),
        checklist_items: *checklist.as_ref().unwrap_or(&0),
        checklist_problem: checklist.err(),
    })
}

/// The number of items that the checklist of a departure would have, or why there is none.
fn leaving_checklist(plan: &Arc<Plan>, person: PersonId, last: NaiveDate) -> Result<u32, String> {
    let has_one = |row: &Checklist| row.person == person && row.occasion == LifecycleEvent::Leave;
    if plan.checklists.iter().any(has_one) {
        return Err(format!("{} has an offboarding checklist already", plan.name_of(person.into())));
    }
    let begun = start_checklist(&mut Draft::new(plan), plan, &checklist_of(person, last));
    begun.map(|begun| begun.counts.items as u32).map_err(|problem| problem.message(plan))
}

pub fn checklist_of(person: PersonId, last: NaiveDate) -> ChecklistStart {
    let (occasion, start) = (LifecycleEvent::Leave, Some(last));
    ChecklistStart { person, occasion, start, ..ChecklistStart::default() }
}

/// The day after the last one, without the person: who could take over is somebody who remains.
fn view_after(app: &AppState, view: &DayView, person: PersonId, at: At) -> Answer<DayView> {
    let last_day = at.shown_day();
    let without = with_departures(view.snapshot.plan(), &[HypotheticalDeparture { person, last_day }])?;
    Ok(app.day(at.on(last_day.succ_opt().unwrap_or(last_day)))?.of_plan(&Arc::new(without)))
}

/// The services that the person owns, and those that nobody else responds for.
fn services(view: &DayView, after: &DayView, person: PersonId) -> Vec<LeavingService> {
    let snapshot = &view.snapshot;
    let responders = Responders::new(snapshot);
    let Some(here) = snapshot.person_ix(person) else { return Vec::new() };
    let teams: FxHashSet<TeamId> = snapshot.memberships(here).map(|row| row.team).collect();
    let own = snapshot.held_by_person(here).filter(|row| row.is_accountable());
    let of_teams = teams.iter().filter_map(|team| snapshot.team_ix(*team));
    let owned = of_teams.flat_map(|team| snapshot.held_by_team(team)).filter(|row| row.is_accountable());
    let ids: FxHashSet<ServiceId> = own.chain(owned).map(|row| row.service).collect();
    let mut found: Vec<ServiceIx> = ids.into_iter().filter_map(|id| snapshot.service_ix(id)).collect();
    found
        .retain(|at| snapshot.owners(*at).contains(&Owner::Person(person)) || responders.of(*at) == [person]);
    found.sort_by_key(|at| (std::cmp::Reverse(view.facts.dependents(*at)), *at));
    let context = after.context();
    let candidates = Candidates::new(&context);
    let of = |at: ServiceIx| {
        let id = snapshot.service(at).id;
        let best = after.snapshot.service_ix(id).map(|at| candidates.of(at)).unwrap_or_default();
        best.iter().take(CANDIDATES).map(|one| CandidateRow::new(snapshot.plan(), one)).collect()
    };
    found.into_iter().map(|at| service(snapshot, at, person, of(at))).collect()
}

fn service(
    snapshot: &Snapshot,
    at: ServiceIx,
    person: PersonId,
    candidates: Vec<CandidateRow>,
) -> LeavingService {
    let plan = snapshot.plan();
    let owners = snapshot.owners(at);
    let team = owners.iter().find_map(|owner| match owner {
        Owner::Team(team) => Some(*team),
        Owner::Person(_) => None,
    });
    let team = team.filter(|_| !owners.contains(&Owner::Person(person)));
    LeavingService {
        service: NamedEntity::new(plan, snapshot.service(at).id),
        tier: snapshot.service(at).tier,
        team: team.map(|team| NamedEntity::new(plan, team)),
        candidates,
    }
}

/// The positions that are empty once the person has left, in order: nobody else is in them.
pub fn positions_on(snapshot: &Snapshot, person: PersonId) -> Vec<PositionIx> {
    let held = snapshot.person_ix(person).map(|at| snapshot.positions_of(at)).unwrap_or_default();
    let held = held.iter().map(|at| *at as usize);
    held.filter(|at| {
        !snapshot.position(*at).pooled && snapshot.occupants(*at).all(|row| row.person == person)
    })
    .collect()
}
