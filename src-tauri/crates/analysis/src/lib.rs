//! What follows from a plan on a day: facts of the dependency graph, findings, and statistics.
//! Pure functions of a [`headroom_model::Snapshot`] and a [`Policy`].

pub mod assign;
mod day_view;
mod facts;
mod finding;
pub mod forecast;
pub mod graph;
mod knowing;
pub mod load;
pub mod map;
pub mod matrix;
pub mod on_call;
pub mod picture;
mod policy;
mod rule;
mod rules;
mod shared;
mod stats;

pub use day_view::DayView;
pub use facts::Facts;
pub use finding::{Context, Evidence, Finding, Remedy, findings};
pub use knowing::{Knowing, is_lead};
pub use policy::Policy;
pub use rule::{Rule, Severity, Source, Threshold};
pub use rules::{RULES, load_limit, on_call_policy, on_call_services, rule};
pub use stats::{Stats, TransitiveDependents, cross_owner_edges};
