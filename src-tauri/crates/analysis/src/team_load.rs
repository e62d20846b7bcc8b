//! Service load: the services a team is accountable for, weighted by tier, set against how many people it has.
//!
//! The measure is Headroom's own, after the cognitive load of M. Skelton and M. Pais, Team Topologies: a team of five
//! with services of tiers 1, 1, 2 and 3 has a load of 13 points, 2.6 per person.

use headroom_model::{Service, Snapshot, TeamIx};

use crate::responders::Responders;

/// Points of one service: 4, 3, 2, 1 for tiers 1 to 4. A service without a tier counts as tier 4.
pub fn weight(service: &Service) -> u32 {
    service.tier.map_or(1, |tier| 5 - u32::from(tier.clamp(1, 4)))
}

/// Service load of a team on a date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TeamLoad {
    /// Sum of the [`weight`] of each service the team is accountable for.
    pub points: u32,
    pub services: u32,
    pub people: u32,
}

impl TeamLoad {
    /// Points per person; none for a team without people.
    pub fn per_person(self) -> Option<f64> {
        (self.people > 0).then(|| f64::from(self.points) / f64::from(self.people))
    }

    /// Whether the load per person exceeds `limit`, in tenths of a point. Never for a team without people: other
    /// rules find that.
    pub fn is_over(self, limit: u32) -> bool {
        self.people > 0 && self.points * 10 > limit * self.people
    }

    /// How many more people bring the load within `limit` (tenths of a point per person); 0 where
    /// [`TeamLoad::is_over`] is false.
    pub fn lacks(self, limit: u32) -> u32 {
        match self.is_over(limit) {
            // No number of people is enough for a limit of 0.
            true if limit == 0 => 1,
            true => (self.points * 10).div_ceil(limit) - self.people,
            false => 0,
        }
    }
}

/// Service load of a team on the date of the snapshot.
pub fn team_load(snapshot: &Snapshot, responders: &Responders<'_>, at: TeamIx) -> TeamLoad {
    let mut services: Vec<_> = snapshot
        .held_by_team(at)
        .filter(|row| row.is_accountable())
        .filter_map(|row| snapshot.service_ix(row.service))
        .collect();
    services.sort_unstable();
    services.dedup();
    TeamLoad {
        points: services.iter().map(|service| weight(snapshot.service(*service))).sum(),
        services: services.len() as u32,
        people: responders.on(at).len() as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn load_per_person_matches_documented_example() {
        let tiers = [1, 1, 2, 3];
        let points =
            tiers.map(|tier| weight(&Service { tier: Some(tier), ..Service::default() })).iter().sum();
        let load = TeamLoad { points, services: 4, people: 5 };
        assert_eq!(load.per_person(), Some(2.6));
        assert!(load.is_over(25) && !load.is_over(26));
        assert_eq!((load.lacks(26), load.lacks(25), load.lacks(13), load.lacks(0)), (0, 1, 5, 1));
    }
}
