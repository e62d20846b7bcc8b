//! Cortex entity descriptors: OpenAPI files whose `info` carries `x-cortex-` fields.
//! <https://docs.cortex.io/ingesting-data-into-cortex/entities-overview/entities/yaml>
//!
//! An entity's key is its `x-cortex-tag`. A domain becomes a domain, a team a team with its members; every other type,
//! those made up by the organisation included, becomes a service of that kind. Other tools have a `cortex.yaml`, too:
//! only a document with an `x-cortex-` field counts.

mod entity;
mod read;

pub use read::{read, recognise};
