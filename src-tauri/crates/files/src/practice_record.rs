//! Levels and scores of practices, as sources state them.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::diagnostic::Place;

/// A level or score that something had on a day.
#[derive(Debug, Clone)]
pub struct PracticeRecord {
    pub place: Place,
    /// Key or name of the practice.
    pub practice: Arc<str>,
    pub subject: Arc<PracticeSubject>,
    /// As it is written: `3`, `Gold`, `7.4`, `n/a`.
    pub level: String,
    pub on: NaiveDate,
    /// The last day on which the evidence counts.
    pub until: Option<NaiveDate>,
    /// Who looked and where it can be read, as an observation has it; nobody’s name.
    pub evidence: String,
}

/// What a practice is looked at in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PracticeSubject {
    /// Key, name or alias.
    Service(String),
    Team(String),
    /// `github.com/acme/cart`, or a part of it from the right.
    Repository(String),
}
