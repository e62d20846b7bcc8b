//! Datadog service definitions, v2 to v2.2 and entities of v3, several of them in a file:
//! <https://docs.datadoghq.com/internal_developer_portal/catalog/entity_model>,
//! <https://github.com/DataDog/schema/tree/main/service-catalog>.
//!
//! A service's key is its `dd-service` or `metadata.name`. Datastores, queues and APIs of v3 have their kind before it
//! (`datastore:orders`), since a service may have the same name; a system becomes a system.

mod legacy;
mod read;
mod reference;
mod v3;

pub use read::{read, recognise};
