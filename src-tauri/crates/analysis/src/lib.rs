//! What follows from a plan on a day: facts of the dependency graph, findings, and statistics.
//! Pure functions of a [`headroom_model::Snapshot`] and a [`Policy`].

pub mod assign;
pub mod assumptions;
pub mod capacity;
pub mod cost;
pub mod coverage;
mod coverage_severity;
mod day_view;
mod event_dates;
mod facts;
mod finding;
pub mod forecast;
pub mod funnel;
pub mod graph;
pub mod graph_view;
pub mod hiring;
mod lasting_responders;
pub mod map;
pub mod matrix;
pub mod on_call;
pub mod onboarding;
mod policy;
pub mod reliance;
mod responders;
mod rule;
mod rule_cache;
mod rules;
pub mod schedule;
pub mod simulation;
mod stats;
pub mod team_load;

pub use coverage_severity::{CoverageState, Importance, SeverityScale};
pub use day_view::DayView;
pub use event_dates::EventDates;
pub use facts::Facts;
pub use finding::{Context, Evidence, Finding, Remedy, findings};
pub use headroom_model::is_lead;
pub use policy::Policy;
pub use responders::Responders;
pub use rule::{Rule, Severity, Source, Threshold};
pub use rules::{RULES, load_limit, on_call_policy, on_call_services, rule, template_review_limit};
pub use stats::{Stats, TransitiveDependents, edges_without_shared_owner};
