//! `headroom metrics`: the figures of every metric that were believed on a day, and what follows from them.

use std::process::ExitCode;

use headroom_analysis::metrics::{
    MetricSeries, SeriesPeriod, approximate, metric_series, period_name, reason_words, series_of_metric,
    value_words,
};
use headroom_model::{KnownMetric, Metric, Observation, Plan, WORKED_OUT_FROM_PLAN};
use serde_json::{Value, json};

use super::{Outcome, open, print_json, unit_economics};
use crate::{
    arguments::MetricsArguments,
    error::CliError,
    screen::{QUIET, STRONG, println},
};

pub fn run(arguments: &MetricsArguments) -> Outcome {
    if let Some(by) = arguments.by {
        return unit_economics::run(arguments, by);
    }
    let store = open(&arguments.plan)?;
    let (plan, day) = (&store.plan().with_plan_metrics(), arguments.day.or_today());
    let asked = match arguments.metric.as_deref() {
        Some(key) => Some(plan.find::<Metric>(key).ok_or_else(|| CliError::UnknownMetric(key.to_owned()))?),
        None => None,
    };
    let series = match asked {
        Some(asked) => series_of_metric(plan, asked, day),
        None => metric_series(plan, day, usize::MAX),
    };
    if arguments.json {
        print_json(&series.iter().map(|series| as_value(plan, series)).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    for series in &series {
        print_text(plan, series);
    }
    if series.is_empty() {
        println!("no figures by this date");
    }
    Ok(ExitCode::SUCCESS)
}

fn as_value(plan: &Plan, series: &MetricSeries) -> Value {
    let metric = plan.get::<Metric>(series.metric);
    let unit = metric.map(|metric| metric.unit.as_str()).unwrap_or_default();
    let scope = &series.scope;
    let is_of_plan = metric.is_some_and(|metric| metric.plan_metric().is_some());
    let periods = series.periods.iter().map(|period| period_value(plan, period, is_of_plan));
    json!({
        "metric": plan.key_of(series.metric.into()),
        "name": plan.name_of(series.metric.into()),
        "unit": unit,
        "currency": series.currency.map(|currency| currency.to_string()),
        "kind": metric.map(|metric| metric.kind.word()),
        "period": metric.map(|metric| metric.period.word()),
        "formula": metric.and_then(Metric::known_formula).map(KnownMetric::written),
        "service": scope.service.map(|service| plan.key_of(service.into())),
        "team": scope.team.map(|team| plan.key_of(team.into())),
        "segment": scope.segment,
        "channel": scope.channel,
        "market": scope.market,
        "periods": periods.collect::<Vec<_>>(),
    })
}

/// The value as a number, and exactly: a quotient of whole numbers.
fn period_value(plan: &Plan, period: &SeriesPeriod, is_of_plan: bool) -> Value {
    let value = period.value.as_ref();
    let row = period.observation.and_then(|row| plan.get::<Observation>(row));
    let source = match is_of_plan {
        true => Some(WORKED_OUT_FROM_PLAN),
        false => row.map(|row| &*row.origin),
    };
    json!({
        "first": period.period.first(),
        "last": period.period.last(),
        "value": value.ok().map(approximate),
        "exact": value.ok().map(|value| format!("{}/{}", value.numer(), value.denom())),
        "why": value.err().map(|reason| reason.word()),
        "source": source.filter(|source| !source.is_empty()),
    })
}

/// `Payback (Shippers)  Oct 2026 3.91 months`, and what came before.
fn print_text(plan: &Plan, series: &MetricSeries) {
    const SHOWN: usize = 6;
    let metric = plan.get::<Metric>(series.metric);
    let scope = series.scope.words(plan);
    let scope = if scope.is_empty() { scope } else { format!(" ({scope})") };
    let is_of_plan = metric.is_some_and(|metric| metric.plan_metric().is_some());
    let from = if is_of_plan { format!("  {WORKED_OUT_FROM_PLAN}") } else { String::new() };
    println!("{STRONG}{}{scope}{STRONG:#}{QUIET}{from}{QUIET:#}", plan.name_of(series.metric.into()));
    let is_value = |period: &SeriesPeriod| period.value.is_ok();
    let newest = series.periods.iter().rposition(is_value).map_or(0, |at| at + 1);
    for period in &series.periods[newest.saturating_sub(SHOWN)..newest] {
        let words = match &period.value {
            Ok(value) => value_words(metric, series.currency, value),
            Err(reason) => reason_words(*reason).to_owned(),
        };
        println!("  {QUIET}{}{QUIET:#}  {words}", period_name(period.period));
    }
    if let (Some(first), Some(last)) = (series.periods.get(newest), series.periods.last()) {
        let until = if first == last { String::new() } else { format!(" to {}", period_name(last.period)) };
        let why = first.value.as_ref().err().map_or("", |reason| reason_words(*reason));
        println!("  {QUIET}{}{until}{QUIET:#}  {why}", period_name(first.period));
    }
}
