//! The figures of a plan, by metric and scope: worked out once for a state of its observations, whatever is asked of them.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use headroom_model::{Currency, MetricId, MetricValue, Observation, ObservationId, PeriodLength, Plan};
use rustc_hash::FxHashMap;

use super::{SeriesScope, settled::SettledPeriods};
use crate::schedule::days_after;

/// A figure, with the days on which it is believed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// The first day on which it is known, if it is not the day on which it is due.
    pub from: Option<NaiveDate>,
    /// The last day on which it is believed.
    pub until: NaiveDate,
    pub value: MetricValue,
    pub row: ObservationId,
}

impl Figure {
    fn new(row: &Observation) -> Self {
        Self {
            first: row.first,
            last: row.last,
            from: row.from,
            until: row.until.unwrap_or(NaiveDate::MAX),
            value: row.value,
            row: row.id,
        }
    }

    /// The first day on which it is known, if its metric is due that many days after the end of a period.
    pub fn known(&self, lag: u32) -> NaiveDate {
        self.from.unwrap_or_else(|| due_after(self.last, lag))
    }
}

/// The figures of a metric in a scope.
#[derive(Debug, Default)]
pub(crate) struct Series {
    /// In the order of their last days.
    pub figures: Vec<Figure>,
    /// What was looked at and has no number: it does not apply, or could not be determined. No value is made of these.
    pub without_number: Vec<Figure>,
    /// Days of the longest of them.
    pub longest_days: i64,
    /// The first day of all.
    pub beginning: Option<NaiveDate>,
    /// Those of its amounts, each once.
    pub currencies: Vec<Currency>,
    settled: [OnceLock<SettledPeriods>; PeriodLength::ALL.len()],
}

impl Series {
    fn push(&mut self, figure: Figure) {
        if figure.value.lacks.is_some() {
            return self.without_number.push(figure);
        }
        self.longest_days = self.longest_days.max((figure.last - figure.first).num_days() + 1);
        self.beginning = Some(self.beginning.map_or(figure.first, |first| first.min(figure.first)));
        if let Some(currency) = figure.value.currency.filter(|currency| !self.currencies.contains(currency)) {
            self.currencies.push(currency);
        }
        self.figures.push(figure);
    }

    /// The periods of this length whose figures nobody will alter.
    pub fn settled(&self, length: PeriodLength) -> &SettledPeriods {
        self.settled[length as usize].get_or_init(|| SettledPeriods::new(self, length))
    }
}

/// The figures of a plan.
#[derive(Debug, Default)]
pub(crate) struct FigureIndex {
    metrics: FxHashMap<MetricId, FxHashMap<SeriesScope, Series>>,
}

impl FigureIndex {
    /// That of a plan, as its observations stand.
    pub fn of(plan: &Plan) -> Arc<Self> {
        plan.observations.derived(Self::new)
    }

    fn new(rows: &[Observation]) -> Self {
        let mut index = Self::default();
        for row in rows {
            let of_metric = index.metrics.entry(row.metric).or_default();
            of_metric.entry(SeriesScope::of_observation(row)).or_default().push(Figure::new(row));
        }
        for series in index.metrics.values_mut().flat_map(FxHashMap::values_mut) {
            series.figures.sort_unstable_by_key(|figure| (figure.last, figure.first));
        }
        index
    }

    /// Each metric and scope that has figures, with these, in no order.
    pub fn all(&self) -> impl Iterator<Item = (MetricId, &SeriesScope, &Series)> {
        self.metrics
            .iter()
            .flat_map(|(metric, scopes)| scopes.iter().map(move |(scope, series)| (*metric, scope, series)))
    }

    /// Whose figures of a metric there are, with these, in no order.
    pub fn of_metric(&self, metric: MetricId) -> impl Iterator<Item = (&SeriesScope, &Series)> {
        self.metrics.get(&metric).into_iter().flatten()
    }

    /// The figures of a metric in a scope, if there are any.
    pub fn of_scope(&self, metric: MetricId, scope: &SeriesScope) -> Option<&Series> {
        self.metrics.get(&metric)?.get(scope)
    }
}

/// The day on which a figure is due, if it is that many days after the end of its period.
pub(crate) fn due_after(last: NaiveDate, lag: u32) -> NaiveDate {
    days_after(last, i64::from(lag) + 1)
}
