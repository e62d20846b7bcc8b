//! Rows: how the entities of a plan are written to their tables and read from them, by the descriptions of their fields.
//! [`load`] reads all tables into a plan, [`write`] writes the rows that changed.

use std::collections::{HashMap, hash_map::Entry};

use headroom_model::{
    Change, Entity as _, EntityTable, Kind, NewIds, Plan, Table, Tables, field::Cell, for_kind, tables_of,
};
use rusqlite::{
    Connection, Row, Statement,
    types::{ToSqlOutput, Value, ValueRef},
};

use crate::{
    batch::{batches, places},
    error::StoreError,
    late_reading::{self, LateReading},
};

/// The columns of a kind after `id`, and which of them each field takes. Two amounts of a row share their currency.
struct Columns {
    names: Vec<&'static str>,
    of_field: Vec<Vec<usize>>,
}

impl Columns {
    fn of<T: EntityTable>() -> Self {
        let mut names: Vec<&'static str> = Vec::new();
        let mut place = |name: &'static str| match names.iter().position(|known| *known == name) {
            Some(at) => at,
            None => {
                names.push(name);
                names.len() - 1
            }
        };
        let of_field =
            T::FIELDS.iter().map(|field| field.columns.iter().map(|name| place(name)).collect()).collect();
        Self { names, of_field }
    }

    fn quoted(&self) -> String {
        self.names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
    }

    fn select(&self, kind: Kind) -> String {
        format!("SELECT id, {} FROM {} ORDER BY id", self.quoted(), kind.word())
    }

    fn insert(&self, kind: Kind, rows: usize) -> String {
        let places = places(self.names.len() + 1, rows);
        format!("INSERT INTO {} (id, {}) VALUES {places}", kind.word(), self.quoted())
    }

    fn update(&self, kind: Kind) -> String {
        let set = |(at, name)| format!("\"{name}\" = ?{}", at + 2);
        let sets: Vec<String> = self.names.iter().enumerate().map(set).collect();
        format!("UPDATE {} SET {} WHERE id = ?1", kind.word(), sets.join(", "))
    }

    /// Binds a row to the places of [`Columns::insert`] and [`Columns::update`], from its first place on.
    fn bind<T: EntityTable>(
        &self,
        row: &T,
        first: usize,
        statement: &mut Statement<'_>,
    ) -> rusqlite::Result<()> {
        statement.raw_bind_parameter(first, row.id().into().cast_signed())?;
        let mut own = Vec::with_capacity(3);
        // The last first: of amounts that share their currency, the first says which.
        for (field, at) in T::FIELDS.iter().zip(&self.of_field).rev() {
            own.clear();
            field.value(row).write(&mut own);
            for (at, cell) in at.iter().zip(&own).filter(|(_, cell)| **cell != Cell::Null) {
                statement.raw_bind_parameter(first + 1 + at, bound(cell))?;
            }
        }
        Ok(())
    }

    fn read<T: EntityTable>(&self, row: &Row<'_>) -> Result<T, StoreError> {
        let mut entity = T::default();
        entity.set_id(row.get::<_, i64>(0)?.cast_unsigned().into());
        let cell_at = |at: &usize| cell(row.get_ref(at + 1)?);
        for (field, at) in T::FIELDS.iter().zip(&self.of_field) {
            let value = field.value_mut(&mut entity);
            let read = match at.as_slice() {
                // Almost all: without a list of cells for each.
                [at] => value.read(&[cell_at(at)?]),
                several => value.read(&several.iter().map(cell_at).collect::<Result<Vec<_>, _>>()?),
            };
            read.map_err(|fault| {
                let (table, id): (_, u64) = (T::KIND.word(), entity.id().into());
                StoreError::Inconsistent(format!("{table} {id}: {} {fault}", field.columns[0]))
            })?;
        }
        Ok(entity)
    }
}

fn cell(value: ValueRef<'_>) -> Result<Cell<'_>, StoreError> {
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(_) => Cell::text(value.as_str().map_err(rusqlite::Error::from)?),
        ValueRef::Blob(_) => return Err(StoreError::Inconsistent("a cell is not text".into())),
    })
}

fn bound<'a>(cell: &'a Cell<'_>) -> ToSqlOutput<'a> {
    match cell {
        Cell::Null => ToSqlOutput::Owned(Value::Null),
        Cell::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
        Cell::Real(number) => ToSqlOutput::Owned(Value::Real(*number)),
        Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
    }
}

/// Loads the whole plan.
pub(crate) fn load(db: &Connection) -> Result<Plan, StoreError> {
    plan_of(db, tables_of!(T => Table::from_sorted(of_kind::<T>(db)?)))
}

/// Loads the plan, but for rows that are so many that they are read beside.
pub(crate) fn load_at_once(db: &Connection) -> Result<(Plan, LateReading), StoreError> {
    let Some((late, reading)) = late_reading::observations(db)? else {
        return Ok((load(db)?, LateReading::default()));
    };
    let mut tables = tables_of!(T => match T::KIND {
        Kind::Observation => Table::default(),
        _ => Table::from_sorted(of_kind::<T>(db)?),
    });
    tables.observations = late;
    Ok((plan_of(db, tables)?, reading))
}

fn plan_of(db: &Connection, tables: Tables) -> Result<Plan, StoreError> {
    let seed: i64 = db.query_row("SELECT random()", [], |row| row.get(0))?;
    Plan::from_tables(tables, NewIds::seeded(seed.cast_unsigned()))
        .map_err(|error| StoreError::Inconsistent(error.to_string()))
}

/// The rows of a kind, sorted by ID.
pub(crate) fn of_kind<T: EntityTable>(db: &Connection) -> Result<Vec<T>, StoreError> {
    let columns = Columns::of::<T>();
    let mut statement = db.prepare(&columns.select(T::KIND))?;
    let mut found = statement.query([])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(columns.read::<T>(row)?);
    }
    Ok(rows)
}

/// Writes the rows that the changes leave behind.
pub(crate) fn write(db: &Connection, changes: &[Change]) -> Result<(), StoreError> {
    let mut writer = Writer { db, kinds: HashMap::new() };
    let is_kind = |one: &Change, other: &Change| one.subject().kind == other.subject().kind;
    // What is new comes in long rows of one kind. All else may give up or take keys: one by one, in order.
    for alike in changes.chunk_by(|one, other| one.creates() && other.creates() && is_kind(one, other)) {
        for batch in batches(alike) {
            for_kind!(batch[0].subject().kind, T => writer.write::<T>(batch))?;
        }
    }
    Ok(())
}

/// Writes rows of any kind, with statements that are prepared once.
struct Writer<'db> {
    db: &'db Connection,
    kinds: HashMap<Kind, KindWriter<'db>>,
}

struct KindWriter<'db> {
    columns: Columns,
    insert: Statement<'db>,
    /// Of a full batch, once there is one.
    insert_many: Option<Statement<'db>>,
    update: Statement<'db>,
    delete: Statement<'db>,
}

impl<'db> KindWriter<'db> {
    fn new(db: &'db Connection, kind: Kind) -> rusqlite::Result<Self> {
        let columns = for_kind!(kind, T => Columns::of::<T>());
        let insert = db.prepare(&columns.insert(kind, 1))?;
        let update = db.prepare(&columns.update(kind))?;
        let delete = db.prepare(&format!("DELETE FROM {} WHERE id = ?1", kind.word()))?;
        Ok(Self { columns, insert, insert_many: None, update, delete })
    }
}

impl Writer<'_> {
    /// Writes one change, or a full batch of new rows.
    fn write<T: EntityTable>(&mut self, batch: &[Change]) -> Result<(), StoreError> {
        let of_kind = match self.kinds.entry(T::KIND) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(KindWriter::new(self.db, T::KIND)?),
        };
        let Some(first) = batch.first().and_then(T::edit) else { return Ok(()) };
        let statement = match (&first.before, &first.after) {
            (None, Some(_)) if batch.len() == 1 => &mut of_kind.insert,
            (None, Some(_)) => match &mut of_kind.insert_many {
                Some(known) => known,
                none => none.insert(self.db.prepare(&of_kind.columns.insert(T::KIND, batch.len()))?),
            },
            (Some(_), Some(_)) => &mut of_kind.update,
            (Some(_), None) => &mut of_kind.delete,
            (None, None) => return Ok(()),
        };
        // What is not bound is NULL.
        statement.clear_bindings();
        statement.raw_bind_parameter(1, first.id.cast_signed())?;
        let width = of_kind.columns.names.len() + 1;
        let rows = batch.iter().filter_map(T::edit).filter_map(|edit| edit.after.as_deref());
        for (at, row) in rows.enumerate() {
            of_kind.columns.bind(row, at * width + 1, statement)?;
        }
        match statement.raw_execute()? == batch.len() {
            true => Ok(()),
            false => {
                let table = T::KIND.word();
                Err(StoreError::Inconsistent(format!("{table} {} is no longer in the file", first.id)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::migration;

    #[test]
    fn tables_have_the_columns_of_the_descriptions() {
        let db = migration::empty(migration::CURRENT).unwrap();
        for kind in Kind::ALL {
            let columns = for_kind!(*kind, T => Columns::of::<T>());
            let mut statement = db.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
            let there = statement.query_map([kind.word()], |row| row.get(0)).unwrap();
            let there: BTreeSet<String> = there.collect::<Result<_, _>>().unwrap();
            let described = columns.names.iter().copied().chain(["id"]).map(str::to_owned).collect();
            assert_eq!(there, described, "{}", kind.word());
        }
    }
}
