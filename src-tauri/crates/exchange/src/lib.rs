//! Other tools' formats in and out of a plan, one folder or file each, and the diff of an import.
//! Reading gives [`Records`] and [`Problem`]s; [`diff()`] compares them with a plan.

mod backstage;
mod codeowners;
mod csv_folder;
mod diff;
mod drawing;
mod error;
mod format;
mod json;
mod known;
mod problem;
mod records;
mod text;
mod update;

pub use codeowners::{Codeowners, Resolved, paths_below};
pub use diff::{Count, DiffOptions, Preview, Unresolved, diff};
pub use drawing::{Drawing, DrawnEdge, DrawnNode};
pub use error::{ReadError, WriteError};
pub use format::{ExportOptions, FORMATS, Format, ReadOptions, detect, draw, format, read, update, write};
pub use problem::{Level, Place, Problem};
pub use records::{OwnerKind, OwnerRef, Records, Said};
pub use update::{FileUpdate, OwnerChange, Update};
