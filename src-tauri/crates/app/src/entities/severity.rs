//! Severities, and the number of findings for a badge.

use headroom_analysis::{Finding, Severity};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum SeverityLevel {
    Low,
    Medium,
    High,
    Critical,
}

impl From<Severity> for SeverityLevel {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Low => Self::Low,
            Severity::Medium => Self::Medium,
            Severity::High => Self::High,
            Severity::Critical => Self::Critical,
        }
    }
}

impl SeverityLevel {
    /// As it stands in JSON and in addresses: `high`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// Name shown to people: `High`.
    pub fn label(self) -> &'static str {
        let severity = match self {
            Self::Low => Severity::Low,
            Self::Medium => Severity::Medium,
            Self::High => Severity::High,
            Self::Critical => Severity::Critical,
        };
        severity.label()
    }
}

/// Number of findings by severity, for a badge.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    pub count: u32,
    pub worst: Option<SeverityLevel>,
}

impl Tally {
    pub fn add(&mut self, severity: Severity) {
        self.count += 1;
        let severity = SeverityLevel::from(severity);
        self.worst = Some(self.worst.map_or(severity, |worst| worst.max(severity)));
    }

    pub fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut tally = Tally::default();
        findings.for_each(|finding| tally.add(finding.severity));
        tally
    }
}
