//! What follows from a plan on a day: facts of the dependency graph, findings, and statistics.
//! Pure functions of a [`headroom_model::Snapshot`] and a [`Policy`].

pub mod assign;
pub mod assumptions;
pub mod capacity;
pub mod cost;
mod coverage_severity;
mod day_view;
mod facts;
mod finding;
pub mod forecast;
pub mod funnel;
pub mod graph;
pub mod hiring;
mod knowing;
mod lasting;
pub mod load;
pub mod map;
pub mod matrix;
pub mod on_call;
pub mod onboarding;
pub mod picture;
mod policy;
pub mod reliance;
mod rule;
mod rules;
pub mod schedule;
pub mod seats;
mod shared;
pub mod simulation;
mod stats;
mod turns;

pub use coverage_severity::{CoverageState, Importance, SeverityScale};
pub use day_view::DayView;
pub use facts::Facts;
pub use finding::{Context, Evidence, Finding, Remedy, findings};
pub use headroom_model::is_lead;
pub use knowing::Knowing;
pub use policy::Policy;
pub use rule::{Rule, Severity, Source, Threshold};
pub use rules::{RULES, STEADY, load_limit, on_call_policy, on_call_services, rule, template_review_limit};
pub use stats::{Stats, TransitiveDependents, edges_without_shared_owner};
pub use turns::Turns;
