//! The Findings view: findings with evidence and remedies, and the rules behind them.

pub mod finding;
pub mod rules;

use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases![
    finding::finding_rows,
    finding::finding_groups,
    finding::finding_page,
    finding::remedy_preview,
    finding::apply_remedy,
    rules::rules,
    rules::set_policy,
];
