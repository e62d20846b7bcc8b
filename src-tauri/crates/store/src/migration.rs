//! Migrations: the steps from any earlier format of the file to the current one. A step is never edited; a new format
//! is a new step.

use rusqlite::Connection;

use crate::{backup, error::StoreError, store};

/// `PRAGMA application_id` of a plan: HDRM in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x4844_524D;

/// One step per format, oldest first; `PRAGMA user_version` is the number of steps done.
const STEPS: &[&str] = &[
    include_str!("schema/0001_plan.sql"),
    include_str!("schema/0002_agreements.sql"),
    include_str!("schema/0003_hiring.sql"),
    include_str!("schema/0004_onboarding.sql"),
    include_str!("schema/0005_operations.sql"),
    include_str!("schema/0006_finding_reviews.sql"),
    include_str!("schema/0007_scenarios.sql"),
    include_str!("schema/0008_signals.sql"),
    include_str!("schema/0009_objective_window.sql"),
    include_str!("schema/0010_created_rows.sql"),
    include_str!("schema/0011_incidents.sql"),
    include_str!("schema/0012_cost.sql"),
    #[cfg(feature = "example-kind")]
    include_str!("../tests/example_kind.sql"),
];

/// The format that this version writes.
pub(crate) const CURRENT: i64 = STEPS.len() as i64;

/// An in-memory database with the schema of this format and no rows.
pub(crate) fn empty(format: i64) -> Result<Connection, StoreError> {
    let db = Connection::open_in_memory()?;
    take_steps(&db, 0, format)?;
    Ok(db)
}

/// Migrates the schema from one format to a later one.
pub(crate) fn take_steps(db: &Connection, done: i64, until: i64) -> Result<(), StoreError> {
    let at = |format: i64| usize::try_from(format).unwrap_or(0).min(STEPS.len());
    STEPS[at(done)..at(until)].iter().try_for_each(|step| db.execute_batch(step))?;
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    db.pragma_update(None, "user_version", until)?;
    Ok(())
}

pub(crate) fn version(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Runs the missing steps, all in one transaction.
pub(crate) fn migrate(db: &mut Connection) -> Result<(), StoreError> {
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Within the transaction: another process may have migrated it meanwhile.
    let done = version(&transaction)?;
    take_steps(&transaction, done, CURRENT)?;
    transaction.commit()?;
    Ok(())
}

/// Reads a database as if it had the current format, without changing it: one of an earlier format is copied to memory
/// and migrated there.
pub(crate) fn in_current_format<T>(
    db: &Connection,
    read: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    if version(db)? == CURRENT {
        return read(db);
    }
    let mut copy = Connection::open_in_memory()?;
    store::forbid_code(&copy)?;
    backup::copy(db, &mut copy)?;
    migrate(&mut copy)?;
    read(&copy)
}
