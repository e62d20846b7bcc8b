//! What several rules share.

pub mod cycles;
pub mod leaving;
pub mod new_hires;
pub mod positions;
