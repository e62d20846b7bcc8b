//! Operations: everything that was ever done to the plan, with its changes by field. Undo stack and audit trail in one.

use chrono::{DateTime, SecondsFormat, Utc};
use headroom_model::{
    Change, EntityRef, Kind, MetricValue, Money, ScenarioId,
    merge::{Fields, Patch, PatchTexts},
};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    error::StoreError,
    operation_change::{insert_changes, patches},
};

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
pub enum OperationAction {
    Edit,
    Import,
    Undo,
    Redo,
    /// A copy or a scenario was merged; in a scenario, what the plan has done.
    Merge,
}

impl OperationAction {
    pub fn name(self) -> &'static str {
        match self {
            OperationAction::Edit => "edit",
            OperationAction::Import => "import",
            OperationAction::Undo => "undo",
            OperationAction::Redo => "redo",
            OperationAction::Merge => "merge",
        }
    }

    pub(crate) fn from_name(name: &str) -> Self {
        match name {
            "import" => OperationAction::Import,
            "undo" => OperationAction::Undo,
            "redo" => OperationAction::Redo,
            "merge" => OperationAction::Merge,
            _ => OperationAction::Edit,
        }
    }
}

/// An operation, without its changes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Operation {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub author: String,
    pub action: OperationAction,
    pub label: String,
    /// The operation that an undo or redo refers to.
    pub target: Option<i64>,
    pub change_count: u32,
    /// The merge that brought it with a copy of the plan; none for what was done to this plan.
    pub merge: Option<i64>,
}

/// Which operations are seen from the plan, or from a scenario.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineScope {
    /// None: the plan itself.
    pub scenario: Option<ScenarioId>,
    /// Of a scenario: the newest operation of the plan that it has.
    pub base: i64,
}

impl LineScope {
    pub const PLAN: LineScope = LineScope { scenario: None, base: 0 };

    /// As the column has it.
    pub fn column(self) -> Option<i64> {
        self.scenario.map(|scenario| scenario.0.cast_signed())
    }
}

/// Whether an operation `o` is seen: of the line itself, or of the plan up to the base.
macro_rules! seen {
    () => {
        "(o.scenario IS :scenario OR o.scenario IS NULL AND o.seq <= :base)"
    };
}
pub(crate) use seen;

/// The number of the newest operation in the file, of whichever line.
pub(crate) fn head(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.query_row("SELECT coalesce(max(seq), 0) FROM operation", [], |row| row.get(0))?)
}

/// The ID of the newest operation of a line, which is the parent of the next.
pub(crate) fn newest_id(db: &Connection, scenario: Option<ScenarioId>) -> Result<Option<String>, StoreError> {
    let sql = "SELECT id FROM operation WHERE branch = '' AND scenario IS ?1 ORDER BY seq DESC LIMIT 1";
    let scenario = scenario.map(|scenario| scenario.0.cast_signed());
    Ok(db.query_row(sql, [scenario], |row| row.get(0)).optional()?)
}

/// The operations of a line itself, in their order.
pub(crate) fn of_line(db: &Connection, scenario: Option<ScenarioId>) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT seq FROM operation WHERE branch = '' AND scenario IS ?1 ORDER BY seq";
    let mut statement = db.prepare_cached(sql)?;
    let scenario = scenario.map(|scenario| scenario.0.cast_signed());
    let numbers = statement.query_map([scenario], |row| row.get(0))?;
    Ok(numbers.collect::<Result<_, _>>()?)
}

/// The first operation of the plan itself after a number.
pub(crate) fn next_of_plan(db: &Connection, seq: i64) -> Result<Option<i64>, StoreError> {
    let sql =
        "SELECT seq FROM operation WHERE branch = '' AND scenario IS NULL AND seq > ?1 ORDER BY seq LIMIT 1";
    Ok(db.query_row(sql, [seq], |row| row.get(0)).optional()?)
}

/// The ID of an operation.
pub(crate) fn id_of(db: &Connection, seq: i64) -> Result<Option<String>, StoreError> {
    Ok(db.query_row("SELECT id FROM operation WHERE seq = ?1", [seq], |row| row.get(0)).optional()?)
}

/// The sequence number of the operation with an ID.
pub(crate) fn seq_of(db: &Connection, id: &str) -> Result<Option<i64>, StoreError> {
    Ok(db.query_row("SELECT seq FROM operation WHERE id = ?1", [id], |row| row.get(0)).optional()?)
}

/// Removes an operation that comes again.
pub(crate) fn forget(db: &Connection, id: &str) -> Result<(), StoreError> {
    let Some(seq) = seq_of(db, id)? else { return Ok(()) };
    for sql in [
        "DELETE FROM conflict WHERE operation = ?1",
        "DELETE FROM operation_change WHERE operation = ?1",
        "DELETE FROM operation WHERE seq = ?1",
    ] {
        db.prepare_cached(sql)?.execute([seq])?;
    }
    Ok(())
}

/// What an operation refers to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Links<'a> {
    /// The operation that an undo or redo refers to.
    pub target: Option<i64>,
    /// The newest operation of the copy or line that is merged.
    pub merged: Option<&'a str>,
    /// The scenario in which it is done; none: the plan itself.
    pub scenario: Option<ScenarioId>,
}

/// Appends an operation with its changes; gives its sequence number and its ID.
pub(crate) fn append(
    db: &Connection,
    note: &OperationMeta,
    action: OperationAction,
    links: Links<'_>,
    changes: &[Change],
) -> Result<(i64, String), StoreError> {
    append_told(db, note, action, links, (changes, [PatchTexts::of(changes)]))
}

/// As [`append`], with the JSON of the changes, which may come in several parts.
///
/// # Errors
/// [`StoreError::Inconsistent`] if it is that of fewer changes, [`StoreError::Database`].
pub(crate) fn append_told(
    db: &Connection,
    note: &OperationMeta,
    action: OperationAction,
    links: Links<'_>,
    (changes, parts): (&[Change], impl IntoIterator<Item = PatchTexts>),
) -> Result<(i64, String), StoreError> {
    let parameters = params![
        newest_id(db, links.scenario)?,
        links.merged,
        note.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        note.author,
        action.name(),
        note.label,
        links.target,
        changes.len() as i64,
        links.scenario.map(|scenario| scenario.0.cast_signed()),
    ];
    let mut insert = db.prepare_cached(
        "INSERT INTO operation
             (id, parent, merged, branch, at, author, action, label, target, change_count, format, scenario)
         VALUES (lower(hex(randomblob(16))), ?1, ?2, '', ?3, ?4, ?5, ?6, ?7, ?8,
                 (SELECT user_version FROM pragma_user_version), ?9)
         RETURNING seq, id",
    )?;
    let (seq, own_id): (i64, String) = insert.query_row(parameters, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut told = 0;
    for texts in parts {
        told += insert_changes(db, seq, told, &changes[told..], &texts)?;
    }
    match told == changes.len() {
        true => Ok((seq, own_id)),
        false => Err(StoreError::Inconsistent(format!("{told} of {} changes can be told", changes.len()))),
    }
}

/// The changes of an operation, each with the fields that differ and no others.
pub(crate) fn changes(db: &Connection, seq: i64) -> Result<Vec<Change>, StoreError> {
    let count: i64 =
        db.query_row("SELECT change_count FROM operation WHERE seq = ?1", [seq], |row| row.get(0))?;
    let patches = patches(db, seq)?;
    match patches.is_empty() && count > 0 {
        true => Err(StoreError::Inconsistent(format!("operation {seq} is empty"))),
        false => Ok(patches.iter().map(Patch::alone).collect()),
    }
}

/// The entities that operations of a line after this one have changed.
pub(crate) fn changed_after(
    db: &Connection,
    scope: LineScope,
    seq: i64,
) -> Result<FxHashSet<EntityRef>, StoreError> {
    let sql = "SELECT DISTINCT c.kind, c.entity, coalesce(c.\"last\", c.entity)
               FROM operation AS o JOIN operation_change AS c ON c.operation = o.seq
               WHERE o.seq > ?1 AND o.scenario IS ?2";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![seq, scope.column()])?;
    let mut changed = FxHashSet::default();
    while let Some(row) = rows.next()? {
        let word: String = row.get(0)?;
        let kind = Kind::ALL.iter().find(|kind| kind.word() == word);
        let ids = row.get::<_, i64>(1)?..=row.get(2)?;
        if let Some(kind) = kind {
            changed.extend(ids.map(|id| EntityRef { kind: *kind, id: id.cast_unsigned() }));
        }
    }
    Ok(changed)
}

/// The operations of the plan after a number, but for those on scenarios alone.
pub(crate) fn steps_after(db: &Connection, seq: i64) -> Result<FxHashSet<i64>, StoreError> {
    let sql = "SELECT o.seq FROM operation AS o WHERE o.seq > ?1 AND o.scenario IS NULL AND o.branch = ''
               AND EXISTS (SELECT 1 FROM operation_change WHERE operation = o.seq AND kind <> 'scenario')";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([seq], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The kinds of entity that each operation has changed; those that this version does not know are left out.
pub(crate) fn kinds(db: &Connection) -> Result<FxHashMap<i64, Vec<Kind>>, StoreError> {
    let mut statement = db.prepare_cached("SELECT DISTINCT operation, kind FROM operation_change")?;
    let mut rows = statement.query([])?;
    let mut found: FxHashMap<i64, Vec<Kind>> = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let word = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        if let Some(kind) = Kind::ALL.iter().find(|kind| kind.word() == word) {
            found.entry(row.get(0)?).or_default().push(*kind);
        }
    }
    Ok(found)
}

/// What an entity was before it was deleted last.
pub(crate) fn last_fields(
    db: &Connection,
    scope: LineScope,
    subject: EntityRef,
) -> Result<Option<Fields>, StoreError> {
    let sql = concat!(
        "SELECT c.before FROM operation_change AS c JOIN operation AS o ON o.seq = c.operation
         WHERE c.entity = :entity AND c.kind = :kind AND c.\"after\" IS NULL AND ",
        seen!(),
        " ORDER BY o.seq DESC LIMIT 1"
    );
    let parameters = named_params! {
        ":entity": subject.id.cast_signed(), ":kind": subject.kind.word(),
        ":scenario": scope.column(), ":base": scope.base,
    };
    let text: Option<Option<String>> = db.query_row(sql, parameters, |row| row.get(0)).optional()?;
    Ok(text.flatten().and_then(|text| serde_json::from_str(&text).ok()))
}

/// Operations `o`, each with the merge `m` that brought it. A merge is written in one transaction with what it brings,
/// right after it.
const ENTRIES: &str = "SELECT o.seq, o.at, o.author, o.action, o.label, o.target, o.change_count, m.seq, m.at
    FROM operation AS o LEFT JOIN operation AS m ON o.branch <> '' AND m.seq =
        (SELECT seq FROM operation WHERE seq > o.seq AND branch = '' AND scenario IS NULL ORDER BY seq LIMIT 1)";

/// The newest operations on a position or its assignments, newest first.
pub(crate) fn entries_of_position(
    db: &Connection,
    scope: LineScope,
    id: u64,
    limit: u32,
) -> Result<Vec<Operation>, StoreError> {
    let seen = seen!();
    let mut statement = db.prepare_cached(&format!(
        r#"WITH own (kind, entity) AS (
             SELECT 'position', :position
             UNION SELECT kind, entity FROM operation_change
             WHERE kind = 'assignment' AND :position IN (before ->> 'position', "after" ->> 'position')
         )
         {ENTRIES}
         WHERE o.seq IN (SELECT operation FROM operation_change WHERE (kind, entity) IN own) AND {seen}
         ORDER BY o.seq DESC LIMIT :limit"#
    ))?;
    let parameters = named_params! {
        ":position": id.cast_signed(), ":limit": limit, ":scenario": scope.column(), ":base": scope.base,
    };
    let rows = statement.query_map(parameters, entry)?;
    Ok(in_time(rows.collect::<Result<_, _>>()?))
}

/// An operation, and the time of the merge that brought it.
type Entry = (Operation, Option<DateTime<Utc>>);

/// Newest first by their own time, which may be from the clock of another computer. What a merge brought follows it.
fn in_time(mut entries: Vec<Entry>) -> Vec<Operation> {
    entries.sort_by_key(|(entry, merged_at)| {
        let own = (entry.at, entry.seq);
        let group = entry.merge.zip(*merged_at).map_or(own, |(merge, at)| (at, merge));
        std::cmp::Reverse((group, entry.merge.is_none(), own))
    });
    entries.into_iter().map(|(entry, _)| entry).collect()
}

/// The operations written last before `before` (or of all), sorted by time, newest first.
pub(crate) fn entries(
    db: &Connection,
    scope: LineScope,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Operation>, StoreError> {
    let seen = seen!();
    let sql = format!("{ENTRIES} WHERE o.seq < :before AND {seen} ORDER BY o.seq DESC LIMIT :limit");
    let mut statement = db.prepare_cached(&sql)?;
    let parameters = named_params! {
        ":before": before.unwrap_or(i64::MAX), ":limit": limit,
        ":scenario": scope.column(), ":base": scope.base,
    };
    let rows = statement.query_map(parameters, entry)?;
    Ok(in_time(rows.collect::<Result<_, _>>()?))
}

/// The operations of a line after one up to another, in their order, without those that came with a copy.
pub(crate) fn between(
    db: &Connection,
    scope: LineScope,
    after: i64,
    until: i64,
) -> Result<Vec<Operation>, StoreError> {
    let sql = format!(
        "{ENTRIES} WHERE o.branch = '' AND o.seq > ?1 AND o.seq <= ?2 AND o.scenario IS ?3 ORDER BY o.seq"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![after, until, scope.column()], |row| Ok(entry(row)?.0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All amounts in the history, each once.
pub(crate) fn amounts(db: &Connection) -> Result<Vec<Money>, StoreError> {
    let mut found = Vec::new();
    let mut statement = db.prepare("SELECT before, \"after\" FROM operation_change")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for at in 0..2 {
            let text = row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from)?;
            text.into_iter().for_each(|text| amounts_in(text, &mut found));
        }
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
    let amount = |piece: &str| {
        let figure = || piece.parse::<MetricValue>().ok().and_then(MetricValue::amount);
        piece.parse::<Money>().ok().or_else(figure)
    };
    found.extend(changes.split('"').filter(is_likely).filter_map(amount));
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let operation = Operation {
        seq: row.get(0)?,
        at: time(&row.get::<_, String>(1)?),
        author: row.get(2)?,
        action: OperationAction::from_name(&row.get::<_, String>(3)?),
        label: row.get(4)?,
        target: row.get(5)?,
        change_count: row.get(6)?,
        merge: row.get(7)?,
    };
    Ok((operation, row.get::<_, Option<String>>(8)?.as_deref().map(time)))
}

pub(crate) fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_default()
}
