//! The welcome screen: opening, creating and restoring plans.

pub mod backups;
pub mod plans;

use self::{backups::*, plans::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    backups, restore_backup, rescue, recover_plan, welcome, open_plan, new_plan, open_sample, close_plan,
    forget_recent,
};
