//! The rows of a table of tickets: when each came and was solved, and how.

use std::collections::HashMap;

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place, quoted};
use headroom_tabular::{
    cell::{date::DateOrder, number::Decimal},
    raw_table::{RawRow, RawTable},
};

use super::columns::TicketColumn as Column;
use headroom_tabular::known_columns::{CellFault, DateColumn, KnownColumns, NumberColumn, text_of};

/// Decimals of minutes.
const DECIMALS: u32 = 6;

/// A ticket, without anybody's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TicketRow {
    pub group: String,
    pub created: NaiveDate,
    pub solved: Option<NaiveDate>,
    /// It is solved, and nothing says when.
    pub is_solved_at_some_time: bool,
    /// Millionths of a minute.
    pub first_reply: Option<i64>,
    pub resolution: Option<i64>,
    /// Whether one reply solved it; none if that is not known.
    pub is_first_contact: Option<bool>,
    /// Whether the customer was satisfied; none if they did not say.
    pub is_satisfied: Option<bool>,
}

struct TicketReader<'t> {
    columns: &'t KnownColumns<Column>,
    created: DateColumn,
    solved: DateColumn,
    replies: Option<NumberColumn>,
    reopens: Option<NumberColumn>,
    /// With the seconds of its unit.
    first_reply: Option<(NumberColumn, i128)>,
    resolution: Option<(NumberColumn, i128)>,
}

/// The rows of a table that can be read, each ID once; the others are told. `seen` are the IDs of tables before, with
/// their places.
pub(super) fn ticket_rows(
    table: &RawTable,
    columns: &KnownColumns<Column>,
    dates: Option<DateOrder>,
    seen: &mut HashMap<String, Place>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<TicketRow> {
    let reader = match TicketReader::new(table, columns, dates, problems) {
        Ok(reader) => reader,
        Err(problem) => {
            problems.push(problem);
            return Vec::new();
        }
    };
    let mut tickets = Vec::new();
    let mut repeated: Vec<(Place, Place)> = Vec::new();
    for row in table.rows.iter().skip(columns.row + 1).filter(|row| !row.is_blank()) {
        let (id, place) = (reader.text(row, Column::Id), Place::new(&table.name, row.line, 0));
        if let Some(first) = seen.get(&id) {
            repeated.push((place, first.clone()));
            continue;
        }
        match reader.read(row, &id) {
            Ok(ticket) => {
                seen.insert(id, place);
                tickets.push(ticket);
            }
            Err(fault) => problems.push(fault.at(table, row)),
        }
    }
    if let Some((place, first)) = repeated.first() {
        let message = format!(
            "{} rows repeat the ID of a row above (the first: {}); each ticket counts once",
            repeated.len(),
            first.beside(place)
        );
        problems.push(Diagnostic::new(Level::Note, place.clone(), message, "nothing to do"));
    }
    tell_undated(&tickets, table, columns, problems);
    tickets
}

fn tell_undated(
    tickets: &[TicketRow],
    table: &RawTable,
    columns: &KnownColumns<Column>,
    problems: &mut Vec<Diagnostic>,
) {
    let undated = tickets.iter().filter(|ticket| ticket.is_solved_at_some_time).count();
    if undated > 0 {
        let place = table.place(columns.line, columns.at(Column::Solved).unwrap_or(0));
        let message = format!(
            "{undated} tickets are solved by their status, but have no day; they count as created alone"
        );
        problems.push(Diagnostic::new(Level::Warning, place, message, "export them with the day"));
    }
}

impl<'t> TicketReader<'t> {
    fn new(
        table: &'t RawTable,
        columns: &'t KnownColumns<Column>,
        dates: Option<DateOrder>,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Self, Diagnostic> {
        let date = |column| DateColumn::of(table, columns.row, columns.at(column).unwrap_or(0), dates);
        let number = |column| columns.at(column).map(|at| NumberColumn::of(table, columns.row, at));
        let mut duration = |units: [(Column, i128); 4]| {
            let found =
                units.into_iter().find_map(|(column, seconds)| Some((column, number(column)?, seconds)));
            if let Some((column, ..)) = found.as_ref().filter(|(column, ..)| *column == units[3].0) {
                let place = table.place(columns.line, columns.at(*column).unwrap_or(0));
                let message =
                    format!("{} is within business hours, not by the clock", quoted(columns.header(*column)));
                problems.push(Diagnostic::new(
                    Level::Note,
                    place,
                    message,
                    "export the time by the clock if you have it",
                ));
            }
            found.map(|(_, column, seconds)| (column, seconds))
        };
        Ok(Self {
            columns,
            created: date(Column::Created)?,
            solved: date(Column::Solved)?,
            replies: number(Column::Replies),
            reopens: number(Column::Reopens),
            first_reply: duration([
                (Column::ReplyMinutes, 60),
                (Column::ReplyHours, 3600),
                (Column::ReplySeconds, 1),
                (Column::ReplyBusinessMinutes, 60),
            ]),
            resolution: duration([
                (Column::ResolutionMinutes, 60),
                (Column::ResolutionHours, 3600),
                (Column::ResolutionSeconds, 1),
                (Column::ResolutionBusinessMinutes, 60),
            ]),
        })
    }

    fn text(&self, row: &RawRow, column: Column) -> String {
        text_of(row, self.columns.at(column))
    }

    fn read(&self, row: &RawRow, id: &str) -> Result<TicketRow, CellFault> {
        let fault = |column, message: &str| CellFault {
            column: self.columns.at(column).unwrap_or(0),
            message: message.to_owned(),
            advice: "fill in the cell",
        };
        if id.is_empty() {
            return Err(fault(Column::Id, "no ID"));
        }
        let created = self.created.read(row)?.ok_or_else(|| fault(Column::Created, "no day of creation"))?;
        let solved = self.solved.read(row)?;
        if let Some(solved) = solved.filter(|solved| *solved < created) {
            return Err(fault(
                Column::Solved,
                &format!("solved on {solved}, before it was created on {created}"),
            ));
        }
        let status = self.text(row, Column::Status).to_lowercase();
        let is_done = matches!(status.as_str(), "solved" | "closed" | "resolved" | "done");
        Ok(TicketRow {
            group: self.text(row, Column::Group),
            created,
            solved,
            is_solved_at_some_time: is_done && solved.is_none(),
            first_reply: minutes(self.first_reply, row)?,
            resolution: minutes(self.resolution, row)?,
            is_first_contact: self.is_first_contact(row)?,
            is_satisfied: self.is_satisfied(row)?,
        })
    }

    /// At most one reply, and never opened again: help desks do not export it, so it follows from what they do export.
    fn is_first_contact(&self, row: &RawRow) -> Result<Option<bool>, CellFault> {
        let Some(replies) = self.replies else { return Ok(None) };
        let Some(replies) = replies.read(row)? else { return Ok(None) };
        let reopens = self.reopens.map(|column| column.read(row)).transpose()?.flatten();
        let is_none = |number: Decimal| number.digits == 0;
        let is_one_at_most = replies.rounded(0).is_some_and(|replies| replies <= 1);
        Ok(Some(is_one_at_most && reopens.is_none_or(is_none)))
    }

    /// `Good`, or 4 or 5 of 5. Offered is no answer.
    fn is_satisfied(&self, row: &RawRow) -> Result<Option<bool>, CellFault> {
        let text = self.text(row, Column::Score).to_lowercase();
        let word = text.split(" with ").next().unwrap_or_default();
        match word {
            "" | "offered" | "unoffered" | "not offered" => return Ok(None),
            "good" | "satisfied" | "positive" | "happy" | "very happy" | "extremely happy" | "great" => {
                return Ok(Some(true));
            }
            "bad" | "unsatisfied" | "dissatisfied" | "negative" | "neutral" | "unhappy" | "very unhappy"
            | "extremely unhappy" | "okay" | "not good" => return Ok(Some(false)),
            _ => {}
        }
        let score: Option<f64> = word.parse().ok().filter(|score| (1.0..=5.0).contains(score));
        let fault = || CellFault {
            column: self.columns.at(Column::Score).unwrap_or(0),
            message: format!("{} is neither good nor bad, nor 1 to 5", quoted(&text)),
            advice: "correct the score, or remove the column",
        };
        score.map(|score| Some(score >= 4.0)).ok_or_else(fault)
    }
}

/// Millionths of a minute: of a number in the unit of its column, or of a duration such as `03:30:00`.
fn minutes(column: Option<(NumberColumn, i128)>, row: &RawRow) -> Result<Option<i64>, CellFault> {
    let Some((column, seconds)) = column else { return Ok(None) };
    let cell = row.cell(column.at);
    let too_large = || column.fault(cell, "is too large");
    if let Some(seconds) = seconds_of(&cell.text()) {
        let minutes = seconds.checked_mul(10_i64.pow(DECIMALS)).map(|millionths| millionths / 60);
        return minutes.map(Some).ok_or_else(too_large);
    }
    let Some(number) = column.read(row)? else { return Ok(None) };
    let minutes = number.times(seconds).and_then(|seconds| seconds.rounded(DECIMALS)).map(|all| all / 60);
    minutes.map(Some).ok_or_else(too_large)
}

/// The seconds of a duration with colons: `03:30:00`, `12:05`, `1:02:03:04` with days.
fn seconds_of(text: &str) -> Option<i64> {
    let parts: Option<Vec<i64>> = text
        .split(':')
        .map(|part| part.trim().parse().ok().filter(|number| (0..1_000_000).contains(number)))
        .collect();
    match parts?.as_slice() {
        [hours, minutes] => Some((hours * 60 + minutes) * 60),
        [hours, minutes, seconds] => Some((hours * 60 + minutes) * 60 + seconds),
        [days, hours, minutes, seconds] => Some(((days * 24 + hours) * 60 + minutes) * 60 + seconds),
        _ => None,
    }
}
