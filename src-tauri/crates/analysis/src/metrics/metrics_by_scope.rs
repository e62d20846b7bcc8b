//! Metrics side by side: what is earned by and spent on each segment, market or channel in a month, and on all of them.

use chrono::NaiveDate;
use headroom_model::{Currency, Metric, MetricId, PeriodLength};

use super::{
    ExactValue, Figures, MeasuredMetric, MissingReason, Period, SeriesScope, metric_known_as::metric_known_as,
};

/// What is put side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeDimension {
    Segment,
    Market,
    Channel,
}

impl ScopeDimension {
    pub const fn word(self) -> &'static str {
        match self {
            ScopeDimension::Segment => "segment",
            ScopeDimension::Market => "market",
            ScopeDimension::Channel => "channel",
        }
    }

    /// The segment, market or channel of a scope; empty if it names none.
    pub fn name_in(self, scope: &SeriesScope) -> &str {
        match self {
            ScopeDimension::Segment => &scope.segment,
            ScopeDimension::Market => &scope.market,
            ScopeDimension::Channel => &scope.channel,
        }
    }

    /// The scope that names one of these and nothing else.
    pub(crate) fn scope(self, name: &str) -> SeriesScope {
        let (name, none) = (name.to_owned(), SeriesScope::default());
        match self {
            ScopeDimension::Segment => SeriesScope { segment: name, ..none },
            ScopeDimension::Market => SeriesScope { market: name, ..none },
            ScopeDimension::Channel => SeriesScope { channel: name, ..none },
        }
    }
}

/// The known metrics of unit economics, by what they are about. A new one is a word here.
static SECTIONS: &[(&str, &[&str])] = &[
    ("Recurring revenue", &["mrr", "arr", "revenue"]),
    (
        "Movements of MRR",
        &["new-mrr", "reactivation-mrr", "expansion-mrr", "contraction-mrr", "churned-mrr", "mrr-difference"],
    ),
    ("Retention", &["nrr", "grr", "revenue-churn", "quick-ratio", "logo-churn"]),
    ("Customers", &["customers", "new-customers", "reactivated-customers", "lost-customers", "arpa"]),
    ("What growth costs and brings", &["spend", "margin", "cac", "payback", "ltv", "ltv-cac"]),
    ("Before they buy", &["leads", "trials", "conversion", "lead-velocity"]),
];

/// A metric of the plan among those of unit economics.
#[derive(Debug, Clone, Copy)]
pub struct UnitMetric<'p> {
    pub metric: &'p Metric,
    /// The place of its section among all of them, and what that is called.
    pub section: (usize, &'static str),
}

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFigure {
    /// Nobody measures what it is made of.
    NotMeasured,
    /// A part of it is measured in longer periods.
    LongerPeriods,
    Missing(MissingReason),
}

/// The value of a metric in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeFigure {
    pub value: Result<ExactValue, NoFigure>,
    /// That of amounts.
    pub currency: Option<Currency>,
}

/// The unit economics of a plan that were believed on a day.
#[derive(Debug)]
pub struct MetricsByScope<'f> {
    pub(super) figures: &'f Figures<'f>,
    pub(super) day: NaiveDate,
    /// Those that are measured in any of the columns.
    pub metrics: Vec<UnitMetric<'f>>,
    /// Whose figures: the organisation's, where it has some; each segment's, market's or channel's, by name; all of these
    /// together, where that says what the organisation does not.
    pub columns: Vec<Vec<SeriesScope>>,
    /// Scopes that name one of them and more: they are in no column.
    pub narrower: Vec<SeriesScope>,
    /// The months that are over, from the first figure to the last one of which there is any value.
    pub months: Vec<Period>,
}

impl<'f> MetricsByScope<'f> {
    pub fn new(figures: &'f Figures<'f>, dimension: ScopeDimension, day: NaiveDate) -> Self {
        let scopes = all_scopes(figures);
        let is_here = |scope: &&SeriesScope| !dimension.name_in(scope).is_empty();
        let (one, narrower): (Vec<SeriesScope>, Vec<SeriesScope>) = scopes
            .iter()
            .filter(is_here)
            .cloned()
            .partition(|scope| *scope == dimension.scope(dimension.name_in(scope)));
        let has_own = scopes.iter().any(SeriesScope::is_organisation);
        let mut columns: Vec<Vec<SeriesScope>> = one.iter().map(|scope| vec![scope.clone()]).collect();
        if has_own {
            columns.insert(0, vec![SeriesScope::default()]);
        }
        let mut found =
            Self { figures, day, metrics: unit_metrics(figures), columns, narrower, months: Vec::new() };
        if one.len() > 1 && found.adds_to_the_organisation(&one) {
            found.columns.push(one);
        }
        found.metrics.retain(|row| found.columns.iter().any(|scopes| is_measured(figures, row, scopes)));
        found.months = found.months();
        while found.months.last().is_some_and(|month| !found.has_figure(*month)) {
            found.months.pop();
        }
        found
    }

    /// Whether several scopes together measure something that the organisation does not.
    fn adds_to_the_organisation(&self, scopes: &[SeriesScope]) -> bool {
        let own = [SeriesScope::default()];
        let mut metrics = self.metrics.iter();
        metrics.any(|row| is_measured(self.figures, row, scopes) && !is_measured(self.figures, row, &own))
    }

    fn months(&self) -> Vec<Period> {
        let begins = self.metrics.iter().flat_map(|row| {
            self.columns.iter().filter_map(|scopes| self.measured(row.metric, scopes).beginning(self.day))
        });
        let first = begins.min().map(|day| Period::of(PeriodLength::Month, day));
        let is_over = |month: &Period| month.last() < self.day;
        std::iter::successors(first, |month| Some(month.later(1))).take_while(is_over).collect()
    }

    fn has_figure(&self, month: Period) -> bool {
        let mut cells = self.metrics.iter().flat_map(|row| self.columns.iter().map(move |it| (row, it)));
        cells.any(|(row, scopes)| self.figure(row.metric, scopes, month).value.is_ok())
    }

    /// The value of a metric in a month, of a scope or of several together.
    pub fn figure(&self, metric: &'f Metric, scopes: &[SeriesScope], month: Period) -> ScopeFigure {
        let measured = self.measured(metric, scopes);
        ScopeFigure { value: value_in(&measured, month, self.day), currency: measured.amounts_in() }
    }

    pub(super) fn measured(&self, metric: &'f Metric, scopes: &[SeriesScope]) -> MeasuredMetric<'f> {
        MeasuredMetric::of_scopes(self.figures, metric, scopes, PeriodLength::Month)
    }

    pub(super) fn metric(&self, key: &str) -> Option<&'f Metric> {
        metric_known_as(self.figures.plan, key)
    }
}

/// The value of a period, or why there is none.
pub(super) fn value_in(
    measured: &MeasuredMetric<'_>,
    period: Period,
    day: NaiveDate,
) -> Result<ExactValue, NoFigure> {
    if !measured.is_measured() {
        return Err(NoFigure::NotMeasured);
    }
    if !measured.is_valid {
        return Err(NoFigure::LongerPeriods);
    }
    measured.value(period, day).map_err(NoFigure::Missing)
}

fn is_measured(figures: &Figures<'_>, row: &UnitMetric<'_>, scopes: &[SeriesScope]) -> bool {
    MeasuredMetric::of_scopes(figures, row.metric, scopes, PeriodLength::Month).is_measured()
}

fn unit_metrics<'f>(figures: &'f Figures<'f>) -> Vec<UnitMetric<'f>> {
    let rows = SECTIONS.iter().enumerate().flat_map(|(at, (title, keys))| {
        let metrics = keys.iter().filter_map(|key| metric_known_as(figures.plan, key));
        metrics.map(move |metric| UnitMetric { metric, section: (at, *title) })
    });
    let mut seen: Vec<MetricId> = Vec::new();
    let mut rows: Vec<UnitMetric<'_>> = rows.collect();
    rows.retain(|row| {
        let is_first = !seen.contains(&row.metric.id);
        seen.push(row.metric.id);
        is_first
    });
    rows
}

/// Whose figures of unit economics there are, by name.
fn all_scopes(figures: &Figures<'_>) -> Vec<SeriesScope> {
    let mut scopes: Vec<SeriesScope> = Vec::new();
    for row in unit_metrics(figures) {
        let parts = figures.parts.of(row.metric.id).metrics;
        for scope in parts.iter().flat_map(|part| figures.scopes(*part)) {
            if !scopes.contains(scope) {
                scopes.push(scope.clone());
            }
        }
    }
    scopes.sort_by_cached_key(|scope| scope.words(figures.plan));
    scopes
}
