//! Offboarding somebody: what their leaving takes with it, and the departure with all that is decided for it.

pub mod change;
pub mod form;

use self::{change::*, form::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! { offboard_form, offboard_preview, offboard };
