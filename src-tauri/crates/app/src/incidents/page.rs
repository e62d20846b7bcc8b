//! The page of an incident: its times with what is uncertain, its services and who owns them, its review and its actions.

use chrono::NaiveDate;
use headroom_analysis::incidents::is_known;
use headroom_checklist_markdown::html;
use headroom_model::{Action, ActionId, Incident, IncidentId, IncidentMoment, wording::capitalized};
use serde::Serialize;

use super::{
    actions::{ActionRow, row_of, statuses},
    list::{IncidentRow, rows_of},
    review::template,
};
use crate::{
    at::At,
    entities::id::Id,
    error::{Answer, AppError},
    state::AppState,
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct IncidentPage {
    /// None before it began.
    pub row: Option<IncidentRow>,
    pub title: String,
    pub key: String,
    /// In the order in which they usually come.
    pub moments: Vec<IncidentMomentRow>,
    pub minutes_down: Option<f64>,
    pub cause: String,
    /// Markdown.
    pub review: String,
    /// The same, harmless.
    pub review_html: String,
    /// What a review begins with.
    pub review_template: String,
    /// A file or an address.
    pub review_link: String,
    pub reviewed: Option<NaiveDate>,
    pub link: String,
    pub source: String,
    pub actions: Vec<ActionRow>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct IncidentMomentRow {
    /// `Detected`.
    pub name: String,
    /// `2027-03-12 08:05`, in UTC.
    pub time: String,
    /// Why nothing is calculated from it; empty if it is sure.
    pub warning: String,
}

/// The page of an incident on a day.
///
/// # Errors
/// If it is not in the plan.
#[specta::specta]
pub fn incident_page(app: &AppState, id: Id, at: At) -> Answer<IncidentPage> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let id = IncidentId::from(id);
    let incident = plan.get::<Incident>(id).ok_or_else(|| AppError::not_found("this incident"))?;
    let is_own =
        |action: ActionId| plan.get::<Action>(action).is_some_and(|action| action.incident == Some(id));
    let actions = statuses(&view).into_iter().filter(|status| is_own(status.action));
    Ok(IncidentPage {
        row: is_known(incident, at.shown_day())
            .then(|| rows_of(&view.snapshot, &[incident], at.shown_day()))
            .and_then(|rows| rows.into_iter().next()),
        title: incident.title.clone(),
        key: incident.key.clone(),
        moments: moments(incident),
        minutes_down: incident.minutes_down.map(|minutes| minutes as f64),
        cause: incident.cause.clone(),
        review: incident.review.clone(),
        review_html: html(&incident.review),
        review_template: template(),
        review_link: incident.review_link.clone(),
        reviewed: incident.reviewed,
        link: incident.link.clone(),
        source: incident.source.clone().unwrap_or_default(),
        actions: actions.filter_map(|status| row_of(plan, &status)).collect(),
    })
}

fn moments(incident: &Incident) -> Vec<IncidentMomentRow> {
    let row = |moment: IncidentMoment| {
        let warnings = incident.warnings.iter().filter(|warning| warning.moment == moment);
        let warning = warnings.map(|warning| warning.words.as_str()).collect::<Vec<_>>().join("; ");
        let time = incident.time(moment).map(|time| time.to_string()).unwrap_or_default();
        let is_shown = !time.is_empty() || !warning.is_empty();
        is_shown.then(|| IncidentMomentRow { name: capitalized(moment.word()), time, warning })
    };
    IncidentMoment::ALL.into_iter().filter_map(row).collect()
}
