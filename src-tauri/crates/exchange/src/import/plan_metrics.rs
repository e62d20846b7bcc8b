//! Metrics that the plan says itself: objectives may name them without a row, and no file brings figures of them.

use std::sync::Arc;

use headroom_files::{
    Diagnostic, Level, Place,
    records::{FieldStatement, FigureRecord, RowRecord},
};
use headroom_model::{Kind, KnownMetric, Metric, Plan, WORKED_OUT_FROM_PLAN, wording::count_of};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::scan::Part;

/// Adds those that objectives name and nobody has yet, and leaves out figures of them, which is told.
pub fn keep_worked_out(plan: &Plan, parts: &mut [Part]) {
    let defined: FxHashSet<String> =
        metrics(parts).filter_map(|row| row.text("key")).map(str::to_owned).collect();
    let mut is_of_plan: FxHashMap<String, bool> = FxHashMap::default();
    for row in plan.metrics.iter() {
        is_of_plan.insert(row.key.clone(), row.plan_metric().is_some());
    }
    for row in metrics(parts) {
        if let (Some(key), Some(formula)) = (row.text("key"), row.text("formula")) {
            is_of_plan.insert(key.to_owned(), of_plan(formula).is_some());
        }
    }
    let is_free = |key: &str| !defined.contains(key) && plan.find::<Metric>(key).is_none();
    for part in parts {
        let named = part.records.rows.iter().filter(|row| row.kind == Kind::Objective);
        let mut new: Vec<(&'static KnownMetric, Place)> = Vec::new();
        for (known, place) in named.filter_map(|row| Some((of_plan(metric_of(row)?)?, &row.place))) {
            if is_free(known.key) && is_of_plan.insert(known.key.to_owned(), true).is_none() {
                new.push((known, place.clone()));
            }
        }
        part.records.rows.extend(new.into_iter().map(|(known, place)| definition(known, place)));
        // Figures come by the hundred thousand.
        if is_of_plan.values().any(|is_it| *is_it) {
            let problems = leave_out_figures(&mut part.records.figures, &is_of_plan);
            part.records.problems.extend(problems);
        }
    }
}

fn metrics(parts: &[Part]) -> impl Iterator<Item = &RowRecord> {
    parts.iter().flat_map(|part| &part.records.rows).filter(|row| row.kind == Kind::Metric)
}

fn of_plan(key: &str) -> Option<&'static KnownMetric> {
    KnownMetric::of_key(key).filter(|known| known.of_plan.is_some())
}

fn metric_of(row: &RowRecord) -> Option<&str> {
    row.fields.iter().find_map(|(name, said)| match said {
        FieldStatement::Reference(metric) if *name == "metric" => Some(metric.key.as_str()),
        _ => None,
    })
}

fn definition(known: &KnownMetric, place: Place) -> RowRecord {
    let text = |value: &str| FieldStatement::Value(value.into());
    let fields = vec![
        ("key", text(known.key)),
        ("name", text(known.name)),
        ("unit", text(known.unit)),
        ("kind", text(known.kind.word())),
        ("better", text(known.better.word())),
        ("formula", text(known.key)),
    ];
    RowRecord { kind: Kind::Metric, place, fields }
}

/// One warning for each metric.
fn leave_out_figures(
    figures: &mut Vec<FigureRecord>,
    is_of_plan: &FxHashMap<String, bool>,
) -> Vec<Diagnostic> {
    let mut left_out: Vec<(Arc<str>, Place, usize)> = Vec::new();
    figures.retain(|figure| {
        if !is_of_plan.get(&*figure.metric).copied().unwrap_or(false) {
            return true;
        }
        match left_out.iter_mut().find(|(known, ..)| *known == figure.metric) {
            Some((.., count)) => *count += 1,
            None => left_out.push((figure.metric.clone(), figure.place.clone(), 1)),
        }
        false
    });
    let told = |(key, place, count): (Arc<str>, Place, usize)| {
        let figures = count_of(count, "figure");
        let message = format!("“{key}” is {WORKED_OUT_FROM_PLAN}; {figures} of it ignored");
        Diagnostic::new(
            Level::Warning,
            place,
            message,
            "give the metric another ID to keep figures of its own",
        )
    };
    left_out.into_iter().map(told).collect()
}
