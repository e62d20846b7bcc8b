//! Health of a plan file: database pages, schema, references, rows and journal.

use std::path::Path;

use rusqlite::Connection;

use crate::{
    backup::{Backup, backups_of},
    error::{StoreError, listed},
    line::{self, OperationLine},
    migration, operation, operation_change, rows, shape, store,
    undo_stack::UndoStack,
};

/// One check, with the problem found, if any.
#[derive(Debug, Clone, serde::Serialize)]
pub struct HealthCheck {
    pub name: &'static str,
    pub problem: Option<String>,
}

/// The result of all checks.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Health {
    pub is_sound: bool,
    pub is_read_only: bool,
    /// The format of the file; `current_format` is the one that this version writes.
    pub format: i64,
    pub current_format: i64,
    pub sqlite: &'static str,
    pub bytes: u64,
    pub journal_entries: i64,
    pub checks: Vec<HealthCheck>,
    pub backups: Vec<Backup>,
}

impl Health {
    /// What to do, in a sentence.
    pub fn advice(&self) -> &'static str {
        let is_wrong = |name| self.checks.iter().any(|check| check.name == name && check.problem.is_some());
        if self.is_sound {
            "no problems found"
        } else if is_wrong(SHAPE) && !is_wrong(PAGES) {
            "the plan contains parts that Headroom did not create: save a copy without them with --clean-copy COPY, then check the copy"
        } else {
            "the plan is damaged: restore a backup"
        }
    }
}

/// Examines a plan file without changing it, except that SQLite completes or rolls back what a killed process left.
///
/// # Errors
/// [`StoreError::Missing`], [`StoreError::Folder`], [`StoreError::Foreign`] or [`StoreError::Newer`] if it is not a
/// plan that this version can open; damage is a failed check, not an error.
pub fn doctor(path: &Path) -> Result<Health, StoreError> {
    let (db, is_read_only) = store::connect(path)?;
    // All checks look at one state of the file, also while another process writes.
    let reading = db.unchecked_transaction()?;
    let (format, checks) = match store::identify(&db, path) {
        Ok(format) => (format, checks(&db, format)),
        // Not even the format is readable.
        Err(StoreError::Damaged(problem)) => (0, vec![HealthCheck { name: PAGES, problem: Some(problem) }]),
        Err(error) => return Err(error),
    };
    drop(reading);
    Ok(Health {
        is_sound: checks.iter().all(|check| check.problem.is_none()),
        is_read_only,
        format,
        current_format: migration::CURRENT,
        sqlite: rusqlite::version(),
        bytes: path.metadata().map_or(0, |info| info.len()),
        journal_entries: operation::head(&db).unwrap_or(0),
        checks,
        backups: backups_of(&path.canonicalize().unwrap_or_else(|_| path.to_owned()))?,
    })
}

const PAGES: &str = "database pages";
const SHAPE: &str = "no foreign parts";

fn checks(db: &Connection, format: i64) -> Vec<HealthCheck> {
    let said = |read: fn(&Connection) -> Result<(), StoreError>| {
        migration::in_current_format(db, read).err().map(|error| error.plain())
    };
    vec![
        HealthCheck { name: PAGES, problem: integrity(db) },
        HealthCheck { name: SHAPE, problem: foreign_parts(db, format) },
        HealthCheck { name: "references between rows", problem: references(db) },
        HealthCheck { name: "rows form a valid plan", problem: said(|db| rows::load(db).map(drop)) },
        HealthCheck { name: "journal", problem: said(journal_reads) },
        HealthCheck { name: "journal matches rows", problem: said(replay) },
        HealthCheck { name: "scenarios", problem: said(scenarios) },
    ]
}

fn integrity(db: &Connection) -> Option<String> {
    let answer: rusqlite::Result<String> = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0));
    match answer {
        Ok(answer) if answer == "ok" => None,
        Ok(answer) => Some(answer),
        Err(error) => Some(error.to_string()),
    }
}

fn foreign_parts(db: &Connection, format: i64) -> Option<String> {
    match shape::strangers(db, format) {
        Ok(strangers) => (!strangers.is_empty()).then(|| listed(&strangers)),
        Err(error) => Some(error.plain()),
    }
}

fn references(db: &Connection) -> Option<String> {
    let broken =
        db.query_row("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 1", [], |row| {
            Ok(format!(
                "{} {} refers to a {} that does not exist",
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, String>(2)?
            ))
        });
    match broken {
        Err(rusqlite::Error::QueryReturnedNoRows) => None,
        Ok(broken) => Some(broken),
        Err(error) => Some(error.to_string()),
    }
}

fn journal_reads(db: &Connection) -> Result<(), StoreError> {
    UndoStack::load(db, None, i64::MAX)?;
    for seq in numbers(db)? {
        operation::changes(db, seq)?;
    }
    Ok(())
}

/// Replays the journal: it must give the rows as they are.
fn replay(db: &Connection) -> Result<(), StoreError> {
    let stored = rows::load(db)?;
    let mut made = headroom_model::Plan::default();
    for seq in operation::of_line(db, None)? {
        line::replay(&mut made, &operation_change::patches(db, seq)?).map_err(|error| error.at(seq))?;
    }
    if made == stored {
        Ok(())
    } else {
        Err(StoreError::Inconsistent("the rows do not match the journal".into()))
    }
}

/// Works every scenario out.
fn scenarios(db: &Connection) -> Result<(), StoreError> {
    let plan = OperationLine::of_plan(db)?;
    for scenario in &plan.plan.scenarios {
        OperationLine::of_scenario(db, &plan, scenario.id).map_err(|error| {
            StoreError::Inconsistent(format!("scenario “{}”: {}", scenario.name, error.plain()))
        })?;
    }
    Ok(())
}

/// All operations but those of copies.
fn numbers(db: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut statement = db.prepare("SELECT seq FROM operation WHERE branch = '' ORDER BY seq")?;
    let numbers = statement.query_map([], |row| row.get(0))?;
    Ok(numbers.collect::<Result<_, _>>()?)
}
