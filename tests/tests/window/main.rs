//! The real window, driven through WebDriver. One program; a file for each view or journey, each test with a window
//! of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod accessibility;
mod actions;
mod against_plan;
mod calm;
mod capacity;
mod careful;
mod chart;
mod comparing;
mod dialogs;
mod drags_by_key;
mod error_budgets;
mod export;
mod finding;
mod finding_reviews;
mod gates;
mod grid;
mod hiring;
mod import;
mod journeys;
mod layout;
mod map;
mod me;
mod measures;
mod merging;
mod money;
mod moving;
mod onboarding;
mod overview;
mod ownership;
mod places;
mod sample_file;
mod scenario_bets;
mod scenario_story;
mod scenarios;
mod sheets;
mod sheets_dirty;
mod sheets_real;
mod story;
mod tables;
mod tasks;
mod tasks_onboarding;
mod templates;
mod time;
mod what_if;
