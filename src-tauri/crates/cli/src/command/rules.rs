//! `headroom rules`.

use std::process::ExitCode;

use headroom_analysis::{RULES, Rule, has_remedies, rule};
use serde_json::json;

use super::{Outcome, print_json};
use crate::{
    error::CliError,
    screen::{STRONG, println},
};

pub fn run(id: Option<&str>, as_json: bool) -> Outcome {
    let one = id.map(|id| rule(id).ok_or_else(|| CliError::UnknownRule(id.to_owned()))).transpose()?;
    match (one, as_json) {
        (Some(rule), true) => print_json(&as_value(rule))?,
        (None, true) => print_json(&RULES.iter().copied().map(as_value).collect::<Vec<_>>())?,
        (Some(rule), false) => explain(rule),
        (None, false) => {
            for rule in RULES {
                println!("{:<22} {:<9} {}", rule.id, rule.severity.label(), rule.title);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn explain(rule: &Rule) {
    println!("{STRONG}{}{} ({}, {})", rule.title, STRONG.render_reset(), rule.id, rule.severity.label());
    println!("\n{}\n\nRecommended fix: {}", rule.why, rule.fix);
    for threshold in rule.thresholds {
        println!(
            "\nrule.{}.{} = {}: {} ({})",
            rule.id, threshold.name, threshold.default, threshold.meaning, threshold.source
        );
    }
    println!("\nReference: {}\n{}", rule.source.text, rule.source.url);
}

fn as_value(rule: &Rule) -> serde_json::Value {
    json!({
        "id": rule.id, "title": rule.title, "severity": rule.severity, "why": rule.why, "fix": rule.fix,
        "source": rule.source, "thresholds": rule.thresholds, "has_remedy": has_remedies(rule),
    })
}
