//! The tests of the crate's public interface, as one program: examples, and properties against brute force.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod capacity;
mod domain;
mod forecast;
mod graph;
mod graph_algorithms;
mod map;
mod matrix;
mod names_and_rows;
mod org;
mod organisation;
mod plain_simulation;
mod plans;
mod relations;
mod reliance;
mod rules;
mod rules_bets;
mod rules_budgets;
mod rules_cost;
mod rules_gates;
mod rules_growth;
mod rules_hiring;
mod rules_onboarding;
mod rules_practices;
mod rules_scenarios;
mod rules_support;
mod seats;
mod simulation;
mod turns;
mod what_if;
