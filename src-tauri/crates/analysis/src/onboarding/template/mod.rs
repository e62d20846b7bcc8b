//! Maintenance of templates and of the checklists made from them.
//!
//! [`propagate`] adds what else changes with an edit of a template: a template that somebody has started from gets a
//! new version, and lists whose start is in the future are synced in the same step. All others are behind:
//! [`template_difference`] compares, [`sync_with_template`] applies, [`pin_version`] accepts the list as it is. What
//! someone has done, noted or set by hand is never lost. [`review_status`] has open feedback and the age of the last
//! review; [`offboarding_from`] derives a template for leaving from one for joining. Tests: `tests.rs`.

mod difference;
mod offboarding;
mod propagate;
mod review;

#[cfg(test)]
mod tests;

pub use difference::{AlteredItem, TemplateDifference, pin_version, sync_with_template, template_difference};
pub use offboarding::{free_key, offboarding_from};
pub use propagate::propagate;
pub use review::{OpenFeedback, ReviewStatus, review_status};
