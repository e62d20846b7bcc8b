//! Scenarios: which there are, what each changes, and what becomes of them.
//!
//! What a scenario is about is said in the plan itself; what it changes is done in it, through the same use cases as
//! everything else ([`AppState::in_scenario`](crate::state::AppState::in_scenario)).

pub mod blast_radius;
pub mod change;
pub mod changes;
pub mod compare;
pub mod expected;
pub mod holding;
pub mod list;
pub mod sign_off;
pub mod standings;

use crate::use_case::{UseCase, use_cases};

use blast_radius::*;
use change::*;
use changes::*;
use compare::*;
use expected::*;
use holding::*;
use list::*;
use sign_off::*;

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    add_expected_figure, expected_figure_choices, expected_figures, remove_expected_figure,
    set_sign_off_policy, sign_off_policy,
    add_scenario, decide_scenario, holding_area, rebase_scenario, scenario_blast_radius, scenario_changes, scenario_names, scenario_page, scenarios,
    compare_scenarios, compare_changes, scenario_fan, scenario_comparison_text, save_scenario_comparison,
};
