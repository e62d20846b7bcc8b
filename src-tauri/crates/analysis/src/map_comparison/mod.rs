//! A map of two plans on one day: what is in either, and what becomes of it from the one to the other.
//!
//! [`ComparedMap`] is of services, [`ComparedOwners`] of their owners. Both hold the union: a node or an edge of one plan
//! only is there, with a mark. What a mark says holds for the whole plans, and not for the part that is shown: a service
//! that only comes into the neighbourhood of another one is not marked as added.

mod owners;
mod services;
#[cfg(test)]
mod tests;

use headroom_model::{ServiceId, Snapshot};

pub use owners::{ComparedLink, ComparedOwner, ComparedOwners};
pub use services::{ComparedEdge, ComparedMap, ComparedNode};

/// What becomes of a service or an owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NodeMark {
    /// It exists in the second plan only.
    Added,
    /// In the first only.
    Removed,
    /// A service has other owners; an owner has other services or people.
    Changed,
}

/// What becomes of a dependency, or of all dependencies between two owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EdgeMark {
    Added,
    Removed,
    /// Other dependencies between two owners; one that leads through hidden services now, or does not any
    /// more.
    Changed,
    /// The dependency is in both plans, and its ends have a common owner in the first only.
    BecomesCrossTeam,
    /// They have one in the second only.
    NoLongerCrossTeam,
}

/// Two plans on one day.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    pub before: &'a Snapshot,
    pub after: &'a Snapshot,
}

impl<'a> Sides<'a> {
    /// Before, after.
    pub fn both(self) -> [&'a Snapshot; 2] {
        [self.before, self.after]
    }

    /// By which services are sorted: like the second plan, then like the first.
    fn place(self, service: ServiceId) -> [u32; 2] {
        [self.after, self.before].map(|snapshot| snapshot.plan().place_of(service).1)
    }
}
