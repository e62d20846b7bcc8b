//! Findings by rule and team, their evidence, and remedies with a preview of the effect.

use headroom_analysis::{
    DayView, Finding, RULES, Remedy, Severity, assign::Candidates, coverage::HireRequest, has_remedies,
    remedies,
};
use headroom_model::{Kind, Plan, TeamId};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    effect::{Effect, effect},
    entities::{
        entity::NamedEntity,
        finding::FindingRow,
        id::Id,
        severity::{SeverityLevel, Tally},
    },
    error::{Answer, AppError},
    paging::{Page, RowQuery, matches},
    state::AppState,
};

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct FindingQuery {
    pub rows: RowQuery,
    pub rule: String,
    pub team: Option<Id>,
    pub severity: Option<SeverityLevel>,
}

/// The findings that match the query, most severe first.
#[specta::specta]
pub fn finding_rows(app: &AppState, query: FindingQuery, at: At) -> Answer<Page<FindingRow>> {
    let view = app.day(at)?;
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

#[specta::specta]
pub fn finding_groups(app: &AppState, at: At) -> Answer<FindingGroups> {
    let view = app.day(at)?;
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

#[specta::specta]
pub fn finding_page(app: &AppState, id: String, at: At) -> Answer<FindingPage> {
    let view = app.day(at)?;
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

#[specta::specta]
pub fn remedy_preview(app: &AppState, id: String, which: u32, at: At) -> Answer<Effect> {
    let view = app.day(at)?;
    let (_, remedy) = remedy(&view, &id, which)?;
    effect(app, &view, remedy.label, remedy.changes)
}

#[specta::specta]
pub fn apply_remedy(app: &AppState, id: String, which: u32, at: At) -> Answer<()> {
    let view = app.day(at)?;
    let (finding, remedy) = remedy(&view, &id, which)?;
    let subject = view.snapshot.plan().name_of(finding.subject);
    let label = format!("Applied “{}” to {subject}", remedy.label);
    drop(view);
    app.apply(label, remedy.changes)
}
