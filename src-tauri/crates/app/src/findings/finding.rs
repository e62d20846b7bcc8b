//! Findings by rule and team, their evidence, and remedies with a preview of the effect.

use headroom_analysis::{
    DayView, Domain, Finding, FindingStatus, RULES, Remedy, Severity, assign::Candidates,
    coverage::HireRequest, has_remedies, remedies,
};
use headroom_model::{Kind, PersonId, TeamId};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    effect::{Effect, effect},
    entities::{entity::NamedEntity, finding::FindingRow, id::Id, severity::Tally},
    error::{Answer, AppError},
    paging::{RowQuery, matches},
    state::AppState,
    table::{CellThing, ColumnValue, TableRows},
};

/// Which findings by what was decided about them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum FindingFilter {
    #[default]
    Open,
    Accepted,
    Snoozed,
    All,
}

impl FindingFilter {
    fn has(self, status: FindingStatus) -> bool {
        match self {
            Self::Open => status == FindingStatus::Open,
            Self::Accepted => status == FindingStatus::Accepted,
            Self::Snoozed => status == FindingStatus::Snoozed,
            Self::All => true,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct FindingQuery {
    pub rows: RowQuery,
    pub rule: String,
    pub team: Option<Id>,
    /// Those about what belongs to a domain.
    pub domain: Option<Id>,
    pub status: FindingFilter,
    /// Those that this person deals with.
    pub assignee: Option<Id>,
    /// Whether findings of one cause are one line.
    pub by_cause: bool,
    /// IDs of the causes whose findings follow them.
    pub opened: Vec<String>,
    /// The findings of every cause follow it.
    pub are_all_opened: bool,
}

/// The findings of the day that match the query, in its order; most severe first by default.
///
/// # Errors
/// If the query names a column that there is not.
pub(super) fn matching<'a>(view: &'a DayView, query: &FindingQuery) -> Answer<Vec<&'a Finding>> {
    FindingTable(view).arranged(sought(view, query), &query.rows)
}

/// Those that match all of the query but for its filters by column.
pub(super) fn sought<'a>(view: &'a DayView, query: &FindingQuery) -> Vec<&'a Finding> {
    let words = query.rows.words();
    let domain = query.domain.map(|domain| Domain::new(&view.snapshot, domain.into()));
    let is_sought = |finding: &&Finding| {
        (query.rule.is_empty() || finding.rule.id == query.rule)
            && query.team.is_none_or(|team| finding.team == Some(TeamId::from(team)))
            && domain.as_ref().is_none_or(|domain| domain.has(finding.subject))
            && is_so(view, finding, query)
            && matches(&words, [finding.message.as_str(), finding.rule.title])
    };
    view.findings().iter().filter(is_sought).collect()
}

/// Findings in columns.
pub(super) struct FindingTable<'a>(pub &'a DayView);

impl<'a> TableRows for FindingTable<'a> {
    type Row = &'a Finding;
    type Shown = FindingRow;
    const COLUMNS: &'static [&'static str] =
        &["severity", "message", "rule", "subject", "type", "team", "weight", "day", "assignee", "until"];

    fn value(&self, finding: &&'a Finding, column: &str) -> ColumnValue {
        let (view, plan) = (self.0, self.0.snapshot.plan());
        match column {
            "severity" => ColumnValue::severity(finding.severity.into()),
            "rule" => ColumnValue::one(Some(CellThing::ranked(0, finding.rule.id, finding.rule.title))),
            "subject" => ColumnValue::entities([NamedEntity::new(plan, finding.subject)]),
            "type" => ColumnValue::word(finding.subject.kind.noun()),
            "team" => ColumnValue::entities(finding.team.map(|team| NamedEntity::new(plan, team))),
            "weight" => ColumnValue::count(finding.weight),
            "day" => ColumnValue::Day(finding.day),
            "assignee" => {
                let assignee = view.reviewed(finding).review.and_then(|review| review.assignee);
                ColumnValue::entities(assignee.map(|person| NamedEntity::new(plan, person)))
            }
            "until" => ColumnValue::Day(view.reviewed(finding).review.and_then(|review| review.until)),
            _ => ColumnValue::word(&finding.message),
        }
    }

    fn show(&self, finding: &&'a Finding) -> FindingRow {
        FindingRow::new(self.0, finding)
    }
}

/// Whether it stands as the query asks.
fn is_so(view: &DayView, finding: &Finding, query: &FindingQuery) -> bool {
    let reviewed = view.reviewed(finding);
    let assignee = reviewed.review.and_then(|review| review.assignee);
    query.status.has(reviewed.status)
        && query.assignee.is_none_or(|person| assignee == Some(PersonId::from(person)))
}

/// All findings of a rule, of a team, or that somebody deals with.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingGroup {
    pub rule: Option<String>,
    pub team: Option<NamedEntity>,
    pub assignee: Option<NamedEntity>,
    pub title: String,
    pub findings: Tally,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingGroups {
    pub by_rule: Vec<FindingGroup>,
    pub by_team: Vec<FindingGroup>,
    pub by_assignee: Vec<FindingGroup>,
    pub critical: u32,
    pub high: u32,
    pub medium: u32,
    pub low: u32,
    /// Of all findings of the day, whatever was asked for.
    pub open: u32,
    pub accepted: u32,
    pub snoozed: u32,
}

/// The findings that stand so, by rule, team and assignee; of a domain, only those about what belongs to it.
#[specta::specta]
pub fn finding_groups(
    app: &AppState,
    status: FindingFilter,
    domain: Option<Id>,
    at: At,
) -> Answer<FindingGroups> {
    let view = app.day(at)?;
    let query = FindingQuery { status, domain, ..FindingQuery::default() };
    let found = sought(&view, &query);
    let count = |severity| found.iter().filter(|finding| finding.severity == severity).count() as u32;
    let counts = view.status_counts();
    Ok(FindingGroups {
        by_rule: by_rule(&found),
        by_team: by_team(&view, &found),
        by_assignee: by_assignee(&view, &found),
        critical: count(Severity::Critical),
        high: count(Severity::High),
        medium: count(Severity::Medium),
        low: count(Severity::Low),
        open: counts.open as u32,
        accepted: counts.accepted as u32,
        snoozed: counts.snoozed as u32,
    })
}

fn by_rule(found: &[&Finding]) -> Vec<FindingGroup> {
    let groups = RULES.iter().map(|rule| {
        let of_rule = found.iter().copied().filter(|finding| finding.rule.id == rule.id);
        FindingGroup {
            rule: Some(rule.id.to_owned()),
            team: None,
            assignee: None,
            title: rule.title.to_owned(),
            findings: Tally::of(of_rule),
        }
    });
    worst_first(groups.filter(|group| group.findings.count > 0).collect())
}

fn by_team(view: &DayView, found: &[&Finding]) -> Vec<FindingGroup> {
    let plan = view.snapshot.plan();
    let tallies = tallies(found, |finding| Some(finding.team));
    let mut tallies: Vec<_> = tallies.into_iter().collect();
    tallies.sort_by_key(|(team, _)| team.map(|team| plan.place_of(team)));
    let group = |(team, findings): (Option<TeamId>, Tally)| FindingGroup {
        rule: None,
        title: team.map_or_else(|| "No team".to_owned(), |team| plan.name_of(team.into())),
        team: team.map(|team| NamedEntity::new(plan, team)),
        assignee: None,
        findings,
    };
    worst_first(tallies.into_iter().map(group).collect())
}

/// Those that nobody deals with are in no group.
fn by_assignee(view: &DayView, found: &[&Finding]) -> Vec<FindingGroup> {
    let plan = view.snapshot.plan();
    let assignee = |finding: &Finding| view.reviewed(finding).review.and_then(|review| review.assignee);
    let mut tallies: Vec<_> = tallies(found, assignee).into_iter().collect();
    tallies.sort_by_key(|(person, _)| plan.place_of(*person));
    let group = |(person, findings): (PersonId, Tally)| FindingGroup {
        rule: None,
        team: None,
        title: plan.name_of(person.into()),
        assignee: Some(NamedEntity::new(plan, person)),
        findings,
    };
    worst_first(tallies.into_iter().map(group).collect())
}

fn tallies<K: Eq + std::hash::Hash>(
    found: &[&Finding],
    key: impl Fn(&Finding) -> Option<K>,
) -> FxHashMap<K, Tally> {
    let mut tallies: FxHashMap<K, Tally> = FxHashMap::default();
    for finding in found {
        if let Some(key) = key(finding) {
            tallies.entry(key).or_default().add(finding.severity);
        }
    }
    tallies
}

/// Stable, so that equal ones stay in their order.
fn worst_first(mut groups: Vec<FindingGroup>) -> Vec<FindingGroup> {
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
        finding: FindingRow::new(&view, finding),
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
