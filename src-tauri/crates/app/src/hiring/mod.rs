//! The Hiring view: one file per tab, and the parts that they share. Every amount passes through `hidden_pay.rs`, which
//! decides what may be shown while salaries are hidden.

pub mod approvals;
pub mod assumptions;
pub mod budgets;
pub mod capacity;
pub mod gaps;
pub mod grid;
pub mod hire;
pub mod hire_cost;
pub mod holidays;
pub mod layers;
pub mod money;
pub mod position;
mod range;
pub mod recruiting;
pub mod simulation;
pub mod timeline;

use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases![
    approvals::approvals,
    approvals::approve,
    approvals::approval_difference,
    assumptions::assumptions,
    assumptions::set_assumption,
    budgets::budgets,
    budgets::set_budget,
    budgets::currencies,
    budgets::set_rate,
    budgets::set_currency,
    budgets::set_pay_range,
    capacity::capacity,
    capacity::export_capacity,
    gaps::gap_lines,
    grid::grid_columns,
    grid::grid_layout,
    grid::grid_rows,
    grid::grid_edit,
    grid::grid_duplicate,
    grid::grid_remove,
    grid::grid_export,
    hire::hire_preview,
    hire::plan_hire,
    hire_cost::positions_cost,
    holidays::holidays,
    holidays::read_holidays,
    holidays::add_holidays,
    layers::spans_and_layers,
    money::hiring_money,
    money::hiring_between,
    money::export_hiring,
    position::team_positions,
    position::person_positions,
    position::position_page,
    position::fill_position,
    position::decide_backfill,
    position::move_to_position,
    recruiting::recruiting,
    simulation::chance,
    simulation::simulate_plan,
    simulation::cancel_simulation @ immediate,
    timeline::hire_bars,
    timeline::move_start,
];
