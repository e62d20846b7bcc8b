//! Other tools' formats in and out of a plan, one folder or file each, and the diff of an import.
//! [`read_parts()`] gives [`Records`] and [`Problem`]s, one part a format; [`compare()`] compares them with a plan.

mod backstage;
mod codeowners;
mod compass;
mod cortex;
mod csv_folder;
mod datadog;
mod diagnostic;
mod diff;
#[cfg(test)]
mod documentation;
mod drawing;
mod error;
mod field_reader;
mod files;
mod format;
pub mod grid;
pub mod hr_import;
mod import;
mod json;
mod known_entities;
mod located_value;
pub mod markdown;
mod opslevel;
mod owners;
mod records;
mod rust_team;
mod scan;
mod template;
mod text;
mod tiers;
mod update;
#[cfg(test)]
mod wrong_types;
pub mod xlsx;
mod yaml;

pub use codeowners::{Codeowners, Dialect, Resolved, paths_below};
pub use diagnostic::{Diagnostic, Level, Place};
pub use diff::{KindCount, Preview, Unresolved};
pub use drawing::{Drawing, DrawnEdge, DrawnNode};
pub use error::{ReadError, WriteError};
pub use files::write_file;
pub use format::{
    ExportOptions, FORMATS, Format, ReadOptions, draw, format, readable, updatable, update, writable, write,
};
pub use import::{ImportOptions, NameMatch, compare, read_names};
pub use records::{OwnerKind, OwnerRef, Records, Stated};
pub use scan::{DetectedFormat, Part, read_parts};
pub use update::{FileUpdate, OwnerChange, Update};
