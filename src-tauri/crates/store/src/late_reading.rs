//! Figures of metrics by the hundred thousand, read on a thread of their own: a plan opens without them, and whoever asks
//! for one waits until they are there.

use std::{
    path::Path,
    sync::{Arc, OnceLock},
    thread,
};

use headroom_model::{Observation, Table};
use rusqlite::{Connection, InterruptHandle, OpenFlags};

use crate::{error::StoreError, operation, rows, store::forbid_code};

/// From how many rows on: fewer are read in no time.
const MANY: i64 = 20_000;

/// What went wrong while rows were read that nobody had asked for yet.
#[derive(Debug, Clone, Default)]
pub struct LateReading(Arc<OnceLock<String>>);

impl LateReading {
    /// Whether all that was read so far could be read.
    ///
    /// # Errors
    /// [`StoreError::Inconsistent`]
    pub fn check(&self) -> Result<(), StoreError> {
        self.0.get().map_or(Ok(()), |problem| Err(StoreError::Inconsistent(problem.clone())))
    }
}

/// Ends the reading when nobody is left who could ask for the rows.
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
    let told = reading.clone();
    let interruption = Interruption(beside.get_interrupt_handle());
    let reader = thread::spawn(move || rows::of_kind::<Observation>(&beside));
    let read = move || {
        let interruption = interruption;
        let read = reader.join().unwrap_or_else(|_| Err(StoreError::Inconsistent("observations".to_owned())));
        let rows = read.unwrap_or_else(|error| {
            // Told to whoever asks next; nothing is written meanwhile.
            let _ = told.0.set(error.plain());
            Vec::new()
        });
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
