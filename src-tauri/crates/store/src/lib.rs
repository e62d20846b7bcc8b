//! The plan file. SQLite is the truth on disk; the whole plan stands in memory beside it.
//! [`Store::apply`] is the one way to alter either.

mod backup;
mod create;
mod doctor;
mod error;
mod journal;
mod migration;
mod shape;
mod store;
mod table;

pub use backup::{Backup, backups_of};
pub use doctor::{Health, HealthCheck, doctor};
pub use error::StoreError;
pub use journal::{Action, Operation, OperationMeta, UndoStep};
pub use store::Store;
