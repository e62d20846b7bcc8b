//! How a rule finds and fixes what it is about: what it is given, and what it gives.
//!
//! A check reads a [`RuleContext`] and pushes findings, made by the constructors in `subjects.rs`. What is costly and
//! of use to several rules is calculated once, in the [`RuleCache`]. The rules are above, in [`crate::rules`].

mod cache;
mod context;
mod subjects;

use crate::{
    context::Context,
    finding::{Finding, Remedy, Rule},
};

pub use cache::RuleCache;
pub use context::RuleContext;

/// A rule with its functions.
#[derive(Debug)]
pub struct RuleCheck {
    pub rule: &'static Rule,
    pub check: fn(&RuleContext<'_>, &mut Vec<Finding>),
    /// Remedies that can be applied at once, if the rule has any.
    pub remedies: Option<fn(&Context<'_>, &Finding) -> Vec<Remedy>>,
}
