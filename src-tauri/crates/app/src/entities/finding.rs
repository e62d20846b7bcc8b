//! A finding in a list, wherever there is one.

use chrono::NaiveDate;
use headroom_analysis::Finding;
use headroom_model::Plan;
use serde::Serialize;

use super::{entity::NamedEntity, severity::SeverityLevel};

/// A finding in a list.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingRow {
    pub id: String,
    pub rule: String,
    pub title: String,
    pub severity: SeverityLevel,
    pub subject: NamedEntity,
    pub message: String,
    pub team: Option<NamedEntity>,
    /// Number of dependents of the subject.
    pub weight: u32,
    /// The day on which the problem starts; none if it exists already.
    pub day: Option<NaiveDate>,
}

impl FindingRow {
    pub fn new(plan: &Plan, finding: &Finding) -> Self {
        Self {
            id: finding.id.clone(),
            rule: finding.rule.id.to_owned(),
            title: finding.rule.title.to_owned(),
            severity: finding.severity.into(),
            subject: NamedEntity::new(plan, finding.subject),
            message: finding.message.clone(),
            team: finding.team.map(|team| NamedEntity::new(plan, team)),
            weight: finding.weight,
            day: finding.day,
        }
    }
}
