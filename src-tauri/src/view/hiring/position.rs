//! A position's page, and the seats of a team or a person.

use chrono::{DateTime, Days, NaiveDate, Utc};
use headroom_analysis::hiring::{Fate, Leaver, leavers};
use headroom_exchange::grid::Grid;
use headroom_model::{
    Assignment, Draft, Entity, FieldError, Kind, PersonId, Plan, Position, PositionId, Snapshot, TeamId,
    fields, seat,
};
use serde::{Deserialize, Serialize};
use tauri::State;

use super::{
    super::{Named, findings::FindingRow},
    grid::{GridRow, grid_row},
};
use crate::{
    error::{Answer, AppError},
    state::{App, today},
};

/// A position with who is in it.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SeatRow {
    pub position: Named,
    /// Who is in it on the day, or comes next.
    pub person: Option<Named>,
    /// The first day of that person, when it is still to come.
    pub comes: Option<NaiveDate>,
    /// `filled`, or how far recruiting has come: `planned`, `open`.
    pub status: String,
    pub start: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub leaver: Option<LeaverRow>,
}

/// Somebody whose last day in a seat is known, and what is planned then.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LeaverRow {
    pub position: Named,
    pub person: Named,
    pub last: NaiveDate,
    pub fate: SeatFate,
    /// The seat that follows, or the person who does.
    pub next: Option<Named>,
    /// The day from which somebody is to be hired for the same seat.
    pub refilled: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum SeatFate {
    Undecided,
    Backfilled,
    Closes,
    Held,
    Followed,
    Refilled,
}

impl LeaverRow {
    fn new(plan: &Plan, leaver: &Leaver) -> Self {
        let (fate, next, refilled) = match leaver.fate {
            Fate::Undecided => (SeatFate::Undecided, None, None),
            Fate::Backfilled(next) => (SeatFate::Backfilled, Some(Named::new(plan, next)), None),
            Fate::Closes => (SeatFate::Closes, None, None),
            Fate::Held => (SeatFate::Held, None, None),
            Fate::Followed(next) => (SeatFate::Followed, Some(Named::new(plan, next)), None),
            Fate::Refilled(start) => (SeatFate::Refilled, None, Some(start)),
        };
        Self {
            position: Named::new(plan, leaver.position),
            person: Named::new(plan, leaver.person),
            last: leaver.last,
            fate,
            next,
            refilled,
        }
    }
}

/// Everybody who leaves a seat from the day on, at any time.
fn all_leavers(plan: &Plan, day: NaiveDate) -> Vec<Leaver> {
    leavers(plan, day, NaiveDate::MAX)
}

fn seat_row(plan: &Plan, grid: &Grid<'_>, leaving: &[Leaver], position: &Position) -> SeatRow {
    let seated = grid.seated(position.id);
    let leaver = leaving.iter().find(|leaver| leaver.position == position.id);
    let status = if grid.is_filled(position.id) { "filled" } else { position.status.word() };
    SeatRow {
        position: Named::new(plan, position.id),
        person: seated.map(|seated| Named::new(plan, seated.person)),
        comes: seated.and_then(|seated| seated.comes),
        status: status.to_owned(),
        start: position.start,
        until: position.until,
        leaver: leaver.map(|leaver| LeaverRow::new(plan, leaver)),
    }
}

/// The seats of a team that have not ended, filled ones first.
#[tauri::command(async)]
#[specta::specta]
pub fn team_seats(app: State<'_, App>, id: u32, day: Option<NaiveDate>) -> Answer<Vec<SeatRow>> {
    let (plan, day) = (app.plan()?, day.unwrap_or_else(today));
    let (grid, leaving) = (Grid::new(&plan, day), all_leavers(&plan, day));
    let is_there = |row: &&Position| {
        row.team == Some(TeamId(id))
            && row.status != headroom_model::Status::Closed
            && row.until.is_none_or(|until| until >= day)
    };
    let mut seats: Vec<&Position> = plan.positions.iter().filter(is_there).collect();
    seats.sort_by_key(|seat| (!grid.is_filled(seat.id), seat.start.or(seat.need_by), seat.key.clone()));
    Ok(seats.into_iter().map(|seat| seat_row(&plan, &grid, &leaving, seat)).collect())
}

/// A person in a seat, for as long as it lasts.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentRow {
    pub assignment: u32,
    pub position: Named,
    pub person: Named,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Whether it holds on the day that is shown.
    pub is_active: bool,
    pub leaver: Option<LeaverRow>,
}

/// Assignments, present ones first, then those to come, then former ones.
fn assignments(plan: &Plan, day: NaiveDate, is_wanted: impl Fn(&Assignment) -> bool) -> Vec<AssignmentRow> {
    let leaving = all_leavers(plan, day);
    // Who has left is in no position, though nobody ended the assignment.
    let is_employed =
        |row: &Assignment| plan.people.get(row.person).is_some_and(|it| it.span().contains(day));
    let is_active = |row: &Assignment| row.span().contains(day) && is_employed(row);
    let mut rows: Vec<&Assignment> = plan.assignments.iter().filter(|row| is_wanted(row)).collect();
    rows.sort_by_key(|row| {
        (!is_active(row), row.from.is_none_or(|from| from <= day), std::cmp::Reverse(row.from))
    });
    rows.into_iter()
        .map(|row| {
            let is_same = |leaver: &&Leaver| leaver.position == row.position && leaver.person == row.person;
            let leaver = leaving.iter().find(is_same).filter(|_| row.until.is_none_or(|until| until >= day));
            AssignmentRow {
                assignment: row.id.0,
                position: Named::new(plan, row.position),
                person: Named::new(plan, row.person),
                from: row.from,
                until: row.until,
                is_active: is_active(row),
                leaver: leaver.map(|leaver| LeaverRow::new(plan, leaver)),
            }
        })
        .collect()
}

/// The seats that a person is, was or will be in.
#[tauri::command(async)]
#[specta::specta]
pub fn person_seats(app: State<'_, App>, id: u32, day: Option<NaiveDate>) -> Answer<Vec<AssignmentRow>> {
    let plan = app.plan()?;
    Ok(assignments(&plan, day.unwrap_or_else(today), |row| row.person == PersonId(id)))
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionPage {
    pub position: Named,
    /// Every field, as the planning grid has it.
    pub row: GridRow,
    /// Whether it exists on the day that is shown.
    pub is_active: bool,
    pub is_closed: bool,
    pub source: Option<String>,
    /// Positions above it, from its manager to the top.
    pub line: Vec<SeatRow>,
    pub reports: Vec<SeatRow>,
    pub follows: Option<Named>,
    pub followed_by: Vec<Named>,
    pub assignments: Vec<AssignmentRow>,
    /// Who leaves it next.
    pub leaver: Option<LeaverRow>,
    /// The day from which somebody new would be in it.
    pub fill_from: NaiveDate,
    pub history: Vec<PositionEntry>,
    pub findings: Vec<FindingRow>,
}

/// An entry of the history in which the position or who is in it was altered.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionEntry {
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
pub fn position_page(app: State<'_, App>, id: u32, day: Option<NaiveDate>) -> Answer<PositionPage> {
    let view = app.day(day)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let position = plan.positions.get(PositionId(id)).ok_or_else(|| AppError::not_found("this position"))?;
    let grid = Grid::new(plan, snapshot.day()).with_costs(app.cost_by_seat(snapshot.day())?);
    let leaving = all_leavers(plan, snapshot.day());
    let row = |seat: &Position| seat_row(plan, &grid, &leaving, seat);
    let entries = app.with_store(|store, _| store.history_of_position(position.id, ENTRIES))??;
    let leaver = leaving.iter().find(|leaver| leaver.position == position.id);
    let next_day = |last: NaiveDate| last.checked_add_days(Days::new(1)).unwrap_or(last);
    Ok(PositionPage {
        position: Named::new(plan, position.id),
        row: grid_row(&grid, position, app.is_pay_shown()),
        is_active: snapshot.position_ix(position.id).is_some(),
        is_closed: position.status == headroom_model::Status::Closed,
        source: position.source.clone(),
        line: line(snapshot, position).into_iter().map(row).collect(),
        reports: reports(snapshot, position).into_iter().map(row).collect(),
        follows: position.backfill_of.map(|before| Named::new(plan, before)),
        followed_by: plan
            .positions
            .iter()
            .filter(|next| next.backfill_of == Some(position.id))
            .map(|next| Named::new(plan, next.id))
            .collect(),
        assignments: assignments(plan, snapshot.day(), |row| row.position == position.id),
        leaver: leaver.map(|leaver| LeaverRow::new(plan, leaver)),
        fill_from: leaver
            .map(|leaver| next_day(leaver.last))
            .or(position.start)
            .filter(|day| *day > snapshot.day())
            .unwrap_or(snapshot.day()),
        history: entries
            .into_iter()
            .map(|entry| PositionEntry {
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
pub enum Starter {
    Known(u32),
    /// Somebody new, by name.
    New(String),
}

/// Puts somebody into a seat and on its team from a day on, as one undoable step; whoever is new is employed from
/// then on. Answers with the person.
#[tauri::command(async)]
#[specta::specta]
pub fn fill_seat(app: State<'_, App>, id: u32, who: Starter, from: NaiveDate) -> Answer<Named> {
    let seat_of = |plan: &Plan| plan.positions.get(PositionId(id)).cloned();
    let name = |plan: &Plan| match &who {
        Starter::Known(person) => plan.name_of(PersonId(*person).into()),
        Starter::New(name) => name.trim().to_owned(),
    };
    let label = |plan: &Plan| {
        let seat = seat_of(plan).map(|seat| seat.key).unwrap_or_default();
        format!("{} takes {seat}", name(plan))
    };
    let person = app.edit(label, |draft| {
        let seat = seat_of(draft.plan())
            .ok_or_else(|| FieldError::new("position", "is not in the plan any more"))?;
        let person = match &who {
            Starter::Known(person) => PersonId(*person),
            Starter::New(name) => new_person(draft, name, &seat, from)?,
        };
        seat::fill_seat(draft, &seat, person, from);
        Ok(person)
    })?;
    Ok(Named::new(&*app.plan()?, person))
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
pub enum SeatDecision {
    Backfill,
    Close,
    Hold,
}

/// Decides what becomes of a seat whose occupant is there for the last time on `last`; answers with the seat to look
/// at next: the one that follows, or the same.
#[tauri::command(async)]
#[specta::specta]
pub fn decide_seat(app: State<'_, App>, id: u32, decision: SeatDecision, last: NaiveDate) -> Answer<Named> {
    let key = |plan: &Plan| plan.key_of(PositionId(id).into()).to_owned();
    let label = |plan: &Plan| match decision {
        SeatDecision::Backfill => format!("Plan a backfill of {}", key(plan)),
        SeatDecision::Close => format!("Let {} end with its leaver", key(plan)),
        SeatDecision::Hold => format!("Put {} on hold", key(plan)),
    };
    let next = app.edit(label, |draft| {
        let seat = draft.plan().positions.get(PositionId(id)).cloned();
        let seat = seat.ok_or_else(|| FieldError::new("position", "is not in the plan any more"))?;
        let decision = match decision {
            SeatDecision::Backfill => seat::Decision::Backfill,
            SeatDecision::Close => seat::Decision::Close,
            SeatDecision::Hold => seat::Decision::Hold,
        };
        Ok(seat::decide(draft, &seat, last, decision).unwrap_or(seat.id))
    })?;
    Ok(Named::new(&*app.plan()?, next))
}

/// Moves somebody to another seat from a day on: leaves the one, and is in the other and on its team.
#[tauri::command(async)]
#[specta::specta]
pub fn move_to_seat(app: State<'_, App>, assignment: u32, to: u32, from: NaiveDate) -> Answer<()> {
    let row = |plan: &Plan| plan.assignments.get(assignment.into()).cloned();
    let label = |plan: &Plan| {
        let person = row(plan).map(|row| plan.name_of(row.person.into())).unwrap_or_default();
        format!("{person} moves to {}", plan.key_of(PositionId(to).into()))
    };
    app.edit(label, |draft| {
        let gone = || FieldError::new("position", "is not in the plan any more");
        let row = row(draft.plan()).ok_or_else(gone)?;
        let seat = draft.plan().positions.get(PositionId(to)).cloned().ok_or_else(gone)?;
        if row.position == seat.id {
            return Err(FieldError::new("position", "is the one that they are in"));
        }
        if row.from.is_some_and(|first| first >= from) {
            draft.remove::<Assignment>(row.id);
        } else {
            draft.put(Assignment { until: row.span().ended_before(from).until, ..row.clone() });
        }
        seat::fill_seat(draft, &seat, row.person, from);
        Ok(())
    })
}
