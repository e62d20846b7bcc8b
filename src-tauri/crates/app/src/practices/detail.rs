//! One practice of a service or team: how it went, what it rests on, what is required and whose job that is.

use chrono::NaiveDate;
use headroom_analysis::practices::{AccountableOn, PracticeMatrix, PracticeSubjectId, practice_series};
use headroom_model::{Metric, MetricId, Objective, Observation, Plan, PracticeEvidence, wording::date};
use serde::Serialize;

use super::{
    rows::{cell_words, level_text},
    summary::{PracticeColumn, column_of, state_words},
    work::{owner, warning},
};
use crate::{
    at::At,
    entities::{entity::EntityKind, entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    state::AppState,
};

/// A practice of a service or team.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PracticePage {
    pub subject: NamedEntity,
    pub practice: PracticeColumn,
    /// `3`, `n/a`, `?`.
    pub level: String,
    /// What the level means.
    pub level_words: String,
    pub state: String,
    pub state_words: String,
    pub words: String,
    /// `by audit`; empty if nobody said.
    pub by: String,
    /// An address, or the version of the tool.
    pub evidence: String,
    pub until: Option<NaiveDate>,
    pub required: Vec<PracticeRequirement>,
    pub owners: Vec<NamedEntity>,
    pub warning: String,
    /// The oldest first.
    pub series: Vec<PracticePoint>,
}

/// What is required, from a day on or always.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PracticeRequirement {
    pub objective: NamedEntity,
    pub level: String,
    pub level_words: String,
    pub from: Option<NaiveDate>,
}

/// What it was on a day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PracticePoint {
    pub on: NaiveDate,
    pub words: String,
    /// None where there is no number.
    pub value: Option<f64>,
}

/// Whose practice it is.
///
/// # Errors
/// If it is neither a service nor a team.
pub(super) fn subject_of(kind: EntityKind, id: Id) -> Answer<PracticeSubjectId> {
    match kind {
        EntityKind::Service => Ok(PracticeSubjectId::Service(id.into())),
        EntityKind::Team => Ok(PracticeSubjectId::Team(id.into())),
        _ => Err(AppError::not_found("this service or team")),
    }
}

/// A practice of a service or team on a day.
///
/// # Errors
/// If there is no such practice, service or team on that day.
#[specta::specta]
pub fn practice_page(app: &AppState, kind: EntityKind, id: Id, metric: Id, at: At) -> Answer<PracticePage> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let subject = subject_of(kind, id)?;
    let metric =
        plan.get::<Metric>(MetricId::from(metric)).ok_or_else(|| AppError::not_found("this practice"))?;
    let matrix = PracticeMatrix::new(&view.snapshot);
    let row = matrix.rows.iter().find(|row| row.subject == subject);
    let cell = row.and_then(|row| Some((row, row.cells.iter().find(|cell| cell.metric == metric.id)?)));
    let observation = cell.and_then(|(_, cell)| plan.get::<Observation>(cell.reading.row?));
    let evidence = observation.map(PracticeEvidence::of).unwrap_or_default();
    let on = AccountableOn::new(&view.snapshot);
    let accountable = cell.and_then(|(row, cell)| owner(&on, &matrix, row, cell));
    let required = cell.map(|(_, cell)| {
        let all = [&cell.required, &cell.next].into_iter().flatten();
        all.map(|required| requirement(plan, metric, required.objective)).collect()
    });
    let value = cell.and_then(|(_, cell)| cell.reading.value());
    Ok(PracticePage {
        subject: NamedEntity::new(plan, subject),
        practice: column_of(plan, metric),
        level: cell.map_or_else(|| "?".to_owned(), |(_, cell)| level_text(cell.reading.standing)),
        level_words: value.map(|value| metric.level_words(value).to_owned()).unwrap_or_default(),
        state: cell.map(|(_, cell)| cell.state.word().to_owned()).unwrap_or_default(),
        state_words: cell.map(|(_, cell)| state_words(cell.state).to_owned()).unwrap_or_default(),
        words: cell.map_or_else(
            || "Nobody has looked, and nothing is required".to_owned(),
            |(_, cell)| cell_words(cell),
        ),
        by: evidence.by.map(|by| format!("by {}", by.word())).unwrap_or_default(),
        evidence: evidence.detail.to_owned(),
        until: cell.and_then(|(_, cell)| cell.reading.until),
        required: required.unwrap_or_default(),
        warning: warning(plan, accountable.as_ref()),
        owners: accountable
            .map(|owner| owner.owners.iter().map(|own| NamedEntity::new(plan, *own)).collect())
            .unwrap_or_default(),
        series: points(plan, metric.id, subject, matrix.day),
    })
}

fn requirement(plan: &Plan, metric: &Metric, objective: headroom_model::ObjectiveId) -> PracticeRequirement {
    let row = plan.get::<Objective>(objective);
    let value = row.map(|row| row.value.number).unwrap_or_default();
    PracticeRequirement {
        objective: NamedEntity::new(plan, objective),
        level: value.to_string(),
        level_words: metric.level_words(value).to_owned(),
        from: row.and_then(|row| row.from),
    }
}

fn points(plan: &Plan, metric: MetricId, subject: PracticeSubjectId, day: NaiveDate) -> Vec<PracticePoint> {
    let series = practice_series(plan, metric, &subject.scope(), day).into_iter();
    let point = |(on, value): (NaiveDate, headroom_model::MetricValue)| PracticePoint {
        on,
        words: format!("{value} on {}", date(on)),
        value: value.lacks.is_none().then(|| value.number.to_string().parse().ok()).flatten(),
    };
    series.map(point).collect()
}
