//! The welcome screen: opening, creating and restoring plans.

pub mod backups;
pub mod plans;

use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases![
    backups::backups,
    backups::restore_backup,
    backups::rescue,
    backups::recover_plan,
    plans::welcome,
    plans::open_plan,
    plans::new_plan,
    plans::open_sample,
    plans::close_plan,
    plans::forget_recent,
];
