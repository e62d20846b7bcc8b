//! Reads and writes the formats of other tools, and computes what an import changes in a plan.
//!
//! A *format* is a line in [`FORMATS`]: how its files are recognised, read, written or updated in place. Reading gives
//! [`Records`](headroom_files::records::Records): everything that a source states, and diagnostics about what could not
//! be read or should be checked.
//!
//! An import: [`read_parts()`] finds the formats that the sources hold and reads each into a [`Part`]; where several
//! describe one entity they are reconciled. [`compare()`] compares the parts with the plan, one on top of the other,
//! each with its own source, and gives a [`Preview`]: one list of `Change`s, the keys that nothing defines (they
//! become *unconfirmed* stubs), and the diagnostics. A format's place in [`FORMATS`] is its precedence.
//!
//! Arrows run down: `import` → `scan` → `registry` → `options` → `formats` → `catalog` and `update`; `import` →
//! `diff`, which knows records and the plan, and no format. What a format alone lets the user choose, and what it
//! alone can say when it fails, are types of its own.
//!
//! Invariants:
//! - Nothing here changes a plan. The caller applies the changes, as it does with any edit.
//! - Importing the same files again gives no changes. An exported CSV folder or Backstage catalog gives back what was
//!   exported.
//! - A value that counts (date, amount, share, status, flag) and can't be read takes its whole row with it; a value
//!   that only describes is left out alone.
//! - Nothing ends because a file lacks it, unless the sources are said to be complete.
//! - An [`Update`] of the user's files changes owners and no other byte.
//! - No clock and no environment: the day is handed in.
//!
//! What all readers share is in `headroom-files`, tables of HR software and spreadsheets in `headroom-hr-import`,
//! checklists in `headroom-checklist-markdown`. What leaves the plan as a diagram, a budget workbook or a printed
//! checklist is in `diagram-export`, `hiring-export` and `checklist-export`.
//!
//! Tests are beside the code. `wrong_types` puts every type of value into every field of the YAML formats,
//! `import/tests.rs` imports mangled files, `round_trip` modules export and import random plans, `documentation`
//! compares `docs/formats` with the tables here. `tests/tests/cli` and `tests/tests/data` at the root of the
//! repository import from outside, real organisations included. How to add a format is in `CONTRIBUTING.md`.

mod catalog;
mod described_kinds;
mod diff;
#[cfg(test)]
mod documentation;
mod formats;
mod import;
mod known_entities;
mod options;
mod registry;
mod scan;
mod update;
#[cfg(test)]
mod wrong_types;

pub use headroom_cost_import::ReadProgress;

pub use diff::{KindCount, Preview, Unresolved};
pub use formats::codeowners::{
    Codeowners, CodeownersReading, CodeownersWriting, Dialect, Resolved, paths_below,
};
pub use import::{ImportOptions, NameMatch, compare, read_names};
pub use options::{ExportOptions, ReadOptions};
pub use registry::{
    FORMATS, Format, FormatError, format, read_deployment_history, readable, updatable, update, writable,
    write,
};
pub use scan::{DetectedFormat, Part, are_measured, are_tables, read_parts};
pub use update::{FileUpdate, OwnerChange, Update};
