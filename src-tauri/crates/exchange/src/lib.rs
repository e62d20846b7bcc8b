//! Reads and writes the formats of other tools, and computes what an import changes in a plan.
//!
//! A *format* is a line in [`FORMATS`]: how its files are recognised, read, written, updated in place or drawn.
//! Reading gives [`Records`]: everything that a source states, entities named by their keys, each with its [`Place`]
//! in a file. A field is [`Stated`]: absent if the source has no word about it, which leaves the plan's value alone,
//! or a value, which may be empty. What could not be read, or was read in a way that someone should check, is a
//! [`Diagnostic`] with level, place and advice; nothing is dropped without one.
//!
//! An import: [`read_parts()`] finds the formats that the sources hold and reads each into a [`Part`]; where several
//! describe one entity they are reconciled. [`compare()`] compares the parts with the plan, one on top of the other,
//! each with its own source, and gives a [`Preview`]: one list of `Change`s, the keys that nothing defines (they
//! become *unconfirmed* stubs), and the diagnostics. A format's place in [`FORMATS`] is its precedence.
//!
//! Invariants:
//! - Nothing here changes a plan. The caller applies the changes, as it does with any edit.
//! - Importing the same files again gives no changes. An exported CSV folder or Backstage catalog gives back what was
//!   exported.
//! - A value that counts (date, amount, share, status, flag) and can't be read takes its whole row with it; a value
//!   that only describes is left out alone.
//! - Nothing ends because a file lacks it, unless the sources are said to be complete.
//! - An [`Update`] of the user's files changes owners and no other byte.
//! - No clock and no environment: the day is handed in. Nothing is ever written over a plan file ([`write_file`]).
//!
//! Besides formats there are the planning grid ([`grid`]), checklists in Markdown ([`markdown`]), tables of HR
//! software and spreadsheets ([`hr_import`]) and workbooks ([`xlsx`]). What goes into a diagram, a budget workbook or
//! a printed checklist is not decided here but in `diagram-export`, `hiring-export` and `checklist-export`.
//!
//! Tests are beside the code. `wrong_types` puts every type of value into every field of the YAML formats,
//! `import/tests.rs` imports mangled files, `round_trip` modules export and import random plans, `documentation`
//! compares `docs/formats` with the tables here. `tests/tests/cli` and `tests/tests/data` at the root of the
//! repository import from outside, real organisations included. How to add a format is in `CONTRIBUTING.md`.

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
