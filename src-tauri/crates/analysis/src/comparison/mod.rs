//! A plan compared on two days: who joined, left and moved, which teams and positions began and ended, which services
//! have other owners.
//!
//! Only the two days count, not what lies between them: who left and came back did neither. Each change has the day on
//! which it happens, as far as the plan says it. The headcount of a team adds up: those before, and joined, less left,
//! and moved in, less moved out, are those after ([`HeadcountChange`]); for a team with those below it a move between two
//! of them is none.
//!
//! Nothing is kept: two snapshots are made and compared.

mod headcount;
mod people;
mod positions;
mod services;
mod teams;

use chrono::NaiveDate;
use headroom_model::{Plan, Snapshot, TeamId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

use crate::hiring::Occupancy;

pub use headcount::{HeadcountChange, TeamHeadcount};
pub(crate) use people::Staffing;
pub use people::{PersonChange, PersonChangeKind};
pub use positions::{PositionChange, PositionChangeKind};
pub use services::{ServiceChange, ServiceChangeKind};
pub use teams::{TeamChange, TeamChangeKind};

/// A plan on two days. Changes are in the order of their kinds, then by day, then by name.
#[derive(Debug)]
pub struct DayComparison {
    pub before: Snapshot,
    pub after: Snapshot,
    pub people: Vec<PersonChange>,
    pub teams: Vec<TeamChange>,
    pub positions: Vec<PositionChange>,
    pub services: Vec<ServiceChange>,
    /// Of each team that exists on one of the days.
    pub headcounts: FxHashMap<TeamId, TeamHeadcount>,
    /// Of all people, with or without a team.
    pub whole: HeadcountChange,
}

impl DayComparison {
    /// Compares two days, the earlier one first. `occupancies` are those of the whole plan.
    pub fn new(plan: &Arc<Plan>, days: (NaiveDate, NaiveDate), occupancies: &[Occupancy]) -> Self {
        let (first, second) = (days.0.min(days.1), days.0.max(days.1));
        let (before, after) = (plan.as_of(first), plan.as_of(second));
        let (was, is) = (Staffing::new(&before), Staffing::new(&after));
        let days = Between { first, second };
        let (headcounts, whole) = headcount::headcounts((&before, &was), (&after, &is));
        Self {
            people: people::changes(plan, days, &was, &is),
            teams: teams::changes(plan, days, (&before, &after)),
            positions: positions::changes(plan, days, (&before, &after), occupancies),
            services: services::changes(plan, days, (&before, &after)),
            headcounts,
            whole,
            before,
            after,
        }
    }
}

/// The days after the first and up to the second, on which what is new on the second has begun.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Between {
    first: NaiveDate,
    second: NaiveDate,
}

impl Between {
    /// The first day of something that is new on the second day; none if it began on another one.
    fn begun(self, from: Option<NaiveDate>) -> Option<NaiveDate> {
        from.filter(|from| *from > self.first && *from <= self.second)
    }

    /// The last day of something that is gone on the second day.
    fn ended(self, until: Option<NaiveDate>) -> Option<NaiveDate> {
        until.filter(|until| *until >= self.first && *until < self.second)
    }
}

#[cfg(test)]
mod tests;
