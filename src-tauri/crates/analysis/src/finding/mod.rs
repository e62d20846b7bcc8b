//! The words of findings: what was found, how severe it is, under which rule, and what can be done about it.
//!
//! Nothing here knows a rule, a policy or a day. A [`Rule`] is what is said about one kind of finding; how it is found
//! is a [`crate::check`], and which rules there are is in [`crate::rules`].

mod rule;
mod severity;

use std::{borrow::Cow, cmp::Reverse};

use chrono::NaiveDate;
use headroom_model::{Change, EntityRef, TeamId};
use rustc_hash::FxHashSet;
use serde::Serialize;

pub use rule::{Rule, Source, Threshold};
pub use severity::Severity;

/// Something that a rule found on a date.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Stable as long as the same thing is wrong: rule ID, key of the subject and, where needed, the other end.
    pub id: String,
    pub rule: &'static Rule,
    pub severity: Severity,
    pub subject: EntityRef,
    pub message: String,
    pub evidence: Vec<Evidence>,
    /// The team that should act, where one can be named.
    pub team: Option<TeamId>,
    /// Number of services that depend on the subject, directly or not.
    pub weight: u32,
    /// The date from which it will be wrong; none if it is already.
    pub day: Option<NaiveDate>,
}

/// A piece of evidence: text, and the entities it is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    pub label: Cow<'static, str>,
    pub text: String,
    pub entities: Vec<EntityRef>,
}

impl Evidence {
    pub fn words(label: &'static str, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into(), entities: Vec::new() }
    }

    pub fn entities(label: &'static str, entities: impl IntoIterator<Item = EntityRef>) -> Self {
        Self { label: label.into(), text: String::new(), entities: entities.into_iter().collect() }
    }
}

/// A change that fixes a finding, to preview and apply.
#[derive(Debug, Clone)]
pub struct Remedy {
    /// What it does, short enough for a button.
    pub label: String,
    /// Reasons for it and consequences, a few words each.
    pub reasons: Vec<String>,
    pub changes: Vec<Change>,
}

impl Remedy {
    pub fn new(label: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { label: label.into(), reasons: Vec::new(), changes }
    }

    pub fn because(self, reasons: Vec<String>) -> Self {
        Self { reasons, ..self }
    }
}

impl Finding {
    pub fn with(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// Makes the ID unique where one rule has several findings on one subject.
    pub fn about(mut self, other: &str) -> Self {
        self.id.push('/');
        self.id.push_str(other);
        self
    }
}

/// The findings to deal with first, at most `count` and one of each subject: the most severe, and of those what is wrong
/// already before what will be, the soonest first; then what most depends on.
pub fn most_urgent<'a>(findings: impl IntoIterator<Item = &'a Finding>, count: usize) -> Vec<&'a Finding> {
    let mut findings: Vec<&Finding> = findings.into_iter().collect();
    findings.sort_by_key(|finding| urgency(finding));
    let mut subjects = FxHashSet::default();
    findings.into_iter().filter(|finding| subjects.insert(finding.subject)).take(count).collect()
}

/// The less, the more urgent. None sorts before any date.
pub(crate) fn urgency(finding: &Finding) -> (Reverse<Severity>, Option<NaiveDate>, Reverse<u32>) {
    (Reverse(finding.severity), finding.day, Reverse(finding.weight))
}
