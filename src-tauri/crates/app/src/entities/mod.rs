//! What several rooms show of one thing: an entity's name, a finding, a membership, a service and its load.

pub mod entity;
pub mod finding;
pub mod id;
pub mod membership;
pub mod service;
pub mod severity;
pub mod team_load;
