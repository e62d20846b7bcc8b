//! The metrics that Headroom itself knows, by their keys: readers write their figures, and calculations read them.

/// The share of time, or of requests, in which a service did what it is for.
pub const AVAILABILITY: &str = "availability";

/// Minutes in which a service was down, by day.
pub const DOWNTIME_MINUTES: &str = "downtime-minutes";

/// What the tickets of a help desk tell.
pub const OF_TICKETS: [&str; 7] = [
    "tickets-created",
    "tickets-solved",
    "backlog",
    "first-reply-minutes",
    "resolution-minutes",
    "fcr",
    "csat",
];

/// What deployments tell, by service or team.
pub const OF_DEPLOYMENTS: [&str; 9] = [
    "deployments",
    "deployment-days",
    "deployment-days-a-week",
    "failed-deployments",
    "rework-deployments",
    "deployed-commits",
    "lead-time-hours",
    "lead-time-without-bots-hours",
    "recovery-hours",
];
