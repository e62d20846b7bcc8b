//! A metric that the plan says itself, in a scope.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{Currency, Metric, PeriodLength, PlanMetric};
use num_traits::Zero;

use super::{PlanScope, cloud::CloudScope};
use crate::metrics::{ExactValue, Figures, MissingReason, Period, SeriesScope, figure_index::due_after};

#[derive(Debug, Clone)]
pub(in crate::metrics) struct PlanPart<'f> {
    pub metric: &'f Metric,
    of: PlanMetric,
    scope: PartScope,
}

/// Of people, or of bills.
#[derive(Debug, Clone)]
enum PartScope {
    People(Arc<PlanScope>),
    Bills(Arc<CloudScope>),
}

impl<'f> PlanPart<'f> {
    /// None if the metric is measured, or the plan does not say it of this scope.
    pub fn new(figures: &Figures<'f>, metric: &'f Metric, scope: &SeriesScope) -> Option<Self> {
        let of = metric.plan_metric()?;
        let scope = match of {
            PlanMetric::CloudCost => PartScope::Bills(Arc::new(CloudScope::new(figures.plan, scope)?)),
            _ => PartScope::People(figures.of_plan(scope)?),
        };
        Some(Self { metric, of, scope })
    }

    /// The first day to look at, on a day.
    pub fn beginning(&self, length: PeriodLength, day: NaiveDate) -> NaiveDate {
        match &self.scope {
            PartScope::People(scope) => scope.beginning(length, day),
            PartScope::Bills(scope) => scope.beginning(day),
        }
    }

    /// The value of a period, once it is over; of a flow the sum over the periods that a figure is taken over.
    pub fn value(
        &self,
        figures: &Figures<'_>,
        over: i32,
        period: Period,
        day: NaiveDate,
    ) -> Result<(ExactValue, Option<Currency>), MissingReason> {
        if due_after(period.last(), self.metric.lag) > day {
            return Err(MissingReason::Gap);
        }
        let value = |period: Period| match &self.scope {
            PartScope::People(scope) => figures.plan_value(scope, self.of, period),
            PartScope::Bills(scope) => scope.value(figures.currency, period),
        };
        if !self.of.is_cost() {
            return Ok((value(period)?, None));
        }
        let sum = |sum: ExactValue, back: i32| Ok(sum + value(period.later(-back))?);
        Ok(((0..over).try_fold(ExactValue::zero(), sum)?, Some(figures.currency)))
    }
}
