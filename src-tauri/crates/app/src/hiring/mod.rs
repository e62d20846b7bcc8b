//! The Hiring view: one file per tab, and the parts that they share. Every amount passes through `pay.rs`, which
//! decides what may be shown while salaries are hidden.

pub mod approvals;
pub mod assumptions;
pub mod budgets;
pub mod capacity;
pub mod gaps;
pub mod grid;
pub mod hidden_pay;
pub mod hire;
pub mod hire_cost;
pub mod holidays;
pub mod layers;
pub mod money;
pub mod position;
mod range;
pub mod recruiting;
pub mod simulation;
pub mod timeline;
