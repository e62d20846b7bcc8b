//! `headroom findings`.

use std::{path::PathBuf, process::ExitCode};

use chrono::NaiveDate;
use headroom_analysis::{
    Context, Facts, Finding, FindingStatus, Policy, RULES, Reviewed, Severity, StatusCounts, findings,
    reviewed, rule,
};
use headroom_app::scenarios::standings::scenario_standings;
use headroom_model::{FindingReview, Plan, wording};
use serde_json::{Value, json};

use super::{
    Outcome,
    baseline::{Baseline, Since},
    count_of, entity_value, open, print_json, sarif,
};
use crate::{
    arguments::{Deny, Findings, Output},
    error::CliError,
    screen::{CAUTION, FAULT, QUIET, STRONG, eprintln, println, while_waiting},
};

/// What is printed, each with how it stands on the day and to the baseline.
pub struct CheckedFindings<'p> {
    pub plan: &'p Plan,
    pub day: NaiveDate,
    pub findings: Vec<Finding>,
    pub baseline: Option<Baseline>,
    /// The IDs of what the baseline has and is found no more.
    resolved: Vec<String>,
}

impl CheckedFindings<'_> {
    pub fn reviewed(&self, finding: &Finding) -> Reviewed<'_> {
        reviewed(self.plan, finding, self.day)
    }

    pub fn since(&self, finding: &Finding) -> Option<Since> {
        self.baseline.as_ref().map(|baseline| baseline.since(finding))
    }

    fn count(&self, since: Since) -> usize {
        self.findings.iter().filter(|finding| self.since(finding) == Some(since)).count()
    }

    fn counts(&self) -> StatusCounts {
        StatusCounts::of(self.findings.iter().map(|finding| self.reviewed(finding).status))
    }
}

pub fn run(arguments: &Findings) -> Outcome {
    if let Some(unknown) = arguments.rule.iter().find(|id| rule(id).is_none()) {
        return Err(CliError::UnknownRule(unknown.clone()));
    }
    let baseline = arguments.baseline.as_deref().map(Baseline::read).transpose()?;
    let mut store = open(&arguments.plan)?;
    let day = arguments.day.or_today();
    let scenarios = scenario_standings(&mut store, day)?;
    let plan = store.plan();
    let (is_empty, mut findings) = while_waiting("checking the rules", || {
        let snapshot = plan.as_of(day);
        let is_empty = snapshot.service_count() + snapshot.team_count() + snapshot.person_count() == 0;
        let (facts, policy) = (Facts::new(&snapshot), Policy::from_plan(plan));
        (is_empty, findings(&Context::new(&snapshot, &facts, &policy).with_scenarios(&scenarios)))
    });
    findings
        .retain(|finding| arguments.rule.is_empty() || arguments.rule.iter().any(|id| id == finding.rule.id));
    let mut baseline = baseline.map(|baseline| baseline.of_rules(&arguments.rule));
    if arguments.open {
        baseline = baseline.map(Baseline::open_only);
    }
    // What is accepted meanwhile is not resolved.
    let resolved = baseline.as_ref().map(|baseline| baseline.resolved(&findings)).unwrap_or_default();
    let mut found = CheckedFindings { plan, day, findings, baseline, resolved };
    let counts = found.counts();
    if arguments.open {
        found.findings.retain(|finding| reviewed(plan, finding, day).is_open());
    }
    match arguments.format {
        Output::Text if is_empty => {}
        Output::Text => print_text(&found, counts, arguments),
        Output::Json => print_json(&as_document(&found, counts))?,
        Output::Sarif => print_sarif(&found, &arguments.sources)?,
    }
    if is_empty {
        let what = format!("nothing to check: the plan has no teams, people or services on {day}");
        return Err(CliError::NothingToDo(what));
    }
    let is_denied = |deny: Deny| {
        let counts = |finding: &&Finding| found.since(finding) != Some(Since::Unchanged);
        found.findings.iter().filter(counts).any(|finding| finding.severity >= severity(deny))
    };
    Ok(if arguments.deny.is_some_and(is_denied) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn print_sarif(found: &CheckedFindings<'_>, sources: &[PathBuf]) -> Result<(), CliError> {
    let defined = (!sources.is_empty()).then(|| sarif::Defined::in_files(found.plan, sources)).transpose()?;
    let (log, left_out) = sarif::log(found, defined.as_ref());
    print_json(&log)?;
    let count = found.findings.len();
    if defined.is_none() && count > 0 {
        eprintln!(
            "no result names a file, so GitHub will reject this log: name the files that define the plan with --sources"
        );
    }
    if left_out > 0 && left_out == count {
        let what = "no results left: the sources define none of the subjects of the findings";
        return Err(CliError::NothingToDo(what.to_owned()));
    }
    if left_out > 0 {
        let left_out = count_of(left_out, "finding");
        eprintln!("{left_out} left out: a result must name a file, and no source defines the subject");
    }
    Ok(())
}

fn severity(deny: Deny) -> Severity {
    match deny {
        Deny::Low => Severity::Low,
        Deny::Medium => Severity::Medium,
        Deny::High => Severity::High,
        Deny::Critical => Severity::Critical,
    }
}

/// By rule, most severe first; within a rule, most dependents first.
fn print_text(found: &CheckedFindings<'_>, counts: StatusCounts, arguments: &Findings) {
    let mut rules: Vec<_> = RULES
        .iter()
        .map(|rule| {
            let of_rule = found.findings.iter().filter(|finding| finding.rule.id == rule.id);
            (rule, of_rule.collect::<Vec<_>>())
        })
        .filter(|(_, of_rule)| !of_rule.is_empty())
        .collect();
    rules.sort_by_key(|(_, found)| std::cmp::Reverse(found.iter().map(|finding| finding.severity).max()));
    for (rule, of_rule) in rules {
        let worst = of_rule.iter().map(|finding| finding.severity).max().unwrap_or(rule.severity);
        let style = if worst >= Severity::High { FAULT } else { CAUTION };
        println!(
            "{style}{:<8}{} {STRONG}{}{} ({}, {})",
            worst.label(),
            style.render_reset(),
            rule.title,
            STRONG.render_reset(),
            rule.id,
            of_rule.len()
        );
        let shown = if arguments.limit == 0 { of_rule.len() } else { arguments.limit };
        for finding in of_rule.iter().take(shown) {
            println!(
                "         {}{QUIET}{}{}",
                finding.message,
                remarks(found, finding),
                QUIET.render_reset()
            );
        }
        if of_rule.len() > shown {
            println!(
                "{QUIET}         and {} more (--limit 0 lists all){}",
                of_rule.len() - shown,
                QUIET.render_reset()
            );
        }
    }
    println!("{}", summary(found.findings.len(), counts, arguments.open));
    if found.baseline.is_some() {
        println!(
            "{} new, {} worse, {} unchanged, {} resolved since the baseline",
            found.count(Since::New),
            found.count(Since::Worse),
            found.count(Since::Unchanged),
            found.resolved.len()
        );
    }
}

/// What stands behind a finding: ` · 3 dependents · accepted until 31 Dec 2027 · new`.
fn remarks(found: &CheckedFindings<'_>, finding: &Finding) -> String {
    let reviewed = found.reviewed(finding);
    let dependents = (finding.weight > 0).then(|| count_of(finding.weight as usize, "dependent"));
    let status = (!reviewed.is_open()).then(|| {
        let until = reviewed.review.and_then(|review| review.until);
        let until = until.map(|day| format!(" until {}", wording::date(day))).unwrap_or_default();
        format!("{}{until}", reviewed.status.name())
    });
    let since = found.since(finding).filter(|since| *since != Since::Unchanged);
    let since = since.map(|since| since.name().to_owned());
    [dependents, status, since].into_iter().flatten().map(|remark| format!(" · {remark}")).collect()
}

/// However few are listed, it says how many are accepted or snoozed.
fn summary(listed: usize, counts: StatusCounts, is_open_only: bool) -> String {
    let count = |noun: &str| match listed {
        0 => format!("no {noun}s"),
        listed => count_of(listed, noun),
    };
    match (counts.in_words(), is_open_only) {
        (None, false) => count("finding"),
        (None, true) => count("open finding"),
        (Some(decided), false) => format!("{}: {} open, {decided}", count("finding"), counts.open),
        (Some(decided), true) => format!("{}; {decided}", count("open finding")),
    }
}

fn as_document(found: &CheckedFindings<'_>, counts: StatusCounts) -> Value {
    let rows: Vec<Value> = found.findings.iter().map(|finding| as_value(found, finding)).collect();
    let mut document = json!({
        "as_of": found.day, "count": found.findings.len(), "open": counts.open, "accepted": counts.accepted,
        "snoozed": counts.snoozed, "findings": rows,
    });
    if found.baseline.is_some() {
        document["since_baseline"] = json!({
            "new": found.count(Since::New), "worse": found.count(Since::Worse),
            "unchanged": found.count(Since::Unchanged), "resolved": found.resolved,
        });
    }
    document
}

fn as_value(found: &CheckedFindings<'_>, finding: &Finding) -> Value {
    let plan = found.plan;
    let evidence: Vec<Value> = finding
        .evidence
        .iter()
        .map(|evidence| {
            let entities: Vec<Value> =
                evidence.entities.iter().map(|entity| entity_value(plan, *entity)).collect();
            json!({"label": evidence.label, "text": evidence.text, "entities": entities})
        })
        .collect();
    let reviewed = found.reviewed(finding);
    let mut value = json!({
        "id": finding.id, "rule": finding.rule.id, "severity": finding.severity, "message": finding.message,
        "subject": entity_value(plan, finding.subject), "dependents": finding.weight,
        "on": finding.day, "team": finding.team.map(|team| entity_value(plan, team.into())), "evidence": evidence,
        "status": reviewed.status.name(), "review": reviewed.review.map(|review| review_value(plan, review)),
    });
    if let Some(since) = found.since(finding) {
        value["since_baseline"] = since.name().into();
    }
    value
}

/// What was decided, also where it does not hold any more.
fn review_value(plan: &Plan, review: &FindingReview) -> Value {
    json!({
        "decision": review.decision.map(|decision| FindingStatus::from(decision).name()),
        "reason": review.reason, "decided": review.decided, "until": review.until, "severity": review.severity,
        "assignee": review.assignee.map(|person| entity_value(plan, person.into())),
        "comments": review.comments,
    })
}
