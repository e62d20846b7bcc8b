//! A finding in a list, wherever there is one, with what was decided about it.

use chrono::{DateTime, NaiveDate, Utc};
use headroom_analysis::{DayView, Finding, FindingStatus, Reopened, Reviewed, Severity};
use headroom_model::{FindingComment, FindingReview, Plan};
use serde::{Deserialize, Serialize};

use super::{entity::NamedEntity, severity::SeverityLevel};

/// Whether a finding counts as open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum DecisionStatus {
    Open,
    Accepted,
    Snoozed,
}

impl From<FindingStatus> for DecisionStatus {
    fn from(status: FindingStatus) -> Self {
        match status {
            FindingStatus::Open => Self::Open,
            FindingStatus::Accepted => Self::Accepted,
            FindingStatus::Snoozed => Self::Snoozed,
        }
    }
}

/// Why a finding counts as open although something was decided about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ReopenedBy {
    /// The last day of the decision has passed.
    End,
    /// It is more severe than it was then.
    Severity,
    /// It was decided after the day shown.
    LaterDecision,
    /// The decision does not say what it would need to.
    Doubt,
}

impl From<Reopened> for ReopenedBy {
    fn from(reopened: Reopened) -> Self {
        match reopened {
            Reopened::Ended(_) => Self::End,
            Reopened::Worse(_) => Self::Severity,
            Reopened::NotYet(_) => Self::LaterDecision,
            Reopened::Unclear => Self::Doubt,
        }
    }
}

/// What was decided about a finding.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReviewRow {
    /// What was decided: open if nothing was.
    pub decision: DecisionStatus,
    /// None while the decision holds.
    pub reopened: Option<ReopenedBy>,
    pub reason: String,
    pub decided: Option<NaiveDate>,
    /// The last day of the decision; none: without end.
    pub until: Option<NaiveDate>,
    /// How severe it was then: `High`; empty if that is not known.
    pub severity: String,
    pub assignee: Option<NamedEntity>,
    /// Oldest first.
    pub comments: Vec<CommentRow>,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CommentRow {
    pub at: DateTime<Utc>,
    pub by: String,
    pub text: String,
}

impl ReviewRow {
    fn new(plan: &Plan, review: &FindingReview, reopened: Option<Reopened>) -> Self {
        let comment = |comment: &FindingComment| CommentRow {
            at: comment.at,
            by: comment.by.clone(),
            text: comment.text.clone(),
        };
        let mut comments: Vec<CommentRow> = review.comments.iter().map(comment).collect();
        comments.sort_by_key(|comment| comment.at);
        let severity = Severity::from_name(&review.severity);
        Self {
            decision: review.decision.map_or(FindingStatus::Open, FindingStatus::from).into(),
            reopened: reopened.map(ReopenedBy::from),
            reason: review.reason.clone(),
            decided: review.decided,
            until: review.until,
            severity: severity.map(|severity| severity.label().to_owned()).unwrap_or_default(),
            assignee: review.assignee.map(|person| NamedEntity::new(plan, person)),
            comments,
        }
    }
}

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
    pub status: DecisionStatus,
    /// What was decided about it, who deals with it, what was said; none if nothing was.
    pub review: Option<ReviewRow>,
}

impl FindingRow {
    /// A finding of a view, as it stands on its day.
    pub fn new(view: &DayView, finding: &Finding) -> Self {
        let plan = view.snapshot.plan();
        let Reviewed { status, reopened, review } = view.reviewed(finding);
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
            status: status.into(),
            review: review.map(|review| ReviewRow::new(plan, review, reopened)),
        }
    }
}
