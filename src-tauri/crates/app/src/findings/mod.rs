//! The Findings view: findings with evidence and remedies, what was decided about them, and the rules behind them.

pub mod finding;
pub mod lines;
pub mod review;
pub mod rules;
pub mod since;

use self::{finding::*, lines::*, review::*, rules::*, since::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    finding_rows, finding_groups, finding_page, chosen_findings, review_findings, remedy_preview, apply_remedy,
    rules, set_policy, findings_since,
};
