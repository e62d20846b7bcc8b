//! The Incidents view: incidents and their reviews, the actions that came of them and whose these are, times to repair.

pub mod action_page;
pub mod actions;
pub mod change;
pub mod coming_along;
pub mod list;
pub mod page;
pub mod repair;
pub mod review;

use self::{action_page::*, actions::*, change::*, coming_along::*, list::*, page::*, repair::*, review::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    incident_rows, incident_page, save_review, review_document,
    action_rows, action_page, close_actions, reopen_actions, plan_actions, set_incident_services, actions_coming_along,
    repair_time_rows,
};
