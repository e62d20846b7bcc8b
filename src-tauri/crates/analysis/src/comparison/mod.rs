//! A plan compared on two days, or a scenario with the plan on one day: who joined, left and moved, which teams and
//! positions began and ended, which services have other owners.
//!
//! Only the two days count, not what lies between them: who left and came back did neither. Each change has the day on
//! which it happens, as far as the later side says it. What is in one of the plans only is there as what is new or gone.
//! The headcount of a team adds up: those before, and joined, less left, and moved in, less moved out, are those after
//! ([`HeadcountChange`]); for a team with those below it a move between two of them is none.
//!
//! Nothing is kept: two snapshots are made and compared.

mod headcount;
mod people;
mod positions;
mod services;
mod teams;

use chrono::NaiveDate;
use headroom_model::{EntityRef, EntityTable, Kind, Plan, Snapshot, TeamId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

use crate::hiring::Occupancy;

pub use headcount::{HeadcountChange, TeamHeadcount};
pub(crate) use people::Staffing;
pub use people::{PersonChange, PersonChangeKind};
pub use positions::{PositionChange, PositionChangeKind};
pub use services::{ServiceChange, ServiceChangeKind};
pub use teams::{TeamChange, TeamChangeKind};

/// A plan on two days, or two plans on one. Changes are in the order of their kinds, then by day, then by name.
#[derive(Debug)]
pub struct DayComparison {
    pub before: Snapshot,
    pub after: Snapshot,
    pub people: Vec<PersonChange>,
    pub teams: Vec<TeamChange>,
    pub positions: Vec<PositionChange>,
    pub services: Vec<ServiceChange>,
    /// Of each team that exists on one of the sides.
    pub headcounts: FxHashMap<TeamId, TeamHeadcount>,
    /// Of all people, with or without a team.
    pub whole: HeadcountChange,
}

impl DayComparison {
    /// Compares two days, the earlier one first. `occupancies` are those of the whole plan.
    pub fn new(plan: &Arc<Plan>, days: (NaiveDate, NaiveDate), occupancies: &[Occupancy]) -> Self {
        let (first, second) = (days.0.min(days.1), days.0.max(days.1));
        let between = Between { first: Some(first), second };
        Self::compare([plan.as_of(first), plan.as_of(second)], [occupancies; 2], between)
    }

    /// Compares two plans on one day. `occupancies` are those of each whole plan.
    pub fn of_plans(
        [before, after]: [&Arc<Plan>; 2],
        day: NaiveDate,
        occupancies: [&[Occupancy]; 2],
    ) -> Self {
        let between = Between { first: None, second: day };
        Self::compare([before.as_of(day), after.as_of(day)], occupancies, between)
    }

    fn compare([before, after]: [Snapshot; 2], occupancies: [&[Occupancy]; 2], days: Between) -> Self {
        let (was, is) = (Staffing::new(&before), Staffing::new(&after));
        let (headcounts, whole) = headcount::headcounts((&before, &was), (&after, &is));
        Self {
            people: people::changes((&before, &after), days, &was, &is),
            teams: teams::changes((&before, &after), days),
            positions: positions::changes((&before, &after), days, occupancies),
            services: services::changes((&before, &after), days),
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
    /// None: two plans are compared on the second day, and what is new may have begun on any day before.
    first: Option<NaiveDate>,
    second: NaiveDate,
}

impl Between {
    /// The first day of something that is new on the second day; none if it began on another one.
    fn begun(self, from: Option<NaiveDate>) -> Option<NaiveDate> {
        from.filter(|from| self.first.is_none_or(|first| *from > first) && *from <= self.second)
    }

    /// The last day of something that is gone on the second day.
    fn ended(self, until: Option<NaiveDate>) -> Option<NaiveDate> {
        until.filter(|until| self.first.is_none_or(|first| *until >= first) && *until < self.second)
    }

    /// The first day of a relation to something that itself began on `of`: between two days when it first began, in
    /// another plan when it last did.
    fn related(
        self,
        from: impl Iterator<Item = Option<NaiveDate>>,
        of: Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let begun = from.filter_map(|from| self.begun(from));
        match self.first {
            Some(_) => begun.min().or_else(|| self.begun(of)),
            None => begun.max().max(self.begun(of)),
        }
    }
}

/// The rows of either side: those of the second plan, then those that only the first has.
fn rows_of<'a, T: EntityTable>(before: &'a Plan, after: &'a Plan) -> impl Iterator<Item = &'a T> {
    let is_gone = |row: &&T| after.get::<T>(row.id()).is_none();
    T::table(after).iter().chain(T::table(before).iter().filter(is_gone))
}

/// By which entities of either side are sorted: like the second plan, then like the first.
fn place_of(sides: (&Snapshot, &Snapshot), subject: impl Into<EntityRef> + Copy) -> [(Kind, u32); 2] {
    [sides.1, sides.0].map(|side| side.plan().place_of(subject))
}

#[cfg(test)]
mod tests;
