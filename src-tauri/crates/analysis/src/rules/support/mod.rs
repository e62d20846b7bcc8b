//! Code shared by several rules, by subject.

pub mod apart;
pub mod cloud;
pub mod cycles;
pub mod error_budgets;
pub mod gates;
pub mod help_desk;
pub mod incidents;
pub mod leaving;
pub mod new_hires;
pub mod positions;
pub mod practices;
pub mod remedies;
pub mod spend;
pub mod unit_economics;
