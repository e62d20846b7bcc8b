//! The ID of an entity, as the page knows it.

use headroom_model::entities;
use serde::{Deserialize, Serialize};

/// The ID of an entity of any kind. It has 53 bits, so that it is exact as a number of JavaScript.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct Id(#[specta(type = specta_typescript::Number)] pub u64);

macro_rules! ids {
    ($($Type:ident, $Id:ident, $module:ident, $noun:literal, $table:ident;)*) => { $(
        impl From<headroom_model::$Id> for Id {
            fn from(id: headroom_model::$Id) -> Self { Self(id.into()) }
        }
        impl From<Id> for headroom_model::$Id {
            fn from(id: Id) -> Self { id.0.into() }
        }
    )* };
}

entities!(ids);
