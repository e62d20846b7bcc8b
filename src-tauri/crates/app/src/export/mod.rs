//! Files that go out: the plan in other formats, owners in files of the user, the copy without salaries, tables.

pub mod plan;
pub mod redaction;
pub mod table;

use self::{plan::*, redaction::*, table::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    export_plan, update_preview, update_write, update_patch, redaction_preview, redacted_copy,
    export_table,
};
