//! What stands around every view: status of the plan, names, undo and redo, whether salaries are shown.

pub mod status;
pub mod undo;

use self::{status::*, undo::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    frame, await_findings, names, refresh, show_pay, undo, redo,
};
