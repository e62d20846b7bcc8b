//! The changes of an operation, as rows: one for each, but that what is created by the thousand stands together.

use std::borrow::Cow;

use headroom_model::{
    Change, EntityRef, Kind,
    merge::{Fields, Patch, PatchTexts},
};
use rusqlite::{Connection, Row};

use crate::{
    batch::{batches, places},
    error::StoreError,
};

/// From how many entities on that are created one after the other they stand together.
const FEWEST: usize = 16;

/// How many entities stand together at most.
const MOST: usize = 256;

/// The kinds of which rows of history are looked at one by one.
const ALONE: [Kind; 3] = [Kind::Position, Kind::Assignment, Kind::Scenario];

/// A row: place, kind, first entity, before, after, last entity if it stands for several.
struct ChangeRow<'a> {
    place: usize,
    subject: EntityRef,
    before: Option<&'a str>,
    after: Option<Cow<'a, str>>,
    last: Option<u64>,
}

/// Writes the changes of which `texts` is the JSON, from a place in the operation on; gives how many these are.
pub(crate) fn insert_changes(
    db: &Connection,
    seq: i64,
    first_place: usize,
    changes: &[Change],
    texts: &PatchTexts,
) -> Result<usize, StoreError> {
    const COLUMNS: usize = 7;
    let told: Vec<ToldChange<'_>> = changes.iter().zip(texts.iter()).collect();
    let rows = rows(first_place, &told);
    for batch in batches(&rows) {
        let sql = format!("INSERT INTO operation_change VALUES {}", places(COLUMNS, batch.len()));
        let mut insert = db.prepare_cached(&sql)?;
        for (at, row) in batch.iter().enumerate() {
            let first = at * COLUMNS + 1;
            insert.raw_bind_parameter(first, seq)?;
            insert.raw_bind_parameter(first + 1, row.place as i64)?;
            insert.raw_bind_parameter(first + 2, row.subject.kind.word())?;
            insert.raw_bind_parameter(first + 3, row.subject.id.cast_signed())?;
            insert.raw_bind_parameter(first + 4, row.before)?;
            insert.raw_bind_parameter(first + 5, row.after.as_deref())?;
            insert.raw_bind_parameter(first + 6, row.last.map(u64::cast_signed))?;
        }
        insert.raw_execute()?;
    }
    Ok(told.len())
}

type ToldChange<'a> = (&'a Change, [Option<&'a str>; 2]);

fn rows<'a>(first_place: usize, told: &[ToldChange<'a>]) -> Vec<ChangeRow<'a>> {
    let mut rows = Vec::new();
    let mut place = first_place;
    for run in told.chunk_by(|(one, _), (next, _)| follows(one, next)).flat_map(|run| run.chunks(MOST)) {
        if run.len() < FEWEST {
            let alone = run.iter().enumerate().map(|(at, (change, [before, after]))| ChangeRow {
                place: place + at,
                subject: change.subject(),
                before: *before,
                after: after.map(Into::into),
                last: None,
            });
            rows.extend(alone);
        } else {
            rows.extend(together(place, run));
        }
        place += run.len();
    }
    rows
}

/// Whether both create an entity, and may stand together.
fn follows(one: &Change, next: &Change) -> bool {
    let (first, second) = (one.subject(), next.subject());
    first.kind == second.kind
        && first.id.checked_add(1) == Some(second.id)
        && !ALONE.contains(&first.kind)
        && one.creates()
        && next.creates()
}

/// Several entities that are created, as one row.
fn together<'a>(place: usize, run: &[ToldChange<'a>]) -> Option<ChangeRow<'a>> {
    let texts: Vec<&str> = run.iter().filter_map(|(_, [_, after])| *after).collect();
    Some(ChangeRow {
        place,
        subject: run.first()?.0.subject(),
        before: None,
        after: Some(format!("[{}]", texts.join(",")).into()),
        last: Some(run.last()?.0.subject().id),
    })
}

/// The changes of an operation, by field. Of a kind that this version does not know there are none.
pub(crate) fn patches(db: &Connection, seq: i64) -> Result<Vec<Patch>, StoreError> {
    let sql = "SELECT kind, entity, before, \"after\", \"last\" FROM operation_change
               WHERE operation = ?1 ORDER BY place";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([seq])?;
    let mut patches = Vec::new();
    while let Some(row) = rows.next()? {
        let read = patches_of_row(row, 0).map_err(|error| match error {
            StoreError::Inconsistent(problem) => {
                StoreError::Inconsistent(format!("operation {seq} cannot be read: {problem}"))
            }
            other => other,
        });
        patches.extend(read?);
    }
    Ok(patches)
}

/// The changes of a row with kind, entity, before, after and last, from a column on.
pub(crate) fn patches_of_row(row: &Row<'_>, first: usize) -> Result<Vec<Patch>, StoreError> {
    let text = |at| -> Result<Option<&str>, StoreError> {
        Ok(row.get_ref(first + at)?.as_str_or_null().map_err(rusqlite::Error::from)?)
    };
    let ids = (row.get(first + 1)?, row.get(first + 4)?);
    patches_of(text(0)?.unwrap_or_default(), ids, [text(2)?, text(3)?])
}

/// The changes of a row: of its entity, or of all up to the last. None of a kind that this version does not know.
pub(crate) fn patches_of(
    kind: &str,
    (entity, last): (i64, Option<i64>),
    [before, after]: [Option<&str>; 2],
) -> Result<Vec<Patch>, StoreError> {
    let Some(kind) = Kind::ALL.iter().copied().find(|known| known.word() == kind) else {
        return Ok(Vec::new());
    };
    let broken = |error: serde_json::Error| StoreError::Inconsistent(error.to_string());
    let Some(last) = last else {
        let fields = |text: Option<&str>| -> Result<Option<Fields>, StoreError> {
            let mut read: Option<Fields> = text.map(serde_json::from_str).transpose().map_err(broken)?;
            // Operations of earlier formats have whole rows.
            if let Some(fields) = &mut read {
                fields.remove("id");
            }
            Ok(read)
        };
        let id = entity.cast_unsigned();
        return Ok(vec![Patch { kind, id, before: fields(before)?, after: fields(after)? }]);
    };
    let created: Vec<Fields> = serde_json::from_str(after.unwrap_or_default()).map_err(broken)?;
    if i64::try_from(created.len()).ok().and_then(|count| entity.checked_add(count)) != last.checked_add(1) {
        return Err(StoreError::Inconsistent(format!("{entity} to {last} are not {}", created.len())));
    }
    let patch = |(fields, id): (Fields, i64)| Patch {
        kind,
        id: id.cast_unsigned(),
        before: None,
        after: Some(fields),
    };
    Ok(created.into_iter().zip(entity..=last).map(patch).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::migration;

    const OPERATION: &str =
        "INSERT INTO operation (id, branch, at, author, action, label, change_count, format)
        VALUES ('a', '', '2026-11-23T09:00:00.000Z', 'Ada', 'import', 'Imported', 2, 9)";

    #[test]
    fn histories_of_before_read_as_they_did() {
        let db = migration::empty(9).unwrap();
        db.execute_batch(OPERATION).unwrap();
        let row = r#"INSERT INTO operation_change VALUES (1, ?1, 'team', ?1 + 7, NULL, '{"name":"Tides"}')"#;
        for place in 0..2 {
            db.execute(row, [place]).unwrap();
        }
        migration::take_steps(&db, 9, migration::CURRENT).unwrap();
        let ids: Vec<u64> = patches(&db, 1).unwrap().iter().map(|patch| patch.id).collect();
        assert_eq!(ids, [7, 8]);
        let seen = "SELECT count(*) FROM who_changed_what WHERE \"after\" ->> 'name' = 'Tides'";
        assert_eq!(db.query_row(seen, [], |row| row.get::<_, i64>(0)), Ok(2));
    }

    #[test]
    fn a_row_that_says_another_number_is_refused() {
        let after = r#"[{"name":"A"},{"name":"B"}]"#;
        let read = |last| patches_of("team", (7, Some(last)), [None, Some(after)]);
        assert_eq!(read(8).unwrap().iter().map(|patch| patch.id).collect::<Vec<_>>(), [7, 8]);
        for last in [6, 7, 9, i64::MAX] {
            assert!(matches!(read(last), Err(StoreError::Inconsistent(_))), "{last}");
        }
        assert!(patches_of("spaceship", (7, Some(8)), [None, Some(after)]).unwrap().is_empty());
    }
}
