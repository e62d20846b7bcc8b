//! The journal: every operation ever applied, with its changes. Undo stack and audit trail in one.

use chrono::{DateTime, SecondsFormat, Utc};
use headroom_model::{Change, Money};
use rusqlite::{Connection, params};

use crate::error::StoreError;

/// Label, author and time of an operation.
#[derive(Debug, Clone)]
pub struct OperationMeta {
    pub label: String,
    pub author: String,
    pub at: DateTime<Utc>,
    pub is_import: bool,
}

impl OperationMeta {
    pub fn edit(label: impl Into<String>, author: impl Into<String>, at: DateTime<Utc>) -> Self {
        Self { label: label.into(), author: author.into(), at, is_import: false }
    }

    pub fn import(label: impl Into<String>, author: impl Into<String>, at: DateTime<Utc>) -> Self {
        Self { is_import: true, ..Self::edit(label, author, at) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Edit,
    Import,
    Undo,
    Redo,
}

impl Action {
    pub fn name(self) -> &'static str {
        match self {
            Action::Edit => "edit",
            Action::Import => "import",
            Action::Undo => "undo",
            Action::Redo => "redo",
        }
    }

    fn from_name(name: &str) -> Self {
        match name {
            "import" => Action::Import,
            "undo" => Action::Undo,
            "redo" => Action::Redo,
            _ => Action::Edit,
        }
    }
}

/// An operation in the journal, without its changes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Operation {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub author: String,
    pub action: Action,
    pub label: String,
    /// The operation that an undo or redo refers to.
    pub target: Option<i64>,
    pub change_count: u32,
}

/// An operation that can be undone or redone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoStep {
    pub seq: i64,
    pub label: String,
    /// The author of the original operation.
    pub author: String,
}

/// Which operations are in effect and which can be redone. Follows from the order of actions alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct UndoStack {
    done: Vec<UndoStep>,
    undone: Vec<UndoStep>,
    head: i64,
}

impl UndoStack {
    pub fn load(db: &Connection) -> Result<Self, StoreError> {
        let mut stack = UndoStack::default();
        let mut statement = db.prepare("SELECT seq, action, label, author FROM journal ORDER BY seq")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let action = Action::from_name(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
            stack.push(action, UndoStep { seq: row.get(0)?, label: row.get(2)?, author: row.get(3)? });
        }
        Ok(stack)
    }

    pub fn push(&mut self, action: Action, step: UndoStep) {
        self.head = step.seq;
        match action {
            Action::Edit | Action::Import => {
                self.done.push(step);
                self.undone.clear();
            }
            Action::Undo => self.undone.extend(self.done.pop()),
            Action::Redo => self.done.extend(self.undone.pop()),
        }
    }

    /// The sequence number of the newest operation; 0 if there is none.
    pub fn head(&self) -> i64 {
        self.head
    }

    pub fn next_undo(&self) -> Option<&UndoStep> {
        self.done.last()
    }

    pub fn next_redo(&self) -> Option<&UndoStep> {
        self.undone.last()
    }

    pub fn is_undone(&self, seq: i64) -> bool {
        !self.done.iter().any(|step| step.seq == seq)
    }
}

pub(crate) fn head(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.query_row("SELECT coalesce(max(seq), 0) FROM journal", [], |row| row.get(0))?)
}

/// Appends an operation; gives its sequence number.
pub(crate) fn append(
    db: &Connection,
    note: &OperationMeta,
    action: Action,
    target: Option<i64>,
    changes: &[Change],
) -> Result<i64, StoreError> {
    let text = match target {
        Some(_) => None,
        None => Some(
            serde_json::to_string(changes).map_err(|error| StoreError::Inconsistent(error.to_string()))?,
        ),
    };
    db.prepare_cached(
        "INSERT INTO journal (at, author, action, label, target, change_count, changes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        note.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        note.author,
        action.name(),
        note.label,
        target,
        changes.len() as i64,
        text,
    ])?;
    Ok(db.last_insert_rowid())
}

/// The changes of an operation: its own, or those of its target, inverted for an undo.
pub(crate) fn changes(db: &Connection, seq: i64) -> Result<Vec<Change>, StoreError> {
    let (action, target, text): (String, Option<i64>, Option<String>) =
        db.query_row("SELECT action, target, changes FROM journal WHERE seq = ?1", [seq], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    match (text, target) {
        (Some(text), _) => serde_json::from_str(&text).map_err(|error| {
            StoreError::Inconsistent(format!("entry {seq} of the journal cannot be read: {error}"))
        }),
        (None, Some(target)) if target < seq => {
            let changes = changes(db, target)?;
            Ok(if action == "undo" { headroom_model::change::inverted(changes) } else { changes })
        }
        _ => Err(StoreError::Inconsistent(format!("entry {seq} of the journal is empty"))),
    }
}

/// The newest operations on a position or its assignments, with their undos and redos, newest first.
pub(crate) fn entries_of_position(
    db: &Connection,
    id: u64,
    limit: u32,
) -> Result<Vec<Operation>, StoreError> {
    // Parses only operations that contain the number as such an ID: an import may have made thousands of entities.
    let mut statement = db.prepare_cached(
        r#"WITH hit AS (
             SELECT DISTINCT seq FROM journal, json_each(journal.changes) AS change
             WHERE (instr(journal.changes, '"id":' || ?1) > 0 OR instr(journal.changes, '"position":' || ?1) > 0)
               AND (change.value ->> 'kind' = 'position' AND change.value ->> 'id' = ?1
                    OR change.value ->> 'kind' = 'assignment'
                       AND ?1 IN (change.value ->> '$.before.position', change.value ->> '$.after.position'))
         )
         SELECT seq, at, author, action, label, target, change_count FROM journal
         WHERE seq IN hit OR target IN hit ORDER BY seq DESC LIMIT ?2"#,
    )?;
    let rows = statement.query_map(params![id as i64, limit], entry)?;
    Ok(in_time(rows.collect::<Result<_, _>>()?))
}

/// Newest first by their own time, which may be from the clock of another computer.
fn in_time(mut entries: Vec<Operation>) -> Vec<Operation> {
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.at, entry.seq)));
    entries
}

/// The operations written last before `before` (or of all), sorted by time, newest first.
pub(crate) fn entries(
    db: &Connection,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Operation>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT seq, at, author, action, label, target, change_count FROM journal
         WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![before.unwrap_or(i64::MAX), limit], entry)?;
    Ok(in_time(rows.collect::<Result<_, _>>()?))
}

/// All amounts in the journal, each once.
pub(crate) fn amounts(db: &Connection) -> Result<Vec<Money>, StoreError> {
    let mut found = Vec::new();
    let mut statement = db.prepare("SELECT changes FROM journal WHERE changes IS NOT NULL")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        amounts_in(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, &mut found);
    }
    found.sort_unstable_by_key(|money| (money.currency, money.minor));
    found.dedup();
    Ok(found)
}

/// Amounts are strings such as `"12345.67 EUR"`; parsing all of a long operation to find them would be slow.
fn amounts_in(changes: &str, found: &mut Vec<Money>) {
    // Quotes within a text are escaped, so these pieces are whole strings.
    let is_likely = |piece: &&str| {
        let bytes = piece.as_bytes();
        bytes.len() >= 5
            && bytes[bytes.len() - 3..].iter().all(u8::is_ascii_uppercase)
            && bytes[bytes.len() - 4] == b' '
    };
    found.extend(changes.split('"').filter(is_likely).filter_map(|piece| piece.parse::<Money>().ok()));
}

fn entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<Operation> {
    Ok(Operation {
        seq: row.get(0)?,
        at: row.get::<_, String>(1)?.parse().unwrap_or_default(),
        author: row.get(2)?,
        action: Action::from_name(&row.get::<_, String>(3)?),
        label: row.get(4)?,
        target: row.get(5)?,
        change_count: row.get(6)?,
    })
}
