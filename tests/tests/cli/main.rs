//! Tests of the `headroom` command as users run it: one program for all, since linking each takes longer than running
//! it. A file for each topic; a new one is a line here, which `runners.rs` checks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod bad_input;
mod catalog_formats;
mod checklist_command;
mod checklist_handout;
mod checklists;
mod code_owners;
mod command_line;
mod compare;
mod copies;
mod cost;
mod documents;
mod event_tables;
mod export;
mod export_pictures;
mod figures;
mod findings;
mod gates;
mod help;
mod hiring_sheet;
mod metrics;
mod names_and_rows;
mod nothing_written;
mod plan_metrics;
mod playbook;
mod practices;
mod relations;
mod reliability;
mod remedies;
mod runners;
mod sample;
mod scenarios;
mod sheets_dirty;
mod sheets_words;
mod show_and_search;
mod slo;
mod support_staffing;
mod today;
mod vocabulary;
mod what_if;
