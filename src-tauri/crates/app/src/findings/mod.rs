//! The Findings view: findings with evidence and remedies, and the rules behind them.

pub mod finding;
pub mod rules;

use self::{finding::*, rules::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    finding_rows, finding_groups, finding_page, remedy_preview, apply_remedy, rules, set_policy,
};
