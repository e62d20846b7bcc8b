use headroom_model::Service;
use serde::Serialize;

use crate::{
    coverage_severity::CoverageState,
    finding::{Context, Finding, Remedy},
    forecast::Gap,
};

/// How much it matters, from what one may live with to what cannot wait.
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

    /// As files and settings have it: `high`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }

    /// As people read it: `High`.
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

/// Where a rule or a number comes from.
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

/// One thing that can be wrong.
#[derive(Debug)]
pub struct Rule {
    /// Never changes: policies, suppressions and other tools refer to it.
    pub id: &'static str,
    pub title: &'static str,
    pub severity: Severity,
    /// Why it matters, as one would say it in a meeting.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
    pub source: Source,
    /// Whether it asks which day it is, and not only what there is on it. Findings of a rule that does not ask hold until
    /// something begins or ends, and are not looked for again before that.
    pub depends_on_date: bool,
    pub thresholds: &'static [Threshold],
    pub check: fn(&RuleContext<'_>, &mut Vec<Finding>),
    /// What can be done at once.
    pub remedies: Option<fn(&Context<'_>, &Finding) -> Vec<Remedy>>,
}

/// What a rule is given to look at.
pub struct RuleContext<'a> {
    pub rule: &'static Rule,
    /// As the policy has it.
    pub severity: Severity,
    pub context: &'a Context<'a>,
    pub responders: &'a crate::Responders<'a>,
    pub shared: &'a crate::rule_cache::RuleCache,
    pub scale: &'a crate::SeverityScale,
    pub importance: &'a crate::Importance<'a>,
}

impl RuleContext<'_> {
    /// How bad it is that a service is covered so: see [`crate::SeverityScale`].
    pub fn of_coverage(&self, service: &Service, state: CoverageState) -> Severity {
        let is_important = !state.is_covered() && self.importance.is_important(service);
        self.scale.of_rule(self.rule, state, is_important)
    }

    /// The same for a gap of the forecast: as the policy has the rule, else as the gap.
    pub fn of_gap(&self, gap: &Gap, service: &Service) -> Severity {
        match (self.context.policy.set_severity(self.rule).flatten(), gap.kind.coverage()) {
            (Some(severity), _) => severity,
            // The rule of the day is switched off, and this one is not.
            (None, Some(state)) if self.scale.is_off(state) => self.of_coverage(service, state),
            (None, _) => gap.severity,
        }
    }

    pub fn threshold(&self, name: &str) -> u32 {
        self.context.policy.threshold(self.rule, name)
    }
}
