//! What a rule says of itself: id, severity, reason, source and thresholds.

use serde::Serialize;

use super::severity::Severity;

/// Published source of a rule or a figure.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Source {
    pub text: &'static str,
    pub url: &'static str,
}

/// A number that the policy of a plan may set.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Threshold {
    pub name: &'static str,
    pub default: u32,
    /// What the number means, with its unit.
    pub meaning: &'static str,
    pub source: &'static str,
}

/// One thing that can be wrong in a plan: what is said about it. How it is found is in [`crate::check`].
#[derive(Debug)]
pub struct Rule {
    /// Stable ID: policies, suppressions and other tools refer to it.
    pub id: &'static str,
    pub title: &'static str,
    pub severity: Severity,
    /// Why it matters, in plain words.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
    pub source: Source,
    /// Whether the rule looks at the date itself, and not only at what exists on it. Findings of a rule that does not
    /// are reused until the next event date.
    pub depends_on_date: bool,
    pub thresholds: &'static [Threshold],
}
