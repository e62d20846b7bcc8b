//! On-call staffing: which services need it, and whether a team has enough people for a rota, by location.
//!
//! People without a location count as part of the largest site. Locations are compared folded, so spellings of one
//! place are one site.

use std::collections::BTreeMap;

use headroom_model::{ServiceIx, Snapshot, TeamIx, folded};

use crate::{
    policy::{EACH_OF_TWO, ON_CALL_TIER, ONE_SITE, Policy},
    responders::Responders,
};

/// People that an on-call rota takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rota {
    /// People on one site.
    pub one_site: u32,
    /// People on each of two sites.
    pub each_of_two: u32,
}

impl Rota {
    /// The fewest people who must be added, at the best locations, for people at these locations to staff the rota; 0
    /// if they already do.
    pub fn lacks<'a>(self, locations: impl Iterator<Item = &'a str>) -> u32 {
        let sites: Vec<u32> = sites(locations).into_values().collect();
        let total: u32 = sites.iter().sum();
        let on_one = self.one_site.saturating_sub(total.min(*sites.iter().max().unwrap_or(&0)));
        let on_both = |a, b| {
            self.each_of_two.saturating_sub(a) + self.each_of_two.saturating_sub(b).max(u32::from(b == 0))
        };
        match sites[..] {
            [] => on_one.min(on_both(0, 0).max(2)),
            [a] => on_one.min(on_both(a, 0)),
            // Somebody at a third location turns two sites into one team, which no longer hands over the night.
            [a, b] => on_one.min(on_both(a, b)).min(self.one_site.saturating_sub(total).max(1)),
            _ => self.one_site.saturating_sub(total),
        }
    }

    /// How many of the people at these locations can leave, whichever they are, and the others still staff the rota;
    /// below zero, how many they lack.
    pub fn margin<'a>(self, locations: impl Iterator<Item = &'a str> + Clone) -> i64 {
        match self.lacks(locations.clone()) {
            0 => i64::from(self.fewest_leavers(locations)) - 1,
            lacking => -i64::from(lacking),
        }
    }

    /// The fewest people whose departure leaves the rota understaffed, if it can be.
    fn fewest_leavers<'a>(self, locations: impl Iterator<Item = &'a str>) -> u32 {
        let sites: Vec<u32> = sites(locations).into_values().collect();
        let total: u32 = sites.iter().sum();
        // So many remain that neither one site nor, on two, each half is staffed.
        let (whole, half) = (self.one_site.saturating_sub(1), self.each_of_two.saturating_sub(1));
        let of_two = |a: u32, b: u32| {
            let leave = |a: u32, b: u32| a.saturating_sub(whole.min(half)) + b.saturating_sub(whole);
            leave(a, b).min(leave(b, a))
        };
        // Where everybody at the other locations leaves, two sites remain.
        let pairs =
            sites.iter().enumerate().flat_map(|(at, a)| sites[at + 1..].iter().map(move |b| (*a, *b)));
        let on_two = pairs.map(|(a, b)| total - a - b + of_two(a, b));
        let on_one = sites.iter().map(|own| total - own + own.saturating_sub(whole));
        let spread = (sites.len() > 2).then(|| total.saturating_sub(whole));
        on_two.chain(on_one).chain(spread).min().unwrap_or(0).max(1)
    }

    /// Whether people at these locations can staff the rota.
    ///
    /// A team on exactly two sites hands over at night, so each site needs its half, or one is enough alone. A team
    /// on three or more sites counts as one site.
    pub fn is_staffed<'a>(self, locations: impl Iterator<Item = &'a str>) -> bool {
        let sites = sites(locations);
        let total: u32 = sites.values().sum();
        match sites.values().copied().collect::<Vec<_>>()[..] {
            [a, b] => a.min(b) >= self.each_of_two || a.max(b) >= self.one_site,
            _ => total >= self.one_site,
        }
    }
}

/// The rota's minimum and the lowest tier that needs on-call: the thresholds of the rule `on-call-understaffed`.
pub fn on_call_policy(policy: &Policy) -> (Rota, u8) {
    let number = |threshold| policy.threshold_of("on-call-understaffed", threshold);
    let rota = Rota { one_site: number(&ONE_SITE), each_of_two: number(&EACH_OF_TWO) };
    (rota, u8::try_from(number(&ON_CALL_TIER)).unwrap_or(u8::MAX))
}

/// The services of a tier that needs on-call that the team is accountable for.
pub fn on_call_services(snapshot: &Snapshot, at: TeamIx, tier: u8) -> Vec<ServiceIx> {
    let mut services: Vec<ServiceIx> = snapshot
        .held_by_team(at)
        .filter(|row| row.is_accountable())
        .filter_map(|row| snapshot.service_ix(row.service))
        .filter(|service| snapshot.service(*service).tier.is_some_and(|own| own <= tier))
        .collect();
    services.sort_unstable();
    services.dedup();
    services
}

/// A team that needs an on-call rota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamRota {
    pub team: TeamIx,
    /// Whether its people can staff the rota.
    pub is_staffed: bool,
}

/// The teams that are accountable for a service that needs on-call.
pub fn team_rotas(snapshot: &Snapshot, responders: &Responders<'_>, policy: &Policy) -> Vec<TeamRota> {
    let (rota, tier) = on_call_policy(policy);
    let needs_one =
        |at: &TeamIx| !snapshot.team(*at).unconfirmed && !on_call_services(snapshot, *at, tier).is_empty();
    let rota_of = |team: TeamIx| {
        let people = responders.on(team).iter().filter_map(|person| snapshot.plan().people.get(*person));
        TeamRota { team, is_staffed: rota.is_staffed(people.map(|person| person.location.as_str())) }
    };
    (0..snapshot.team_count()).filter(needs_one).map(rota_of).collect()
}

/// People by location; those without one are added to the largest.
fn sites<'a>(locations: impl Iterator<Item = &'a str>) -> BTreeMap<String, u32> {
    let mut sites: BTreeMap<String, u32> = BTreeMap::new();
    for location in locations {
        *sites.entry(folded(location).into_owned()).or_default() += 1;
    }
    if let Some(unknown) = sites.remove("") {
        let largest = sites.iter().max_by_key(|(_, count)| **count).map(|(site, _)| site.clone());
        *sites.entry(largest.unwrap_or_default()).or_default() += unknown;
    }
    sites
}

/// People per location as text, the largest first: `6 in Gdańsk, 3 in Remote`.
pub fn in_words(snapshot: &Snapshot, people: &[headroom_model::PersonId]) -> String {
    let people = people.iter().filter_map(|person| snapshot.plan().people.get(*person));
    let counts = by_place(people.map(|person| person.location.as_str()));
    let words = |(place, count): &(&str, u32)| match *place {
        "" => format!("{count} with no location"),
        place => format!("{count} in {place}"),
    };
    counts.iter().map(words).collect::<Vec<_>>().join(", ")
}

/// Number of people per location, most first. Of several spellings the first in order is given.
pub fn by_place<'a>(locations: impl Iterator<Item = &'a str>) -> Vec<(&'a str, u32)> {
    let mut counts: BTreeMap<String, (&str, u32)> = BTreeMap::new();
    for location in locations.map(str::trim) {
        let (spelled, count) = counts.entry(folded(location).into_owned()).or_insert((location, 0));
        (*spelled, *count) = (location.min(*spelled), *count + 1);
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_place_merges_spellings() {
        let places = ["Málaga", "MÁLAGA", "Ma\u{301}laga ", "Gdańsk", ""];
        assert_eq!(
            by_place(places.into_iter()).iter().map(|(_, count)| *count).collect::<Vec<_>>(),
            [3, 1, 1]
        );
    }

    fn is_staffed(counts: &[(&str, usize)]) -> bool {
        let rota = Rota { one_site: 8, each_of_two: 6 };
        rota.is_staffed(counts.iter().flat_map(|(place, count)| std::iter::repeat_n(*place, *count)))
    }

    /// Brute force: adds one person at a known or new location, breadth first.
    fn fewest(rota: Rota, counts: &[u32]) -> u32 {
        let places = ["a", "b", "c", "d", "e"];
        let staffed = |counts: &[u32]| {
            let people = counts
                .iter()
                .zip(places)
                .flat_map(|(count, place)| std::iter::repeat_n(place, *count as usize));
            rota.is_staffed(people)
        };
        let mut level = vec![counts.to_vec()];
        for steps in 0.. {
            if level.iter().any(|counts| staffed(counts)) {
                return steps;
            }
            let more = |counts: &Vec<u32>| {
                (0..counts.len())
                    .map(|at| {
                        let mut next = counts.clone();
                        next[at] += 1;
                        next
                    })
                    .collect::<Vec<_>>()
            };
            level = level.iter().flat_map(more).collect();
            level.sort();
            level.dedup();
        }
        unreachable!()
    }

    #[test]
    fn lacks_matches_brute_force() {
        for (one_site, each_of_two) in [(8, 6), (3, 2), (5, 1), (2, 5), (1, 1), (0, 3)] {
            let rota = Rota { one_site, each_of_two };
            for (a, b, c) in (0..7).flat_map(|a| (0..4).flat_map(move |b| (0..3).map(move |c| (a, b, c)))) {
                let counts = [a, b, c, 0];
                let people = counts.iter().zip(["a", "b", "c", "d"]);
                let people = people.flat_map(|(count, place)| std::iter::repeat_n(place, *count as usize));
                assert_eq!(rota.lacks(people), fewest(rota, &counts), "{rota:?} {counts:?}");
            }
        }
    }

    /// Brute force: takes one person after another away.
    fn fewest_leavers(rota: Rota, counts: &[u32; 3]) -> u32 {
        let staffed = |counts: &[u32; 3]| {
            let people = counts.iter().zip(["a", "b", "c"]);
            rota.is_staffed(people.flat_map(|(count, place)| std::iter::repeat_n(place, *count as usize)))
        };
        let mut level = vec![*counts];
        for steps in 0.. {
            if level.iter().any(|counts| !staffed(counts)) {
                return steps;
            }
            let fewer = |counts: &[u32; 3]| {
                let at = (0..3).filter(|at| counts[*at] > 0);
                at.map(|at| std::array::from_fn(|own| counts[own] - u32::from(own == at))).collect::<Vec<_>>()
            };
            level = level.iter().flat_map(fewer).collect();
            level.sort_unstable();
            level.dedup();
        }
        unreachable!()
    }

    #[test]
    fn margin_matches_brute_force() {
        for (one_site, each_of_two) in [(8, 6), (3, 2), (5, 1), (2, 5), (1, 1)] {
            let rota = Rota { one_site, each_of_two };
            for (a, b, c) in (0..10).flat_map(|a| (0..7).flat_map(move |b| (0..4).map(move |c| (a, b, c)))) {
                let counts = [a, b, c];
                let people = counts.iter().zip(["a", "b", "c"]);
                let people = people.flat_map(|(count, place)| std::iter::repeat_n(place, *count as usize));
                let margin = match rota.lacks(people.clone()) {
                    0 => i64::from(fewest_leavers(rota, &counts)) - 1,
                    lacking => -i64::from(lacking),
                };
                assert_eq!(rota.margin(people), margin, "{rota:?} {counts:?}");
            }
        }
        let rota = Rota { one_site: 8, each_of_two: 6 };
        let on_one = |count| std::iter::repeat_n("Gdańsk", count);
        assert_eq!([6, 8, 11].map(|count| rota.margin(on_one(count))), [-2, 0, 3]);
    }

    #[test]
    fn rota_is_staffed_by_eight_on_one_site_or_six_on_each_of_two() {
        assert!(is_staffed(&[("Gdańsk", 8)]) && !is_staffed(&[("Gdańsk", 7)]));
        assert!(is_staffed(&[("Gdańsk", 6), ("Lisbon", 6)]) && !is_staffed(&[("Gdańsk", 5), ("Lisbon", 6)]));
        assert!(is_staffed(&[("Gdańsk", 8), ("Lisbon", 1)]), "one site carries it alone");
        assert!(is_staffed(&[("gdańsk ", 4), ("Gdańsk", 3), ("", 1)]), "the same place, and one unknown");
        assert!(is_staffed(&[("A", 3), ("B", 3), ("C", 2)]), "spread over three");
        assert!(!is_staffed(&[]));
    }
}
