//! The Metrics view: the series of all metrics, the page of one, objectives, unit economics and how MRR moved.

mod hires;
pub mod list;
pub mod markets;
pub mod mrr_waterfall;
pub mod objective;
pub mod page;
pub mod scope;
pub mod unit_economics;
pub mod unit_economics_table;

use self::{list::*, markets::*, objective::*, page::*, unit_economics::*, unit_economics_table::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    metric_rows, metric_page, metric_choices, add_objective, remove_objective, unit_economics, unit_economics_rows,
    market_shortlist,
};
