//! The columns of kinds that have no table of their own here, from the descriptions of their fields.

use headroom_model::{
    EntityTable, Kind,
    field::{FieldSpec, FieldType},
};

use crate::described_kinds::fields_in_files;

/// The columns of a kind, and how many of them, from the first, a file must have.
pub fn columns_of<T: EntityTable>() -> (Vec<&'static str>, usize) {
    let fields = fields_in_files::<T>();
    let required = fields.iter().filter(|field| field.is_required()).map(|field| columns(*field).len()).sum();
    (fields.iter().flat_map(|field| columns(*field)).collect(), required)
}

/// The column that says which kind a reference is to, if it may be to several.
pub fn kind_column(name: &str) -> Option<&'static str> {
    (name == "owner").then_some("owner_kind")
}

/// The columns of a field.
pub fn columns<T>(field: &FieldSpec<T>) -> Vec<&'static str> {
    let column = column(field);
    let kind = if kinds(field).len() > 1 { kind_column(field.name) } else { None };
    std::iter::once(column).chain(kind).collect()
}

/// The first of them, which has the value.
pub fn column<T>(field: &FieldSpec<T>) -> &'static str {
    if field.name == "key" { "id" } else { field.name }
}

/// The kinds that a field refers to.
pub fn kinds<T>(field: &FieldSpec<T>) -> &'static [Kind] {
    match field.field_type {
        FieldType::Reference(kinds) => kinds,
        _ => &[],
    }
}
