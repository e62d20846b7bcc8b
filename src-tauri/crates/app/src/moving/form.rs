//! What a move can take along, and where it cannot go.

use chrono::NaiveDate;
use headroom_analysis::{DayView, Responders};
use headroom_model::{
    Entity, EntityRef, Membership, Owner, Ownership, PersonId, Plan, Position, ServiceId, Snapshot, Team,
    TeamId, is_lead,
};
use serde::Serialize;

use super::subject::{MoveSubject, position_of};
use crate::{
    at::At,
    entities::{
        entity::{EntityKind, NamedEntity},
        id::Id,
    },
    error::Answer,
    state::AppState,
};

/// What a move of something can take along on a day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoveForm {
    /// What is moved: of a position with somebody in it, that person.
    pub subject: NamedEntity,
    /// The team that it leaves.
    pub from: Option<NamedEntity>,
    /// The teams that it could leave: of a person on several.
    pub teams: Vec<NamedEntity>,
    /// Whether the plan knows from which day on it is elsewhere. The parent of a team has no dates, nor has the team of a
    /// position that nobody was in yet.
    pub has_day: bool,
    /// The share of time of a person, in percent: as now, with that on the other team.
    pub share: Option<u8>,
    /// The position that can move along.
    pub position: Option<NamedEntity>,
    /// Positions on the other team that are free on the day.
    pub free: Vec<NamedEntity>,
    /// The position of the lead of the other team, if the one that moves along could report to it.
    pub lead: Option<LeadPosition>,
    pub services: Vec<MovableService>,
    /// Teams that it cannot be moved to.
    pub excluded: Vec<Id>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LeadPosition {
    pub position: NamedEntity,
    pub person: NamedEntity,
}

/// A service that can go along: of the old team, or of the person.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MovableService {
    pub service: NamedEntity,
    pub tier: Option<u8>,
    /// The person owns it, not the team.
    pub is_personal: bool,
    /// The person is the only responder.
    pub is_alone: bool,
}

/// What a move can take along on the day of `at`. `from`: the team that it leaves, by default the first of those that
/// it is on.
///
/// # Errors
/// If it is nothing that can be moved, or several people are in the position.
#[specta::specta]
pub fn team_move_form(
    app: &AppState,
    kind: EntityKind,
    id: Id,
    from: Option<Id>,
    to: Option<Id>,
    at: At,
) -> Answer<MoveForm> {
    let (view, day) = (app.day(at)?, at.shown_day());
    let plan = view.snapshot.plan();
    let subject = MoveSubject::of(plan, kind, id, day)?;
    let teams = subject.teams(plan, day);
    let from = from.map(TeamId::from).filter(|team| teams.contains(team)).or(teams.first().copied());
    let to = to.map(TeamId::from);
    let named = |team: TeamId| NamedEntity::new(plan, team);
    let position = match subject {
        MoveSubject::Person(person) => position_of(plan, person, from, day).map(|(position, _)| position),
        MoveSubject::Position(id) => plan.positions.get(id),
        MoveSubject::Team(_) => None,
    };
    let person = match subject {
        MoveSubject::Person(person) => Some(person),
        _ => None,
    };
    Ok(MoveForm {
        subject: NamedEntity::new(plan, subject.entity()),
        from: from.map(named),
        teams: teams.into_iter().map(named).collect(),
        has_day: has_day(plan, subject, day),
        share: person.and_then(|person| share(plan, person, [from, to], day)),
        position: position.filter(|_| person.is_some()).map(|row| NamedEntity::new(plan, row.id)),
        free: person.and(to).map(|team| free_positions(&view.snapshot, team)).unwrap_or_default(),
        lead: position.zip(to).and_then(|(row, team)| lead(&view.snapshot, row, team)),
        services: person.zip(from).map(|(person, from)| services(&view, person, from)).unwrap_or_default(),
        excluded: excluded(plan, subject, from),
    })
}

/// Whether something is elsewhere only from a day on.
pub fn has_day(plan: &Plan, subject: MoveSubject, day: NaiveDate) -> bool {
    match subject {
        MoveSubject::Person(_) => true,
        MoveSubject::Position(id) => {
            let row = plan.positions.get(id);
            row.is_some_and(|row| headroom_model::team_move::has_past(plan, row, day))
        }
        MoveSubject::Team(_) => false,
    }
}

/// The share that somebody has on these teams together from the day on; none where one is not known.
pub(super) fn share(plan: &Plan, person: PersonId, teams: [Option<TeamId>; 2], day: NaiveDate) -> Option<u8> {
    let is_meant = |row: &&Membership| {
        row.person == person && teams.contains(&Some(row.team)) && row.date_range().reaches(day)
    };
    let shares = |range: &dyn Fn(&&Membership) -> bool| {
        let rows = plan.memberships.iter().filter(is_meant).filter(range);
        rows.filter_map(|row| row.share).reduce(u8::saturating_add)
    };
    // Of somebody who is on the team only later, what they will have.
    let holds = |row: &&Membership| row.date_range().contains(day);
    shares(&holds).or_else(|| shares(&|_| true)).map(|share| share.min(100))
}

fn free_positions(snapshot: &Snapshot, team: TeamId) -> Vec<NamedEntity> {
    let Some(at) = snapshot.team_ix(team) else { return Vec::new() };
    let positions = snapshot.positions_on_team(at).iter().map(|row| *row as usize);
    let free = positions.filter(|row| !snapshot.is_filled(*row) && !snapshot.position(*row).pooled);
    free.map(|row| NamedEntity::new(snapshot.plan(), snapshot.position(row).id)).collect()
}

/// The position of the lead of a team, if another one could report to it.
fn lead(snapshot: &Snapshot, position: &Position, team: TeamId) -> Option<LeadPosition> {
    let plan = snapshot.plan();
    let leads = snapshot.members(snapshot.team_ix(team)?).filter(|row| is_lead(&row.role));
    let positions = leads.filter_map(|row| {
        let at = *snapshot.positions_of(snapshot.person_ix(row.person)?).first()?;
        Some((row.person, snapshot.position(at as usize)))
    });
    let could_report = |(_, above): &(PersonId, &Position)| {
        position.manager != Some(above.id) && !is_at_or_below(plan, above, position)
    };
    positions
        .filter(could_report)
        .map(|(person, above)| LeadPosition {
            position: NamedEntity::new(plan, above.id),
            person: NamedEntity::new(plan, person),
        })
        .next()
}

/// Whether a position is another one, or reports to it.
fn is_at_or_below(plan: &Plan, position: &Position, above: &Position) -> bool {
    let managers = std::iter::successors(Some(position), |row| plan.positions.get(row.manager?));
    managers.take(plan.positions.len() + 1).any(|row| row.id == above.id)
}

/// The services of a person and of the team that they leave, each once: their own first.
fn services(view: &DayView, person: PersonId, from: TeamId) -> Vec<MovableService> {
    let snapshot = &view.snapshot;
    let responders = Responders::new(snapshot);
    let own = snapshot.person_ix(person).into_iter().flat_map(|at| snapshot.held_by_person(at));
    let owned = snapshot.team_ix(from).into_iter().flat_map(|at| snapshot.held_by_team(at));
    let mut seen: Vec<(ServiceId, Owner)> = Vec::new();
    let accountable = own.chain(owned).filter(|row| row.is_accountable());
    let rows: Vec<&Ownership> = accountable
        .filter(|row| {
            let is_new = !seen.contains(&(row.service, row.owner));
            seen.push((row.service, row.owner));
            is_new
        })
        .collect();
    let service = |row: &&Ownership| {
        let at = snapshot.service_ix(row.service)?;
        Some(MovableService {
            service: NamedEntity::new(snapshot.plan(), row.service),
            tier: snapshot.service(at).tier,
            is_personal: row.owner == Owner::Person(person),
            is_alone: responders.of(at) == [person],
        })
    };
    rows.iter().filter_map(service).collect()
}

/// The team that it is on, and of a team itself and all below it.
fn excluded(plan: &Plan, subject: MoveSubject, from: Option<TeamId>) -> Vec<Id> {
    let below = |root: TeamId| {
        let is_below = move |team: &&Team| {
            let above = std::iter::successors(Some(*team), |row| plan.teams.get(row.parent?));
            above.take(plan.teams.len() + 1).any(|row| row.id == root)
        };
        plan.teams.iter().filter(is_below).map(|team| team.id)
    };
    let inside = match subject {
        MoveSubject::Team(team) => below(team).collect(),
        _ => Vec::new(),
    };
    from.into_iter().chain(inside).map(Id::from).collect()
}

/// Whether the last day of something was before a day.
pub fn is_over(plan: &Plan, subject: EntityRef, day: NaiveDate) -> bool {
    let range = headroom_model::with_row!(plan, subject, row => row.date_range());
    range.is_some_and(|range| range.until.is_some_and(|until| until < day))
}

/// Why something does not exist on a day, in words; none if it does.
pub fn absence(plan: &Plan, subject: EntityRef, day: NaiveDate) -> Option<String> {
    use headroom_model::wording::date;
    let range = headroom_model::with_row!(plan, subject, row => row.date_range())?;
    let name = plan.name_of(subject);
    let whose = if subject.kind == headroom_model::Kind::Person { "their" } else { "its" };
    match (range.from, range.until) {
        (Some(from), _) if from > day => {
            Some(format!("{name} begins on {}, after {}", date(from), date(day)))
        }
        (_, Some(until)) if until < day => {
            Some(format!("{name} has {whose} last day on {}, before {}", date(until), date(day)))
        }
        _ => None,
    }
}
