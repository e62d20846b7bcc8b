//! The welcome screen: opening, creating and restoring plans.

pub mod backups;
pub mod plans;

use crate::command::{Command, commands};

pub(crate) const COMMANDS: &[Command] = commands![
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
