//! Figures as they come out of a file, whatever its form: metrics with their definitions, and observations with their
//! places. They become records that an import compares with the plan.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Place,
    records::{Dates, FieldStatement, FigureRecord, Records, RowRecord, Shared},
};
use headroom_model::{
    BetterDirection, Kind, KnownMetric, MetricFormula, MetricKind, MetricValue, PeriodLength,
};
use serde_json::Value;

pub use headroom_files::records::ImportedScope;

/// Days after the end of a period until a figure is due, of a metric that an import makes; to be edited in the plan.
pub const USUAL_LAG_DAYS: u32 = 5;

/// What an import says of a metric that the plan may not have yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedMetric {
    pub key: String,
    pub name: String,
    pub unit: String,
    pub kind: MetricKind,
    pub period: PeriodLength,
    pub better: BetterDirection,
    /// The key of a known formula; empty if it has figures of its own.
    pub formula: String,
    pub place: Place,
}

impl ImportedMetric {
    pub fn known(known: &KnownMetric, period: PeriodLength, place: Place) -> Self {
        Self {
            key: known.key.to_owned(),
            name: known.name.to_owned(),
            unit: known.unit.to_owned(),
            kind: known.kind,
            period,
            better: known.better,
            formula: if known.formula.is_empty() { String::new() } else { known.key.to_owned() },
            place,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFigure {
    /// The key of its metric.
    pub metric: String,
    pub scope: ImportedScope,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub value: MetricValue,
    /// The file with its cell: `pack.xlsx [KPIs] D7`.
    pub origin: String,
    pub place: Place,
}

/// Everything that files say of figures.
#[derive(Debug, Default)]
pub struct ImportedFigures {
    metrics: BTreeMap<String, ImportedMetric>,
    pub figures: Vec<ImportedFigure>,
    pub problems: Vec<Diagnostic>,
}

impl ImportedFigures {
    /// The definition that is there first counts.
    pub fn add_metric(&mut self, metric: ImportedMetric) {
        self.metrics.entry(metric.key.clone()).or_insert(metric);
    }

    pub fn metric(&self, key: &str) -> Option<&ImportedMetric> {
        self.metrics.get(key)
    }

    /// Adds the known metrics that follow from those that are there, and from each other.
    pub fn derive(&mut self) {
        let period = self.metrics.values().map(|metric| metric.period).max().unwrap_or_default();
        let place = self.metrics.values().next().map(|metric| metric.place.clone()).unwrap_or_default();
        loop {
            let follows = |known: &&KnownMetric| {
                let has = |formula: &MetricFormula| {
                    formula
                        .parts()
                        .iter()
                        .all(|part| part.is_optional || self.metrics.contains_key(&part.metric))
                };
                !self.metrics.contains_key(known.key) && known.parsed_formula().is_some_and(has)
            };
            let Some(known) = headroom_model::KNOWN_METRICS.iter().find(follows) else { return };
            self.add_metric(ImportedMetric::known(known, period, place.clone()));
        }
    }

    /// Adds the known metrics that those which are there are made of.
    pub fn derive_parts(&mut self) {
        loop {
            let made_of = |metric: &ImportedMetric| {
                let known = KnownMetric::of_key(&metric.formula)?;
                let parts = known.parsed_formula()?.parts();
                let lacking = |key: &str| !self.metrics.contains_key(key);
                let part = parts.iter().find(|part| !part.is_optional && lacking(&part.metric))?;
                Some((KnownMetric::of_key(&part.metric)?, metric.period, metric.place.clone()))
            };
            let Some((known, period, place)) = self.metrics.values().find_map(made_of) else { return };
            self.add_metric(ImportedMetric::known(known, period, place));
        }
    }

    pub fn into_records(self) -> Records {
        let metrics = self.metrics.into_values().map(metric_record);
        let mut records = FigureRecords::default();
        let figures = self.figures.into_iter().map(|figure| records.of(figure)).collect();
        Records { rows: metrics.collect(), figures, problems: self.problems, ..Records::default() }
    }
}

pub(crate) fn text(value: impl Into<String>) -> FieldStatement {
    FieldStatement::Value(Value::String(value.into()))
}

fn metric_record(metric: ImportedMetric) -> RowRecord {
    let mut fields = vec![
        ("key", text(metric.key)),
        ("name", text(metric.name)),
        ("unit", text(metric.unit)),
        ("kind", text(metric.kind.word())),
        ("period", text(metric.period.word())),
        ("lag", FieldStatement::Value(USUAL_LAG_DAYS.into())),
        ("better", text(metric.better.word())),
    ];
    if !metric.formula.is_empty() {
        fields.push(("formula", text(metric.formula)));
    }
    RowRecord { kind: Kind::Metric, place: metric.place, fields }
}

/// Turns figures into records.
#[derive(Default)]
struct FigureRecords {
    metrics: Shared<str>,
    scopes: Shared<ImportedScope>,
}

impl FigureRecords {
    fn of(&mut self, figure: ImportedFigure) -> FigureRecord {
        FigureRecord {
            place: figure.place,
            metric: self.metrics.one(figure.metric),
            first: figure.first,
            last: figure.last,
            value: figure.value,
            scope: self.scopes.one(figure.scope),
            origin: Some(figure.origin.into()),
            dates: Dates::default(),
        }
    }
}
