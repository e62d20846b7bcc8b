//! Reads many observations on a thread of their own: a plan opens without waiting for them, and the first access waits
//! until they are there.

use std::{
    path::Path,
    sync::{Arc, OnceLock},
    thread,
};

use headroom_model::{Observation, Table};
use rusqlite::{Connection, InterruptHandle, OpenFlags};

use crate::{error::StoreError, operation, rows, store::forbid_code};

/// From this many rows on. Fewer take less time to read than a thread is worth.
const MANY: i64 = 20_000;

/// The problem with rows that are read after the plan is open, if there is one.
#[derive(Debug, Clone, Default)]
pub struct LateReading(Arc<OnceLock<String>>);

impl LateReading {
    /// Checks the rows that were read so far.
    ///
    /// # Errors
    /// [`StoreError::Inconsistent`] if a row could not be read.
    pub fn check(&self) -> Result<(), StoreError> {
        self.0.get().map_or(Ok(()), |problem| Err(StoreError::Inconsistent(problem.clone())))
    }
}

/// Interrupts the reading when the table that waits for it is dropped.
struct Interruption(InterruptHandle);

impl Drop for Interruption {
    fn drop(&mut self) {
        self.0.interrupt();
    }
}

/// The observations, if there are many of them. `db` is in a transaction, so that nobody writes until the other
/// connection has begun to read, too.
///
/// # Errors
/// [`StoreError::Database`]
pub(crate) fn observations(db: &Connection) -> Result<Option<(Table<Observation>, LateReading)>, StoreError> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM observation LIMIT ?1)";
    let count: i64 = db.query_row(sql, [MANY], |row| row.get(0))?;
    let path = db.path().filter(|path| count == MANY && !path.is_empty());
    let Some(beside) = path.and_then(|path| same_state(db, Path::new(path))) else { return Ok(None) };
    let reading = LateReading::default();
    let fault = reading.clone();
    let interruption = Interruption(beside.get_interrupt_handle());
    let reader = thread::spawn(move || rows::of_kind::<Observation>(&beside));
    let read = move || {
        let read = reader.join().unwrap_or_else(|_| Err(StoreError::Inconsistent("observations".to_owned())));
        let rows = read.unwrap_or_else(|error| {
            // The next query and any write return it.
            let _ = fault.0.set(error.plain());
            Vec::new()
        });
        // The reading has ended.
        drop(interruption);
        rows
    };
    Ok(Some((Table::read_later(read), reading)))
}

/// Another connection that reads the same state of the file; none if there is no such thing.
fn same_state(db: &Connection, path: &Path) -> Option<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let beside = Connection::open_with_flags(path, flags).ok()?;
    forbid_code(&beside).ok()?;
    beside.execute_batch("BEGIN").ok()?;
    let heads = (operation::head(&beside).ok()?, operation::head(db).ok()?);
    (heads.0 == heads.1).then_some(beside)
}
