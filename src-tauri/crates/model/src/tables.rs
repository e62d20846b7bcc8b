//! A table for each kind of entity, and code generic over the kind.

use crate::{
    change::{Change, Edit},
    entity::*,
    kind::Kind,
    table::Table,
};

macro_rules! tables {
    ($($Type:ident, $Id:ident, $module:ident, $noun:literal, $table:ident;)*) => {
        /// A table for each kind.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct Tables { $(pub $table: Table<$Type>),* }

        impl Tables {
            /// The names of the tables, in the order of [`Kind::ALL`].
            pub const NAMES: &[&str] = &[$(stringify!($table)),*];
        }

        /// Access to the table and the changes of a kind from generic code.
        pub trait EntityTable: Entity {
            fn table(tables: &Tables) -> &Table<Self>;
            fn table_mut(tables: &mut Tables) -> &mut Table<Self>;
            fn change(edit: Edit<Self>) -> Change;
            /// None if the change is of another kind.
            fn edit(change: &Change) -> Option<&Edit<Self>>;
            fn edit_mut(change: &mut Change) -> Option<&mut Edit<Self>>;
        }
        $(impl EntityTable for $Type {
            fn table(tables: &Tables) -> &Table<Self> { &tables.$table }
            fn table_mut(tables: &mut Tables) -> &mut Table<Self> { &mut tables.$table }
            fn change(edit: Edit<Self>) -> Change { Change::$Type(edit) }
            fn edit(change: &Change) -> Option<&Edit<Self>> {
                if let Change::$Type(edit) = change { Some(edit) } else { None }
            }
            fn edit_mut(change: &mut Change) -> Option<&mut Edit<Self>> {
                if let Change::$Type(edit) = change { Some(edit) } else { None }
            }
        })*

        /// Runs code generic over the kind of a change: `with_edit!(change, edit => …)`.
        #[macro_export]
        macro_rules! with_edit {
            ($change:expr, $edit:ident => $body:expr) => {
                match $change { $($crate::Change::$Type($edit) => $body),* }
            };
        }

        /// Runs code generic over the kind of an entity, if the plan has the row.
        #[macro_export]
        macro_rules! with_row {
            ($tables:expr, $subject:expr, $row:ident => $body:expr) => {
                match $subject.kind { $($crate::Kind::$Type => $tables.$table.get($subject.id.into()).map(|$row| $body)),* }
            };
        }

        /// Runs code for every table: `each_table!(tables, table => …)`.
        #[macro_export]
        macro_rules! each_table {
            ($tables:expr, $each:ident => $body:expr) => { $({ let $each = &$tables.$table; $body })* };
        }

        /// Runs code with the type of a kind: `for_kind!(kind, T => …)`.
        #[macro_export]
        macro_rules! for_kind {
            ($kind:expr, $Each:ident => $body:expr) => {
                match $kind { $($crate::Kind::$Type => { type $Each = $crate::$Type; $body })* }
            };
        }

        /// All tables, each from an expression that knows its type: `tables_of!(T => …)`.
        #[macro_export]
        macro_rules! tables_of {
            ($Each:ident => $body:expr) => {
                $crate::Tables { $($table: { type $Each = $crate::$Type; $body }),* }
            };
        }
    };
}

entities!(tables);

impl Kind {
    /// The name of its table in a plan: `people`.
    pub fn table(self) -> &'static str {
        Tables::NAMES[self as usize]
    }
}
