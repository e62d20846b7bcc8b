//! Findings in SARIF 2.1.0 (Static Analysis Results Interchange Format), for code review and CI.
//! https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

use std::path::{Path, PathBuf};

use headroom_analysis::{Finding, RULES, Reviewed, Rule, Severity};
use headroom_exchange::{ReadOptions, read_parts};
use headroom_files::{Place, ReadError, records::Records};
use headroom_model::{
    EntityRef, EntityTable, Grouping, GroupingKind, Person, Plan, Service, Team, wording::capitalized,
};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::findings::CheckedFindings;

/// The name under which a result has the ID of its finding.
pub const FINGERPRINT: &str = "headroomFinding/v1";

/// Where the subjects of findings are defined. The plan does not store it.
#[derive(Debug, Default)]
pub struct Defined(FxHashMap<EntityRef, Place>);

impl Defined {
    /// Finds the definitions of a plan's entities in its sources.
    ///
    /// # Errors
    /// [`ReadError`] if none of the sources can be read.
    pub fn in_files(plan: &Plan, sources: &[PathBuf]) -> Result<Self, ReadError> {
        let mut defined = Self::default();
        for source in sources {
            let parts = read_parts(std::slice::from_ref(source), None, &ReadOptions::default())?;
            parts.iter().for_each(|part| defined.take(plan, &part.records));
        }
        Ok(defined)
    }

    fn take(&mut self, plan: &Plan, records: &Records) {
        let mut put = |id: Option<EntityRef>, place: &Place| {
            if let Some(id) = id {
                self.0.entry(id).or_insert_with(|| place.clone());
            }
        };
        fn id<T: EntityTable<Id: Into<EntityRef>>>(
            plan: &Plan,
            space: &'static str,
            key: &str,
        ) -> Option<EntityRef> {
            plan.find_in::<T>(space, key).map(Into::into)
        }
        records.services.iter().for_each(|row| put(id::<Service>(plan, "", &row.key), &row.place));
        records.teams.iter().for_each(|row| put(id::<Team>(plan, "", &row.key), &row.place));
        records.people.iter().for_each(|row| put(id::<Person>(plan, "", &row.key), &row.place));
        for row in &records.groupings {
            let space = match row.kind {
                GroupingKind::System => GroupingKind::System.noun(),
                GroupingKind::Domain => GroupingKind::Domain.noun(),
            };
            put(id::<Grouping>(plan, space, &row.key), &row.place);
        }
    }
}

/// The log, and the number of findings left out: code scanning refuses a whole log if one result has no file. Without
/// sources no result has one, and none is left out.
pub fn log(found: &CheckedFindings<'_>, defined: Option<&Defined>) -> (Value, usize) {
    let results: Vec<Value> =
        found.findings.iter().filter_map(|finding| result(found, finding, defined)).collect();
    let left_out = found.findings.len() - results.len();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Headroom",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().copied().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    (log, left_out)
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": format!("{} Source: {}.", rule.fix, rule.source.text)},
        "helpUri": rule.source.url,
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": ["ownership", rule.severity.name()]},
    })
}

/// None if the place of the subject's definition is not known.
fn result(found: &CheckedFindings<'_>, finding: &Finding, defined: Option<&Defined>) -> Option<Value> {
    let plan = found.plan;
    let place = match defined {
        Some(defined) => Some(defined.0.get(&finding.subject)?),
        None => None,
    };
    let mut tags = vec![finding.severity.name().to_owned(), finding.subject.kind.noun().to_owned()];
    tags.extend(finding.team.map(|team| format!("team:{}", plan.key_of(team.into()))));
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": RULES.iter().position(|rule| rule.id == finding.rule.id),
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [location(plan, finding.subject, place)],
        "partialFingerprints": {FINGERPRINT: finding.id},
        "properties": {"tags": tags, "dependents": finding.weight},
        "suppressions": suppressions(&found.reviewed(finding)),
    });
    if let Some(since) = found.since(finding) {
        result["baselineState"] = since.in_sarif().into();
    }
    Some(result)
}

/// One for what is accepted or snoozed. An empty list says of an open finding that it is not suppressed.
fn suppressions(reviewed: &Reviewed<'_>) -> Vec<Value> {
    let Some(review) = reviewed.review.filter(|_| !reviewed.is_open()) else { return Vec::new() };
    let until = review.until.map(|day| format!(" until {day}")).unwrap_or_default();
    let reason = if review.reason.is_empty() { String::new() } else { format!(": {}", review.reason) };
    let status = capitalized(reviewed.status.name());
    let justification = format!("{status}{until}{reason}");
    vec![json!({"kind": "external", "status": "accepted", "justification": justification})]
}

/// The subject and, with sources, the line that defines it.
fn location(plan: &Plan, subject: EntityRef, place: Option<&Place>) -> Value {
    let noun = subject.kind.noun();
    let mut location = json!({"logicalLocations": [{
        "name": plan.name_of(subject),
        "fullyQualifiedName": format!("{noun}:{}", plan.key_of(subject)),
        "kind": noun,
    }]});
    if let Some(place) = place {
        location["physicalLocation"] = physical(place);
    }
    location
}

fn physical(place: &Place) -> Value {
    // Code scanning needs a line, even for a whole file.
    let mut region = json!({"startLine": place.line.max(1)});
    if place.line > 0 && place.column > 0 {
        region["startColumn"] = place.column.into();
    }
    json!({"artifactLocation": artifact(Path::new(&*place.file)), "region": region})
}

/// Characters to escape in the path of a URI.
const NOT_IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'[')
    .add(b']')
    .add(b'^')
    .add(b'|')
    .add(b'\\')
    .add(b':');

/// The path relative to the current folder, as code review needs it.
fn artifact(path: &Path) -> Value {
    let here = std::env::current_dir().unwrap_or_default();
    let below = path.strip_prefix(&here).unwrap_or(path);
    let text = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let uri = utf8_percent_encode(text.trim_start_matches("./"), NOT_IN_PATHS).to_string();
    if below.is_absolute() {
        json!({"uri": format!("file://{uri}")})
    } else {
        json!({"uri": uri, "uriBaseId": "%SRCROOT%"})
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}
