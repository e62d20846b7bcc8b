//! Findings by rule and team, their evidence, and remedies with a preview of the effect.

use crate::view::id::Id;
use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{
    Context, DayView, Finding, Policy, RULES, Remedy, Responders, Rule, Severity, assign::Candidates,
    coverage::HireRequest, edges_without_shared_owner, has_remedies, remedies, team_load::team_load,
};
use headroom_model::{Change, Kind, Plan, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use tauri::State;

use super::{
    NamedEntity,
    assignment_board::TeamLoad,
    history::{ChangePresenter, HistoryChange},
    paging::{Page, RowQuery, matches},
    shell::Tally,
};
use crate::{
    error::{Answer, AppError},
    state::AppState,
};

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

/// A finding in a list.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingRow {
    pub id: String,
    pub rule: String,
    pub title: String,
    pub severity: SeverityLevel,
    pub subject: NamedEntity,
    pub message: String,
    pub team: Option<NamedEntity>,
    /// Number of dependents of the subject.
    pub weight: u32,
    /// The day on which the problem starts; none if it exists already.
    pub day: Option<NaiveDate>,
}

impl FindingRow {
    pub fn new(plan: &Plan, finding: &Finding) -> Self {
        Self {
            id: finding.id.clone(),
            rule: finding.rule.id.to_owned(),
            title: finding.rule.title.to_owned(),
            severity: finding.severity.into(),
            subject: NamedEntity::new(plan, finding.subject),
            message: finding.message.clone(),
            team: finding.team.map(|team| NamedEntity::new(plan, team)),
            weight: finding.weight,
            day: finding.day,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct FindingQuery {
    pub rows: RowQuery,
    pub rule: String,
    pub team: Option<Id>,
    pub severity: Option<SeverityLevel>,
}

/// The findings that match the query, most severe first.
#[tauri::command(async)]
#[specta::specta]
pub fn finding_rows(
    app: State<'_, AppState>,
    query: FindingQuery,
    day: Option<NaiveDate>,
) -> Answer<Page<FindingRow>> {
    let view = app.day(day)?;
    let words = query.rows.words();
    let found: Vec<&Finding> = view
        .findings
        .iter()
        .filter(|finding| {
            (query.rule.is_empty() || finding.rule.id == query.rule)
                && query.team.is_none_or(|team| finding.team == Some(TeamId::from(team)))
                && query.severity.is_none_or(|severity| SeverityLevel::from(finding.severity) == severity)
                && matches(&words, [finding.message.as_str(), finding.rule.title])
        })
        .collect();
    Ok(query.rows.page(&found, |finding| FindingRow::new(view.snapshot.plan(), finding)))
}

/// All findings of a rule, or of a team.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingGroup {
    pub rule: Option<String>,
    pub team: Option<NamedEntity>,
    pub title: String,
    pub findings: Tally,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingGroups {
    pub by_rule: Vec<FindingGroup>,
    pub by_team: Vec<FindingGroup>,
    pub critical: u32,
    pub high: u32,
    pub medium: u32,
    pub low: u32,
}

#[tauri::command(async)]
#[specta::specta]
pub fn finding_groups(app: State<'_, AppState>, day: Option<NaiveDate>) -> Answer<FindingGroups> {
    let view = app.day(day)?;
    let plan = view.snapshot.plan();
    let count = |severity| view.findings.iter().filter(|finding| finding.severity == severity).count() as u32;
    Ok(FindingGroups {
        by_rule: by_rule(&view),
        by_team: by_team(&view, plan),
        critical: count(Severity::Critical),
        high: count(Severity::High),
        medium: count(Severity::Medium),
        low: count(Severity::Low),
    })
}

fn by_rule(view: &DayView) -> Vec<FindingGroup> {
    let mut groups: Vec<FindingGroup> = RULES
        .iter()
        .map(|rule| FindingGroup {
            rule: Some(rule.id.to_owned()),
            team: None,
            title: rule.title.to_owned(),
            findings: Tally::of(view.findings.iter().filter(|finding| finding.rule.id == rule.id)),
        })
        .filter(|group| group.findings.count > 0)
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse((group.findings.worst, group.findings.count)));
    groups
}

fn by_team(view: &DayView, plan: &Plan) -> Vec<FindingGroup> {
    let mut tallies: FxHashMap<Option<TeamId>, Tally> = FxHashMap::default();
    for finding in &view.findings {
        tallies.entry(finding.team).or_default().add(finding.severity);
    }
    let mut tallies: Vec<_> = tallies.into_iter().collect();
    tallies.sort_by_key(|(team, _)| team.map(|team| plan.place_of(team)));
    let mut groups: Vec<FindingGroup> = tallies
        .into_iter()
        .map(|(team, findings)| FindingGroup {
            rule: None,
            title: team.map_or_else(|| "No team".to_owned(), |team| plan.name_of(team.into())),
            team: team.map(|team| NamedEntity::new(plan, team)),
            findings,
        })
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse((group.findings.worst, group.findings.count)));
    groups
}

/// A piece of evidence: a label, and an entity or text.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceRow {
    pub label: String,
    pub text: String,
    pub entities: Vec<NamedEntity>,
}

/// A remedy: its label and the reasons for it.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RemedyRow {
    pub label: String,
    pub reasons: Vec<String>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingPage {
    pub finding: FindingRow,
    pub why: String,
    pub fix: String,
    pub source: String,
    pub source_url: String,
    pub evidence: Vec<EvidenceRow>,
    /// See `remedy_preview`.
    pub remedies: Vec<RemedyRow>,
    /// Why there is no remedy for a service, in words; none if there is one.
    pub missing: Option<String>,
    /// Whether a hire could close it; see `hire_preview`.
    pub takes_people: bool,
}

#[tauri::command(async)]
#[specta::specta]
pub fn finding_page(app: State<'_, AppState>, id: String, day: Option<NaiveDate>) -> Answer<FindingPage> {
    let view = app.day(day)?;
    let plan = view.snapshot.plan();
    let finding = view.finding(&id).ok_or_else(|| AppError::not_found("this finding"))?;
    let remedies: Vec<RemedyRow> = remedies(&view.context(), finding)
        .into_iter()
        .map(|remedy| RemedyRow { label: remedy.label, reasons: remedy.reasons })
        .collect();
    let takes_a_team =
        remedies.is_empty() && has_remedies(finding.rule) && finding.subject.kind == Kind::Service;
    let missing = takes_a_team.then(|| Candidates::new(&view.context()).missing()).flatten();
    Ok(FindingPage {
        finding: FindingRow::new(plan, finding),
        why: finding.rule.why.to_owned(),
        fix: finding.rule.fix.to_owned(),
        source: finding.rule.source.text.to_owned(),
        source_url: finding.rule.source.url.to_owned(),
        evidence: finding
            .evidence
            .iter()
            .map(|evidence| EvidenceRow {
                label: evidence.label.to_string(),
                text: evidence.text.clone(),
                entities: evidence.entities.iter().map(|entity| NamedEntity::new(plan, *entity)).collect(),
            })
            .collect(),
        remedies,
        missing,
        takes_people: HireRequest::for_finding(plan, finding, view.snapshot.day(), 1).is_some(),
    })
}

fn remedy<'a>(view: &'a DayView, id: &str, which: u32) -> Answer<(&'a Finding, Remedy)> {
    let finding = view.finding(id).ok_or_else(|| AppError::not_found("this finding"))?;
    let remedy = remedies(&view.context(), finding).into_iter().nth(which as usize);
    Ok((finding, remedy.ok_or_else(|| AppError::not_found("this remedy"))?))
}

/// Effect of changes on the findings of the day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    pub label: String,
    pub changes: Vec<HistoryChange>,
    pub change_count: u32,
    pub closed: Vec<FindingRow>,
    pub opened: Vec<FindingRow>,
    pub closed_count: u32,
    pub opened_count: u32,
    /// Teams whose load changes.
    pub loads: Vec<LoadChange>,
    /// Dependencies across owners, before and after.
    pub crossings_before: u32,
    pub crossings_after: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LoadChange {
    pub before: TeamLoad,
    pub after: TeamLoad,
}

/// Teams that exist before and after, with another load.
fn load_changes(before: &DayView, after: &DayView) -> Vec<LoadChange> {
    let (knew, knows) = (Responders::new(&before.snapshot), Responders::new(&after.snapshot));
    let mut changes: Vec<LoadChange> = (0..after.snapshot.team_count())
        .filter_map(|at| {
            let was = before.snapshot.team_ix(after.snapshot.team(at).id)?;
            let (a, b) = (team_load(&before.snapshot, &knew, was), team_load(&after.snapshot, &knows, at));
            (a != b).then(|| LoadChange {
                before: TeamLoad::new(before, &knew, was),
                after: TeamLoad::new(after, &knows, at),
            })
        })
        .collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.after.tenths));
    changes
}

/// Maximum number of changes and findings listed; counts are complete.
const EFFECT_SHOWN: usize = 50;

#[tauri::command(async)]
#[specta::specta]
pub fn remedy_preview(
    app: State<'_, AppState>,
    id: String,
    which: u32,
    day: Option<NaiveDate>,
) -> Answer<Effect> {
    let view = app.day(day)?;
    let (_, remedy) = remedy(&view, &id, which)?;
    effect(&view, remedy.label, remedy.changes)
}

/// Applies the changes to a copy of the plan and compares the findings of the day.
pub fn effect(view: &DayView, label: String, changes: Vec<Change>) -> Answer<Effect> {
    let plan = view.snapshot.plan();
    let mut then = (**plan).clone();
    then.apply(&changes)?;
    let then = view.of_plan(&Arc::new(then));
    let ids =
        |view: &DayView| view.findings.iter().map(|finding| finding.id.clone()).collect::<FxHashSet<_>>();
    let (before, after) = (ids(view), ids(&then));
    let gone: Vec<&Finding> = view.findings.iter().filter(|finding| !after.contains(&finding.id)).collect();
    let new: Vec<&Finding> = then.findings.iter().filter(|finding| !before.contains(&finding.id)).collect();
    let rows = |plan: &Plan, found: &[&Finding]| {
        found.iter().take(EFFECT_SHOWN).map(|finding| FindingRow::new(plan, finding)).collect()
    };
    // Remedies never contain salaries.
    let told = ChangePresenter::new(then.snapshot.plan(), &changes, false).stretch(0, EFFECT_SHOWN as u32);
    Ok(Effect {
        label,
        changes: told.changes,
        change_count: changes.len() as u32,
        closed: rows(plan, &gone),
        opened: rows(then.snapshot.plan(), &new),
        closed_count: gone.len() as u32,
        opened_count: new.len() as u32,
        loads: load_changes(view, &then),
        crossings_before: edges_without_shared_owner(&view.snapshot) as u32,
        crossings_after: edges_without_shared_owner(&then.snapshot) as u32,
    })
}

#[tauri::command(async)]
#[specta::specta]
pub fn apply_remedy(app: State<'_, AppState>, id: String, which: u32, day: Option<NaiveDate>) -> Answer<()> {
    let view = app.day(day)?;
    let (finding, remedy) = remedy(&view, &id, which)?;
    let subject = view.snapshot.plan().name_of(finding.subject);
    let label = format!("Applied “{}” to {subject}", remedy.label);
    drop(view);
    app.apply(label, remedy.changes)
}

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
    pub findings: u32,
}

#[tauri::command(async)]
#[specta::specta]
pub fn rules(app: State<'_, AppState>, day: Option<NaiveDate>) -> Answer<Vec<RuleRow>> {
    let view = app.day(day)?;
    Ok(RULES.iter().map(|rule| rule_row(&view.context(), rule, &view.findings)).collect())
}

fn rule_row(context: &Context<'_>, rule: &'static Rule, found: &[Finding]) -> RuleRow {
    let threshold = |threshold: &headroom_analysis::Threshold| ThresholdRow {
        name: threshold.name.to_owned(),
        meaning: threshold.meaning.to_owned(),
        value: context.policy.threshold(rule, threshold.name),
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
        severity: context.policy.severity(rule).map(SeverityLevel::from),
        thresholds: rule.thresholds.iter().map(threshold).collect(),
        findings: found.iter().filter(|finding| finding.rule.id == rule.id).count() as u32,
    }
}

/// Sets `rule.<id>.severity` or a threshold in the plan's policy; an empty value restores the default.
#[tauri::command(async)]
#[specta::specta]
pub fn set_policy(app: State<'_, AppState>, key: String, value: String) -> Answer<()> {
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
