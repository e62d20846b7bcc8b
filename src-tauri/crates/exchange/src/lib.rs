//! Other tools' formats in and out of a plan, one folder or file each, and the diff of an import.
//! Reading gives [`Records`] and [`Problem`]s; [`diff()`] compares them with a plan.

mod backstage;
mod codeowners;
mod compass;
mod cortex;
mod csv_folder;
mod datadog;
mod diff;
mod error;
mod fields;
mod files;
mod format;
mod json;
mod node;
mod opslevel;
mod owners;
mod problem;
mod records;
mod rust_team;
mod text;
mod yaml;

pub use codeowners::{Codeowners, Resolved, paths_below};
pub use diff::{Count, DiffOptions, Preview, Unresolved, diff};
pub use error::{ReadError, WriteError};
pub use format::{FORMATS, Format, ReadOptions, detect, format, read, write};
pub use problem::{Level, Place, Problem};
pub use records::{OwnerKind, OwnerRef, Records, Said};
