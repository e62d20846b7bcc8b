//! Unit economics: metrics of segments, markets or channels side by side in a month.

use chrono::{Datelike, NaiveDate};
use headroom_analysis::metrics::{
    ExactValue, Figures, MetricsByScope, NoFigure, Period, ScopeDimension, SeriesScope, UnitMetric,
    approximate, period_name, reason_words, value_words,
};
use headroom_model::{Currency, Money, PeriodLength, Plan, wording::count_of};
use serde::{Deserialize, Serialize};

use super::{
    list::{AskedOfMetrics, MetricObjective},
    mrr_waterfall::MrrWaterfall,
    scope::MetricScope,
};
use crate::{
    at::At,
    entities::entity::NamedEntity,
    error::{Answer, AppError, ErrorKind},
    hidden_pay::ShownAmount,
    state::AppState,
};

/// What is put side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum MetricDimension {
    Segment,
    Market,
    Channel,
}

impl MetricDimension {
    const ALL: [MetricDimension; 3] =
        [MetricDimension::Segment, MetricDimension::Market, MetricDimension::Channel];

    pub const fn word(self) -> &'static str {
        self.scopes().word()
    }

    pub(super) const fn scopes(self) -> ScopeDimension {
        match self {
            MetricDimension::Segment => ScopeDimension::Segment,
            MetricDimension::Market => ScopeDimension::Market,
            MetricDimension::Channel => ScopeDimension::Channel,
        }
    }
}

/// What is asked for; what is left out is chosen.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct UnitEconomicsQuery {
    /// Without it, the first of which there are figures.
    pub by: Option<MetricDimension>,
    /// Any day of the month. Without it, or if that is not over, the newest month with figures.
    pub month: Option<NaiveDate>,
    /// Over how many months MRR moved, up to that one; at most twelve.
    pub months: Option<u32>,
}

/// The most months over which MRR is followed.
pub const MOST_MONTHS: u32 = 12;

/// Whose unit economics there are, and of which months.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct UnitEconomicsPage {
    pub by: MetricDimension,
    /// Those of which there are figures.
    pub dimensions: Vec<MetricDimension>,
    /// The first day of the month; none if no month is over that has a figure.
    pub month: Option<NaiveDate>,
    /// It is the newest month with figures: objectives are about that.
    pub is_newest: bool,
    /// Those to choose, the newest first.
    pub months: Vec<EconomicsMonth>,
    pub columns: Vec<EconomicsColumn>,
    /// Whose figures stand in no column: `Shippers, Germany`.
    pub narrower: Vec<String>,
    /// How MRR moved, for each column.
    pub waterfalls: Vec<MrrWaterfall>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct EconomicsMonth {
    pub first: NaiveDate,
    /// `Oct 2026`.
    pub name: String,
}

/// Whose figures stand in a column.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct EconomicsColumn {
    /// `of-`, `of-Shippers`, `together`.
    pub id: String,
    /// `Organisation`, `Shippers`, `All segments`.
    pub title: String,
    /// None for all of them together, which no metric has as a scope of its own.
    pub scope: Option<MetricScope>,
    /// Something is asked of a figure in it.
    pub is_asked: bool,
    /// What is to be known of the column.
    pub hint: String,
}

/// A metric in all columns.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct UnitEconomicsRow {
    /// Among all rows.
    pub number: u32,
    /// `Retention`, and its place among the sections.
    pub section: String,
    pub section_number: u32,
    pub metric: NamedEntity,
    /// In the order of the columns.
    pub cells: Vec<EconomicsCell>,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct EconomicsCell {
    pub value: Option<f64>,
    /// The value, or why there is none.
    pub words: String,
    /// The value, if it is an amount.
    pub amount: Option<ShownAmount>,
    /// What of it is missing, where several are put together.
    pub hint: String,
    /// What is asked of it, if it is the newest month.
    pub objectives: Vec<MetricObjective>,
}

/// Whose unit economics there are, and how MRR moved.
#[specta::specta]
pub fn unit_economics(app: &AppState, query: UnitEconomicsQuery, at: At) -> Answer<UnitEconomicsPage> {
    let (plan, day) = (app.plan()?, at.shown_day());
    Ok(page(&plan, &query, day))
}

/// The same, with every metric.
///
/// # Errors
/// If the month asked for is not over, or before the first figure.
pub fn whole_unit_economics(
    app: &AppState,
    query: &UnitEconomicsQuery,
    at: At,
) -> Answer<(UnitEconomicsPage, Vec<UnitEconomicsRow>)> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let found = page(&plan, query, day);
    let is_month =
        |asked: NaiveDate| found.month.is_some_and(|month| month == asked.with_day(1).unwrap_or(asked));
    if let Some(asked) = query.month.filter(|asked| !is_month(*asked)) {
        let month = asked.format("%b %Y");
        return Err(AppError::new(
            ErrorKind::Invalid,
            format!("no figures of {month}, or it is not over yet"),
        ));
    }
    let figures = Figures::new(&plan);
    let rows = EconomicsLook::new(&plan, &figures, query, day).rows();
    Ok((found, rows))
}

fn page(plan: &Plan, query: &UnitEconomicsQuery, day: NaiveDate) -> UnitEconomicsPage {
    let figures = Figures::new(plan);
    let has_figures = |by: &MetricDimension| {
        let by_scope = MetricsByScope::new(&figures, by.scopes(), day);
        by_scope.columns.iter().flatten().any(|scope| !scope.is_organisation())
    };
    let dimensions: Vec<MetricDimension> = MetricDimension::ALL.into_iter().filter(has_figures).collect();
    let look = EconomicsLook::new(plan, &figures, query, day);
    let span = query.months.unwrap_or(1).clamp(1, MOST_MONTHS);
    let columns = look.columns();
    let waterfall = |(column, scopes): (&EconomicsColumn, &Vec<SeriesScope>)| {
        Some(MrrWaterfall::new(plan, &look.by_scope, column, scopes, (look.month?, span)))
    };
    UnitEconomicsPage {
        by: look.by,
        dimensions,
        month: look.month.map(Period::first),
        is_newest: look.is_newest,
        months: look.by_scope.months.iter().rev().map(|month| month_choice(*month)).collect(),
        narrower: look.by_scope.narrower.iter().map(|scope| scope.words(plan)).collect(),
        waterfalls: columns.iter().zip(&look.by_scope.columns).filter_map(waterfall).collect(),
        columns,
    }
}

fn month_choice(month: Period) -> EconomicsMonth {
    EconomicsMonth { first: month.first(), name: period_name(month) }
}

/// What a query asks for, of a plan on a day.
pub(super) struct EconomicsLook<'f> {
    plan: &'f Plan,
    by: MetricDimension,
    by_scope: MetricsByScope<'f>,
    month: Option<Period>,
    is_newest: bool,
    asked: AskedOfMetrics,
}

impl<'f> EconomicsLook<'f> {
    pub fn new(plan: &'f Plan, figures: &'f Figures<'f>, query: &UnitEconomicsQuery, day: NaiveDate) -> Self {
        let of = |by: MetricDimension| MetricsByScope::new(figures, by.scopes(), day);
        let has_parts =
            |found: &MetricsByScope<'_>| found.columns.iter().flatten().any(|scope| !scope.is_organisation());
        let (by, by_scope) = match query.by {
            Some(by) => (by, of(by)),
            None => {
                let mut found = MetricDimension::ALL.into_iter().map(|by| (by, of(by)));
                let first = found.find(|(_, found)| has_parts(found));
                first.unwrap_or_else(|| (MetricDimension::Segment, of(MetricDimension::Segment)))
            }
        };
        let newest = by_scope.months.last().copied();
        let asked = query.month.map(|day| Period::of(PeriodLength::Month, day));
        let month = asked.filter(|month| by_scope.months.contains(month)).or(newest);
        let is_newest = month == newest;
        Self { plan, by, by_scope, month, is_newest, asked: AskedOfMetrics::new(plan, day) }
    }

    fn columns(&self) -> Vec<EconomicsColumn> {
        self.by_scope.columns.iter().map(|scopes| self.column(scopes)).collect()
    }

    fn column(&self, scopes: &[SeriesScope]) -> EconomicsColumn {
        let word = self.by.word();
        match scopes {
            [scope] => {
                let name = self.by.scopes().name_in(scope);
                let title = if name.is_empty() { "Organisation" } else { name };
                EconomicsColumn {
                    id: format!("of-{name}"),
                    title: title.to_owned(),
                    scope: Some(MetricScope::new(self.plan, scope)),
                    is_asked: self.is_newest && self.is_asked(scope),
                    hint: String::new(),
                }
            }
            several => EconomicsColumn {
                id: "together".to_owned(),
                title: format!("All {word}s"),
                scope: None,
                is_asked: false,
                hint: format!(
                    "{} added up, and only then divided: the organisation has no such figures of its own",
                    count_of(several.len(), word)
                ),
            },
        }
    }

    fn is_asked(&self, scope: &SeriesScope) -> bool {
        self.by_scope.metrics.iter().any(|row| !self.asked.of(row.metric.id, scope).0.is_empty())
    }

    /// Every metric that is measured in any column.
    pub fn rows(&self) -> Vec<UnitEconomicsRow> {
        let Some(month) = self.month else { return Vec::new() };
        let metrics = self.by_scope.metrics.iter().zip(0..);
        metrics.map(|(row, number)| self.row(row, number, month)).collect()
    }

    fn row(&self, row: &UnitMetric<'f>, number: u32, month: Period) -> UnitEconomicsRow {
        let (section_number, section) = row.section;
        UnitEconomicsRow {
            number,
            section: section.to_owned(),
            section_number: section_number as u32,
            metric: NamedEntity::new(self.plan, row.metric.id),
            cells: self.by_scope.columns.iter().map(|scopes| self.cell(row, scopes, month)).collect(),
        }
    }

    fn cell(&self, row: &UnitMetric<'f>, scopes: &[SeriesScope], month: Period) -> EconomicsCell {
        let found = self.by_scope.figure(row.metric, scopes, month);
        let value = found.value.as_ref().ok();
        let words = match &found.value {
            Ok(value) => value_words(Some(row.metric), found.currency, value),
            Err(reason) => no_figure_words(*reason).to_owned(),
        };
        let is_amount = row.metric.unit == "money";
        let amount = value.zip(found.currency.filter(|_| is_amount));
        EconomicsCell {
            value: value.map(approximate),
            words,
            amount: amount.and_then(|(value, currency)| shown_amount(value, currency)),
            hint: if value.is_some() { String::new() } else { self.lacking(row, scopes, month) },
            objectives: match scopes {
                [scope] if self.is_newest => self.asked.of(row.metric.id, scope).0,
                _ => Vec::new(),
            },
        }
    }

    /// Which of several lack a figure, and why: `Carriers: no figure yet`.
    fn lacking(&self, row: &UnitMetric<'f>, scopes: &[SeriesScope], month: Period) -> String {
        if scopes.len() == 1 {
            return String::new();
        }
        let lacks = |scope: &SeriesScope| {
            let reason = self.by_scope.figure(row.metric, std::slice::from_ref(scope), month).value.err()?;
            Some(format!("{}: {}", scope.words(self.plan), no_figure_words(reason)))
        };
        scopes.iter().filter_map(lacks).collect::<Vec<_>>().join("; ")
    }
}

pub(super) fn no_figure_words(reason: NoFigure) -> &'static str {
    match reason {
        NoFigure::NotMeasured => "not measured",
        NoFigure::LongerPeriods => "measured in longer periods",
        NoFigure::Missing(reason) => reason_words(reason),
    }
}

/// An amount to the smallest unit of its currency; none if it is larger than any amount.
pub(super) fn shown_amount(value: &ExactValue, currency: Currency) -> Option<ShownAmount> {
    let minor = (value * ExactValue::from_integer(currency.scale().into())).round().to_integer();
    Some(Money::new(i64::try_from(minor).ok()?, currency).into())
}
