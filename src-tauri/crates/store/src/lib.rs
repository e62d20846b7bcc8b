//! The plan file: a SQLite database `NAME.headroom`, with the whole plan in memory beside it.
//!
//! # Concepts
//!
//! - [`Store`] is an open file. [`Store::apply`] is the only way to alter a plan: it validates a list of changes,
//!   writes rows and journal in one transaction, and alters the plan in memory. The rows are a projection of the
//!   journal.
//! - The *journal* has an [`Operation`] for every list of changes ever made. It is undo stack and audit trail in one
//!   and is never shortened: undo and redo are operations of their own.
//! - A *line* is a row of operations that follow each other: that of the plan itself, and one for each scenario
//!   (`line.rs`, `scenarios.rs`). One of them is read and written at a time ([`Store::switch`]).
//! - A *backup* is made before every import, upgrade and restore, in `NAME.headroom.backups`.
//! - `schema/` has a migration for each format of the file. It is written to be read with the `sqlite3` shell.
//!
//! # Invariants
//!
//! The file holds what was acknowledged, even if the process is killed. Two processes on one file do not harm it: what
//! comes late is merged with what the other has written, and gets [`StoreError::Conflicts`] if both have changed the same.
//! A new file gets its name only when it is complete. Nothing in a file can run: a file is opened only if its schema is exactly that of its
//! format but for white space and comments (`shape.rs`), triggers are switched off, and the schema is not trusted.
//!
//! # What it does not do
//!
//! It reads no clock and asks for no author: both are passed in. What a valid plan is, `headroom-model` decides.
//!
//! Tests are in `tests/all/`; `journal/one_of_each.rs` there has a row of every kind with every field filled.

mod apply_and_write;
mod backup;
mod batch;
mod changed;
mod commit;
mod conflicts;
mod create;
mod doctor;
mod error;
mod late_reading;
mod line;
mod merge_copy;
mod migration;
mod open_scenarios;
mod operation;
mod operation_change;
mod rows;
mod scenarios;
mod shape;
mod store;
mod undo_stack;

pub use backup::{Backup, backups_of};
pub use changed::Changed;
pub use conflicts::OpenConflict;
pub use doctor::{Health, HealthCheck, doctor};
pub use error::StoreError;
pub use late_reading::LateReading;
pub use merge_copy::{CopyMerge, CopyStep};
pub use open_scenarios::OpenScenario;
pub use operation::{Operation, OperationAction, OperationMeta};
pub use scenarios::{Branch, Selection};
pub use store::Store;
pub use undo_stack::UndoStep;
