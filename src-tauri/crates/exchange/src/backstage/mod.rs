//! Backstage catalogs: the descriptor format of
//! <https://backstage.io/docs/features/software-catalog/descriptor-format>.
//!
//! A Component keeps its name as its key; an API or Resource has its kind before it (`api:petstore`), and what lies
//! outside the default namespace has that before the name (`acme/petstore`), so that nothing is mixed up.

mod entity;
mod owner_place;
mod read;
mod reference;
#[cfg(test)]
mod round_trip;
mod schema;
mod update;
mod write;

pub use read::{read, recognise};
pub use update::update;
pub use write::write;
