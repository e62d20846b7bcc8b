//! Cortex entity descriptors: OpenAPI files whose `info` has `x-cortex-` fields,
//! <https://docs.cortex.io/ingesting-data-into-cortex/entities-overview/entities/yaml>
//!
//! An entity's key is its `x-cortex-tag`. A domain becomes a domain, a team a team with its members; every other
//! type, including an organisation's own, becomes a service of that type. A domain may pass its owners on to its
//! children ([`Inheritance`](entity::Inheritance)). Other tools have a `cortex.yaml`, too: only documents with an
//! `x-cortex-` field count. Nothing is written back.

mod entity;
mod read;

pub use read::{read, recognise};
