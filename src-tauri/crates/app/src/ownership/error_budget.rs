//! Error budgets: the SLOs of services, what was spent of it, and what was measured.

use chrono::{Days, NaiveDate};
use headroom_analysis::{
    error_budget::{
        BudgetReading, Downtime, ErrorBudget, MeasuredMinutes, MonthAvailability, all_error_budgets,
        budget_words, error_budgets, months, percent_words, rounded, window_words,
    },
    metrics::ExactValue,
};
use headroom_model::{MINUTES_A_DAY, Plan, ServiceId, TeamId, wording::capitalized};
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    organisation::team_tree::owned,
    state::AppState,
};

/// Days of which the minutes down are shown one by one.
const SHOWN_DAYS: u64 = 30;

/// The SLOs of services on a day, and what has been measured.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ErrorBudgets {
    pub day: NaiveDate,
    /// By service.
    pub budgets: Vec<ErrorBudgetRow>,
    /// The services with figures, by name.
    pub measured: Vec<MeasuredService>,
}

/// An SLO with its budget.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ErrorBudgetRow {
    pub service: NamedEntity,
    /// None: the SLO that is a field of the service.
    pub objective: Option<NamedEntity>,
    /// `99.9%`.
    pub target: String,
    pub target_millionths: u32,
    /// `30 days (assumed)`.
    pub window: String,
    /// Nominal: a month has 30.
    pub window_days: f64,
    pub is_rolling: bool,
    pub is_window_assumed: bool,
    pub method: String,
    /// Of the whole window.
    pub budget_minutes: f64,
    /// `left`, `spent`, `nothing-may-fail`; or why nothing is known: `no-figures`, `not-availability`, `too-short`.
    pub state: String,
    /// `27.4 of 86.4 minutes left · burn 0.79 · ends on 3 Sep 2026 at this rate`.
    pub words: String,
    pub figures: Option<ErrorBudgetFigures>,
}

/// What a day shows of a budget.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ErrorBudgetFigures {
    /// First day of the window.
    pub from: NaiveDate,
    pub elapsed_days: u32,
    pub measured_days: u32,
    pub down_minutes: f64,
    /// Budget of the days measured.
    pub measured_budget_minutes: f64,
    /// Less than 0 if more was spent.
    pub left_minutes: f64,
    pub spent_share: Option<f64>,
    pub is_exhausted: Option<bool>,
    pub burn: Option<f64>,
    /// Days over which the burn is measured.
    pub burn_days: u32,
    /// The day on which it is spent at this rate.
    pub ends_on: Option<NaiveDate>,
}

/// What was measured of a service.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MeasuredService {
    pub service: NamedEntity,
    /// The last thirty days, the oldest first.
    pub days: Vec<DowntimeDay>,
    pub months: Vec<DowntimeMonth>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DowntimeDay {
    pub day: NaiveDate,
    /// None if it was not measured.
    pub minutes: Option<f64>,
    /// Of the day; none if it was not measured.
    pub share: Option<f64>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DowntimeMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// `Jan 2027`.
    pub name: String,
    pub measured_days: u32,
    pub down_minutes: f64,
    /// From 0 to 1.
    pub availability: f64,
    /// `99.845%`.
    pub words: String,
    /// It is over, and each of its days was measured.
    pub is_complete: bool,
}

/// The budgets of a service.
#[specta::specta]
pub fn service_budgets(app: &AppState, id: Id, at: At) -> Answer<ErrorBudgets> {
    let plan = app.plan()?;
    Ok(budgets_of(&plan, at.shown_day(), Some(ServiceId::from(id))))
}

/// The budgets of the services that a team owns, the worst first.
#[specta::specta]
pub fn team_budgets(app: &AppState, id: Id, at: At) -> Answer<Vec<ErrorBudgetRow>> {
    let view = app.day(at)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let Some(team) = snapshot.team_ix(TeamId::from(id)) else { return Ok(Vec::new()) };
    let services: FxHashSet<ServiceId> = owned(snapshot, team).map(|at| snapshot.service(at).id).collect();
    let mut budgets = all_error_budgets(plan, snapshot.day());
    budgets.retain(|budget| services.contains(&budget.slo.service));
    // Stable: those that stand alike remain by service.
    budgets.sort_by_cached_key(ErrorBudget::standing);
    Ok(budgets.iter().map(|budget| budget_row(plan, budget)).collect())
}

/// The budgets of all services.
///
/// # Errors
/// If the plan cannot be read.
pub fn all_budgets(app: &AppState, at: At) -> Answer<ErrorBudgets> {
    let plan = app.plan()?;
    Ok(budgets_of(&plan, at.shown_day(), None))
}

fn budgets_of(plan: &Plan, day: NaiveDate, service: Option<ServiceId>) -> ErrorBudgets {
    let downtime = Downtime::new(plan, day, service);
    let budgets = error_budgets(plan, day, service, &downtime);
    let mut measured: Vec<ServiceId> = downtime.services().collect();
    measured.sort_by_key(|service| plan.place_of(*service));
    let row = |service: ServiceId| Some(measured_service(plan, service, downtime.of(service)?, day));
    ErrorBudgets {
        day,
        budgets: budgets.iter().map(|budget| budget_row(plan, budget)).collect(),
        measured: measured.into_iter().filter_map(row).collect(),
    }
}

fn budget_row(plan: &Plan, budget: &ErrorBudget) -> ErrorBudgetRow {
    let slo = &budget.slo;
    let of_a_day = ExactValue::new(slo.window.minutes().into(), MINUTES_A_DAY.into());
    let millionths = rounded(&(&slo.target * ExactValue::from_integer(1_000_000.into())), 0);
    ErrorBudgetRow {
        service: NamedEntity::new(plan, slo.service),
        objective: slo.id.map(|objective| NamedEntity::new(plan, objective)),
        target: percent_words(&slo.target),
        target_millionths: millionths.parse().unwrap_or_default(),
        window: window_words(slo),
        window_days: number(&of_a_day, 6),
        is_rolling: !slo.window.is_calendar(),
        is_window_assumed: slo.is_window_assumed,
        method: slo.method.clone(),
        budget_minutes: number(&budget.minutes, 3),
        state: state(budget).to_owned(),
        words: capitalized(&budget_words(budget)),
        figures: budget.reading.as_ref().ok().map(figures),
    }
}

/// A budget in a word.
pub(crate) fn state(budget: &ErrorBudget) -> &'static str {
    match &budget.reading {
        Ok(reading) => match reading.is_exhausted {
            Some(true) => "spent",
            Some(false) => "left",
            None => "nothing-may-fail",
        },
        Err(nothing) => nothing.word(),
    }
}

fn figures(reading: &BudgetReading) -> ErrorBudgetFigures {
    ErrorBudgetFigures {
        from: reading.days.first,
        elapsed_days: days(reading.elapsed_days),
        measured_days: days(reading.measured_days),
        down_minutes: number(&reading.down, 3),
        measured_budget_minutes: number(&reading.budget, 3),
        left_minutes: number(&reading.left, 3),
        spent_share: reading.spent.as_ref().map(|spent| number(spent, 4)),
        is_exhausted: reading.is_exhausted,
        burn: reading.burn.as_ref().map(|burn| number(burn, 4)),
        burn_days: days(reading.burn_days),
        ends_on: reading.ends_on,
    }
}

fn measured_service(
    plan: &Plan,
    service: ServiceId,
    minutes: &MeasuredMinutes,
    day: NaiveDate,
) -> MeasuredService {
    let first = day.checked_sub_days(Days::new(SHOWN_DAYS - 1)).unwrap_or(day);
    let of_day = |shown: NaiveDate| {
        let down = minutes.on(shown);
        let all = ExactValue::from_integer(MINUTES_A_DAY.into());
        DowntimeDay {
            day: shown,
            minutes: down.map(|down| number(down, 3)),
            share: down.map(|down| number(&(down / &all), 6)),
        }
    };
    let month = |month: &MonthAvailability| DowntimeMonth {
        month: month.first,
        name: month.first.format("%b %Y").to_string(),
        measured_days: days(month.measured_days),
        down_minutes: number(&month.down, 3),
        availability: number(&month.availability, 6),
        words: percent_words(&month.availability),
        is_complete: month.is_complete,
    };
    MeasuredService {
        service: NamedEntity::new(plan, service),
        days: first.iter_days().take_while(|shown| *shown <= day).map(of_day).collect(),
        months: months(minutes, day).iter().map(month).collect(),
    }
}

fn days(count: i64) -> u32 {
    count.try_into().unwrap_or_default()
}

/// A figure as pages and JSON have it: rounded, and only here.
pub(crate) fn number(value: &ExactValue, decimals: u32) -> f64 {
    rounded(value, decimals).parse().unwrap_or_default()
}
