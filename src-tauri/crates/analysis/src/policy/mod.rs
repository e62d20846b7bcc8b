//! The policy of a plan: what it sets of the rules. It knows what a rule says of itself, and not which rules there are.

mod thresholds;

use headroom_model::{Change, Draft, FieldError, Plan};
use rustc_hash::FxHashMap;

use crate::finding::{Rule, Severity, Threshold};

pub(crate) use thresholds::{
    EACH_OF_TWO, IMPORTANT_ACTION_DAYS, LOAD_LIMIT, MANY_DEPENDENTS, OLDEST_PRACTICE, ON_CALL_TIER, ONE_SITE,
    OTHER_ACTION_DAYS, SMALLEST_TEAM,
};
pub use thresholds::{action_days, load_limit, many_dependents, oldest_practice, smallest_team};

/// The policy of a plan: severities and thresholds that differ from the defaults of the rules.
///
/// Stored in the plan as settings `rule.<id>.severity` and `rule.<id>.<threshold>`.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    set: FxHashMap<String, String>,
}

impl Policy {
    pub fn from_plan(plan: &Plan) -> Self {
        let set = plan.settings.iter().filter(|setting| setting.key.starts_with("rule."));
        Self { set: set.map(|setting| (setting.key.clone(), setting.value.clone())).collect() }
    }

    /// Severity of a rule; none when it is switched off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        self.set_severity(rule).unwrap_or(Some(rule.severity))
    }

    /// What the policy sets for a rule: nothing (`None`), switched off (`Some(None)`) or a severity.
    pub fn set_severity(&self, rule: &Rule) -> Option<Option<Severity>> {
        self.set_severity_of(rule.id, rule.severity)
    }

    /// As [`Policy::set_severity`], for the rule with this id and default severity.
    pub(crate) fn set_severity_of(&self, rule: &str, default: Severity) -> Option<Option<Severity>> {
        self.value(rule, "severity").map(|name| match name {
            "off" => None,
            name => Some(Severity::from_name(name).unwrap_or(default)),
        })
    }

    /// Value of a threshold; 0 if the rule has none of that name.
    pub fn threshold(&self, rule: &Rule, name: &str) -> u32 {
        let threshold = rule.thresholds.iter().find(|threshold| threshold.name == name);
        threshold.map_or(0, |threshold| self.threshold_of(rule.id, threshold))
    }

    /// Value of a threshold of the rule with this id.
    pub(crate) fn threshold_of(&self, rule: &str, threshold: &Threshold) -> u32 {
        let set = self.value(rule, threshold.name).and_then(|value| value.parse().ok());
        set.unwrap_or(threshold.default)
    }

    fn value(&self, rule: &str, name: &str) -> Option<&str> {
        if self.set.is_empty() {
            None
        } else {
            self.set.get(&format!("rule.{rule}.{name}")).map(String::as_str)
        }
    }

    /// Changes that set one entry of the policy, which is about one of `rules`; an empty value restores the default.
    ///
    /// # Errors
    /// [`FieldError`] on `key` if there is no such rule or threshold, on `value` if the entry does not take the
    /// value.
    pub fn change(plan: &Plan, rules: &[&Rule], key: &str, value: &str) -> Result<Vec<Change>, FieldError> {
        check(rules, key, value)?;
        let mut draft = Draft::new(plan);
        draft.set(key, value);
        Ok(draft.finish())
    }
}

fn check(rules: &[&Rule], key: &str, value: &str) -> Result<(), FieldError> {
    let unknown = || FieldError::new("key", format!("there is no rule setting “{key}”"));
    let (id, name) = key.strip_prefix("rule.").and_then(|rest| rest.rsplit_once('.')).ok_or_else(unknown)?;
    let rule = rules.iter().find(|rule| rule.id == id).ok_or_else(unknown)?;
    if name == "severity" {
        let is_known = value.is_empty() || value == "off" || Severity::from_name(value).is_some();
        return is_known
            .then_some(())
            .ok_or_else(|| FieldError::new("value", "must be low, medium, high, critical or off"));
    }
    if !rule.thresholds.iter().any(|threshold| threshold.name == name) {
        return Err(unknown());
    }
    match value.is_empty() || value.parse::<u32>().is_ok() {
        true => Ok(()),
        false => Err(FieldError::new("value", "must be a whole number, 0 or more")),
    }
}
