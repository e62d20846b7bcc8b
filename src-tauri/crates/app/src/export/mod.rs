//! Files that go out: the plan in other formats, owners in files of the user, the copy without salaries.

pub mod plan;
pub mod redaction;

use crate::command::{Command, commands};

pub(crate) const COMMANDS: &[Command] = commands![
    plan::export_plan,
    plan::update_preview,
    plan::update_write,
    plan::update_patch,
    redaction::redaction_preview,
    redaction::redacted_copy,
];
