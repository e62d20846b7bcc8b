//! The Ownership view: services, the page of one, who owns them, and who could.

pub mod assign;
pub mod assignment_board;
pub mod service;
pub mod services;
pub mod worklist;

use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases![
    assign::assign_preview,
    assign::assign,
    assign::confirm,
    assignment_board::board,
    assignment_board::candidates,
    assignment_board::propose,
    assignment_board::handover_preview,
    assignment_board::hand_over_all,
    service::service_page,
    services::service_rows,
    services::service_ids,
    worklist::worklist,
    worklist::worklist_ids,
];
