use headroom_model::{Change, Draft, FieldError, Plan};
use rustc_hash::FxHashMap;

use crate::{
    rule::{Rule, Severity},
    rules,
};

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
        match self.value(rule, "severity") {
            Some("off") => None,
            Some(name) => Some(Severity::from_name(name).unwrap_or(rule.severity)),
            None => Some(rule.severity),
        }
    }

    /// What the policy sets for a rule: nothing (`None`), switched off (`Some(None)`) or a severity.
    pub fn set_severity(&self, rule: &Rule) -> Option<Option<Severity>> {
        self.value(rule, "severity").map(|_| self.severity(rule))
    }

    /// Value of a threshold; 0 if the rule has none of that name.
    pub fn threshold(&self, rule: &Rule, name: &str) -> u32 {
        let default =
            rule.thresholds.iter().find(|threshold| threshold.name == name).map_or(0, |found| found.default);
        self.value(rule, name).and_then(|value| value.parse().ok()).unwrap_or(default)
    }

    fn value(&self, rule: &Rule, name: &str) -> Option<&str> {
        if self.set.is_empty() {
            None
        } else {
            self.set.get(&format!("rule.{}.{name}", rule.id)).map(String::as_str)
        }
    }

    /// Changes that set one entry of the policy; an empty value restores the default.
    ///
    /// # Errors
    /// [`FieldError`] on `key` if there is no such rule or threshold, on `value` if the entry does not take the
    /// value.
    pub fn change(plan: &Plan, key: &str, value: &str) -> Result<Vec<Change>, FieldError> {
        check(key, value)?;
        let mut draft = Draft::new(plan);
        draft.set(key, value);
        Ok(draft.finish())
    }
}

fn check(key: &str, value: &str) -> Result<(), FieldError> {
    let unknown = || FieldError::new("key", format!("there is no rule setting “{key}”"));
    let (id, name) = key.strip_prefix("rule.").and_then(|rest| rest.rsplit_once('.')).ok_or_else(unknown)?;
    let rule = rules::rule(id).ok_or_else(unknown)?;
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
