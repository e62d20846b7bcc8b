//! The Ownership view: services, the page of one, who owns them, and who could.

pub mod assign;
pub mod assignment_board;
pub mod error_budget;
pub mod service;
pub mod services;
pub mod worklist;

use self::{assign::*, assignment_board::*, error_budget::*, service::*, services::*, worklist::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    assign_preview, assign, confirm, board, candidates, propose, handover_preview, hand_over_all,
    service_page, service_budgets, team_budgets, service_rows, worklist, confirm_services,
};
