//! What the view of practices is about: the practices of the plan, and what there is in all.

use chrono::NaiveDate;
use headroom_analysis::practices::{PracticeMatrix, PracticeState};
use headroom_model::{KNOWN_PRACTICES, Metric, known_practices::missing_practices};
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    state::AppState,
};

/// The practices of a plan on a day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PracticesSummary {
    pub day: NaiveDate,
    /// The last day of the next quarter.
    pub until: NaiveDate,
    pub stale_after_days: u32,
    pub practices: Vec<PracticeColumn>,
    /// How many services and teams have any.
    pub rows: u32,
    pub counts: Vec<PracticeCount>,
    /// How many of the practices that come with the program the plan has not.
    pub missing: u32,
    /// How many requirements would be added with them.
    pub missing_requirements: u32,
    /// How many come with the program.
    pub built_in: u32,
}

/// A practice as the head of a column.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PracticeColumn {
    pub metric: NamedEntity,
    pub is_score: bool,
    /// The words for levels 0, 1, …; none if it does not say.
    pub levels: Vec<String>,
    pub top: u32,
    pub source: String,
}

/// How many pairs are in a state.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PracticeCount {
    /// `below`, `unknown`, `stale`, `met`, `not-required`, `not-applicable`.
    pub state: String,
    pub words: String,
    pub count: u32,
}

pub(super) const STATES: [PracticeState; 6] = [
    PracticeState::Below,
    PracticeState::Unknown,
    PracticeState::Stale,
    PracticeState::Met,
    PracticeState::NotRequired,
    PracticeState::NotApplicable,
];

pub(super) fn state_words(state: PracticeState) -> &'static str {
    match state {
        PracticeState::Below => "Below",
        PracticeState::Unknown => "Unknown",
        PracticeState::Stale => "Stale",
        PracticeState::Met => "Met",
        PracticeState::NotRequired => "Nothing required",
        PracticeState::NotApplicable => "Not applicable",
    }
}

#[specta::specta]
pub fn practices(app: &AppState, at: At) -> Answer<PracticesSummary> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let matrix = PracticeMatrix::new(&view.snapshot);
    let column = |id: &headroom_model::MetricId| Some(column_of(plan, plan.get::<Metric>(*id)?));
    let count = |state: PracticeState| PracticeCount {
        state: state.word().to_owned(),
        words: state_words(state).to_owned(),
        count: matrix.cells().filter(|(_, cell)| cell.state == state).count() as u32,
    };
    let (metrics, objectives) = missing_practices(plan);
    Ok(PracticesSummary {
        day: matrix.day,
        until: matrix.until,
        stale_after_days: matrix.oldest_days,
        practices: matrix.practices.iter().filter_map(column).collect(),
        rows: matrix.rows.len() as u32,
        counts: STATES.map(count).to_vec(),
        missing: metrics.len() as u32,
        missing_requirements: objectives.len() as u32,
        built_in: KNOWN_PRACTICES.len() as u32,
    })
}

pub(super) fn column_of(plan: &headroom_model::Plan, metric: &Metric) -> PracticeColumn {
    PracticeColumn {
        metric: NamedEntity::new(plan, metric.id),
        is_score: metric.practice_scale() == Some(headroom_model::PracticeScale::Score),
        levels: metric.levels.clone(),
        top: metric.top_value(),
        source: metric.origin.clone(),
    }
}

/// The ID of a column of the matrix.
pub(super) fn column_id(metric: Id) -> String {
    format!("practice-{}", metric.0)
}
