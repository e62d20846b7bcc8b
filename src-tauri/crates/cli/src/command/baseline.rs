//! An earlier output of `headroom findings`, with which today's findings are compared: what is new, what is worse, what is
//! resolved since.

use std::{fs, path::Path};

use headroom_analysis::{Finding, FindingStatus, Severity};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::sarif::FINGERPRINT;
use crate::error::CliError;

/// How a finding stands to the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// The baseline does not have it.
    New,
    /// It is more severe than in the baseline.
    Worse,
    Unchanged,
}

impl Since {
    /// Name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Since::New => "new",
            Since::Worse => "worse",
            Since::Unchanged => "unchanged",
        }
    }

    /// Name of the `baselineState` in SARIF.
    pub fn in_sarif(self) -> &'static str {
        match self {
            Since::New => "new",
            Since::Worse => "updated",
            Since::Unchanged => "unchanged",
        }
    }
}

/// The findings of an earlier output.
#[derive(Debug, Default)]
pub struct Baseline(FxHashMap<String, Known>);

#[derive(Debug)]
struct Known {
    rule: String,
    /// None if the output does not say it: then whatever is found now is worse.
    severity: Option<Severity>,
    is_open: bool,
}

impl Baseline {
    /// Reads JSON or SARIF.
    ///
    /// # Errors
    /// [`CliError::Baseline`] if the file cannot be read, or is neither.
    pub fn read(file: &Path) -> Result<Self, CliError> {
        let fail = |why: String| CliError::Baseline { file: file.to_owned(), why };
        let text = fs::read_to_string(file).map_err(|error| fail(error.to_string()))?;
        let document: Value = serde_json::from_str(&text).map_err(|error| fail(error.to_string()))?;
        let advice = "it is no output of `headroom findings` with --format json or sarif";
        Self::of(&document).ok_or_else(|| fail(advice.to_owned()))
    }

    fn of(document: &Value) -> Option<Self> {
        let known: FxHashMap<String, Known> = match document["findings"].as_array() {
            Some(findings) => findings.iter().map(of_json).collect::<Option<_>>()?,
            None => {
                let is_ours = |run: &&Value| run["tool"]["driver"]["name"] == "Headroom";
                let runs = document["runs"].as_array()?.iter().filter(is_ours);
                let results = runs.map(|run| run["results"].as_array()).collect::<Option<Vec<_>>>()?;
                (!results.is_empty()).then_some(())?;
                results.into_iter().flatten().map(of_sarif).collect::<Option<_>>()?
            }
        };
        Some(Self(known))
    }

    /// Leaves out what did not count as open.
    pub fn open_only(mut self) -> Self {
        self.0.retain(|_, known| known.is_open);
        self
    }

    pub fn of_rules(mut self, rules: &[String]) -> Self {
        self.0.retain(|_, known| rules.is_empty() || rules.contains(&known.rule));
        self
    }

    pub fn since(&self, finding: &Finding) -> Since {
        match self.0.get(&finding.id) {
            None => Since::New,
            Some(known) if known.severity.is_some_and(|then| finding.severity <= then) => Since::Unchanged,
            Some(_) => Since::Worse,
        }
    }

    /// The IDs of what is no longer among the findings, in order.
    pub fn resolved(&self, found: &[Finding]) -> Vec<String> {
        let now: FxHashSet<&str> = found.iter().map(|finding| finding.id.as_str()).collect();
        let mut gone: Vec<String> = self.0.keys().filter(|id| !now.contains(id.as_str())).cloned().collect();
        gone.sort_unstable();
        gone
    }
}

fn of_json(finding: &Value) -> Option<(String, Known)> {
    let known = Known {
        rule: finding["rule"].as_str()?.to_owned(),
        severity: finding["severity"].as_str().and_then(Severity::from_name),
        // Outputs from before there were decisions do not say it.
        is_open: finding["status"].as_str().is_none_or(|status| status == FindingStatus::Open.name()),
    };
    Some((finding["id"].as_str()?.to_owned(), known))
}

fn of_sarif(result: &Value) -> Option<(String, Known)> {
    let mut tags = result["properties"]["tags"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let known = Known {
        rule: result["ruleId"].as_str()?.to_owned(),
        severity: tags.find_map(Severity::from_name),
        is_open: result["suppressions"].as_array().is_none_or(Vec::is_empty),
    };
    Some((result["partialFingerprints"][FINGERPRINT].as_str()?.to_owned(), known))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn neither_json_nor_sarif_of_findings_is_no_baseline() {
        for other in [
            json!([]),
            json!({}),
            json!({"findings": [{"message": "without an ID"}]}),
            json!({"runs": [{"tool": {"driver": {"name": "other"}}, "results": []}]}),
            json!({"runs": [{"tool": {"driver": {"name": "Headroom"}}, "results": [{"ruleId": "x"}]}]}),
        ] {
            assert!(Baseline::of(&other).is_none(), "{other}");
        }
        assert!(Baseline::of(&json!({"findings": []})).is_some(), "nothing was found");
    }

    #[test]
    fn both_formats_say_what_was_open() {
        let finding = json!({"id": "a/b", "rule": "a", "severity": "high", "status": "accepted"});
        let result = json!({"ruleId": "a", "partialFingerprints": {FINGERPRINT: "a/b"},
            "properties": {"tags": ["high", "service"]}, "suppressions": [{"kind": "external"}]});
        let log = json!({"runs": [{"tool": {"driver": {"name": "Headroom"}}, "results": [result]}]});
        for document in [json!({"findings": [finding]}), log] {
            let baseline = Baseline::of(&document).unwrap();
            assert_eq!(baseline.0["a/b"].severity, Some(Severity::High));
            assert!(!baseline.0["a/b"].is_open);
            assert_eq!(baseline.resolved(&[]), ["a/b"]);
            assert!(baseline.open_only().resolved(&[]).is_empty());
        }
    }
}
