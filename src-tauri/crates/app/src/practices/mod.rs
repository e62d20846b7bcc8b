//! The Practices view: services against practices, what is required next quarter and whose job that is, and campaigns.

pub mod campaign;
pub mod detail;
pub mod edits;
pub mod rows;
pub mod summary;
pub mod work;

use self::{campaign::*, detail::*, edits::*, rows::*, summary::*, work::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    practices, practice_rows, practice_work, practice_page, practice_campaigns, add_practices, record_level,
    add_campaign
};
