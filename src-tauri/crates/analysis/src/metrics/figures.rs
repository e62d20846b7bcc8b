//! Figures of metrics: what was believed on a day, and the value of a period made from it.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    Currency, ExactDecimal, MetricId, ObservationId, Plan, PlanMetric, Team, TeamId, currency_of,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use rustc_hash::FxHashMap;

use super::{
    SeriesScope,
    figure_index::{Figure, FigureIndex, Series},
    of_plan::{PlanMetricIndex, PlanScope},
    parts::MetricParts,
    period::Period,
};
use crate::policy::{Policy, oldest_practice};

/// An exact value: a quotient of whole numbers.
pub type ExactValue = BigRational;

/// Why a period has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MissingReason {
    /// No figure.
    Gap,
    /// Two figures are believed.
    Twice,
    /// Figures of shorter periods do not cover it.
    Partial,
    /// The newest figure of a stock is too old for the end of the period.
    Stale,
    /// Weeks make no months.
    Straddles,
    /// Rates, medians and scores of several periods do not add up.
    CannotAggregate,
    /// The denominator of a quotient is zero.
    Zero,
    /// No exchange rate on the last day of the period.
    NoRate,
    /// The pay of somebody is not known.
    NoPay,
    /// No team needs an on-call rota.
    NoRota,
    /// It follows from salaries, which are hidden.
    Hidden,
    /// The metric does not apply to whom it is asked of.
    NotApplicable,
}

impl MissingReason {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            MissingReason::Gap => "gap",
            MissingReason::Twice => "twice",
            MissingReason::Partial => "partial",
            MissingReason::Stale => "stale",
            MissingReason::Straddles => "straddles",
            MissingReason::CannotAggregate => "cannot-aggregate",
            MissingReason::Zero => "zero",
            MissingReason::NoRate => "no-rate",
            MissingReason::NoPay => "no-pay",
            MissingReason::NoRota => "no-rota",
            MissingReason::Hidden => "hidden",
            MissingReason::NotApplicable => "not-applicable",
        }
    }
}

/// The figures of a plan, with what they are worth in other currencies.
#[derive(Debug)]
pub struct Figures<'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) parts: MetricParts<'p>,
    index: Arc<FigureIndex>,
    /// What the plan says itself, if a metric asks for it.
    of_plan: Option<Arc<PlanMetricIndex>>,
    rates: ExchangeRates,
    /// That of the plan.
    pub(crate) currency: Currency,
    /// The age from which a level of a practice says nothing any more.
    oldest_practice_days: u32,
}

impl<'p> Figures<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            parts: MetricParts::new(plan),
            index: FigureIndex::of(plan),
            of_plan: plan
                .metrics
                .iter()
                .any(|metric| metric.plan_metric().is_some())
                .then(|| PlanMetricIndex::of(plan)),
            rates: ExchangeRates::of(plan),
            currency: currency_of(plan),
            oldest_practice_days: oldest_practice(&Policy::from_plan(plan)),
        }
    }

    pub(super) fn oldest_practice_days(&self) -> u32 {
        self.oldest_practice_days
    }

    /// Whose figures of a metric there are, in no order.
    pub(crate) fn scopes(&self, metric: MetricId) -> impl Iterator<Item = &SeriesScope> {
        self.index.of_metric(metric).map(|(scope, _)| scope)
    }

    /// The teams that have ever had anybody, if a metric asks for it.
    pub(super) fn teams_with_people(&self) -> impl Iterator<Item = TeamId> {
        self.of_plan.iter().flat_map(|index| index.teams())
    }

    /// Whose are what the plan says itself; none if that is neither the organisation nor a team.
    pub(super) fn of_plan(&self, scope: &SeriesScope) -> Option<Arc<PlanScope>> {
        let is_known = scope.team.is_none_or(|team| self.plan.get::<Team>(team).is_some());
        let is_asked = *scope == SeriesScope::of_team(scope.team) && is_known;
        Some(self.of_plan.as_ref().filter(|_| is_asked)?.scope(self.plan, scope.team))
    }

    /// What the plan says itself of a period that is over. What follows from salaries is kept back with them.
    pub(super) fn plan_value(
        &self,
        scope: &PlanScope,
        metric: PlanMetric,
        period: Period,
    ) -> Result<ExactValue, MissingReason> {
        if metric == PlanMetric::PeopleCost && self.plan.hides_pay() {
            return Err(MissingReason::Hidden);
        }
        let index = self.of_plan.as_ref().ok_or(MissingReason::Gap)?;
        scope.value(index, self.plan, metric, period)
    }

    /// The figures of a metric in a scope, if there are any.
    pub(crate) fn of_scope(&self, metric: MetricId, scope: &SeriesScope) -> Option<&Series> {
        self.index.of_scope(metric, scope)
    }

    /// The observations of a metric in a scope, those of the last days at the end.
    pub fn rows(&self, metric: MetricId, scope: &SeriesScope) -> impl Iterator<Item = ObservationId> {
        let series = self.of_scope(metric, scope);
        series.into_iter().flat_map(|series| &series.figures).map(|figure| figure.row)
    }

    /// The observations of a metric that were believed until before this day, by when they were.
    pub fn former(&self, metric: MetricId, day: NaiveDate) -> Vec<ObservationId> {
        let figures = self.index.of_metric(metric).flat_map(|(_, series)| &series.figures);
        let mut former: Vec<&Figure> = figures.filter(|figure| figure.until < day).collect();
        former.sort_by_key(|figure| (figure.until, figure.last));
        former.into_iter().map(|figure| figure.row).collect()
    }

    /// An amount in another currency, at the rate of a day.
    pub(crate) fn converted(
        &self,
        (number, currency): (ExactValue, Option<Currency>),
        to: Currency,
        day: NaiveDate,
    ) -> Result<ExactValue, MissingReason> {
        let Some(currency) = currency.filter(|currency| *currency != to) else { return Ok(number) };
        let (from, to) = (self.rates.rate(currency, day), self.rates.rate(to, day));
        let (from, to) = from.zip(to).ok_or(MissingReason::NoRate)?;
        if to.is_zero() { Err(MissingReason::NoRate) } else { Ok(number * from / to) }
    }
}

/// The value of a number.
pub fn exact(number: ExactDecimal) -> ExactValue {
    let (digits, decimals) = number.parts();
    scaled(digits.into(), decimals)
}

/// `digits` × 10⁻`decimals`.
pub(super) fn scaled(digits: BigInt, decimals: u32) -> ExactValue {
    match decimals {
        0 => ExactValue::from_integer(digits),
        _ => ExactValue::new(digits, BigInt::from(10).pow(decimals)),
    }
}

/// What other currencies are worth in that of the plan.
#[derive(Debug)]
pub(crate) struct ExchangeRates {
    /// From a day on; the newest at the end.
    rates: FxHashMap<Currency, Vec<(NaiveDate, ExactValue)>>,
    own: Currency,
}

impl ExchangeRates {
    pub fn of(plan: &Plan) -> Self {
        let mut rates: FxHashMap<Currency, Vec<(NaiveDate, ExactValue)>> = FxHashMap::default();
        for row in &plan.exchange_rates {
            let rate =
                ExactValue::new(row.rate.billionths().into(), headroom_model::Rate::ONE.billionths().into());
            rates.entry(row.currency).or_default().push((row.from.unwrap_or(NaiveDate::MIN), rate));
        }
        rates.values_mut().for_each(|rates| rates.sort_by_key(|(from, _)| *from));
        Self { rates, own: currency_of(plan) }
    }

    /// Units of the plan's currency for one of this, on a day.
    pub fn rate(&self, currency: Currency, day: NaiveDate) -> Option<ExactValue> {
        if currency == self.own {
            return Some(ExactValue::one());
        }
        let rates = self.rates.get(&currency)?;
        let known = rates.partition_point(|(from, _)| *from <= day);
        Some(rates[known.checked_sub(1)?].1.clone())
    }
}
