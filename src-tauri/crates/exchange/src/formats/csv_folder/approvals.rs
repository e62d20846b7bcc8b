//! `approvals.csv`: approved baselines, one row per position. Rows with the same name and day are one approval.

use std::{
    collections::{BTreeSet, hash_map::Entry},
    path::Path,
    sync::Arc,
};

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level, Place, ReadError, WriteError,
    records::{ApprovalRecord, Dates, Records},
};
use headroom_model::{Approval, ApprovedPosition, Decimal6, Plan};
use rustc_hash::FxHashMap;

use super::{
    counted::{fraction, money, needed},
    out::{Out, day, shown},
    schema::APPROVALS,
    table::{CsvRow, Problems},
};

pub fn read(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    let rows = APPROVALS.open(text, file, problems)?.records(problems, |row| {
        let name = row.required("name")?;
        let on = needed(row, "on", "write it as 2027-03-12")?;
        let (place, by, note) = (row.place(), row.text("by"), row.text("note"));
        let seats = seat(row).into_iter().collect();
        Some(ApprovalRecord { place, name, on, by, note, seats, dates: Dates::default() })
    });
    let mut known: FxHashMap<(String, NaiveDate), usize> = FxHashMap::default();
    for row in rows {
        match known.entry((row.name.clone(), row.on)) {
            Entry::Occupied(at) => records.approvals[*at.get()].seats.extend(row.seats),
            Entry::Vacant(free) => {
                free.insert(records.approvals.len());
                records.approvals.push(row);
            }
        }
    }
    Ok(())
}

/// The approved position of a row; none if the row stands for the baseline alone.
fn seat(row: &mut CsvRow<'_>) -> Option<ApprovedPosition> {
    let position = row.text("position").filter(|key| !key.is_empty())?;
    let dates = row.dates();
    Some(ApprovedPosition {
        position,
        title: row.text("title").unwrap_or_default(),
        team: row.text("team").unwrap_or_default(),
        from: dates.from.flatten(),
        until: dates.until.flatten(),
        fte: fraction(row, "fte").flatten().unwrap_or(Decimal6::ONE),
        annual_cost: money(row, "annual_cost").flatten(),
        filled: row.flag("filled").unwrap_or_default(),
    })
}

/// Writes the file if the plan has approvals, or if the file exists already.
///
/// # Errors
/// As [`super::write`].
pub fn write(plan: &Plan, folder: &Path) -> Result<Vec<Diagnostic>, WriteError> {
    let mut problems = Vec::new();
    if !APPROVALS.is_wanted(folder, plan.approvals.is_empty()) {
        return Ok(problems);
    }
    let mut out = Out::new(folder, &APPROVALS)?;
    let mut seen = BTreeSet::new();
    for row in plan.in_order::<Approval>() {
        if !seen.insert((&row.name, row.on)) {
            let message =
                format!("two baselines “{}” of {}; an import merges them into one", row.name, row.on);
            let place = Place::new(&(*APPROVALS.file).into(), 0, 0);
            problems.push(Diagnostic::new(Level::Warning, place, message, "rename one of them"));
        }
        let on = row.on.to_string();
        let none = [ApprovedPosition { fte: Decimal6::ONE, ..ApprovedPosition::default() }];
        for seat in if row.seats.is_empty() { &none[..] } else { &row.seats } {
            out.row(&[
                &row.name,
                &on,
                &seat.position,
                &seat.title,
                &seat.team,
                &day(seat.from),
                &day(seat.until),
                &seat.fte.to_string(),
                &shown(seat.annual_cost),
                if seat.filled { "yes" } else { "" },
                &row.by,
                &row.note,
            ])?;
        }
    }
    out.finish()?;
    Ok(problems)
}
