//! Plan files from outside: one program for all of its tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod create;
mod journal;
mod migration;
mod prepared;
mod redaction;
