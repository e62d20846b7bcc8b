//! The rules with the plan's policy, and its edits.

use headroom_analysis::{DayView, Policy, RULES, Rule, Severity, StatusCounts, Threshold};
use serde::Serialize;

use crate::{at::At, entities::severity::SeverityLevel, error::Answer, state::AppState};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ThresholdRow {
    pub name: String,
    pub meaning: String,
    pub value: u32,
    pub default: u32,
    pub source: String,
}

/// A rule with the plan's policy applied.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleRow {
    pub id: String,
    pub title: String,
    pub why: String,
    pub fix: String,
    pub source: String,
    pub source_url: String,
    pub default_severity: SeverityLevel,
    /// None if the rule is switched off.
    pub severity: Option<SeverityLevel>,
    pub thresholds: Vec<ThresholdRow>,
    /// Open findings.
    pub findings: u32,
    /// Those that are accepted or snoozed.
    pub decided: u32,
}

#[specta::specta]
pub fn rules(app: &AppState, at: At) -> Answer<Vec<RuleRow>> {
    let view = app.day(at)?;
    Ok(RULES.iter().map(|rule| rule_row(&view, rule)).collect())
}

fn rule_row(view: &DayView, rule: &'static Rule) -> RuleRow {
    let policy = &view.policy;
    let of_rule = view.findings().iter().filter(|finding| finding.rule.id == rule.id);
    let counts = StatusCounts::of(of_rule.map(|finding| view.reviewed(finding).status));
    let threshold = |threshold: &Threshold| ThresholdRow {
        name: threshold.name.to_owned(),
        meaning: threshold.meaning.to_owned(),
        value: policy.threshold(rule, threshold.name),
        default: threshold.default,
        source: threshold.source.to_owned(),
    };
    RuleRow {
        id: rule.id.to_owned(),
        title: rule.title.to_owned(),
        why: rule.why.to_owned(),
        fix: rule.fix.to_owned(),
        source: rule.source.text.to_owned(),
        source_url: rule.source.url.to_owned(),
        default_severity: rule.severity.into(),
        severity: policy.severity(rule).map(SeverityLevel::from),
        thresholds: rule.thresholds.iter().map(threshold).collect(),
        findings: counts.open as u32,
        decided: (counts.accepted + counts.snoozed) as u32,
    }
}

/// Sets `rule.<id>.severity` or a threshold in the plan's policy; an empty value restores the default.
#[specta::specta]
pub fn set_policy(app: &AppState, key: String, value: String) -> Answer<()> {
    let plan = app.plan()?;
    let changes = Policy::change(&plan, RULES, &key, &value)?;
    drop(plan);
    app.apply(policy_label(&key, &value), changes)
}

/// `Stale ownership: days set to 90`.
fn policy_label(key: &str, value: &str) -> String {
    let parts = key.strip_prefix("rule.").and_then(|rest| rest.rsplit_once('.'));
    let title =
        parts.and_then(|(id, _)| RULES.iter().find(|rule| rule.id == id)).map_or("", |rule| rule.title);
    let name = parts.map_or("", |(_, name)| name);
    let value = match Severity::from_name(value) {
        Some(severity) if name == "severity" => severity.label(),
        _ if value == "off" => "Off",
        _ => value,
    };
    match value {
        "" => format!("{title}: {name} reset to default"),
        value => format!("{title}: {name} set to {value}"),
    }
}
