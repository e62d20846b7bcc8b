//! Tests of plan files through the public interface, in one program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod copies;
mod create;
mod journal;
mod late_reading;
mod long_lists;
mod migration;
mod old_formats;
mod prepared;
mod redaction;
