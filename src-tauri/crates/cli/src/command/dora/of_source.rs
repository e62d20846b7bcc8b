//! What the deployments of a source show that figures by month cannot: pairs, weeks and the whole of it.

use std::{collections::BTreeMap, process::ExitCode};

use chrono::DateTime;
use headroom_exchange::{ReadOptions, read_deployment_history};
use headroom_figures_import::{
    DeploymentFrequency, DeploymentHistory, DeploymentMeasures, DeploymentParts, Median, day_of,
    deployment_words,
};
use headroom_hr_import::TableOptions;
use serde_json::{Map, Value, json};

use crate::{
    arguments::DoraArguments,
    command::{Outcome, import::print_problems, print_json, today},
    screen::{QUIET, STRONG, println, while_waiting},
};

pub fn run(arguments: &DoraArguments) -> Outcome {
    let tables = TableOptions { today: Some(today()), ..TableOptions::default() };
    let options =
        ReadOptions { tables, deployments: arguments.deployments.reading(), ..ReadOptions::default() };
    let (history, problems) =
        while_waiting("reading", || read_deployment_history(&arguments.source, &options))?;
    let parts = DeploymentParts::of(&history);
    if arguments.json {
        let mut report = as_value(&parts);
        report["problems"] = json!(problems);
        print_json(&report)?;
    } else {
        print_problems(&problems);
        print_text(&parts);
    }
    Ok(ExitCode::SUCCESS)
}

const SECONDS_AN_HOUR: i128 = 3600;

fn hours(median: Option<Median>) -> Option<f64> {
    median?.over(SECONDS_AN_HOUR, 9).parse().ok()
}

fn number(median: Option<Median>) -> Option<f64> {
    median?.over(1, 1).parse().ok()
}

fn measures_value(parts: &DeploymentParts<'_>, measures: &DeploymentMeasures) -> Value {
    let knows_failures = parts.history.knows_failures();
    let rate = (knows_failures && measures.deployments > 0)
        .then(|| measures.failed as f64 / measures.deployments as f64);
    let knows_rework = parts.knows_rework();
    json!({
        "deployments": measures.deployments,
        "days_with_deployment": measures.days.len(),
        "lead_time_median_h": hours(measures.lead_time()),
        "lead_time_median_h_without_bots": hours(measures.lead_time_without_bots()),
        "commits": measures.commits(),
        "failed": knows_failures.then_some(measures.failed),
        "change_failure_rate": rate,
        "recovery_median_h": hours(measures.recovery()),
        "rework": knows_rework.then_some(measures.rework),
    })
}

fn as_value(parts: &DeploymentParts<'_>) -> Value {
    let history = parts.history;
    let all = parts.together(|_| true);
    let ids = |pairs: Vec<(usize, Option<usize>)>| -> Map<String, Value> {
        let id = |at: usize| history.deployments[at].id.clone();
        pairs.into_iter().map(|(at, by)| (id(at), json!(by.map(id)))).collect()
    };
    let failed = parts.failures.failed.iter().map(|(at, failure)| (*at, failure.reverted_by));
    let time = |seconds: i64| DateTime::from_timestamp(seconds, 0).map(|time| time.to_rfc3339());
    let frequency = DeploymentFrequency::of(&all.days);
    json!({
        "all": measures_value(parts, &all),
        "negative_lead_times": all.negative_lead_times(),
        "bots": all.by_bots(),
        "reverts_caught_before": parts.failures.caught_before,
        "reverts_of_unknown": parts.failures.of_unknown,
        "first": history.ends().map(|(first, _)| time(first)),
        "last": history.ends().map(|(_, last)| time(last)),
        "frequency": frequency.map(|frequency| json!({
            "weeks": frequency.weeks,
            "median": number(frequency.median),
            "bucket": frequency.bucket.words(),
        })),
        "failed": ids(failed.collect()),
        "months": by(parts, |at| day_of(history.deployments[at].finished).format("%Y-%m").to_string()),
        "services": by(parts, |at| history.deployments[at].service.clone()),
        "rows": history.rows,
        "by_environment": counts(&history.environments),
        "by_result": counts(&history.results),
        "incidents": history.incidents.as_ref().map(|incidents| incidents.rows),
        "relationships": relationships(history),
        "assumed": history.assumed,
    })
}

/// The measures of each group of deployments.
fn by(parts: &DeploymentParts<'_>, group: impl Fn(usize) -> String) -> Value {
    let mut groups: BTreeMap<String, DeploymentMeasures> = BTreeMap::new();
    for at in 0..parts.history.deployments.len() {
        parts.add(at, groups.entry(group(at)).or_default());
    }
    groups.into_iter().map(|(name, measures)| (name, measures_value(parts, &measures))).collect()
}

fn counts(words: &[(String, usize)]) -> Value {
    let name = |word: &String| if word.is_empty() { "(none)".to_owned() } else { word.clone() };
    words.iter().map(|(word, count)| (name(word), json!(count))).collect::<Map<_, _>>().into()
}

fn relationships(history: &DeploymentHistory) -> Option<Vec<Value>> {
    let links = &history.incidents.as_ref()?.links;
    let link = links.iter().map(|link| {
        json!({
            "id": link.incident,
            "project_name": link.project,
            "deployment_id": history.deployments[link.deployment].id,
        })
    });
    Some(link.collect())
}

fn print_text(parts: &DeploymentParts<'_>) {
    let history = parts.history;
    let all = parts.together(|_| true);
    let mut services: BTreeMap<&str, DeploymentMeasures> = BTreeMap::new();
    for (at, deployment) in history.deployments.iter().enumerate() {
        parts.add(at, services.entry(&deployment.service).or_default());
    }
    if let ([(name, _)], false) = (services.iter().collect::<Vec<_>>().as_slice(), services.contains_key(""))
    {
        print_measures(name, parts, &all);
    } else {
        print_measures("All", parts, &all);
        services
            .iter()
            .filter(|(name, _)| !name.is_empty())
            .for_each(|(name, own)| print_measures(name, parts, own));
    }
    for (at, failure) in &parts.failures.failed {
        let by = failure
            .reverted_by
            .map(|by| format!(", reverted by {}", deployment_words(&history.deployments[by])));
        println!("failed: {}{}", deployment_words(&history.deployments[*at]), by.unwrap_or_default());
    }
    for link in history.incidents.iter().flat_map(|incidents| &incidents.links) {
        let deployment = deployment_words(&history.deployments[link.deployment]);
        println!("{QUIET}incident {} belongs to {deployment}{QUIET:#}", link.incident);
    }
}

fn print_measures(name: &str, parts: &DeploymentParts<'_>, measures: &DeploymentMeasures) {
    let shown = |hours: Option<f64>| {
        hours.map_or_else(|| "not known".to_owned(), |hours| format!("{hours:.2} hours"))
    };
    println!("{STRONG}{name}{STRONG:#}");
    let bucket = DeploymentFrequency::of(&measures.days).map_or("", |frequency| frequency.bucket.words());
    println!("  {} deployments on {} days; {bucket}", measures.deployments, measures.days.len());
    println!(
        "  lead time {}, {} without bots ({} commits, {} by bots, {} negative)",
        shown(hours(measures.lead_time())),
        shown(hours(measures.lead_time_without_bots())),
        measures.commits(),
        measures.by_bots(),
        measures.negative_lead_times()
    );
    if parts.history.knows_failures() {
        let rate = 100.0 * measures.failed as f64 / (measures.deployments.max(1) as f64);
        println!(
            "  {} failed ({rate:.1} %), recovery {}",
            measures.failed,
            shown(hours(measures.recovery()))
        );
    } else {
        println!("  failures not known: nothing says which deployments failed");
    }
}
