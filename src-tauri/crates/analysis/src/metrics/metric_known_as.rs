//! Known metrics among those of a plan.

use headroom_model::{KnownMetric, Metric, Plan};

/// The metric that a plan measures or calculates under this known key: by key, by formula, or by what it is called.
pub fn metric_known_as<'p>(plan: &'p Plan, key: &str) -> Option<&'p Metric> {
    let by_key = plan.find::<Metric>(key).and_then(|id| plan.get::<Metric>(id));
    let is_it = |metric: &&Metric| {
        metric.formula == key
            || metric.formula.is_empty()
                && KnownMetric::called(metric.name()).is_some_and(|known| known.key == key)
    };
    by_key.or_else(|| plan.in_order::<Metric>().into_iter().find(is_it))
}
