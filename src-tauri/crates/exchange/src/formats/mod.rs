//! The formats, a room each: how its files are recognised, read, written or updated.
//!
//! None of them knows another. Which there are, and in which order they count, is in `registry`.

pub mod backstage;
pub mod codeowners;
pub mod compass;
pub mod cortex;
pub mod csv_folder;
pub mod datadog;
pub mod json;
pub mod opslevel;
pub mod owners;
pub mod practices;
pub mod rust_team;
pub mod slo;
pub mod template;
pub mod upptime;
