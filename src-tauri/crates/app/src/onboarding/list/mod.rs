//! A checklist as the person who follows it sees it.

pub mod checklist;
pub mod introductions;
mod items;
