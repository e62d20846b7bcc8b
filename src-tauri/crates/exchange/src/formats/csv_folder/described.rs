//! Tables of kinds that have none of their own here: the columns, what is in a cell, and what is wrong with one follow
//! from the descriptions of the fields.

use std::path::Path;

use headroom_files::{
    WriteError,
    records::{FieldStatement, KeyRef, RowRecord},
};
use headroom_model::{
    EntityRef, EntityTable, Kind, Plan,
    field::{FieldSpec, FieldType},
    for_kind,
};
use serde_json::Value;

use super::{
    columns::{column, columns, kind_column, kinds},
    out::Out,
    schema::{CsvSchema, TABLES},
    table::{CsvRow, CsvTable, Problems, joined_list},
};
use crate::described_kinds::{fields_in_files, has_key, is_described};

/// Reads the rows of a table.
pub fn read(kind: Kind, table: CsvTable<'_>, problems: &mut Problems) -> Vec<RowRecord> {
    for_kind!(kind, T => {
        let (required, others): (Vec<_>, Vec<_>) =
            fields_in_files::<T>().into_iter().partition(|field| field.is_required());
        let required = required.into_iter().map(|field| FileField { field, is_needed: !is_empty_allowed(field) });
        let required: Vec<FileField<T>> = required.collect();
        table.records(problems, |row| read_row::<T>(row, &required, &others))
    })
}

/// The column of objectives that stand for one of each service of a tier.
pub const TIER: &str = "tier";

/// A field with what is the same in every row.
struct FileField<T: 'static> {
    field: &'static FieldSpec<T>,
    is_needed: bool,
}

fn read_row<T: EntityTable>(
    row: &mut CsvRow<'_>,
    required: &[FileField<T>],
    others: &[&'static FieldSpec<T>],
) -> Option<RowRecord> {
    // By the hundred thousand: no larger than it has to be.
    let fields = Vec::with_capacity(row.column_count());
    let mut record = RowRecord { kind: T::KIND, place: row.place(), fields };
    for FileField { field, is_needed } in required {
        let said = if *is_needed { Some(needed(row, field)?) } else { optional(row, field) };
        record.fields.extend(said.map(|said| (field.name, said)));
    }
    if let Some((column, fault, advice)) = lacks(&record) {
        if !row.is_spoiled() {
            row.spoil(column, fault.to_owned(), advice);
        }
        return None;
    }
    for field in others {
        record.fields.extend(optional(row, field).map(|said| (field.name, said)));
    }
    Some(record)
}

/// What a row lacks that the type of its fields would allow to be empty.
fn lacks(record: &RowRecord) -> Option<(&'static str, &'static str, &'static str)> {
    let is_said = |name| record.text(name).is_some();
    match record.kind {
        Kind::Budget if !(is_said("from") && is_said("until")) => {
            Some(("from", "a budget needs a start and an end date", "fill in both dates"))
        }
        _ => None,
    }
}

/// Whether the type of the field has an empty value.
fn is_empty_allowed<T: EntityTable>(field: &FieldSpec<T>) -> bool {
    field.value_mut(&mut T::default()).set_json(&Value::Null)
}

/// The value of an empty cell.
fn empty<T: EntityTable>(field: &FieldSpec<T>) -> Value {
    if is_empty_allowed(field) { Value::Null } else { field.value(&T::default()).json() }
}

/// The value that a cell is; none if it is none of the field.
fn parsed<T: EntityTable>(field: &FieldSpec<T>, cell: &str) -> Option<Value> {
    let value = match field.field_type {
        FieldType::Number => Value::Number(cell.parse().ok()?),
        FieldType::Structure => serde_json::from_str(cell).ok()?,
        _ => cell.into(),
    };
    field.value_mut(&mut T::default()).set_json(&value).then_some(value)
}

/// A cell without which the row is left out.
fn needed<T: EntityTable>(row: &mut CsvRow<'_>, field: &FieldSpec<T>) -> Option<FieldStatement> {
    if let FieldType::Reference(_) = field.field_type {
        let cell = row.required(column(field))?;
        return Some(FieldStatement::Reference(key_ref(row, field, cell)));
    }
    let advice = match field.field_type {
        FieldType::Date => "write it as 2027-12-25".to_owned(),
        _ => fault_and_advice(field).1,
    };
    let value = row.parsed_or_spoiled(column(field), |cell| parsed(field, cell), &advice)?;
    Some(FieldStatement::Value(value))
}

fn optional<T: EntityTable>(row: &mut CsvRow<'_>, field: &FieldSpec<T>) -> Option<FieldStatement> {
    let name = column(field);
    let value = match field.field_type {
        FieldType::Text => match row.text(name)? {
            text if text.is_empty() => empty(field),
            text => text.into(),
        },
        FieldType::Flag => row.flag(name)?.into(),
        FieldType::List => row.list(name)?.into(),
        FieldType::Reference(_) => match row.optional(name)? {
            Some(key) => return Some(FieldStatement::Reference(key_ref(row, field, key))),
            None => Value::Null,
        },
        FieldType::References(kind) => {
            let key = |key| KeyRef { kind: Some(kind), key };
            return Some(FieldStatement::References(row.list(name)?.into_iter().map(key).collect()));
        }
        _ => {
            let (fault, advice) = fault_and_advice(field);
            row.counted(name, |cell| parsed(field, cell), fault, &advice)?.unwrap_or_else(|| empty(field))
        }
    };
    Some(FieldStatement::Value(value))
}

fn key_ref<T>(row: &mut CsvRow<'_>, field: &FieldSpec<T>, key: String) -> KeyRef {
    let kind = match kinds(field) {
        [kind] => Some(*kind),
        kinds => {
            let said = kind_column(field.name).and_then(|column| row.text(column)).unwrap_or_default();
            kinds.iter().copied().find(|kind| kind.word().eq_ignore_ascii_case(&said))
        }
    };
    KeyRef { kind, key }
}

/// What is wrong with a cell that cannot be read, and how to write it.
fn fault_and_advice<T>(field: &FieldSpec<T>) -> (&'static str, String) {
    let (fault, advice) = match field.field_type {
        FieldType::Date => ("is not a date", "write it as 2027-03-12"),
        FieldType::Amount => ("is not an amount", "write it as 12345.67 EUR"),
        FieldType::Decimal => ("is not a number", "write it as 0.6 or 60%"),
        FieldType::Number => ("is not a whole number", "write it as 3"),
        FieldType::Currency => ("is not a currency", "use a three-letter code such as USD"),
        FieldType::Rate => ("is not a rate", "write it as 1.0825"),
        FieldType::Availability => ("is not a percentage", "write it as a percentage, e.g. 99.95"),
        FieldType::Figure => ("is not a figure", "write it as 6000 EUR, 12.5%, 58 or 20% 50% 100%"),
        FieldType::MetricValue => ("is not a value", "write it as 11.5, 12% or 48000 EUR"),
        FieldType::Time => ("is not a time", "write it as 2027-03-12 08:05, in UTC"),
        FieldType::Window => ("is not a window", "write it as 28, 30d, 4w or 1M calendar"),
        FieldType::OneOf(words) => return ("is not known here", format!("use {}", words.join(", "))),
        _ => ("cannot be read", "write it as an export does"),
    };
    (fault, advice.to_owned())
}

/// Writes the tables that have rows, and those whose files exist already.
///
/// # Errors
/// As [`super::write`].
pub fn write(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    for (kind, schema) in TABLES.iter().filter(|(kind, _)| is_described(*kind)) {
        for_kind!(*kind, T => write_table::<T>(plan, folder, schema))?;
    }
    Ok(())
}

fn write_table<T: EntityTable>(plan: &Plan, folder: &Path, schema: &CsvSchema) -> Result<(), WriteError> {
    let table = T::table(plan);
    if !schema.is_wanted(folder, table.is_empty()) {
        return Ok(());
    }
    let fields = fields_in_files::<T>();
    let mut out = Out::new(folder, schema)?;
    for row in plan.in_order::<T>() {
        let cells: Vec<String> = fields.iter().flat_map(|field| cells(plan, field, row)).collect();
        out.row(&cells.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    out.finish()
}

fn cells<T: EntityTable>(plan: &Plan, field: &FieldSpec<T>, row: &T) -> Vec<String> {
    let value = field.value(row);
    let mut targets = Vec::new();
    value.references(&mut |target| targets.push(target));
    let cell = match field.field_type {
        FieldType::Reference(_) => {
            let key = targets.first().map(|target| key_of(plan, *target)).unwrap_or_default();
            let kind = columns(field).get(1).map(|_| targets.first().map_or("", |target| target.kind.word()));
            return std::iter::once(key).chain(kind.map(str::to_owned)).collect();
        }
        FieldType::References(_) => {
            joined_list(&targets.iter().map(|target| key_of(plan, *target)).collect::<Vec<_>>())
        }
        FieldType::Flag => if value.is_empty() { "" } else { "yes" }.to_owned(),
        FieldType::Structure if value.is_empty() => String::new(),
        _ => match value.json() {
            Value::Null => String::new(),
            Value::String(text) => text,
            Value::Array(items) if field.field_type == FieldType::List => {
                let texts = items.iter().filter_map(Value::as_str).map(str::to_owned);
                joined_list(&texts.collect::<Vec<_>>())
            }
            other => other.to_string(),
        },
    };
    vec![cell]
}

/// The key of an entity, or its ID if its kind has no keys.
fn key_of(plan: &Plan, subject: EntityRef) -> String {
    let has_key = for_kind!(subject.kind, T => has_key::<T>());
    if has_key { plan.key_of(subject).to_owned() } else { subject.id.to_string() }
}
