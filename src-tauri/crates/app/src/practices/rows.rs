//! The matrix: a row for each service and team, a column for each practice.

use std::sync::Arc;

use headroom_analysis::{
    DayView,
    practices::{
        PracticeCell, PracticeMatrix, PracticeRow, PracticeState, PracticeSubjectId, Standing, why_words,
    },
};
use headroom_model::{Owner, wording::date};
use serde::Serialize;

use super::summary::{column_id, state_words};
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    paging::{RowQuery, matches},
    state::AppState,
    table::{CellThing, ColumnValue, TableLines, TableRows},
};

/// The practices of a service or team.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PracticeTableRow {
    pub subject: NamedEntity,
    pub tier: Option<u8>,
    pub owners: Vec<NamedEntity>,
    /// One for each practice, in the order of the columns; none where nobody looked and nothing is required.
    pub cells: Vec<Option<PracticeTableCell>>,
}

/// A practice in a cell.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PracticeTableCell {
    /// `3`, `n/a`, `?`.
    pub level: String,
    /// `below`, …
    pub state: String,
    pub state_words: String,
    /// `4 d`, `7 mo`: how long ago somebody looked; empty if nobody ever did.
    pub age: String,
    /// All of it in words, for a screen reader and as a hint.
    pub words: String,
}

#[specta::specta]
pub fn practice_rows(app: &AppState, query: RowQuery, at: At) -> Answer<TableLines<PracticeTableRow>> {
    let view = app.day(at)?;
    let matrix = PracticeMatrix::new(&view.snapshot);
    let words = query.words();
    let table = PracticeTable { view: &view, matrix: &matrix };
    let rows = matrix.rows.iter().filter(|row| words.is_empty() || table.is_sought(row, &words));
    table.lines(rows.collect(), &query)
}

struct PracticeTable<'a> {
    view: &'a Arc<DayView>,
    matrix: &'a PracticeMatrix,
}

impl<'a> TableRows for PracticeTable<'a> {
    type Row = &'a PracticeRow;
    type Shown = PracticeTableRow;
    const COLUMNS: &'static [&'static str] = &["subject", "team", "tier", "state", "below"];

    fn has_column(&self, column: &str) -> bool {
        Self::COLUMNS.contains(&column)
            || self.matrix.practices.iter().any(|own| column_id((*own).into()) == column)
    }

    fn value(&self, row: &&'a PracticeRow, column: &str) -> ColumnValue {
        let plan = self.view.snapshot.plan();
        match column {
            "subject" => ColumnValue::word(&plan.name_of(row.subject.into())),
            "team" => ColumnValue::entities(owners(self.view, row.subject)),
            "tier" => ColumnValue::tier(row.tier),
            "below" => {
                ColumnValue::count(row.cells.iter().filter(|cell| cell.state == PracticeState::Below).count())
            }
            "state" => {
                let mut states: Vec<PracticeState> = row.cells.iter().map(|cell| cell.state).collect();
                states.sort_unstable();
                states.dedup();
                ColumnValue::Things(states.into_iter().map(state_thing).collect())
            }
            practice => {
                let cell = row.cells.iter().find(|cell| column_id(cell.metric.into()) == practice);
                ColumnValue::one(cell.map(|cell| state_thing(cell.state).at(rank(cell))))
            }
        }
    }

    fn show(&self, row: &&'a PracticeRow) -> PracticeTableRow {
        let cell = |metric: &headroom_model::MetricId| {
            let cell = row.cells.iter().find(|cell| cell.metric == *metric)?;
            Some(self.cell(row, cell))
        };
        PracticeTableRow {
            subject: NamedEntity::new(self.view.snapshot.plan(), row.subject),
            tier: row.tier,
            owners: owners(self.view, row.subject),
            cells: self.matrix.practices.iter().map(cell).collect(),
        }
    }

    fn key(&self, row: &&'a PracticeRow) -> Option<Id> {
        Some(subject_id(row.subject))
    }
}

impl PracticeTable<'_> {
    fn is_sought(&self, row: &PracticeRow, words: &[String]) -> bool {
        let name = self.view.snapshot.plan().name_of(row.subject.into());
        let owners = owners(self.view, row.subject);
        matches(words, std::iter::once(name.as_str()).chain(owners.iter().map(|owner| owner.name.as_str())))
    }

    fn cell(&self, row: &PracticeRow, cell: &PracticeCell) -> PracticeTableCell {
        let plan = self.view.snapshot.plan();
        let of = format!("{} of {}", plan.name_of(cell.metric.into()), plan.name_of(row.subject.into()));
        PracticeTableCell {
            level: level_text(cell.reading.standing),
            state: cell.state.word().to_owned(),
            state_words: state_words(cell.state).to_owned(),
            age: cell.reading.age_days.map(age_text).unwrap_or_default(),
            words: format!("{of}: {}", cell_words(cell)),
        }
    }
}

/// `3 on 5 Mar 2026, needs 4: Below`.
pub(super) fn cell_words(cell: &PracticeCell) -> String {
    let level = match cell.reading.standing {
        Standing::Unknown(why) => why_words(why),
        standing => level_text(standing),
    };
    let on = cell.reading.on.map(|on| format!(" on {}", date(on))).unwrap_or_default();
    let needs =
        cell.required.as_ref().map(|required| format!(", needs {}", required.value)).unwrap_or_default();
    format!("{level}{on}{needs}: {}", state_words(cell.state))
}

pub(super) fn subject_id(subject: PracticeSubjectId) -> Id {
    match subject {
        PracticeSubjectId::Service(service) => service.into(),
        PracticeSubjectId::Team(team) => team.into(),
    }
}

pub(super) fn owners(view: &DayView, subject: PracticeSubjectId) -> Vec<NamedEntity> {
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    match subject {
        PracticeSubjectId::Team(team) => vec![NamedEntity::new(plan, team)],
        PracticeSubjectId::Service(service) => {
            let owners: &[Owner] =
                snapshot.service_ix(service).map(|at| snapshot.owners(at)).unwrap_or_default();
            owners.iter().map(|owner| NamedEntity::of_owner(plan, *owner)).collect()
        }
    }
}

pub(super) fn level_text(standing: Standing) -> String {
    match standing {
        Standing::Value(value) => value.to_string(),
        Standing::NotApplicable => "n/a".to_owned(),
        Standing::Unknown(_) => "?".to_owned(),
    }
}

/// Days up to eight weeks, then months, then years.
pub(super) fn age_text(days: i64) -> String {
    match days {
        ..=56 => format!("{days} d"),
        57..=730 => format!("{} mo", days / 30),
        _ => format!("{} y", days / 365),
    }
}

fn state_thing(state: PracticeState) -> CellThing {
    CellThing::ranked(state as i32 * 1000, state.word(), state_words(state))
}

/// By state, and then by level: the lowest first.
fn rank(cell: &PracticeCell) -> i32 {
    let tenths = cell.reading.value().map_or(0, |value| {
        let (digits, decimals) = value.parts();
        digits.saturating_mul(10) / 10_i64.pow(decimals)
    });
    cell.state as i32 * 1000 + i32::try_from(tenths).unwrap_or(999).clamp(0, 999)
}
