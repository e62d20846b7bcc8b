//! Scenarios side by side: the figures of each on a day and over a period, with the difference to the first, and month by
//! month for the picture. The plan itself is one of them.
//!
//! `figures.rs` collects what is compared of each, `rows.rs` lists the figures, `fan.rs` simulates their capacity,
//! `overlaps.rs` says what two of them change alike and differently, `document.rs` writes all of it to a file.

mod document;
mod fan;
mod figures;
mod overlaps;
mod rows;

use std::path::Path;

use chrono::{Months as ChronoMonths, NaiveDate};
use headroom_analysis::plan_figures::Period;
use headroom_model::{ExpectedFigure, Scenario};
use headroom_tabular::xlsx::{Sheet, write_csv, write_xlsx};
use serde::{Deserialize, Serialize};

pub use self::{fan::*, overlaps::*};
use super::list::{ScenarioRow, scenario_page};
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError, ErrorKind},
    hidden_pay::ShownAmount,
    hiring::capacity::checked_months,
    state::{AppState, asked_on, plan_name},
};

/// What is compared, and over which period.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioComparisonQuery {
    /// Keys of scenarios; an empty one is the plan itself. Differences are to the first.
    pub scenarios: Vec<String>,
    /// The first and the last day; by default the day shown, and a year later.
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

/// Scenarios side by side.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioComparison {
    /// The day of the figures that are not over the period.
    pub day: NaiveDate,
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// First days of the months of the period.
    pub months: Vec<NaiveDate>,
    /// That of amounts.
    pub currency: String,
    /// Amounts are hidden, or rounded.
    pub is_pay_hidden: bool,
    pub columns: Vec<ScenarioColumn>,
    pub sections: Vec<FigureSection>,
    /// For the picture.
    pub series: Vec<FigureSeries>,
}

/// What is compared.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioColumn {
    /// Empty: the plan itself.
    pub key: String,
    pub name: String,
    /// None: the plan itself.
    pub scenario: Option<ScenarioRow>,
}

/// Figures that belong together.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FigureSection {
    pub id: String,
    pub title: String,
    pub rows: Vec<FigureRow>,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum FigureUnit {
    Count,
    /// An average, with a decimal.
    Average,
    /// Full-time equivalent; over several months, person-months.
    Fte,
    /// In whole units of the currency, with the exact amount beside it.
    Money,
    Days,
    /// A part of 1.
    Share,
}

/// What of a figure is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Better {
    More,
    Less,
    Neither,
}

/// A figure of everything compared.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FigureRow {
    pub id: String,
    pub title: String,
    pub unit: FigureUnit,
    pub better: Better,
    /// Where the window shows what makes it, as `view?parameters`.
    pub address: String,
    /// By column.
    pub values: Vec<FigureValue>,
}

/// A figure of one of those compared.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FigureValue {
    /// None where there is nothing to measure, or it would reveal a salary.
    pub value: Option<f64>,
    /// The exact amount, of money.
    pub amount: Option<ShownAmount>,
    /// Less that of the first column; none if one of them has no value.
    pub difference: Option<f64>,
    pub difference_amount: Option<ShownAmount>,
    /// Of an expected figure: whether it keeps its bound.
    pub is_kept: Option<bool>,
    /// The people or services that are counted, where they are few and the views do not list them.
    pub entities: Vec<NamedEntity>,
}

/// A figure by month.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FigureSeries {
    pub id: String,
    pub title: String,
    pub unit: FigureUnit,
    /// By column, then by month.
    pub values: Vec<Vec<Option<f64>>>,
}

/// A format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ComparisonFormat {
    /// A document for a decision.
    Markdown,
    /// A workbook with the figures, the months and the changes.
    Xlsx,
    /// The figures.
    Csv,
}

impl ScenarioComparisonQuery {
    fn period(&self, at: At) -> Answer<Period> {
        let from = self.from.unwrap_or_else(|| at.shown_day());
        let a_year = || from.checked_add_months(ChronoMonths::new(12)).and_then(|day| day.pred_opt());
        let until = self.until.or_else(a_year).unwrap_or(from);
        if until < from {
            return Err(AppError::new(ErrorKind::Invalid, "the end date is before the start date"));
        }
        let period = Period { from, until, planned_hires: at.planned_hires, asked_on: asked_on(from) };
        checked_months(u32::try_from(period.months().len()).unwrap_or(u32::MAX))?;
        Ok(period)
    }

    /// The state as it is looked at from each, once.
    fn states(&self, app: &AppState) -> Answer<Vec<(String, AppState)>> {
        let mut states: Vec<(String, AppState)> = Vec::new();
        for key in &self.scenarios {
            if !states.iter().any(|(known, _)| known == key) {
                states.push((key.clone(), app.in_scenario_named(key)?));
            }
        }
        if states.is_empty() {
            return Err(AppError::new(ErrorKind::Invalid, "name at least one scenario to compare"));
        }
        Ok(states)
    }
}

/// Scenarios side by side.
///
/// # Errors
/// [`ErrorKind::Invalid`] without any scenario, or if the period is none; [`ErrorKind::NotFound`] if the plan has no
/// scenario with one of the keys.
#[specta::specta]
pub fn compare_scenarios(
    app: &AppState,
    query: ScenarioComparisonQuery,
    at: At,
) -> Answer<ScenarioComparison> {
    let period = query.period(at)?;
    let states = query.states(app)?;
    let columns = states.iter().map(|(key, app)| column(app, key)).collect::<Answer<Vec<_>>>()?;
    let expected = expected_of(&states)?;
    let compared = figures::all(states.iter().map(|(_, app)| app), period, at, &expected)?;
    let months = period.months();
    Ok(ScenarioComparison {
        day: at.shown_day(),
        from: period.from,
        until: period.until,
        months: (0..months.len()).map(|at| months.first_day(at)).collect(),
        currency: compared.first().map(|first| first.costs.currency.clone()).unwrap_or_default(),
        is_pay_hidden: !app.pay.is_shown(),
        columns,
        sections: rows::sections(&compared, &expected),
        series: rows::series(&compared),
    })
}

/// What is expected of the scenarios, each figure once, by day.
fn expected_of(states: &[(String, AppState)]) -> Answer<Vec<ExpectedFigure>> {
    let mut expected: Vec<ExpectedFigure> = Vec::new();
    for (_, app) in states {
        let Some(scenario) = app.scenario() else { continue };
        let plan = app.in_plan().plan()?;
        let figures = plan.get::<Scenario>(scenario).into_iter().flat_map(|row| &row.expected);
        expected.extend(figures.cloned());
    }
    expected.sort_by_cached_key(|expected| (expected.by, expected.to_string()));
    expected.dedup();
    Ok(expected)
}

fn column(app: &AppState, key: &str) -> Answer<ScenarioColumn> {
    let scenario = app.scenario().map(|id| scenario_page(app, Id(id.0))).transpose()?;
    let name = scenario.as_ref().map_or_else(|| "Plan".to_owned(), |row| row.name.clone());
    Ok(ScenarioColumn { key: key.to_owned(), name, scenario })
}

/// [`compare_scenarios`] in Markdown, as a document for a decision: what each is about, the figures, what each changes,
/// and what two change alike and differently.
///
/// # Errors
/// As [`compare_scenarios`].
#[specta::specta]
pub fn scenario_comparison_text(app: &AppState, query: ScenarioComparisonQuery, at: At) -> Answer<String> {
    let changes = compare_changes(app, query.scenarios.clone())?;
    let shown = compare_scenarios(app, query, at)?;
    let name = app.in_plan().with_store(|store, _| plan_name(store.plan(), store.path()))?;
    Ok(document::markdown(&name, &shown, &changes))
}

/// The figures of [`compare_scenarios`] as a table.
///
/// # Errors
/// As [`compare_scenarios`].
pub fn scenario_comparison_table(app: &AppState, query: ScenarioComparisonQuery, at: At) -> Answer<Sheet> {
    Ok(document::figures(&compare_scenarios(app, query, at)?))
}

/// Writes [`compare_scenarios`] to a file.
///
/// # Errors
/// As [`compare_scenarios`], and if the file cannot be written.
#[specta::specta]
pub fn save_scenario_comparison(
    app: &AppState,
    query: ScenarioComparisonQuery,
    at: At,
    format: ComparisonFormat,
    path: String,
) -> Answer<()> {
    let path = Path::new(&path);
    match format {
        ComparisonFormat::Markdown => {
            headroom_files::write_file(path, scenario_comparison_text(app, query, at)?)?;
        }
        ComparisonFormat::Xlsx => {
            let changes = compare_changes(app, query.scenarios.clone())?;
            write_xlsx(&document::book(&compare_scenarios(app, query, at)?, &changes), path)?;
        }
        ComparisonFormat::Csv => write_csv(&scenario_comparison_table(app, query, at)?, path)?,
    }
    Ok(())
}
