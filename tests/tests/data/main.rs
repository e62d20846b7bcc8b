//! Real organisations, from beside the checkout, against figures computed elsewhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod checklists;
mod graphs;
mod organisations;
mod sheets;
