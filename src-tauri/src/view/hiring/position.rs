//! A position's page, and the seats of a team or a person.

use chrono::{DateTime, Days, NaiveDate, Utc};
use headroom_analysis::hiring::{BackfillDecision, Departure, departures};
use headroom_exchange::grid::PlanningGrid;
use headroom_model::{
    Assignment, Draft, Entity, FieldError, Kind, PersonId, Plan, Position, PositionId, Snapshot, TeamId,
    fields, vacancy,
};
use serde::{Deserialize, Serialize};
use tauri::State;

use super::{
    super::{NamedEntity, findings::FindingRow},
    grid::{PlanningRow, grid_row},
};
use crate::{
    error::{Answer, AppError},
    state::{AppState, today},
};

/// A position with who is in it.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionRow {
    pub position: NamedEntity,
    /// Who is in it on the day, or comes next.
    pub person: Option<NamedEntity>,
    /// The first day of that person, when it is still to come.
    pub comes: Option<NaiveDate>,
    /// `filled`, or how far recruiting has come: `planned`, `open`.
    pub status: String,
    pub start: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub leaver: Option<DepartureRow>,
}

/// Somebody whose last day in a seat is known, and what is planned then.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DepartureRow {
    pub position: NamedEntity,
    pub person: NamedEntity,
    pub last: NaiveDate,
    pub fate: DepartureOutcome,
    /// The seat that follows, or the person who does.
    pub next: Option<NamedEntity>,
    /// The day from which somebody is to be hired for the same seat.
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

/// Everybody who leaves a seat from the day on, at any time.
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

/// The seats of a team that have not ended, filled ones first.
#[tauri::command(async)]
#[specta::specta]
pub fn team_positions(app: State<'_, AppState>, id: u32, day: Option<NaiveDate>) -> Answer<Vec<PositionRow>> {
    let (plan, day) = (app.plan()?, day.unwrap_or_else(today));
    let (grid, leaving) = (PlanningGrid::new(&plan, day), all_departures(&plan, day));
    let is_there = |row: &&Position| {
        row.team == Some(TeamId(id))
            && row.status != headroom_model::Status::Closed
            && row.until.is_none_or(|until| until >= day)
    };
    let mut seats: Vec<&Position> = plan.positions.iter().filter(is_there).collect();
    seats.sort_by_key(|seat| (!grid.is_filled(seat.id), seat.start.or(seat.need_by), seat.key.clone()));
    Ok(seats.into_iter().map(|seat| position_row(&plan, &grid, &leaving, seat)).collect())
}

/// A person in a seat, for as long as it lasts.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentRow {
    pub assignment: u32,
    pub position: NamedEntity,
    pub person: NamedEntity,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Whether it holds on the day that is shown.
    pub is_active: bool,
    pub leaver: Option<DepartureRow>,
}

/// Assignments, present ones first, then those to come, then former ones.
fn assignments(plan: &Plan, day: NaiveDate, is_wanted: impl Fn(&Assignment) -> bool) -> Vec<AssignmentRow> {
    let leaving = all_departures(plan, day);
    // Who has left is in no position, though nobody ended the assignment.
    let is_employed =
        |row: &Assignment| plan.people.get(row.person).is_some_and(|it| it.date_range().contains(day));
    let is_active = |row: &Assignment| row.date_range().contains(day) && is_employed(row);
    let mut rows: Vec<&Assignment> = plan.assignments.iter().filter(|row| is_wanted(row)).collect();
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
                assignment: row.id.0,
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

/// The seats that a person is, was or will be in.
#[tauri::command(async)]
#[specta::specta]
pub fn person_positions(
    app: State<'_, AppState>,
    id: u32,
    day: Option<NaiveDate>,
) -> Answer<Vec<AssignmentRow>> {
    let plan = app.plan()?;
    Ok(assignments(&plan, day.unwrap_or_else(today), |row| row.person == PersonId(id)))
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionPage {
    pub position: NamedEntity,
    /// Every field, as the planning grid has it.
    pub row: PlanningRow,
    /// Whether it exists on the day that is shown.
    pub is_active: bool,
    pub is_closed: bool,
    pub source: Option<String>,
    /// Positions above it, from its manager to the top.
    pub line: Vec<PositionRow>,
    pub reports: Vec<PositionRow>,
    pub follows: Option<NamedEntity>,
    pub followed_by: Vec<NamedEntity>,
    pub assignments: Vec<AssignmentRow>,
    /// Who leaves it next.
    pub leaver: Option<DepartureRow>,
    /// The day from which somebody new would be in it.
    pub fill_from: NaiveDate,
    pub history: Vec<PositionHistoryEntry>,
    pub findings: Vec<FindingRow>,
}

/// An entry of the history in which the position or who is in it was altered.
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

/// How many entries of the history a page lists.
const ENTRIES: u32 = 30;

#[tauri::command(async)]
#[specta::specta]
pub fn position_page(app: State<'_, AppState>, id: u32, day: Option<NaiveDate>) -> Answer<PositionPage> {
    let view = app.day(day)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let position = plan.positions.get(PositionId(id)).ok_or_else(|| AppError::not_found("this position"))?;
    let grid = PlanningGrid::new(plan, snapshot.day()).with_costs(app.cost_by_position(snapshot.day())?);
    let leaving = all_departures(plan, snapshot.day());
    let row = |seat: &Position| position_row(plan, &grid, &leaving, seat);
    let entries = app.with_store(|store, _| store.history_of_position(position.id, ENTRIES))??;
    let departure = leaving.iter().find(|departure| departure.position == position.id);
    let next_day = |last: NaiveDate| last.checked_add_days(Days::new(1)).unwrap_or(last);
    Ok(PositionPage {
        position: NamedEntity::new(plan, position.id),
        row: grid_row(&grid, position, app.is_pay_shown()),
        is_active: snapshot.position_ix(position.id).is_some(),
        is_closed: position.status == headroom_model::Status::Closed,
        source: position.source.clone(),
        line: line(snapshot, position).into_iter().map(row).collect(),
        reports: reports(snapshot, position).into_iter().map(row).collect(),
        follows: position.backfill_of.map(|before| NamedEntity::new(plan, before)),
        followed_by: plan
            .positions
            .iter()
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
        findings: view.findings_of(position.id).map(|finding| FindingRow::new(plan, finding)).collect(),
    })
}

/// The positions above, on the day; of a seat that does not exist then, as the plan has them.
fn line<'s>(snapshot: &'s Snapshot, position: &Position) -> Vec<&'s Position> {
    let plan = snapshot.plan();
    let mut line: Vec<&Position> = Vec::new();
    let mut at = snapshot.position_ix(position.id).map_or_else(
        || position.manager.and_then(|above| plan.positions.get(above)),
        |at| snapshot.manager_of(at).map(|above| snapshot.position(above)),
    );
    while let Some(above) = at {
        // A loop of seats of which one has ended.
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
            plan.positions.iter().filter(|row| row.manager == Some(position.id)).collect()
        }
    }
}

/// Who is to sit down in a seat.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum NewIncumbent {
    Known(u32),
    /// Somebody new, by name.
    New(String),
}

/// Puts somebody into a seat and on its team from a day on, as one undoable step; whoever is new is employed from
/// then on. Answers with the person.
#[tauri::command(async)]
#[specta::specta]
pub fn fill_position(
    app: State<'_, AppState>,
    id: u32,
    who: NewIncumbent,
    from: NaiveDate,
) -> Answer<NamedEntity> {
    let position_of = |plan: &Plan| plan.positions.get(PositionId(id)).cloned();
    let name = |plan: &Plan| match &who {
        NewIncumbent::Known(person) => plan.name_of(PersonId(*person).into()),
        NewIncumbent::New(name) => name.trim().to_owned(),
    };
    let label = |plan: &Plan| {
        let seat = position_of(plan).map(|seat| seat.key).unwrap_or_default();
        format!("Assign {} to {seat}", name(plan))
    };
    let person = app.edit(label, |draft| {
        let seat = position_of(draft.plan())
            .ok_or_else(|| FieldError::new("position", "is no longer in the plan"))?;
        let person = match &who {
            NewIncumbent::Known(person) => PersonId(*person),
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

#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum BackfillChoice {
    Backfill,
    Close,
    Hold,
}

/// Decides what becomes of a seat whose occupant is there for the last time on `last`; answers with the seat to look
/// at next: the one that follows, or the same.
#[tauri::command(async)]
#[specta::specta]
pub fn decide_backfill(
    app: State<'_, AppState>,
    id: u32,
    decision: BackfillChoice,
    last: NaiveDate,
) -> Answer<NamedEntity> {
    let key = |plan: &Plan| plan.key_of(PositionId(id).into()).to_owned();
    let label = |plan: &Plan| match decision {
        BackfillChoice::Backfill => format!("Plan backfill for {}", key(plan)),
        BackfillChoice::Close => format!("Close {} after departure", key(plan)),
        BackfillChoice::Hold => format!("Put {} on hold", key(plan)),
    };
    let next = app.edit(label, |draft| {
        let seat = draft.plan().positions.get(PositionId(id)).cloned();
        let seat = seat.ok_or_else(|| FieldError::new("position", "is no longer in the plan"))?;
        let decision = match decision {
            BackfillChoice::Backfill => vacancy::VacancyDecision::Backfill,
            BackfillChoice::Close => vacancy::VacancyDecision::Close,
            BackfillChoice::Hold => vacancy::VacancyDecision::Hold,
        };
        Ok(vacancy::resolve_vacancy(draft, &seat, last, decision).unwrap_or(seat.id))
    })?;
    Ok(NamedEntity::new(&*app.plan()?, next))
}

/// Moves somebody to another seat from a day on: leaves the one, and is in the other and on its team.
#[tauri::command(async)]
#[specta::specta]
pub fn move_to_position(app: State<'_, AppState>, assignment: u32, to: u32, from: NaiveDate) -> Answer<()> {
    let row = |plan: &Plan| plan.assignments.get(assignment.into()).cloned();
    let label = |plan: &Plan| {
        let person = row(plan).map(|row| plan.name_of(row.person.into())).unwrap_or_default();
        format!("Move {person} to {}", plan.key_of(PositionId(to).into()))
    };
    app.edit(label, |draft| {
        let gone = || FieldError::new("position", "is no longer in the plan");
        let row = row(draft.plan()).ok_or_else(gone)?;
        let seat = draft.plan().positions.get(PositionId(to)).cloned().ok_or_else(gone)?;
        if row.position == seat.id {
            return Err(FieldError::new("position", "is the one they already hold"));
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
