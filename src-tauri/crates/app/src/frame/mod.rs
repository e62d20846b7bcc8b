//! What stands around every view: status of the plan, names, undo and redo, whether salaries are shown.

pub mod status;
pub mod undo;

use crate::command::{Command, commands};

pub(crate) const COMMANDS: &[Command] =
    commands![status::frame, status::names, status::refresh, status::show_pay, undo::undo, undo::redo,];
