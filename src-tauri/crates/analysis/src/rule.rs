//! Rules: what can be wrong with a plan, with severity, reason, source and thresholds. The rules themselves are in
//! `rules`.

use headroom_model::Service;
use serde::Serialize;

use crate::{
    coverage_severity::CoverageState,
    finding::{Context, Finding, Remedy},
    forecast::Gap,
};

/// How urgent a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Low,
    Medium,
    High,
    Critical,
}

impl Severity {
    pub const ALL: [Severity; 4] = [Severity::Low, Severity::Medium, Severity::High, Severity::Critical];

    /// Name in files and settings: `high`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }

    /// Name shown to people: `High`.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Low => "Low",
            Severity::Medium => "Medium",
            Severity::High => "High",
            Severity::Critical => "Critical",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

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

/// One thing that can be wrong in a plan.
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
    pub check: fn(&RuleContext<'_>, &mut Vec<Finding>),
    /// Remedies that can be applied at once, if the rule has any.
    pub remedies: Option<fn(&Context<'_>, &Finding) -> Vec<Remedy>>,
}

/// Everything a rule may read: the day, the policy's severity, and values shared with other rules.
pub struct RuleContext<'a> {
    pub rule: &'static Rule,
    /// Severity of this rule according to the policy.
    pub severity: Severity,
    pub context: &'a Context<'a>,
    pub responders: &'a crate::Responders<'a>,
    pub shared: &'a crate::rule_cache::RuleCache,
    pub scale: &'a crate::SeverityScale,
    pub importance: &'a crate::Importance<'a>,
}

impl RuleContext<'_> {
    /// Severity of a service in this state of coverage; see [`crate::SeverityScale`].
    pub fn of_coverage(&self, service: &Service, state: CoverageState) -> Severity {
        let is_important = !state.is_covered() && self.importance.is_important(service);
        self.scale.of_rule(self.rule, state, is_important)
    }

    /// Severity of a gap of the forecast: what the policy sets for this rule, else the severity of the gap.
    pub fn of_gap(&self, gap: &Gap, service: &Service) -> Severity {
        match (self.context.policy.set_severity(self.rule).flatten(), gap.kind.coverage()) {
            (Some(severity), _) => severity,
            // The rule for the present state is switched off, this one for the future is not.
            (None, Some(state)) if self.scale.is_off(state) => self.of_coverage(service, state),
            (None, _) => gap.severity,
        }
    }

    /// Value of one of the rule's thresholds, from the policy or the default.
    pub fn threshold(&self, name: &str) -> u32 {
        self.context.policy.threshold(self.rule, name)
    }
}
