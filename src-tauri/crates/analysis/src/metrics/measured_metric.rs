//! A metric in a scope: the value of a period, put together from figures as the kind of the metric allows.

use chrono::NaiveDate;
use headroom_model::{
    ArithmeticOperator, Currency, FormulaPart, KnownMetric, Metric, MetricFormula, MetricId, MetricKind,
    Objective, ObservationId, PartMoment, PeriodLength,
};
use num_traits::{One, Zero};

use super::{
    SeriesScope,
    figure_index::{Figure, Series, due_after},
    figures::{ExactValue, Figures, MissingReason, exact, scaled},
    of_plan::PlanPart,
    period::{Period, days_of},
    settled::{SettledPeriods, SettledValue},
};
use crate::{practices::practice_value, schedule::days_after};

/// A metric in a scope, in periods of a length and in a currency.
#[derive(Debug, Clone)]
pub(crate) struct MeasuredMetric<'f> {
    figures: &'f Figures<'f>,
    metric: &'f Metric,
    pub length: PeriodLength,
    over: i32,
    currency: Currency,
    /// The day of the exchange rates; none: the last one of each period.
    rates_of: Option<NaiveDate>,
    /// Days after the end of a period until all of its figures are due.
    lag: u32,
    /// Whether no part is measured in longer periods, or part of itself.
    pub is_valid: bool,
    /// How many scopes are put together.
    scopes: usize,
    parts: Vec<MeasuredPart<'f>>,
    of_plan: Vec<PlanPart<'f>>,
}

/// A metric with figures of its own, and these.
#[derive(Debug, Clone, Copy)]
struct MeasuredPart<'f> {
    metric: &'f Metric,
    series: &'f Series,
}

impl MeasuredPart<'_> {
    fn is_believed(&self, figure: &Figure, day: NaiveDate) -> bool {
        figure.known(self.metric.lag) <= day && day <= figure.until
    }

    /// The value of a period that no day alters from which it is known on, if it has such a one.
    fn settled(&self, period: Period) -> Option<&SettledValue> {
        let settled = self.series.settled(period.length).get(period)?;
        let adds_up = self.metric.kind == MetricKind::Flow
            && self.metric.period != PeriodLength::Week
            && self.metric.period != period.length;
        (settled.is_one_figure || adds_up).then_some(settled)
    }

    /// The days on which what is believed of periods of this length may have changed.
    fn changes(&self, length: PeriodLength, days: &mut Vec<NaiveDate>) {
        let lag = self.metric.lag;
        let (settled, figures) = match self.metric.kind {
            // Before all of a period is known it has no value at all.
            MetricKind::Flow => (Some(self.series.settled(length)), &self.series.settled(length).others),
            MetricKind::Stock | MetricKind::Ratio => (None, &self.series.figures),
        };
        let without = self.series.without_number.iter();
        days.extend(without.flat_map(|figure| [figure.known(lag), days_after(figure.until, 1)]));
        days.extend(settled.into_iter().flat_map(SettledPeriods::all).map(|settled| settled.known(lag)));
        days.extend(figures.iter().flat_map(|figure| [figure.known(lag), days_after(figure.until, 1)]));
    }
}

impl<'f> MeasuredMetric<'f> {
    /// What answers an objective; none if its metric is gone.
    pub fn of_objective(figures: &'f Figures<'f>, objective: &Objective) -> Option<Self> {
        let metric = figures.plan.get::<Metric>(objective.metric)?;
        let length = objective.period.unwrap_or(metric.period);
        let measured = Self::new(figures, metric, &SeriesScope::of_objective(objective), length);
        let currency = objective.value.currency.unwrap_or(measured.currency);
        Some(measured.taken_over(objective.over).in_currency(currency))
    }

    /// A metric in periods of this length. Its amounts are in the one currency of its figures, in that of the plan if they
    /// have several.
    pub fn new(
        figures: &'f Figures<'f>,
        metric: &'f Metric,
        scope: &SeriesScope,
        length: PeriodLength,
    ) -> Self {
        Self::of_scopes(figures, metric, std::slice::from_ref(scope), length)
    }

    /// A metric of several scopes together: their figures are added up, and only then is anything divided. One that lacks
    /// a figure leaves all of them without.
    pub fn of_scopes(
        figures: &'f Figures<'f>,
        metric: &'f Metric,
        scopes: &[SeriesScope],
        length: PeriodLength,
    ) -> Self {
        let parts = figures.parts.of(metric.id);
        let rows: Vec<&Metric> =
            parts.metrics.iter().filter_map(|part| figures.plan.get::<Metric>(*part)).collect();
        let measured = |part: &&'f Metric| {
            let metric = *part;
            let series = scopes.iter().filter_map(move |scope| figures.of_scope(metric.id, scope));
            series.map(move |series| MeasuredPart { metric, series })
        };
        let measured: Vec<MeasuredPart<'_>> = rows.iter().flat_map(measured).collect();
        // Somebody on two teams would count twice.
        let of_plan = |part: &&'f Metric| match scopes {
            [scope] => PlanPart::new(figures, part, scope),
            _ => None,
        };
        Self {
            figures,
            metric,
            length,
            over: 1,
            rates_of: None,
            currency: common_currency(&measured).unwrap_or(figures.currency),
            lag: rows.iter().map(|part| part.lag).max().unwrap_or(0),
            is_valid: !parts.is_circle && rows.iter().all(|part| part.period <= length),
            scopes: scopes.len(),
            parts: measured,
            of_plan: rows.iter().filter_map(of_plan).collect(),
        }
    }

    /// The same, each figure taken over so many periods.
    pub fn taken_over(self, periods: u32) -> Self {
        Self { over: periods.try_into().unwrap_or(i32::MAX), ..self }
    }

    /// The same with its amounts in this currency.
    pub fn in_currency(self, currency: Currency) -> Self {
        Self { currency, ..self }
    }

    /// The same with all amounts at the exchange rates of one day.
    pub fn at_rates_of(self, day: NaiveDate) -> Self {
        Self { rates_of: Some(day), ..self }
    }

    /// The currency of its values, if they are amounts.
    pub fn amounts_in(&self) -> Option<Currency> {
        let has_amounts = |part: &MeasuredPart<'_>| !part.series.currencies.is_empty();
        let is_amount =
            self.metric.unit == "money" || !self.metric.is_derived() && self.parts.iter().any(has_amounts);
        is_amount.then_some(self.currency)
    }

    /// The first day of which there has ever been a figure; of what the plan says itself, that on which it begins to, or
    /// some time before this day.
    pub fn beginning(&self, day: NaiveDate) -> Option<NaiveDate> {
        let of_plan = || self.of_plan.iter().map(|part| part.beginning(self.length, day)).min();
        self.parts.iter().filter_map(|part| part.series.beginning).min().or_else(of_plan)
    }

    /// The day on which all figures of a period are due.
    pub fn due(&self, period: Period) -> NaiveDate {
        due_after(period.last(), self.lag)
    }

    /// The value that was believed of a period on a day.
    pub fn value(&self, period: Period, day: NaiveDate) -> Result<ExactValue, MissingReason> {
        self.value_of(self.metric, period, day)
    }

    /// Whether each part that its value cannot do without has ever had a figure here.
    pub fn is_measured(&self) -> bool {
        self.is_part_measured(self.metric)
    }

    fn is_part_measured(&self, metric: &Metric) -> bool {
        if let Some(formula) = metric.known_formula().and_then(KnownMetric::parsed_formula) {
            let is_there = |part: &&FormulaPart| {
                let row = self.figures.parts.named(&part.metric);
                part.is_optional || row.is_some_and(|row| self.is_part_measured(row))
            };
            return formula.parts().iter().all(is_there);
        }
        if metric.is_quotient() {
            let row = |part: &MetricId| self.figures.plan.get::<Metric>(*part);
            return metric.parts().all(|part| row(part).is_some_and(|row| self.is_part_measured(row)));
        }
        self.part_of(metric.id).is_some() || self.plan_part_of(metric.id).is_some()
    }

    fn plan_part_of(&self, metric: MetricId) -> Option<&PlanPart<'f>> {
        self.of_plan.iter().find(|part| part.metric.id == metric)
    }

    fn part_of(&self, metric: MetricId) -> Option<&MeasuredPart<'f>> {
        self.parts.iter().find(|part| part.metric.id == metric)
    }

    /// The periods from the first figure on that are over and have a value on a day, or ought to; the oldest first.
    /// Only the last so many before the day are looked at.
    pub fn periods_until(&self, day: NaiveDate, at_most: usize) -> impl Iterator<Item = Period> {
        let begin = Period::of(self.length, day).later(i32::try_from(at_most).map_or(i32::MIN, |most| -most));
        let first = self.beginning(day).map(|first| Period::of(self.length, first).max(begin));
        let counts = move |period: &Period| {
            period.last() < day && (self.due(*period) <= day || self.value(*period, day).is_ok())
        };
        std::iter::successors(first, move |period| Some(period.later(1)).filter(|next| next.last() < day))
            .filter(counts)
    }

    /// The one figure that is the value of a period, if it is not made of others.
    pub fn observation(&self, period: Period, day: NaiveDate) -> Option<ObservationId> {
        if self.metric.is_derived() {
            return None;
        }
        let part = self.part_of(self.metric.id).filter(|_| self.scopes == 1)?;
        let is_it = |figure: &&Figure| {
            figure.first == period.first() && figure.last == period.last() && part.is_believed(figure, day)
        };
        let mut found = inside(part.series, period).filter(is_it);
        found.next().filter(|_| found.next().is_none()).map(|figure| figure.row)
    }

    /// The days up to this one on which what is believed, or what counts, may have changed.
    pub fn changes_until(&self, day: NaiveDate) -> Vec<NaiveDate> {
        let mut days = Vec::new();
        let Some(first) = self.beginning(day) else { return days };
        for part in &self.parts {
            part.changes(self.length, &mut days);
        }
        let (mut period, now) = (Period::of(self.length, first), Period::of(self.length, day));
        while period <= now {
            days.extend([days_after(period.last(), 1), self.due(period)]);
            period = period.later(1);
        }
        days.retain(|change| *change <= day);
        days
    }

    fn value_of(&self, metric: &Metric, period: Period, day: NaiveDate) -> Result<ExactValue, MissingReason> {
        if metric.is_quotient() {
            return self.quotient(metric, period, day);
        }
        if let Some(part) = self.plan_part_of(metric.id) {
            return self.converted(part.value(self.figures, self.over, period, day)?, period.last());
        }
        if metric.is_derived() {
            let formula = metric.known_formula().and_then(KnownMetric::parsed_formula);
            return self.formula(formula.ok_or(MissingReason::Gap)?, period, day);
        }
        match metric.kind {
            MetricKind::Ratio if self.over > 1 => Err(MissingReason::CannotAggregate),
            MetricKind::Flow => self.total(metric, period, day),
            MetricKind::Stock | MetricKind::Ratio => self.plain(metric, period, day),
        }
    }

    fn quotient(&self, metric: &Metric, period: Period, day: NaiveDate) -> Result<ExactValue, MissingReason> {
        let product = |parts: &[MetricId]| {
            parts.iter().try_fold(ExactValue::one(), |product, part| {
                let part = self.figures.plan.get::<Metric>(*part).ok_or(MissingReason::Gap)?;
                Ok(product * self.value_of(part, period, day)?)
            })
        };
        let (numerator, denominator) = (product(&metric.numerator)?, product(&metric.denominator)?);
        if denominator.is_zero() { Err(MissingReason::Zero) } else { Ok(numerator / denominator) }
    }

    fn formula(
        &self,
        formula: &MetricFormula,
        period: Period,
        day: NaiveDate,
    ) -> Result<ExactValue, MissingReason> {
        match formula {
            MetricFormula::Number(number) => Ok(ExactValue::from_integer((*number).into())),
            MetricFormula::Part(part) => self.part(part, period, day),
            MetricFormula::Binary(operator, sides) => {
                let [left, right] = &**sides;
                let (left, right) = (self.formula(left, period, day)?, self.formula(right, period, day)?);
                Ok(match operator {
                    ArithmeticOperator::Plus => left + right,
                    ArithmeticOperator::Minus => left - right,
                    ArithmeticOperator::Times => left * right,
                    ArithmeticOperator::Over if right.is_zero() => return Err(MissingReason::Zero),
                    ArithmeticOperator::Over => left / right,
                })
            }
        }
    }

    fn part(&self, part: &FormulaPart, period: Period, day: NaiveDate) -> Result<ExactValue, MissingReason> {
        let metric = self.figures.parts.named(&part.metric);
        let is_measured = |metric: &Metric| metric.is_derived() || self.part_of(metric.id).is_some();
        if part.is_optional && !metric.is_some_and(is_measured) {
            return Ok(ExactValue::zero());
        }
        let metric = metric.ok_or(MissingReason::Gap)?;
        match part.at {
            PartMoment::Period => self.value_of(metric, period, day),
            PartMoment::Previous => self.value_of(metric, period.later(-self.over), day),
            PartMoment::First => {
                let first = period.later(1 - self.over).first();
                self.value_of(metric, Period::of(metric.period, first), day)
            }
            PartMoment::Last => {
                let last = Period::of(metric.period, period.last());
                self.clone().taken_over(1).value_of(metric, last, day)
            }
        }
    }

    /// The sum of a flow over the periods that a figure is taken over; of several that are missing the newest says why.
    fn total(&self, metric: &Metric, period: Period, day: NaiveDate) -> Result<ExactValue, MissingReason> {
        (0..self.over)
            .try_fold(ExactValue::zero(), |sum, back| Ok(sum + self.plain(metric, period.later(-back), day)?))
    }

    /// The value of one period, from the metric's own figures in each scope.
    fn plain(&self, metric: &Metric, period: Period, day: NaiveDate) -> Result<ExactValue, MissingReason> {
        let parts = self.parts.iter().filter(|part| part.metric.id == metric.id);
        if parts.clone().count() < self.scopes {
            return Err(MissingReason::Gap);
        }
        if self.scopes > 1 && metric.kind == MetricKind::Ratio {
            return Err(MissingReason::CannotAggregate);
        }
        parts.into_iter().try_fold(ExactValue::zero(), |sum, part| Ok(sum + self.own(part, period, day)?))
    }

    /// The value of one period, from the figures of a metric in a scope.
    fn own(
        &self,
        part: &MeasuredPart<'_>,
        period: Period,
        day: NaiveDate,
    ) -> Result<ExactValue, MissingReason> {
        let metric = part.metric;
        let (first, last) = (period.first(), period.last());
        if is_practice(metric) {
            return practice_value(part.series, last, day, self.figures.oldest_practice_days());
        }
        if let Some(settled) = part.settled(period).filter(|settled| settled.known(metric.lag) <= day) {
            let value = (scaled(settled.digits.into(), settled.decimals), settled.currency);
            return self.converted(value, last);
        }
        let believed = inside(part.series, period).filter(|figure| part.is_believed(figure, day));
        let mut exact = believed.clone().filter(|figure| figure.first == first && figure.last == last);
        match (exact.next(), exact.next()) {
            (Some(_), Some(_)) => return Err(MissingReason::Twice),
            (Some(figure), None) => return self.converted(worth(figure), last),
            (None, _) if metric.period == period.length => return Err(MissingReason::Gap),
            (None, _) => {}
        }
        let believed: Vec<&Figure> = believed.collect();
        match metric.kind {
            MetricKind::Flow if metric.period == PeriodLength::Week => Err(MissingReason::Straddles),
            _ if believed.is_empty() => Err(MissingReason::Gap),
            MetricKind::Flow => self.sum(&believed, period),
            MetricKind::Stock => self.newest(&believed, metric, period),
            MetricKind::Ratio => Err(MissingReason::CannotAggregate),
        }
    }

    /// What a figure of a period that ends on this day is worth.
    fn converted(
        &self,
        value: (ExactValue, Option<Currency>),
        last: NaiveDate,
    ) -> Result<ExactValue, MissingReason> {
        self.figures.converted(value, self.currency, self.rates_of.unwrap_or(last))
    }

    /// The sum of the figures of shorter periods, if they cover each day once and no other.
    fn sum(&self, believed: &[&Figure], period: Period) -> Result<ExactValue, MissingReason> {
        let (first, last) = (period.first(), period.last());
        let mut spans: Vec<(NaiveDate, NaiveDate)> =
            believed.iter().map(|figure| (figure.first, figure.last)).collect();
        spans.sort_unstable();
        if spans.windows(2).any(|pair| pair[1].0 <= pair[0].1) {
            return Err(MissingReason::Twice);
        }
        let is_whole = spans.windows(2).all(|pair| pair[0].1.succ_opt() == Some(pair[1].0));
        let begins_and_ends =
            spans.first().map(|span| span.0) == Some(first) && spans.last().map(|span| span.1) == Some(last);
        if !(is_whole && begins_and_ends) {
            return Err(MissingReason::Partial);
        }
        believed
            .iter()
            .try_fold(ExactValue::zero(), |sum, figure| Ok(sum + self.converted(worth(figure), last)?))
    }

    /// The newest figure of a stock, if it is not too old for the end of the period.
    fn newest(
        &self,
        believed: &[&Figure],
        metric: &Metric,
        period: Period,
    ) -> Result<ExactValue, MissingReason> {
        let last = period.last();
        let until = believed.iter().filter(|figure| figure.last <= last);
        let newest = until.clone().map(|figure| figure.last).max().ok_or(MissingReason::Gap)?;
        let mut at = until.filter(|figure| figure.last == newest);
        match (at.next(), at.next()) {
            (Some(_), Some(_)) => Err(MissingReason::Twice),
            (Some(_), None) if (last - newest).num_days() > days_of(metric.period) - 1 => {
                Err(MissingReason::Stale)
            }
            (Some(figure), None) => self.converted(worth(figure), last),
            (None, _) => Err(MissingReason::Gap),
        }
    }
}

/// Whether a level or score holds until somebody looks again, as that of a practice does.
fn is_practice(metric: &Metric) -> bool {
    let is_standing = metric.kind == MetricKind::Stock && metric.period == PeriodLength::Day;
    is_standing && metric.practice_scale().is_some()
}

fn worth(figure: &Figure) -> (ExactValue, Option<Currency>) {
    (exact(figure.value.number), figure.value.currency)
}

/// The figures that share a day with a period.
fn inside(series: &Series, period: Period) -> impl Iterator<Item = &Figure> + Clone {
    let (first, last) = (period.first(), period.last());
    let begin = series.figures.partition_point(|figure| figure.last < first);
    // A longer one may end later and have begun before.
    let end = series.figures.partition_point(|figure| (figure.last - last).num_days() <= series.longest_days);
    series.figures[begin..end.max(begin)].iter().filter(move |figure| figure.first <= last)
}

/// The one currency of all amounts in these series.
fn common_currency(parts: &[MeasuredPart<'_>]) -> Option<Currency> {
    let mut currencies = parts.iter().flat_map(|part| part.series.currencies.iter().copied());
    let first = currencies.next()?;
    currencies.all(|currency| currency == first).then_some(first)
}
