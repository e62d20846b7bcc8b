//! Backstage catalogs: the descriptor format of
//! <https://backstage.io/docs/features/software-catalog/descriptor-format>. Read, written, and owners updated in
//! place.
//!
//! A Component's name is its key; an API or Resource has its kind before it (`api:petstore`), and a namespace other
//! than the default precedes the name (`acme/petstore`), so that keys are unique.
//!
//! Not every key is a valid name. An export gives such an entity a valid one (`names`) and notes the key in the
//! annotation `headroom/key`, by which an import recognises it. What is unconfirmed and referred to is written with
//! `headroom/unconfirmed`, so that every reference resolves; it stays unconfirmed when imported. What Backstage
//! requires and the plan lacks is reported, not made up (`required_fields`). Fields the plan doesn't have are kept as
//! JSON and written again; their types are checked by `schema`.
//!
//! Tests: `round_trip` exports random plans, checks that the catalog is valid, and imports it again; `update.rs` and
//! `owner_place.rs` have those of updates.

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
