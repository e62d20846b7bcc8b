//! Datadog service definitions v1 to v2.2 and entities of v3, several in one file:
//! <https://docs.datadoghq.com/internal_developer_portal/catalog/entity_model>,
//! <https://github.com/DataDog/schema/tree/main/service-catalog>.
//!
//! A service's key is its `dd-service` or `metadata.name`. Datastores, queues and APIs of v3 have their kind before
//! the name (`datastore:orders`), since a service may have the same name. Systems and applications become systems.
//! Nothing is written back.

mod definition;
mod legacy;
mod read;
mod reference;
mod v3;

pub use read::{read, recognise};
