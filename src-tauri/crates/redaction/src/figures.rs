//! Figures of money and objectives that ask for money: a copy has none of them, since a figure cannot be left empty.

use headroom_model::{EntityRef, Metric, MetricId, MetricValue, Plan};
use rustc_hash::FxHashSet;

/// The unit of metrics of money.
const MONEY: &str = "money";

/// The observations and objectives that are left out.
pub fn of_money(plan: &Plan) -> FxHashSet<EntityRef> {
    let is_money = |metric: MetricId, value: MetricValue| {
        let unit = plan.get::<Metric>(metric).map(|metric| metric.unit.trim());
        value.currency.is_some() || unit.is_some_and(|unit| unit.eq_ignore_ascii_case(MONEY))
    };
    let observations = plan.observations.iter().filter(|row| is_money(row.metric, row.value));
    let objectives = plan.objectives.iter().filter(|row| is_money(row.metric, row.value));
    let observations = observations.map(|row| EntityRef::from(row.id));
    observations.chain(objectives.map(|row| EntityRef::from(row.id))).collect()
}
