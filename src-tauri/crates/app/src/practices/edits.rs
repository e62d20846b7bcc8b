//! What is written in the view of practices: the practices that come with the program, a level, a campaign.

use chrono::NaiveDate;
use headroom_analysis::practices::PracticeSubjectId;
use headroom_clock::today;
use headroom_model::{
    Examination, FieldError, Metric, MetricId, MetricValue, Objective, Observation, PracticeEvidence,
    fields::{free_key, slug},
    known_practices::{missing_practices, tier_requirement},
    practice::is_evidence_address,
};
use serde::Deserialize;

use super::detail::subject_of;
use crate::{
    entities::{entity::EntityKind, id::Id},
    error::{Answer, AppError},
    state::AppState,
};

/// Adds the practices that come with the program, with what tiers need of them; answers with how many rows were added.
#[specta::specta]
pub fn add_practices(app: &AppState) -> Answer<u32> {
    app.edit_as(|plan, draft| {
        let (metrics, objectives) = missing_practices(plan);
        let count = metrics.len() + objectives.len();
        metrics.into_iter().for_each(|row| draft.put(row));
        objectives.into_iter().for_each(|row| draft.put(row));
        Ok(("Added the built-in practices".to_owned(), count as u32))
    })
}

/// A level that somebody found, from a form.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LevelEdit {
    pub kind: EntityKind,
    pub subject: Id,
    pub metric: Id,
    /// `3`, `7.4`, `n/a`, `undetermined`.
    pub level: String,
    pub on: Option<NaiveDate>,
    /// `scan`, `audit`, `self`, or empty.
    pub by: String,
    /// An address, or empty.
    pub evidence: String,
    /// The last day on which it counts.
    pub until: Option<NaiveDate>,
}

/// Writes a level that somebody found. Another one of the same day is replaced.
///
/// # Errors
/// If the level is not on the scale of the practice, the day lies ahead, or the evidence is no address.
#[specta::specta]
pub fn record_level(app: &AppState, edit: LevelEdit) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let metric = plan
            .get::<Metric>(MetricId::from(edit.metric))
            .ok_or_else(|| AppError::not_found("this practice"))?;
        let subject = subject_of(edit.kind, edit.subject)?;
        let value = value_of(metric, &edit.level)?;
        let on = edit.on.ok_or_else(|| FieldError::new("on", "must be a day"))?;
        if on > today() {
            return Err(FieldError::new("on", "lies ahead: nobody can have looked yet").into());
        }
        if edit.until.is_some_and(|until| until < on) {
            return Err(FieldError::new("until", "is before the day on which somebody looked").into());
        }
        let origin = evidence_of(&edit)?;
        let (service, team) = match subject {
            PracticeSubjectId::Service(service) => (Some(service), None),
            PracticeSubjectId::Team(team) => (None, Some(team)),
        };
        let is_same = |row: &&Observation| {
            (row.metric, row.service, row.team, row.first) == (metric.id, service, team, on)
        };
        for row in plan.observations.iter().filter(is_same) {
            draft.remove::<Observation>(row.id);
        }
        let id = draft.new_id::<Observation>();
        let origin = origin.into();
        let row = Observation {
            id,
            metric: metric.id,
            first: on,
            last: on,
            value,
            service,
            team,
            origin,
            ..Observation::default()
        };
        draft.put(Observation { until: edit.until, ..row });
        let name = plan.name_of(subject.into());
        Ok((format!("Recorded {} of {name}: {value}", metric.name()), ()))
    })
}

fn value_of(metric: &Metric, text: &str) -> Answer<MetricValue> {
    let value: MetricValue =
        text.trim().parse().map_err(|_: &str| FieldError::new("level", "is no level"))?;
    let is_fine = value.lacks.is_some() || value.currency.is_none() && metric.is_on_scale(value.number);
    let fault = || FieldError::new("level", format!("must be between 0 and {}", metric.top_value()));
    is_fine.then_some(value).ok_or_else(|| fault().into())
}

fn evidence_of(edit: &LevelEdit) -> Answer<String> {
    let address = edit.evidence.trim();
    if !address.is_empty() && !is_evidence_address(address) {
        let fault = "must be an address such as https://example.org/run/7, without an e-mail";
        return Err(FieldError::new("evidence", fault).into());
    }
    Ok(PracticeEvidence { by: Examination::from_word(&edit.by), detail: address }.text())
}

/// A campaign, from a form.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CampaignEdit {
    pub metric: Id,
    pub tier: u8,
    pub level: u32,
    pub from: Option<NaiveDate>,
}

/// Adds a campaign: an objective of a tier from a day on.
///
/// # Errors
/// If the level is not on the scale, or there is no day.
#[specta::specta]
pub fn add_campaign(app: &AppState, edit: CampaignEdit) -> Answer<Id> {
    app.edit_as(|plan, draft| {
        let metric = plan
            .get::<Metric>(MetricId::from(edit.metric))
            .ok_or_else(|| AppError::not_found("this practice"))?;
        if edit.level == 0 || edit.level > metric.top_value() {
            let fault = format!("must be between 1 and {}", metric.top_value());
            return Err(FieldError::new("level", fault).into());
        }
        let from = edit.from.ok_or_else(|| FieldError::new("from", "must be a day"))?;
        let row = tier_requirement(metric, edit.tier, edit.level);
        let id = draft.new_id::<Objective>();
        let key = free_key(draft, &row, slug(&format!("{} {from}", row.name)));
        let label = format!("Start a campaign: {} by {from}", row.name);
        draft.put(Objective { id, key, from: Some(from), ..row });
        Ok((label, id.into()))
    })
}
