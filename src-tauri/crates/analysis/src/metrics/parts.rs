//! What metrics are made of: quotients and known formulas, down to those that have figures of their own.

use headroom_model::{KnownMetric, Metric, MetricId, Plan};
use rustc_hash::FxHashMap;

/// The metrics of a plan, as others are made of them.
#[derive(Debug)]
pub struct MetricParts<'p> {
    plan: &'p Plan,
    /// As formulas name them: by their keys, or else by what they are called.
    named: FxHashMap<&'p str, MetricId>,
}

/// The metrics that one is made of, down to those that are made of no others.
#[derive(Debug, Default)]
pub struct MeasuredParts {
    /// Itself, if it is measured or what the plan says itself.
    pub metrics: Vec<MetricId>,
    /// It is part of itself.
    pub is_circle: bool,
}

impl<'p> MetricParts<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        let mut named = FxHashMap::default();
        // Only formulas go by names.
        if plan.metrics.iter().any(|metric| !metric.formula.is_empty()) {
            named.extend(plan.metrics.iter().map(|metric| (metric.key.as_str(), metric.id)));
            for metric in plan.metrics.iter().filter(|metric| !metric.is_derived()) {
                if let Some(known) = KnownMetric::called(metric.name()) {
                    named.entry(known.key).or_insert(metric.id);
                }
            }
        }
        Self { plan, named }
    }

    /// The metric that a formula names.
    pub fn named(&self, name: &str) -> Option<&'p Metric> {
        self.plan.get(*self.named.get(name)?)
    }

    /// What a metric is made of.
    pub fn of(&self, metric: MetricId) -> MeasuredParts {
        let (mut parts, mut path) = (MeasuredParts::default(), Vec::new());
        self.collect(metric, &mut path, &mut parts);
        parts
    }

    fn collect(&self, metric: MetricId, path: &mut Vec<MetricId>, parts: &mut MeasuredParts) {
        let Some(row) = self.plan.get::<Metric>(metric) else { return };
        if path.contains(&metric) {
            parts.is_circle = true;
        } else if !row.is_derived() || row.plan_metric().is_some() {
            if !parts.metrics.contains(&metric) {
                parts.metrics.push(metric);
            }
        } else {
            path.push(metric);
            self.direct(row).into_iter().for_each(|part| self.collect(part, path, parts));
            path.pop();
        }
    }

    /// The metrics that stand in the quotient or the formula of one.
    fn direct(&self, metric: &Metric) -> Vec<MetricId> {
        match metric.known_formula().and_then(KnownMetric::parsed_formula) {
            Some(formula) => {
                formula.parts().iter().filter_map(|part| Some(self.named(&part.metric)?.id)).collect()
            }
            None => metric.parts().copied().collect(),
        }
    }
}
