//! Onboarding: who starts when and how far they are, the list of one person, and templates.

pub mod begin;
pub mod chase;
pub mod handout;
pub mod list;
pub mod load;
pub mod starter;
pub mod starters;
pub mod take_back;
pub mod template;
pub mod templates;
pub mod tick;
pub mod times;
