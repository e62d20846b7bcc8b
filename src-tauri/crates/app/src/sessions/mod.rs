//! What the user has begun and not finished: an import to review, files to update, a simulation that runs.

pub mod export;
pub mod import;
pub mod simulation;
