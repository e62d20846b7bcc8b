//! What does not go together, wherever it comes from: a copy that is merged, a step that is undone after others, an
//! edit that somebody else forestalled. Each is listed with both sides, looked at in its effect, and settled.

pub mod conflict_page;
pub mod conflict_words;
pub mod copy;
mod settle;
mod source;

use crate::use_case::{UseCase, use_cases};
pub use settle::{conflicts, settle_conflicts, sign_off_needed};
pub use source::{ConflictSource, ScenarioMerge};

use copy::*;
use settle::*;

pub(crate) const USE_CASES: &[UseCase] =
    use_cases! { compare_copy, conflict_effect, conflicts, settle_conflicts, sign_off_needed };
