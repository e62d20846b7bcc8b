//! The People view and the page of a person, with what depends on them.

pub mod list;
pub mod person;
pub mod reliance;

use self::{list::*, person::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    people_rows, person_page,
};
