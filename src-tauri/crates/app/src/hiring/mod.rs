//! The Hiring view: one file per tab, and the parts that they share. Every amount passes through `hidden_pay.rs`, which
//! decides what may be shown while salaries are hidden.

pub mod approvals;
pub mod assumptions;
pub mod backfill;
pub mod bridge;
pub mod budgets;
pub mod capacity;
pub mod gaps;
pub mod gates;
pub mod grid;
pub mod hire;
pub mod hire_cost;
pub mod holidays;
pub mod layers;
pub mod money;
pub mod position;
mod range;
pub mod recruiting;
pub mod sheets;
pub mod simulation;
pub mod timeline;
pub mod waiting;
pub mod waiting_hires;
mod wanted_teams;

use self::{
    approvals::*, assumptions::*, backfill::*, bridge::*, budgets::*, capacity::*, gaps::*, gates::*,
    grid::*, hire::*, hire_cost::*, holidays::*, layers::*, money::*, position::*, recruiting::*, sheets::*,
    simulation::*, timeline::*, waiting::*,
};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    approvals, approve, approval_difference, assumptions, set_assumption, budgets, set_budget, currencies,
    set_rate, set_currency, set_pay_range, capacity, export_capacity, gap_lines, position_gate, gate_delays, set_gate, waive_gate, objectives, grid_columns, grid_layout,
    grid_rows, grid_edit, grid_duplicate, grid_remove, grid_export, hire_preview, plan_hire, positions_cost,
    holidays, read_holidays, add_holidays, spans_and_layers, hiring_money, waiting_cost, hiring_between, export_hiring,
    team_positions, person_positions, position_page, fill_position, backfill_preview, decide_backfill,
    move_to_position,
    recruiting, chance, simulate_plan, cancel_simulation @ immediate, hire_bars, move_start,
};
