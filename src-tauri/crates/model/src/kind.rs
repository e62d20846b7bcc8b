//! The kinds of entity, and how entities refer to each other.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Kind and ID of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EntityRef {
    pub kind: Kind,
    pub id: u64,
}

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.noun(), self.id)
    }
}

/// The ID type of a kind.
pub trait EntityId: Copy + Eq + std::hash::Hash + fmt::Debug + Default + Into<u64> + From<u64> {
    const KIND: Kind;
}

macro_rules! kinds {
    ($($Type:ident, $Id:ident, $module:ident, $noun:literal, $table:ident;)*) => {
        /// The kinds of entity, as named in the journal and in the tables of the file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($Type),* }

        impl Kind {
            pub const ALL: &[Kind] = &[$(Kind::$Type),*];

            /// The word in files: `exchange_rate`.
            pub fn word(self) -> &'static str {
                match self { $(Kind::$Type => stringify!($module)),* }
            }

            /// The kind as a noun, singular, lower case.
            pub fn noun(self) -> &'static str {
                match self { $(Kind::$Type => $noun),* }
            }
        }

        $(
            #[doc = concat!("ID of a ", $noun, ": see [`NewIds`](crate::NewIds).")]
            ///
            /// It has no order, since its number is random; rows have one ([`Entity::compare`](crate::Entity::compare)).
            #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
            #[serde(transparent)]
            pub struct $Id(pub u64);
            impl From<u64> for $Id { fn from(id: u64) -> Self { Self(id) } }
            impl From<$Id> for u64 { fn from(id: $Id) -> u64 { id.0 } }
            impl From<$Id> for EntityRef {
                fn from(id: $Id) -> Self { EntityRef { kind: Kind::$Type, id: id.0 } }
            }
            impl EntityId for $Id { const KIND: Kind = Kind::$Type; }
        )*
    };
}

entities!(kinds);
