//! Public holidays.

use chrono::NaiveDate;
use headroom_analysis::schedule;
use headroom_model::Holiday;
use serde::Serialize;

use crate::{entities::id::Id, error::Answer, state::AppState};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HolidayRow {
    /// 0 for one that is only parsed yet.
    pub id: Id,
    pub day: NaiveDate,
    pub name: String,
    /// Empty for everywhere.
    pub location: String,
}

impl From<&Holiday> for HolidayRow {
    fn from(row: &Holiday) -> Self {
        Self { id: row.id.into(), day: row.day, name: row.name.clone(), location: row.location.clone() }
    }
}

/// The holidays of the plan, by day.
#[specta::specta]
pub fn holidays(app: &AppState) -> Answer<Vec<HolidayRow>> {
    let plan = app.plan()?;
    Ok(plan.in_order::<Holiday>().into_iter().map(HolidayRow::from).collect())
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LineProblem {
    /// Counted from 1.
    pub line: u32,
    pub message: String,
}

/// The holidays in pasted lines.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HolidayText {
    pub new: Vec<HolidayRow>,
    /// How many of them the plan has already.
    pub known: u32,
    pub problems: Vec<LineProblem>,
}

/// Parses one day per line, without changing anything.
#[specta::specta]
pub fn read_holidays(app: &AppState, text: String) -> Answer<HolidayText> {
    let read = schedule::read_holidays(&*app.plan()?, &text);
    let problem = |(line, message): (usize, String)| LineProblem { line: line as u32, message };
    Ok(HolidayText {
        new: read.new.iter().map(HolidayRow::from).collect(),
        known: read.known as u32,
        problems: read.problems.into_iter().map(problem).collect(),
    })
}

/// Adds the days of these lines that parse and that the plan does not have; answers with their number.
#[specta::specta]
pub fn add_holidays(app: &AppState, text: String) -> Answer<u32> {
    app.edit_as(|plan, draft| {
        let new = schedule::read_holidays(plan, &text).new;
        let count = new.len();
        for row in new {
            let id = draft.new_id::<Holiday>();
            draft.put(Holiday { id, ..row });
        }
        let label = if count == 1 { "Add a holiday".to_owned() } else { format!("Add {count} holidays") };
        Ok((label, count as u32))
    })
}
