//! What a section does not know, and the file that would tell.

use headroom_model::{
    KnownMetric, Metric, MetricFormula, MetricId, Plan,
    built_in_metric::{OF_DEPLOYMENTS, OF_TICKETS},
};
use rustc_hash::FxHashSet;

use super::{
    filter::PlaybookScope,
    sections::{OTHER_METRICS, SectionSpec},
};
use crate::metrics::{FigureIndex, MetricSeries};

/// Something that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaybookUnknown {
    /// `CAC`, `Payback`.
    pub what: Vec<String>,
    /// What it would be made of and is missing; empty if that is it itself.
    pub missing: Vec<String>,
    /// The files that would tell; empty if the program reads none that does.
    pub told_by: &'static str,
    /// It is a file that can be imported.
    pub is_imported: bool,
}

/// Figures that a table has one row of a metric for.
const FIGURES: &str = "A table of figures by month (CSV or XLSX), such as the board pack,";
const SUBSCRIPTIONS: &str = "A table of subscriptions, or one of figures by month (CSV or XLSX)";
const DEPLOYMENTS: &str =
    "A table of deployments, a git repository, or a table of figures by month (CSV or XLSX)";
const TICKETS: &str = "A table of support tickets, or one of figures by month (CSV or XLSX)";
/// Of clouds.
const BILLS: &str = "A bill (FOCUS, OpenCost, or an export of AWS, Azure, Google Cloud or OCI), or a table of figures by month,";

/// Of what has figures for all of its parts, but never together.
const APART: &str =
    "Figures of all that it is made of, for the same months and the same segment or organisation";

/// Of what the plan has no metric for, and all figures.
const FORMULA: &str = "All that it is made of is known: metrics.csv with its formula";

/// What an import makes of subscriptions, and of tickets.
const OF_SUBSCRIPTIONS: [&str; 11] = [
    "mrr",
    "mrr-start",
    "new-mrr",
    "reactivation-mrr",
    "expansion-mrr",
    "contraction-mrr",
    "churned-mrr",
    "customers",
    "new-customers",
    "reactivated-customers",
    "lost-customers",
];

/// What the section would show, and does not: metrics by the file that would tell them, then the rest.
pub(super) fn unknown(
    scope: &PlaybookScope<'_>,
    spec: &SectionSpec,
    shown: &[MetricSeries],
) -> Vec<PlaybookUnknown> {
    let (known, measured) = (known_keys(scope.plan, shown), measured_keys(scope));
    let lacking: Vec<Lacking> = spec
        .metrics
        .iter()
        .filter(|key| !known.contains(**key))
        .map(|key| Lacking { key, parts: missing_parts(key, &measured) })
        .collect();
    let by_file = [SUBSCRIPTIONS, TICKETS, DEPLOYMENTS, BILLS, FIGURES]
        .into_iter()
        .filter_map(|file| of_file(file, &lacking));
    let defined: FxHashSet<&str> = scope.plan.metrics.iter().flat_map(keys_of).collect();
    let (apart, formulas): (Vec<&Lacking>, Vec<&Lacking>) =
        lacking.iter().filter(|of| of.parts.is_empty()).partition(|of| defined.contains(of.key));
    let complete = [(apart, APART), (formulas, FORMULA)].into_iter().filter_map(|(of, told_by)| {
        let what: Vec<String> = of.iter().map(|of| name_of(of.key)).collect();
        let unknown = PlaybookUnknown { what, missing: Vec::new(), told_by, is_imported: true };
        (!unknown.what.is_empty()).then_some(unknown)
    });
    let rest = spec.untold.iter().filter(|untold| !(untold.is_told)(&scope.view.snapshot));
    let rest = rest.map(|untold| PlaybookUnknown {
        what: vec![untold.what.to_owned()],
        missing: Vec::new(),
        told_by: untold.told_by,
        is_imported: !untold.told_by.is_empty() && !spec.has_bets,
    });
    by_file.chain(complete).chain(rest).collect()
}

/// A metric that is not known, and what it lacks: itself, if it is measured; nothing, if its parts are never together.
struct Lacking {
    key: &'static str,
    parts: Vec<&'static str>,
}

/// What one kind of file would tell whole, each once.
fn of_file(file: &'static str, lacking: &[Lacking]) -> Option<PlaybookUnknown> {
    let told: Vec<&Lacking> = lacking.iter().filter(|of| of.file() == Some(file)).collect();
    let what: Vec<String> = told.iter().map(|of| name_of(of.key)).collect();
    let mut missing: Vec<String> = Vec::new();
    for part in told.iter().flat_map(|of| &of.parts) {
        let name = name_of(part);
        if !missing.contains(&name) && !what.contains(&name) {
            missing.push(name);
        }
    }
    (!what.is_empty()).then_some(PlaybookUnknown { what, missing, told_by: file, is_imported: true })
}

impl Lacking {
    /// The kind of file that tells all that is lacking: one of figures, if others tell a part of it alone.
    fn file(&self) -> Option<&'static str> {
        let first = file_of(self.parts.first()?);
        Some(if self.parts.iter().all(|part| file_of(part) == first) { first } else { FIGURES })
    }
}

fn file_of(key: &str) -> &'static str {
    if OF_SUBSCRIPTIONS.contains(&key) {
        SUBSCRIPTIONS
    } else if OF_TICKETS.contains(&key) {
        TICKETS
    } else if key == "cloud-cost" {
        BILLS
    } else if OF_DEPLOYMENTS.contains(&key) {
        DEPLOYMENTS
    } else {
        FIGURES
    }
}

pub(super) fn name_of(key: &str) -> String {
    let other = || OTHER_METRICS.iter().find(|(known, _)| *known == key).map(|(_, name)| *name);
    KnownMetric::of_key(key).map(|metric| metric.name).or_else(other).unwrap_or(key).to_owned()
}

/// The keys of the sections for the metrics of these series.
fn known_keys<'p>(plan: &'p Plan, shown: &[MetricSeries]) -> FxHashSet<&'p str> {
    let rows = shown.iter().filter_map(|series| plan.get::<Metric>(series.metric));
    rows.flat_map(keys_of).collect()
}

/// Those by which sections and formulas know a metric.
fn keys_of(metric: &Metric) -> impl Iterator<Item = &str> {
    let called = KnownMetric::called(metric.name()).map(|known| known.key);
    let formula = Some(metric.formula.as_str()).filter(|formula| !formula.is_empty());
    [Some(metric.key.as_str()), called, formula].into_iter().flatten()
}

/// The metrics of which there are figures, by the day, in what is asked for.
fn measured_keys<'v>(scope: &PlaybookScope<'v>) -> FxHashSet<&'v str> {
    let (plan, day) = (scope.plan, scope.view.snapshot.day());
    let index = FigureIndex::of(plan);
    let measured = index.all().filter(|(_, of, series)| {
        series.figures.first().is_some_and(|figure| figure.last < day) && scope.has_figures(of)
    });
    let metrics: FxHashSet<MetricId> = measured.map(|(metric, ..)| metric).collect();
    metrics.into_iter().filter_map(|id| plan.get::<Metric>(id)).flat_map(keys_of).collect()
}

/// The measured metrics that one is made of and that have no figures; itself if it is not made of others.
fn missing_parts(key: &'static str, measured: &FxHashSet<&str>) -> Vec<&'static str> {
    let mut parts = Vec::new();
    collect(key, &mut parts);
    parts.retain(|part| !measured.contains(part));
    parts
}

/// What a known metric cannot do without, down to what is measured.
fn collect(key: &'static str, parts: &mut Vec<&'static str>) {
    let formula: Option<&'static MetricFormula> =
        KnownMetric::of_key(key).and_then(KnownMetric::parsed_formula);
    match formula {
        Some(formula) => {
            for part in formula.parts().into_iter().filter(|part| !part.is_optional) {
                collect(&part.metric, parts);
            }
        }
        None if !parts.contains(&key) => parts.push(key),
        None => {}
    }
}
