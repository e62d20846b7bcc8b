//! What the parts of the Hiring view ask for, one file a part.

pub mod approvals;
pub mod assumptions;
pub mod budgets;
pub mod capacity;
pub mod gaps;
pub mod grid;
pub mod hire;
pub mod hire_cost;
pub mod holidays;
pub mod layers;
pub mod money;
pub mod pay;
pub mod position;
mod range;
pub mod recruiting;
pub mod simulation;
pub mod timeline;
