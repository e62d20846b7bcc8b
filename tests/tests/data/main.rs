//! Real organisations, from beside the checkout, against figures computed elsewhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod checklists;
mod graphs;
mod organisations;
mod sheets;

#[test]
fn every_file_is_a_module() {
    headroom_tests::assert_every_file_is_a_module(file!());
}
