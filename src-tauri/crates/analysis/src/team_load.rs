//! How much a team has to look after, set against how many it is.

use headroom_model::{Service, Snapshot, TeamIx};

use crate::Responders;

/// Points that one service weighs: 4, 3, 2, 1 for tiers 1 to 4. One that nobody has ranked weighs as tier 4.
///
/// A measure of Headroom's own, after the cognitive load of M. Skelton and M. Pais, Team Topologies: a team of five
/// with services of tiers 1, 1, 2 and 3 carries 13 points, 2.6 a person.
pub fn weight(service: &Service) -> u32 {
    service.tier.map_or(1, |tier| 5 - u32::from(tier.clamp(1, 4)))
}

/// What a team carries on the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TeamLoad {
    /// Sum of the weights of the services that it is accountable for.
    pub points: u32,
    pub services: u32,
    pub people: u32,
}

impl TeamLoad {
    /// Points a person; none where there is nobody to carry them.
    pub fn per_person(self) -> Option<f64> {
        (self.people > 0).then(|| f64::from(self.points) / f64::from(self.people))
    }

    /// Whether it is more than `limit`, in tenths of a point a person. A team without people carries nothing well,
    /// which is another matter.
    pub fn is_over(self, limit: u32) -> bool {
        self.people > 0 && self.points * 10 > limit * self.people
    }

    /// How many more people it would take to carry it within `limit`; as [`Load::is_over`], none where nobody is.
    pub fn lacks(self, limit: u32) -> u32 {
        match self.is_over(limit) {
            // Nobody can carry anything where nothing is fine.
            true if limit == 0 => 1,
            true => (self.points * 10).div_ceil(limit) - self.people,
            false => 0,
        }
    }
}

/// The load of a team on the day.
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
    fn the_worked_example_gives_2_6() {
        let tiers = [1, 1, 2, 3];
        let points =
            tiers.map(|tier| weight(&Service { tier: Some(tier), ..Service::default() })).iter().sum();
        let load = TeamLoad { points, services: 4, people: 5 };
        assert_eq!(load.per_person(), Some(2.6));
        assert!(load.is_over(25) && !load.is_over(26));
        assert_eq!((load.lacks(26), load.lacks(25), load.lacks(13), load.lacks(0)), (0, 1, 5, 1));
    }
}
