//! Tables of positions, assignments, assumptions, budgets, exchange rates and holidays.

use std::{path::Path, sync::Arc};

use headroom_files::{ReadError, WriteError, records::*};
use headroom_model::{
    Assignment, Assumption, Breadth, Budget, Decimal6, ExchangeRate, Holiday, Plan, Position, PositionId,
    Status, TeamId,
};

use super::{
    counted::{fraction, money, needed},
    out::{Out, day, service_key, shown},
    schema::{ASSIGNMENTS, ASSUMPTIONS, BUDGETS, CsvSchema, EXCHANGE_RATES, HOLIDAYS, POSITIONS},
    table::{CsvRow, Problems},
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

pub fn assumptions(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.assumptions = ASSUMPTIONS.open(text, file, problems)?.records(problems, |row| {
        let kind = row.required("kind")?;
        let value = needed(row, "value", "write it as 6000 EUR, 12.5%, 58 or 20% 50% 100%")?;
        let text = |row: &CsvRow<'_>, column| row.text(column).unwrap_or_default();
        Some(AssumptionRecord {
            place: row.place(),
            kind,
            value,
            label: text(row, "label"),
            cap: money(row, "cap"),
            person: row.optional("person").flatten(),
            position: row.optional("position").flatten(),
            level: text(row, "level"),
            discipline: text(row, "discipline"),
            location: text(row, "location"),
            team: row.optional("team").flatten(),
            origin: row.text("origin"),
            dates: row.dates(),
        })
    });
    Ok(())
}

pub fn budgets(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.budgets = BUDGETS.open(text, file, problems)?.records(problems, |row| {
        let dates = row.dates();
        if dates.from.flatten().is_none() || dates.until.flatten().is_none() {
            if !row.is_spoiled() {
                let fault = "a budget needs a start and an end date".to_owned();
                row.spoil("from", fault, "fill in both dates");
            }
            return None;
        }
        Some(BudgetRecord {
            place: row.place(),
            team: row.optional("team").flatten(),
            amount: money(row, "amount"),
            seats: fraction(row, "seats"),
            note: row.text("note"),
            dates,
        })
    });
    Ok(())
}

pub fn exchange_rates(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.exchange_rates = EXCHANGE_RATES.open(text, file, problems)?.records(problems, |row| {
        let currency = needed(row, "currency", "use a three-letter code such as USD")?;
        let rate = needed(row, "rate", "write it as 1.0825")?;
        let dates = Dates { from: row.date("from"), until: None };
        let origin = row.text("origin");
        Some(ExchangeRateRecord { place: row.place(), currency, rate, origin, dates })
    });
    Ok(())
}

pub fn holidays(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.holidays = HOLIDAYS.open(text, file, problems)?.records(problems, |row| {
        let day = needed(row, "day", "write it as 2027-12-25")?;
        let (name, location) =
            (row.text("name").unwrap_or_default(), row.text("location").unwrap_or_default());
        Some(HolidayRecord { place: row.place(), name, day, location, dates: Dates::default() })
    });
    Ok(())
}

/// Writes the tables that have rows, and those whose files exist already.
pub fn write(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let is_wanted = |schema: &CsvSchema, is_empty: bool| !is_empty || folder.join(schema.file).exists();
    if is_wanted(&POSITIONS, plan.positions.is_empty()) {
        write_positions(plan, folder)?;
    }
    if is_wanted(&ASSIGNMENTS, plan.assignments.is_empty()) {
        write_assignments(plan, folder)?;
    }
    if is_wanted(&ASSUMPTIONS, plan.assumptions.is_empty()) {
        write_assumptions(plan, folder)?;
    }
    if is_wanted(&BUDGETS, plan.budgets.is_empty()) {
        write_budgets(plan, folder)?;
    }
    if is_wanted(&EXCHANGE_RATES, plan.exchange_rates.is_empty()) {
        let mut out = Out::new(folder, &EXCHANGE_RATES)?;
        for row in plan.in_order::<ExchangeRate>() {
            out.row(&[row.currency.code(), &row.rate.to_string(), &day(row.from), &row.origin])?;
        }
        out.finish()?;
    }
    if is_wanted(&HOLIDAYS, plan.holidays.is_empty()) {
        let mut out = Out::new(folder, &HOLIDAYS)?;
        for row in plan.in_order::<Holiday>() {
            out.row(&[&row.day.to_string(), &row.name, &row.location])?;
        }
        out.finish()?;
    }
    Ok(())
}

fn team_key(plan: &Plan, id: Option<TeamId>) -> &str {
    id.and_then(|id| plan.teams.get(id)).map_or("", |row| row.key.as_str())
}

fn position_key(plan: &Plan, id: Option<PositionId>) -> &str {
    id.and_then(|id| plan.positions.get(id)).map_or("", |row| row.key.as_str())
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

fn write_assumptions(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let mut out = Out::new(folder, &ASSUMPTIONS)?;
    for row in plan.in_order::<Assumption>() {
        let person = row.person.and_then(|id| plan.people.get(id)).map_or("", |person| person.key.as_str());
        out.row(&[
            &row.kind,
            &row.value.to_string(),
            &row.label,
            &shown(row.cap),
            person,
            position_key(plan, row.position),
            &row.level,
            &row.discipline,
            &row.location,
            team_key(plan, row.team),
            &row.origin,
            &day(row.from),
            &day(row.until),
        ])?;
    }
    out.finish()
}

fn write_budgets(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let mut out = Out::new(folder, &BUDGETS)?;
    for row in plan.in_order::<Budget>() {
        let team = team_key(plan, row.team);
        out.row(&[&day(row.from), &day(row.until), team, &shown(row.amount), &shown(row.seats), &row.note])?;
    }
    out.finish()
}
