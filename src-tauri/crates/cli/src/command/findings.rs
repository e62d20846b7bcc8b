//! `headroom findings`.

use std::{path::PathBuf, process::ExitCode};

use headroom_analysis::{Context, Facts, Finding, Policy, RULES, Severity, findings, rule};
use headroom_model::Plan;
use serde_json::{Value, json};

use super::{Outcome, count_of, entity_value, open, print_json, sarif};
use crate::{
    arguments::{Deny, Findings, Output},
    error::CliError,
    screen::{CAUTION, FAULT, QUIET, STRONG, eprintln, println, while_waiting},
};

pub fn run(arguments: &Findings) -> Outcome {
    if let Some(unknown) = arguments.rule.iter().find(|id| rule(id).is_none()) {
        return Err(CliError::UnknownRule(unknown.clone()));
    }
    let store = open(&arguments.plan)?;
    let day = arguments.day.or_today();
    let plan = store.plan();
    let (is_empty, mut found) = while_waiting("checking the rules", || {
        let snapshot = plan.as_of(day);
        let is_empty = snapshot.service_count() + snapshot.team_count() + snapshot.person_count() == 0;
        let (facts, policy) = (Facts::new(&snapshot), Policy::from_plan(plan));
        (is_empty, findings(&Context::new(&snapshot, &facts, &policy)))
    });
    found
        .retain(|finding| arguments.rule.is_empty() || arguments.rule.iter().any(|id| id == finding.rule.id));
    match arguments.format {
        Output::Text if is_empty => {}
        Output::Text => print_text(&found, arguments.limit),
        Output::Json => {
            let rows: Vec<Value> = found.iter().map(|finding| as_value(plan, finding)).collect();
            print_json(&json!({"as_of": day, "count": found.len(), "findings": rows}))?;
        }
        Output::Sarif => print_sarif(plan, &found, &arguments.sources)?,
    }
    if is_empty {
        let what = format!("nothing to check: the plan has no teams, people or services on {day}");
        return Err(CliError::NothingToDo(what));
    }
    let is_denied =
        arguments.deny.is_some_and(|deny| found.iter().any(|finding| finding.severity >= severity(deny)));
    Ok(if is_denied { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn print_sarif(plan: &Plan, found: &[Finding], sources: &[PathBuf]) -> Result<(), CliError> {
    let defined = (!sources.is_empty()).then(|| sarif::Defined::in_files(plan, sources)).transpose()?;
    let (log, left_out) = sarif::log(plan, found, defined.as_ref());
    print_json(&log)?;
    if defined.is_none() && !found.is_empty() {
        eprintln!(
            "no result names a file, so GitHub will reject this log: name the files that define the plan with --sources"
        );
    }
    if left_out > 0 && left_out == found.len() {
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
fn print_text(found: &[Finding], limit: usize) {
    let mut rules: Vec<_> = RULES
        .iter()
        .map(|rule| (rule, found.iter().filter(|finding| finding.rule.id == rule.id).collect::<Vec<_>>()))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    rules.sort_by_key(|(_, found)| std::cmp::Reverse(found.iter().map(|finding| finding.severity).max()));
    for (rule, found) in rules {
        let worst = found.iter().map(|finding| finding.severity).max().unwrap_or(rule.severity);
        let style = if worst >= Severity::High { FAULT } else { CAUTION };
        println!(
            "{style}{:<8}{} {STRONG}{}{} ({}, {})",
            worst.label(),
            style.render_reset(),
            rule.title,
            STRONG.render_reset(),
            rule.id,
            found.len()
        );
        let shown = if limit == 0 { found.len() } else { limit };
        for finding in found.iter().take(shown) {
            let dependents = match finding.weight {
                0 => String::new(),
                weight => format!(" · {}", count_of(weight as usize, "dependent")),
            };
            println!("         {}{QUIET}{dependents}{}", finding.message, QUIET.render_reset());
        }
        if found.len() > shown {
            println!(
                "{QUIET}         and {} more (--limit 0 lists all){}",
                found.len() - shown,
                QUIET.render_reset()
            );
        }
    }
    println!(
        "{}",
        if found.is_empty() { "no findings".to_owned() } else { count_of(found.len(), "finding") }
    );
}

fn as_value(plan: &Plan, finding: &Finding) -> Value {
    let evidence: Vec<Value> = finding
        .evidence
        .iter()
        .map(|evidence| {
            let entities: Vec<Value> =
                evidence.entities.iter().map(|entity| entity_value(plan, *entity)).collect();
            json!({"label": evidence.label, "text": evidence.text, "entities": entities})
        })
        .collect();
    json!({
        "id": finding.id, "rule": finding.rule.id, "severity": finding.severity, "message": finding.message,
        "subject": entity_value(plan, finding.subject), "dependents": finding.weight,
        "on": finding.day, "team": finding.team.map(|team| entity_value(plan, team.into())), "evidence": evidence,
    })
}
