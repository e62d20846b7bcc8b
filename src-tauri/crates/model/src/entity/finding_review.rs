//! What was decided about a finding, who deals with it, and what was said about it.
//!
//! A finding is no entity: it is found anew on every day. It is known again by its ID, which rules make of their own ID
//! and of keys, and which is the key here.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::*;
use crate::new_ids::NewIds;

/// Why a finding does not count as open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingDecision {
    /// It is known, and left as it is.
    #[default]
    Accepted,
    /// It is looked at again after a day.
    Snoozed,
}

impl FindingDecision {
    pub const ALL: [FindingDecision; 2] = [FindingDecision::Accepted, FindingDecision::Snoozed];

    pub const fn word(self) -> &'static str {
        match self {
            FindingDecision::Accepted => "accepted",
            FindingDecision::Snoozed => "snoozed",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.word().eq_ignore_ascii_case(word.trim()))
    }
}

word_value!(FindingDecision, |decision| decision.word().to_owned());

/// What somebody said about a finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingComment {
    pub at: DateTime<Utc>,
    pub by: String,
    pub text: String,
}

// Nobody changes what another has said, so that the comments of two copies are all of them.
json_value!(Vec<FindingComment>, "[]", is_empty: Vec::is_empty, FieldType::Structure, MergeRule::Set,
    |comments, _| {
        let told = comments.iter().map(|comment| format!("{}: {}", comment.by, comment.text));
        told.collect::<Vec<_>>().join("; ")
    },
    check: |comments| comments.iter().try_for_each(|comment| TextLimit::Long.check(&comment.text)));

entity! {
    /// What was decided about a finding. How it stands on a day follows from this and the finding of that day.
    pub struct FindingReview: FindingReviewId {
        /// The ID of the finding: `unowned-service/checkout`.
        key: String, "finding", required();
        /// None: it counts as open.
        decision: Option<FindingDecision>, "decision";
        reason: String, "reason", long();
        /// The first day on which the decision holds.
        decided: Option<NaiveDate>, "decided on";
        /// The last day on which it holds; none: without end.
        until: Option<NaiveDate>, "decision holds until";
        /// How severe it was then: `medium`. If it is worse, it counts as open.
        severity: String, "severity when decided";
        /// Who deals with it.
        assignee: Option<PersonId>, "assigned to";
        comments: Vec<FindingComment>, "comments";
    }
}

impl Entity for FindingReview {
    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }
}

impl FindingReview {
    /// A review of a finding in which nothing is said yet. It is the same in every copy of the plan, so that two who
    /// review one finding are merged field by field.
    pub fn of(finding: &str) -> Self {
        Self { id: NewIds::of_key(finding).into(), key: finding.to_owned(), ..Self::default() }
    }

    /// Whether nothing is left that it says.
    pub fn is_blank(&self) -> bool {
        self.decision.is_none() && self.assignee.is_none() && self.comments.is_empty()
    }

    /// What is left once the decision is taken back.
    pub fn undecided(&self) -> Self {
        let Self { id, key, assignee, comments, .. } = self.clone();
        Self { id, key, assignee, comments, ..Self::default() }
    }
}
