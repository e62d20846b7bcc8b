//! Code shared by several rules, by subject.

pub mod cycles;
pub mod leaving;
pub mod new_hires;
pub mod positions;
