//! What the readers of catalogs share: YAML and TOML whose values know their lines, and the fields of a mapping, read
//! one by one with precise diagnostics.

pub mod field_reader;
pub mod located_value;
pub mod tiers;
pub mod yaml;
