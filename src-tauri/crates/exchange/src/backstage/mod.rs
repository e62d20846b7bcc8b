//! Backstage catalogs: the descriptor format of
//! <https://backstage.io/docs/features/software-catalog/descriptor-format>.
//!
//! A Component keeps its name as its key; an API or Resource has its kind before it (`api:petstore`), and what lies
//! outside the default namespace has that before the name (`acme/petstore`), so that nothing is mixed up.
//!
//! Not every key is a name that Backstage takes. An export gives such things another name and notes the key in an
//! annotation, by which an import knows them; what the plan only knows by hearsay is noted as such, so that it is there to
//! be referred to and stays unconfirmed.

mod entity;
mod names;
mod owner_place;
mod read;
mod reference;
mod required_fields;
#[cfg(test)]
mod round_trip;
mod schema;
mod update;
mod write;

pub use read::{read, recognise};
pub use update::update;
pub use write::write;
