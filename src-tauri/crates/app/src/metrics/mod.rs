//! The Metrics view: the series of all metrics, the page of one, and objectives.

pub mod list;
pub mod objective;
pub mod page;
pub mod scope;

use self::{list::*, objective::*, page::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] =
    use_cases! { metric_rows, metric_page, metric_choices, add_objective, remove_objective };
