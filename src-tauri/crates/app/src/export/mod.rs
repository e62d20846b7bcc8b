//! Files that go out: the plan in other formats, owners in files of the user, the copy without salaries.

pub mod plan;
pub mod redaction;

use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases![
    plan::export_plan,
    plan::update_preview,
    plan::update_write,
    plan::update_patch,
    redaction::redaction_preview,
    redaction::redacted_copy,
];
