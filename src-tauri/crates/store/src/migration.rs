//! The steps that bring a file of any earlier format to the present one.

use rusqlite::Connection;

use crate::error::Error;

/// `PRAGMA application_id` of a plan: the letters HDRM.
pub(crate) const APPLICATION_ID: i64 = 0x4844_524D;

/// One step a format, oldest first; the number of steps done is `PRAGMA user_version`.
const STEPS: &[&str] = &[
    include_str!("schema/0001_plan.sql"),
    include_str!("schema/0002_agreements.sql"),
    include_str!("schema/0003_hiring.sql"),
    include_str!("schema/0004_onboarding.sql"),
];

/// The format that this Headroom writes.
pub(crate) const CURRENT: i64 = STEPS.len() as i64;

pub(crate) fn version(db: &Connection) -> Result<i64, Error> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Runs the steps that are missing, all in one transaction.
pub(crate) fn migrate(db: &mut Connection) -> Result<(), Error> {
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Read inside the transaction: another process may have been faster.
    let done = version(&transaction)?;
    for step in STEPS.iter().skip(usize::try_from(done).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", CURRENT)?;
    transaction.commit()?;
    Ok(())
}
