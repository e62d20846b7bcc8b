//! The Findings view: findings with evidence and remedies, and the rules behind them.

pub mod finding;
pub mod rules;

use crate::command::{Command, commands};

pub(crate) const COMMANDS: &[Command] = commands![
    finding::finding_rows,
    finding::finding_groups,
    finding::finding_page,
    finding::remedy_preview,
    finding::apply_remedy,
    rules::rules,
    rules::set_policy,
];
