//! What a rule is given.

use headroom_model::Service;

use super::cache::RuleCache;
use crate::{
    context::Context,
    coverage_severity::{Importance, SeverityScale},
    finding::{Rule, Severity},
    gap::{CoverageState, Gap},
    responders::Responders,
};

/// Everything a rule may read: the day, the policy's severity, and values shared with other rules.
pub struct RuleContext<'a> {
    pub rule: &'static Rule,
    /// Severity of this rule according to the policy.
    pub severity: Severity,
    pub context: &'a Context<'a>,
    pub responders: &'a Responders<'a>,
    pub shared: &'a RuleCache,
    pub scale: &'a SeverityScale,
    pub importance: &'a Importance<'a>,
}

impl RuleContext<'_> {
    /// Severity of a service in this state of coverage; see [`SeverityScale`].
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
