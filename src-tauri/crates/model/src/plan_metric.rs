//! Metrics that nobody measures, since the plan says them itself: headcount, effective capacity, on-call, cost.

use crate::{
    change::{Change, Edit},
    entity::Metric,
    known_metrics::{KNOWN_METRICS, KnownMetric},
    new_ids::NewIds,
    plan::Plan,
};

/// What of the plan gives the value of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanMetric {
    Headcount,
    EffectiveCapacity,
    OnCallPeople,
    OnCallMargin,
    PeopleCost,
    /// What bills of clouds and clusters say.
    CloudCost,
}

impl PlanMetric {
    /// Whether it is that of a whole period, and an amount of money.
    pub fn is_cost(self) -> bool {
        matches!(self, PlanMetric::PeopleCost | PlanMetric::CloudCost)
    }
}

/// Where figures of these metrics come from, in words.
pub const WORKED_OUT_FROM_PLAN: &str = "worked out from the plan";

impl Metric {
    /// The metric of something that the plan says itself. It is the same thing in every plan, so that it has the same ID
    /// in all of them.
    fn worked_out(known: &KnownMetric, key: &str, name: String) -> Self {
        Self {
            id: NewIds::of_key(key).into(),
            key: key.to_owned(),
            name,
            unit: known.unit.to_owned(),
            kind: known.kind,
            better: known.better,
            formula: known.key.to_owned(),
            ..Self::default()
        }
    }

    /// What of the plan gives its value, if it is worked out from it.
    pub fn plan_metric(&self) -> Option<PlanMetric> {
        self.known_formula()?.of_plan
    }
}

impl Plan {
    /// Whether it says anything of people who are there, on any day.
    pub fn has_people(&self) -> bool {
        !self.people.is_empty() || self.positions.iter().any(|position| position.pooled)
    }

    /// Whether it says anything from which a metric follows.
    fn says(&self, metric: PlanMetric) -> bool {
        match metric {
            PlanMetric::CloudCost => !self.cost_lines.is_empty(),
            _ => self.has_people(),
        }
    }

    /// Whether it says anything by itself of which an objective could ask.
    pub fn has_plan_figures(&self) -> bool {
        self.has_people() || !self.cost_lines.is_empty()
    }

    /// A metric for everything that the plan says itself and that none of its metrics stands for yet. A metric of somebody's
    /// own that has the key of one stays what it is.
    pub fn missing_plan_metrics(&self) -> Vec<Metric> {
        if !self.has_plan_figures() {
            return Vec::new();
        }
        let is_missing = |known: &&KnownMetric| {
            known.of_plan.is_some_and(|metric| self.says(metric))
                && self.metrics.iter().all(|metric| metric.formula != known.key)
        };
        let row = |known: &KnownMetric| {
            let is_free = self.find::<Metric>(known.key).is_none();
            let beside = format!("plan-{}", known.key);
            let key = if is_free { known.key } else { &beside };
            let name = if is_free { known.name.to_owned() } else { format!("{} by the plan", known.name) };
            let row = Metric::worked_out(known, key, name);
            let is_unknown = self.find::<Metric>(key).is_none() && self.get::<Metric>(row.id).is_none();
            is_unknown.then_some(row)
        };
        KNOWN_METRICS.iter().filter(is_missing).filter_map(row).collect()
    }

    /// The plan with a metric for everything that it says itself: those can be chosen without being added first.
    #[must_use]
    pub fn with_plan_metrics(&self) -> Plan {
        let new = |row: Metric| {
            let id = row.id.into();
            Change::from(Edit { id, before: None, after: Some(Box::new(row)) })
        };
        let changes: Vec<Change> = self.missing_plan_metrics().into_iter().map(new).collect();
        // New rows under free keys contradict nothing.
        self.after(&changes).unwrap_or_else(|_| self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Person};

    fn plan(own: Option<&str>) -> Plan {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let id = draft.new_id::<Person>();
        draft.put(Person { id, key: "ada".into(), name: "Ada".into(), ..Person::default() });
        if let Some(key) = own {
            let id = draft.new_id::<Metric>();
            draft.put(Metric { id, key: key.into(), ..Metric::default() });
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        plan
    }

    #[test]
    fn what_the_plan_says_itself_has_the_same_metrics_in_every_plan() {
        let (one, other) = (plan(None).with_plan_metrics(), plan(Some("mrr")).with_plan_metrics());
        let of = |key: &str| (one.find::<Metric>(key).unwrap(), other.find::<Metric>(key).unwrap());
        let of_people = |known: &&KnownMetric| known.of_plan.is_some_and(|of| of != PlanMetric::CloudCost);
        for known in KNOWN_METRICS.iter().filter(of_people) {
            let (here, there) = of(known.key);
            assert_eq!(here, there);
            assert_eq!(one.get::<Metric>(here).and_then(Metric::plan_metric), known.of_plan);
            assert!(!known.definition.is_empty() && known.formula.is_empty(), "{}", known.key);
        }
        assert!(one.missing_plan_metrics().is_empty(), "they are there now");
        assert_eq!(one.find::<Metric>("cloud-cost"), None, "there is no bill");
        assert!(Plan::default().missing_plan_metrics().is_empty(), "nobody is there of whom they could be");
    }

    #[test]
    fn a_metric_of_somebodys_own_is_not_shadowed() {
        let before = plan(Some("headcount"));
        let after = before.with_plan_metrics();
        let own = after.find::<Metric>("headcount").unwrap();
        assert_eq!(before.get::<Metric>(own), after.get::<Metric>(own));
        assert_eq!(after.get::<Metric>(own).unwrap().plan_metric(), None);
        let beside = after.find::<Metric>("plan-headcount").and_then(|id| after.get::<Metric>(id)).unwrap();
        assert_eq!(
            (beside.plan_metric(), beside.name()),
            (Some(PlanMetric::Headcount), "Headcount by the plan")
        );
    }
}
