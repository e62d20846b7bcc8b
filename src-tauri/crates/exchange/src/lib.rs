//! Other tools' formats in and out of a plan, one folder or file each, and the diff of an import.
//! [`read_parts()`] gives [`Records`] and [`Problem`]s, one part a format; [`compare()`] compares them with a plan.

mod backstage;
mod codeowners;
mod compass;
mod cortex;
mod csv_folder;
mod datadog;
mod diff;
mod drawing;
mod error;
mod fields;
mod files;
mod format;
pub mod grid;
mod import;
mod json;
mod known;
pub mod markdown;
mod node;
mod opslevel;
mod owners;
mod problem;
mod records;
mod rust_team;
mod scan;
pub mod sheet;
mod template;
mod text;
mod tiers;
mod update;
#[cfg(test)]
mod wrong_types;
pub mod xlsx;
mod yaml;

pub use codeowners::{Codeowners, Dialect, Resolved, paths_below};
pub use diff::{Count, Preview, Unresolved};
pub use drawing::{Drawing, DrawnEdge, DrawnNode};
pub use error::{ReadError, WriteError};
pub use files::write_file;
pub use format::{
    ExportOptions, FORMATS, Format, ReadOptions, draw, format, readable, updatable, update, writable, write,
};
pub use import::{ImportOptions, NameMatch, compare, read_names};
pub use problem::{Level, Place, Problem};
pub use records::{OwnerKind, OwnerRef, Records, Said};
pub use scan::{Found, Part, read_parts};
pub use update::{FileUpdate, OwnerChange, Update};
