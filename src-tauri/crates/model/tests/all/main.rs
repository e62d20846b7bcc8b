//! The laws of the model, from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod descriptions;
mod merge_laws;
