//! Tables of positions and assignments.

use std::{path::Path, sync::Arc};

use headroom_files::{ReadError, WriteError, records::*};
use headroom_model::{Assignment, Breadth, Decimal6, Plan, Position, PositionId, Status, TeamId};

use super::{
    counted::{fraction, money},
    out::{Out, day, service_key, shown},
    schema::{ASSIGNMENTS, POSITIONS},
    table::{Problems, joined_list},
};

pub fn positions(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.positions = POSITIONS.open(text, file, problems)?.records(problems, |row| {
        let key = row.required("id")?;
        let status = |cell: &str| Status::from_word(cell);
        let advice = "use planned, approved, open, offered, frozen or closed";
        let status = row.counted("status", status, "is not a status", advice);
        let breadth = |cell: &str| Breadth::from_word(cell);
        let breadth = row.described("breadth", breadth, "is not a breadth", "use generalist or specialist");
        let number = "is not a number from 0 to 255";
        Some(PositionRecord {
            place: row.place(),
            key,
            title: row.text("title"),
            team: row.optional("team"),
            discipline: row.text("discipline"),
            level: row.text("level"),
            breadth,
            manager: row.optional("manager").map(|manager| manager.map(ManagerRef::Position)),
            manager_place: None,
            location: row.text("location"),
            reason: row.text("reason"),
            backfill_of: row.optional("backfill_of"),
            service: row.optional("service"),
            need_by: row.date("need_by"),
            status: status.map(Option::unwrap_or_default),
            requisition: row.text("requisition"),
            priority: row.described("priority", |cell| cell.parse().ok(), number, "use 1, 2 or 3"),
            fte: fraction(row, "fte").map(|fte| fte.unwrap_or(Decimal6::ONE)),
            pooled: row.flag("pooled"),
            pay: money(row, "pay"),
            pay_up_to: money(row, "pay_up_to"),
            start: row.date("start"),
            description: row.text("description"),
            gate: GateRecord {
                waits_for: row.list("waits_for"),
                waits_any: row.flag("waits_any"),
                waits_by: row.date("waits_by"),
                waived_on: row.date("waived_on"),
                waived_by: row.text("waived_by"),
                waived_why: row.text("waived_why"),
            },
            held_until: None,
            extra: None,
            dates: row.dates(),
        })
    });
    Ok(())
}

pub fn assignments(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.assignments = ASSIGNMENTS.open(text, file, problems)?.records(problems, |row| {
        let (position, person) = (row.required("position")?, row.required("person")?);
        let (pay, dates) = (money(row, "pay"), row.dates());
        Some(AssignmentRecord { place: row.place(), position, person, pay, dates })
    });
    Ok(())
}

/// Writes the tables that have rows, and those whose files exist already.
pub fn write(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    if POSITIONS.is_wanted(folder, plan.positions.is_empty()) {
        write_positions(plan, folder)?;
    }
    if ASSIGNMENTS.is_wanted(folder, plan.assignments.is_empty()) {
        write_assignments(plan, folder)?;
    }
    Ok(())
}

fn team_key(plan: &Plan, id: Option<TeamId>) -> &str {
    id.and_then(|id| plan.teams.get(id)).map_or("", |row| row.key.as_str())
}

fn position_key(plan: &Plan, id: Option<PositionId>) -> &str {
    id.and_then(|id| plan.positions.get(id)).map_or("", |row| row.key.as_str())
}

/// The keys of the objectives that a position waits for.
fn waits_for(plan: &Plan, row: &Position) -> String {
    let keys = row.waits_for.iter().map(|objective| plan.key_of((*objective).into()));
    joined_list(&keys.map(str::to_owned).collect::<Vec<_>>())
}

fn write_positions(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let mut out = Out::new(folder, &POSITIONS)?;
    for row in plan.in_order::<Position>() {
        out.row(&[
            &row.key,
            &row.title,
            team_key(plan, row.team),
            &row.discipline,
            &row.level,
            row.breadth.map_or("", Breadth::word),
            position_key(plan, row.manager),
            &row.location,
            &row.reason,
            position_key(plan, row.backfill_of),
            row.service.map_or("", |service| service_key(plan, service)),
            &day(row.need_by),
            row.status.word(),
            &row.requisition,
            &shown(row.priority),
            &row.fte.to_string(),
            if row.pooled { "yes" } else { "" },
            &shown(row.pay),
            &shown(row.pay_up_to),
            &day(row.start),
            &row.description,
            &waits_for(plan, row),
            if row.waits_any { "yes" } else { "" },
            &day(row.waits_by),
            &day(row.waived_on),
            &row.waived_by,
            &row.waived_why,
            &day(row.from),
            &day(row.until),
        ])?;
    }
    out.finish()
}

fn write_assignments(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let mut out = Out::new(folder, &ASSIGNMENTS)?;
    for row in plan.in_order::<Assignment>() {
        let person = plan.people.get(row.person).map_or("", |person| person.key.as_str());
        let position = position_key(plan, Some(row.position));
        out.row(&[position, person, &shown(row.pay), &day(row.from), &day(row.until)])?;
    }
    out.finish()
}
