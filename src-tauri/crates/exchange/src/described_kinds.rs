//! The kinds whose rows are read, written and compared by the descriptions of their fields alone
//! ([`RowRecord`](headroom_files::records::RowRecord)).

use headroom_model::{EntityTable, Kind, field::FieldSpec};

/// The others: they have records of their own, or are in no table.
const OTHERS: [Kind; 16] = [
    Kind::Team,
    Kind::Person,
    Kind::Membership,
    Kind::Grouping,
    Kind::Service,
    Kind::Ownership,
    Kind::Dependency,
    Kind::Interaction,
    Kind::Position,
    Kind::Assignment,
    Kind::Approval,
    Kind::Template,
    Kind::TemplateItem,
    Kind::Checklist,
    Kind::ChecklistItem,
    Kind::Setting,
];

pub(crate) fn is_described(kind: Kind) -> bool {
    !OTHERS.contains(&kind)
}

pub(crate) fn described_kinds() -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(|kind| is_described(*kind))
}

/// Whether entities of this kind are referred to by keys.
pub(crate) fn has_key<T: EntityTable>() -> bool {
    T::default().key().is_some()
}

/// The fields that files have, those that must be said first. What other formats said beyond the fields of the plan,
/// and where a row is from, is not in files.
pub(crate) fn fields_in_files<T: EntityTable>() -> Vec<&'static FieldSpec<T>> {
    let is_told = |field: &&FieldSpec<T>| {
        !field.is_internal && !["source", "extra", "unconfirmed"].contains(&field.name)
    };
    let (required, others): (Vec<&FieldSpec<T>>, Vec<_>) =
        T::FIELDS.iter().filter(is_told).partition(|field| field.is_required());
    required.into_iter().chain(others).collect()
}
