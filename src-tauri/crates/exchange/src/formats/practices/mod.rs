//! Practices and scorecards: our own `practices.csv`; OpenSSF Scorecard, its results and the database of its monitor,
//! <https://scorecard.dev>; SECURITY-INSIGHTS.yml, <https://github.com/ossf/security-insights>; and what scorecards of
//! Cortex, OpsLevel, Soundcheck and Port are called and which levels they have.
//!
//! They are one format, since a folder has several of them. Levels and scores become [`PracticeRecord`]s; what these mean
//! is said where the plan is known (`import/practices.rs`). Definitions become metrics without figures. Nobody's name is
//! kept: of who looked only the kind. Nothing is written back.
//!
//! [`PracticeRecord`]: headroom_files::records::PracticeRecord

mod definitions;
mod metric_row;
mod monitor;
mod open_ssf;
mod read;
mod security_insights;
mod table;
#[cfg(test)]
mod tests;

pub use read::{read, recognise};
