//! Real organisations, from beside the checkout, against figures calculated elsewhere. Skipped, with a message, where
//! the data is missing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod bets;
mod checklists;
mod copies;
mod cost;
mod deployments;
mod error_budgets;
mod figures;
mod gates;
mod graphs;
mod incidents;
mod metric_series;
mod organisations;
mod practices;
mod redaction;
mod sheets;
mod staffing;
mod subscriptions;
mod tickets;
