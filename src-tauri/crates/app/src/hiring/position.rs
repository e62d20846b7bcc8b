//! The page of a position, and the positions of a team or person.

use chrono::{DateTime, Days, NaiveDate, Utc};
use headroom_analysis::hiring::{BackfillDecision, Departure, departures};
use headroom_model::{
    Assignment, Draft, Entity, FieldError, Kind, PersonId, Plan, Position, PositionId, Snapshot, TeamId,
    fields, vacancy,
};
use headroom_planning_grid::PlanningGrid;
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{entity::NamedEntity, finding::FindingRow, id::Id},
    error::{Answer, AppError},
    hiring::grid::{PlanningRow, grid_row},
    state::AppState,
};

/// A position with the person in it.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionRow {
    pub position: NamedEntity,
    /// The person in it on the day, or the next one.
    pub person: Option<NamedEntity>,
    /// The first day of that person, if it is in the future.
    pub comes: Option<NaiveDate>,
    /// `filled`, or the recruiting status: `planned`, `open`.
    pub status: String,
    pub start: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub leaver: Option<DepartureRow>,
}

/// A departure from a position, with its backfill decision.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DepartureRow {
    pub position: NamedEntity,
    pub person: NamedEntity,
    pub last: NaiveDate,
    pub fate: DepartureOutcome,
    /// The backfill, or the next person.
    pub next: Option<NamedEntity>,
    /// The day from which the same position is to be filled again.
    pub refilled: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum DepartureOutcome {
    Undecided,
    Backfilled,
    Closes,
    Held,
    Followed,
    Refilled,
}

impl DepartureRow {
    fn new(plan: &Plan, departure: &Departure) -> Self {
        let (fate, next, refilled) = match departure.decision {
            BackfillDecision::Undecided => (DepartureOutcome::Undecided, None, None),
            BackfillDecision::Backfilled(next) => {
                (DepartureOutcome::Backfilled, Some(NamedEntity::new(plan, next)), None)
            }
            BackfillDecision::Closes => (DepartureOutcome::Closes, None, None),
            BackfillDecision::Held => (DepartureOutcome::Held, None, None),
            BackfillDecision::Followed(next) => {
                (DepartureOutcome::Followed, Some(NamedEntity::new(plan, next)), None)
            }
            BackfillDecision::Refilled(start) => (DepartureOutcome::Refilled, None, Some(start)),
        };
        Self {
            position: NamedEntity::new(plan, departure.position),
            person: NamedEntity::new(plan, departure.person),
            last: departure.last,
            fate,
            next,
            refilled,
        }
    }
}

/// All departures from the day on.
fn all_departures(plan: &Plan, day: NaiveDate) -> Vec<Departure> {
    departures(plan, day, NaiveDate::MAX)
}

fn position_row(
    plan: &Plan,
    grid: &PlanningGrid<'_>,
    leaving: &[Departure],
    position: &Position,
) -> PositionRow {
    let seated = grid.current_occupant(position.id);
    let departure = leaving.iter().find(|departure| departure.position == position.id);
    let status = if grid.is_filled(position.id) { "filled" } else { position.status.word() };
    PositionRow {
        position: NamedEntity::new(plan, position.id),
        person: seated.map(|seated| NamedEntity::new(plan, seated.person)),
        comes: seated.and_then(|seated| seated.comes),
        status: status.to_owned(),
        start: position.start,
        until: position.until,
        leaver: departure.map(|departure| DepartureRow::new(plan, departure)),
    }
}

/// The positions of a team that have not ended, filled ones first.
#[specta::specta]
pub fn team_positions(app: &AppState, id: Id, at: At) -> Answer<Vec<PositionRow>> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let (grid, leaving) = (PlanningGrid::new(&plan, day), all_departures(&plan, day));
    let is_there = |row: &&Position| {
        row.team == Some(TeamId::from(id))
            && row.status != headroom_model::Status::Closed
            && row.until.is_none_or(|until| until >= day)
    };
    let mut seats: Vec<&Position> = plan.positions.iter().filter(is_there).collect();
    seats.sort_by_key(|seat| (!grid.is_filled(seat.id), seat.start.or(seat.need_by), seat.key.clone()));
    Ok(seats.into_iter().map(|seat| position_row(&plan, &grid, &leaving, seat)).collect())
}

/// An assignment of a person to a position.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentRow {
    pub assignment: Id,
    pub position: NamedEntity,
    pub person: NamedEntity,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Whether it holds on the day shown.
    pub is_active: bool,
    pub leaver: Option<DepartureRow>,
}

/// Assignments: current ones, then future ones, then former ones.
fn assignments(plan: &Plan, day: NaiveDate, is_wanted: impl Fn(&Assignment) -> bool) -> Vec<AssignmentRow> {
    let leaving = all_departures(plan, day);
    // A person who has left is in no position, even if the assignment was not ended.
    let is_employed =
        |row: &Assignment| plan.people.get(row.person).is_some_and(|it| it.date_range().contains(day));
    let is_active = |row: &Assignment| row.date_range().contains(day) && is_employed(row);
    let mut rows: Vec<&Assignment> = plan.assignments.iter().filter(|row| is_wanted(row)).collect();
    plan.sort(&mut rows);
    rows.sort_by_key(|row| {
        (!is_active(row), row.from.is_none_or(|from| from <= day), std::cmp::Reverse(row.from))
    });
    rows.into_iter()
        .map(|row| {
            let is_same =
                |departure: &&Departure| departure.position == row.position && departure.person == row.person;
            let departure =
                leaving.iter().find(is_same).filter(|_| row.until.is_none_or(|until| until >= day));
            AssignmentRow {
                assignment: row.id.into(),
                position: NamedEntity::new(plan, row.position),
                person: NamedEntity::new(plan, row.person),
                from: row.from,
                until: row.until,
                is_active: is_active(row),
                leaver: departure.map(|departure| DepartureRow::new(plan, departure)),
            }
        })
        .collect()
}

/// The former, current and future positions of a person.
#[specta::specta]
pub fn person_positions(app: &AppState, id: Id, at: At) -> Answer<Vec<AssignmentRow>> {
    let plan = app.plan()?;
    Ok(assignments(&plan, at.shown_day(), |row| row.person == PersonId::from(id)))
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionPage {
    pub position: NamedEntity,
    /// All fields, as in the planning grid.
    pub row: PlanningRow,
    /// Whether it exists on the day shown.
    pub is_active: bool,
    pub is_closed: bool,
    pub source: Option<String>,
    /// The reporting line from its manager to the top.
    pub line: Vec<PositionRow>,
    pub reports: Vec<PositionRow>,
    pub follows: Option<NamedEntity>,
    pub followed_by: Vec<NamedEntity>,
    pub assignments: Vec<AssignmentRow>,
    /// The next departure.
    pub leaver: Option<DepartureRow>,
    /// The day from which someone new would be in it.
    pub fill_from: NaiveDate,
    pub history: Vec<PositionHistoryEntry>,
    pub findings: Vec<FindingRow>,
}

/// An operation in the history on the position or its assignments.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionHistoryEntry {
    pub seq: u32,
    pub at: DateTime<Utc>,
    pub author: String,
    pub label: String,
    /// `edit`, `import`, `undo`, `redo`.
    pub action: String,
}

/// Number of operations listed.
const ENTRIES: u32 = 30;

#[specta::specta]
pub fn position_page(app: &AppState, id: Id, at: At) -> Answer<PositionPage> {
    let view = app.day(at)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let position =
        plan.positions.get(PositionId::from(id)).ok_or_else(|| AppError::not_found("this position"))?;
    let grid = PlanningGrid::new(plan, snapshot.day()).with_costs(app.cost_by_position(snapshot.day())?);
    let leaving = all_departures(plan, snapshot.day());
    let row = |seat: &Position| position_row(plan, &grid, &leaving, seat);
    let entries = app.with_store(|store, _| store.history_of_position(position.id, ENTRIES))??;
    let departure = leaving.iter().find(|departure| departure.position == position.id);
    let next_day = |last: NaiveDate| last.checked_add_days(Days::new(1)).unwrap_or(last);
    Ok(PositionPage {
        position: NamedEntity::new(plan, position.id),
        row: grid_row(&grid, position, app.pay.is_shown()),
        is_active: snapshot.position_ix(position.id).is_some(),
        is_closed: position.status == headroom_model::Status::Closed,
        source: position.source.clone(),
        line: line(snapshot, position).into_iter().map(row).collect(),
        reports: reports(snapshot, position).into_iter().map(row).collect(),
        follows: position.backfill_of.map(|before| NamedEntity::new(plan, before)),
        followed_by: plan
            .in_order::<Position>()
            .into_iter()
            .filter(|next| next.backfill_of == Some(position.id))
            .map(|next| NamedEntity::new(plan, next.id))
            .collect(),
        assignments: assignments(plan, snapshot.day(), |row| row.position == position.id),
        leaver: departure.map(|departure| DepartureRow::new(plan, departure)),
        fill_from: departure
            .map(|departure| next_day(departure.last))
            .or(position.start)
            .filter(|day| *day > snapshot.day())
            .unwrap_or(snapshot.day()),
        history: entries
            .into_iter()
            .map(|entry| PositionHistoryEntry {
                seq: u32::try_from(entry.seq).unwrap_or(u32::MAX),
                at: entry.at,
                author: entry.author,
                label: entry.label,
                action: entry.action.name().to_owned(),
            })
            .collect(),
        findings: view.findings_of(position.id).map(|finding| FindingRow::new(&view, finding)).collect(),
    })
}

/// The reporting line on the day; for a position that does not exist then, as in the plan.
fn line<'s>(snapshot: &'s Snapshot, position: &Position) -> Vec<&'s Position> {
    let plan = snapshot.plan();
    let mut line: Vec<&Position> = Vec::new();
    let mut at = snapshot.position_ix(position.id).map_or_else(
        || position.manager.and_then(|above| plan.positions.get(above)),
        |at| snapshot.manager_of(at).map(|above| snapshot.position(above)),
    );
    while let Some(above) = at {
        // A cycle of positions, one of which has ended.
        if above.id == position.id || line.iter().any(|known| known.id == above.id) {
            break;
        }
        line.push(above);
        at = snapshot.position_ix(above.id).map_or_else(
            || above.manager.and_then(|next| plan.positions.get(next)),
            |at| snapshot.manager_of(at).map(|next| snapshot.position(next)),
        );
    }
    line
}

fn reports<'s>(snapshot: &'s Snapshot, position: &Position) -> Vec<&'s Position> {
    match snapshot.position_ix(position.id) {
        Some(at) => snapshot.reports_of(at).iter().map(|seat| snapshot.position(*seat as usize)).collect(),
        None => {
            let plan = snapshot.plan();
            plan.in_order::<Position>().into_iter().filter(|row| row.manager == Some(position.id)).collect()
        }
    }
}

/// The person to put into a position.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum NewIncumbent {
    Known(Id),
    /// A new person, by name.
    New(String),
}

/// Puts a person into a position and on its team from a day on, as one undoable step; a new person is employed from
/// then on. Answers with the person.
#[specta::specta]
pub fn fill_position(app: &AppState, id: Id, who: NewIncumbent, from: NaiveDate) -> Answer<NamedEntity> {
    let position_of = |plan: &Plan| plan.positions.get(PositionId::from(id)).cloned();
    let name = |plan: &Plan| match &who {
        NewIncumbent::Known(person) => plan.name_of(PersonId::from(*person).into()),
        NewIncumbent::New(name) => name.trim().to_owned(),
    };
    let label = |plan: &Plan| {
        let seat = position_of(plan).map(|seat| seat.key).unwrap_or_default();
        format!("Assign {} to {seat}", name(plan))
    };
    let person = app.edit(label, |draft| {
        let seat = position_of(draft.base())
            .ok_or_else(|| FieldError::new("position", "is no longer in the plan"))?;
        let person = match &who {
            NewIncumbent::Known(person) => PersonId::from(*person),
            NewIncumbent::New(name) => new_person(draft, name, &seat, from)?,
        };
        vacancy::fill_position(draft, &seat, person, from);
        Ok(person)
    })?;
    Ok(NamedEntity::new(&*app.plan()?, person))
}

fn new_person(
    draft: &mut Draft<'_>,
    name: &str,
    seat: &Position,
    from: NaiveDate,
) -> Result<PersonId, FieldError> {
    let values = [
        ("name".to_owned(), name.trim().into()),
        ("title".to_owned(), seat.title.clone().into()),
        ("location".to_owned(), seat.location.clone().into()),
        ("from".to_owned(), from.to_string().into()),
    ];
    fields::create(draft, Kind::Person, &values).map(|made| made.id.into())
}

/// Moves a person to another position and its team from a day on.
#[specta::specta]
pub fn move_to_position(app: &AppState, assignment: Id, to: Id, from: NaiveDate) -> Answer<()> {
    let row = |plan: &Plan| plan.assignments.get(assignment.into()).cloned();
    let label = |plan: &Plan| {
        let person = row(plan).map(|row| plan.name_of(row.person.into())).unwrap_or_default();
        format!("Move {person} to {}", plan.key_of(PositionId::from(to).into()))
    };
    app.edit(label, |draft| {
        let gone = || FieldError::new("position", "is no longer in the plan");
        let row = row(draft.base()).ok_or_else(gone)?;
        let seat = draft.get::<Position>(to.into()).cloned().ok_or_else(gone)?;
        if row.position == seat.id {
            return Err(FieldError::new("position", "is the one they already hold").into());
        }
        if row.from.is_some_and(|first| first >= from) {
            draft.remove::<Assignment>(row.id);
        } else {
            draft.put(Assignment { until: row.date_range().ended_before(from).until, ..row.clone() });
        }
        vacancy::fill_position(draft, &seat, row.person, from);
        Ok(())
    })
}
