//! The People view and the page of a person, with what depends on them; who somebody is who uses the window.

pub mod first_day;
pub mod list;
pub mod me;
pub mod person;
pub mod reliance;

use self::{first_day::*, list::*, me::*, person::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    people_rows, person_page, current_person, people_named, first_day_preview, set_first_day,
};
