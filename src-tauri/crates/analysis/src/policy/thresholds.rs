//! Thresholds that are read below the rules as well: by the forecast, coverage, capacity and suggestions of owners.
//!
//! Each belongs to a rule, which lists it among its own. All others are in the file of their rule.

use super::Policy;
use crate::finding::Threshold;

pub const ONE_SITE: Threshold = Threshold {
    name: "people",
    default: 8,
    meaning: "Minimum people on one site",
    source: "Site Reliability Engineering, “Being On-Call”; W. Larson: Sizing engineering teams",
};

pub const EACH_OF_TWO: Threshold = Threshold {
    name: "each-of-two",
    default: 6,
    meaning: "Minimum people on each of two sites",
    source: "Site Reliability Engineering, “Being On-Call”",
};

pub const ON_CALL_TIER: Threshold = Threshold {
    name: "tier",
    default: 2,
    meaning: "Lowest tier that needs on-call (1–4)",
    source: "Headroom default: tiers 1 and 2 hurt customers when they fail",
};

pub const LOAD_LIMIT: Threshold = Threshold {
    name: "tenths",
    default: 30,
    meaning: "Recommended maximum (tenths of a point per person; tiers 1 to 4 weigh 4, 3, 2, 1 points)",
    source: "Headroom default, as no figure is published; measure your teams and adjust it",
};

pub const SMALLEST_TEAM: Threshold = Threshold {
    name: "people",
    default: 3,
    meaning: "Minimum (people)",
    source: "W. Larson: Sizing engineering teams; two-pizza teams",
};

pub const MANY_DEPENDENTS: Threshold = Threshold {
    name: "dependents",
    default: 10,
    meaning: "Dependents that make a service important, whatever its tier",
    source: "Headroom default: so much fails with it that someone must respond",
};

pub const IMPORTANT_ACTION_DAYS: Threshold = Threshold {
    name: "important-days",
    default: 28,
    meaning: "Days until an action without a due date is due, of tiers 1 and 2",
    source: "Atlassian incident handbook: priority actions have four weeks",
};

pub const OTHER_ACTION_DAYS: Threshold = Threshold {
    name: "other-days",
    default: 56,
    meaning: "Days until an action without a due date is due, of all others",
    source: "Atlassian incident handbook: eight weeks",
};

/// Days until an action without a due date is due: of services of tiers 1 and 2, and of all others.
pub fn action_days(policy: &Policy) -> (u32, u32) {
    let days = |threshold| policy.threshold_of("action-overdue", threshold);
    (days(&IMPORTANT_ACTION_DAYS), days(&OTHER_ACTION_DAYS))
}

pub const OLDEST_PRACTICE: Threshold = Threshold {
    name: "days",
    default: 180,
    meaning: "Days after which a level or score counts as stale",
    source: "Headroom default: as for ownership that nobody confirms",
};

/// The age from which a level or score of a practice is stale, in days.
pub fn oldest_practice(policy: &Policy) -> u32 {
    policy.threshold_of("practice-unknown", &OLDEST_PRACTICE)
}

/// The limit of service load, in tenths of a point per person.
pub fn load_limit(policy: &Policy) -> u32 {
    policy.threshold_of("team-over-load", &LOAD_LIMIT)
}

/// The minimum size of a team, in people.
pub fn smallest_team(policy: &Policy) -> u32 {
    policy.threshold_of("team-too-small", &SMALLEST_TEAM)
}

/// The number of dependents from which a service is important, whatever its tier.
pub fn many_dependents(policy: &Policy) -> u32 {
    policy.threshold_of("owner-team-empty", &MANY_DEPENDENTS)
}
