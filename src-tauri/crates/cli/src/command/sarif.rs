//! Findings in the Static Analysis Results Interchange Format, version 2.1.0, for code review and CI.
//! https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

use headroom_analysis::{Finding, RULES, Rule, Severity};
use headroom_model::Plan;
use serde_json::{Value, json};

pub fn log(plan: &Plan, found: &[Finding]) -> Value {
    let results: Vec<Value> = found.iter().map(|finding| result(plan, finding)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Headroom",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().copied().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    })
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.fix},
        "helpUri": rule.source.url,
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn result(plan: &Plan, finding: &Finding) -> Value {
    json!({
        "ruleId": finding.rule.id,
        "ruleIndex": RULES.iter().position(|rule| rule.id == finding.rule.id),
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [{"logicalLocations": [{
            "name": plan.name_of(finding.subject),
            "fullyQualifiedName": format!("{}:{}", finding.subject.kind.noun(), plan.key_of(finding.subject)),
            "kind": finding.subject.kind.noun(),
        }]}],
        "partialFingerprints": {"headroomFinding/v1": finding.id},
        "properties": {"dependents": finding.weight},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}
