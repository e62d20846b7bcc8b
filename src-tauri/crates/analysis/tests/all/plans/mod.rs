//! Random plans in which every kind of row begins and ends.

pub mod positions;

use chrono::NaiveDate;
use headroom_model::{
    Dependency, Draft, Membership, Owner, Ownership, Person, PersonId, Plan, Service, ServiceId, Team,
    TeamId, role,
};
use proptest::prelude::*;

pub fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

pub fn day(at: i64) -> NaiveDate {
    first() + chrono::TimeDelta::days(at)
}

pub type Ends = (Option<NaiveDate>, Option<NaiveDate>);

/// Date ranges that begin and end before, in and after the days of the forecast, and empty ones.
pub fn ends() -> impl Strategy<Value = Ends> {
    (prop::option::of(-20i64..60), prop::option::of(0i64..70)).prop_map(|(from, length)| {
        let until = length.map(|length| day(from.unwrap_or(0) + length - 1));
        (from.map(day), until)
    })
}

pub fn plan() -> impl Strategy<Value = Plan> {
    const PEOPLE: u32 = 6;
    const TEAMS: u32 = 4;
    const SERVICES: u32 = 5;
    let people = prop::collection::vec((ends(), 0u8..3), PEOPLE as usize);
    let teams =
        prop::collection::vec((ends(), prop::bool::weighted(0.1), prop::bool::weighted(0.2)), TEAMS as usize);
    let services = prop::collection::vec(
        (ends(), prop::option::of(1u8..5), prop::bool::weighted(0.1)),
        SERVICES as usize,
    );
    let members = prop::collection::vec((0..PEOPLE, 0..TEAMS, ends()), 0..14);
    let owners = prop::collection::vec((0..SERVICES, any::<bool>(), 0..4u32, any::<bool>(), ends()), 0..9);
    let needs = prop::collection::vec((0..SERVICES, 0..SERVICES, ends()), 0..6);
    (people, teams, services, members, owners, needs).prop_map(
        |(people, teams, services, members, owners, needs)| {
            let empty = Plan::default();
            let mut draft = Draft::new(&empty);
            let people: Vec<PersonId> = people
                .into_iter()
                .map(|((from, until), place)| {
                    let id = draft.new_id::<Person>();
                    let location = ["", "Gdańsk", "Lisbon"][place as usize].to_owned();
                    let key = format!("p{}", id.0);
                    draft.put(Person {
                        id,
                        name: key.clone(),
                        key,
                        location,
                        from,
                        until,
                        ..Person::default()
                    });
                    id
                })
                .collect();
            let teams: Vec<TeamId> = teams
                .into_iter()
                .scan(None, |before, ((from, until), unconfirmed, is_below)| {
                    let id = draft.new_id::<Team>();
                    let parent = before.replace(id).filter(|_| is_below);
                    let key = format!("t{}", id.0);
                    draft.put(Team {
                        id,
                        name: key.clone(),
                        key,
                        parent,
                        unconfirmed,
                        from,
                        until,
                        ..Team::default()
                    });
                    Some(id)
                })
                .collect();
            let services: Vec<ServiceId> = services
                .into_iter()
                .map(|((from, until), tier, unconfirmed)| {
                    let id = draft.new_id::<Service>();
                    let key = format!("s{}", id.0);
                    draft.put(Service {
                        id,
                        name: key.clone(),
                        key,
                        tier,
                        unconfirmed,
                        from,
                        until,
                        ..Service::default()
                    });
                    id
                })
                .collect();
            for (person, team, (from, until)) in members {
                let id = draft.new_id::<Membership>();
                let (person, team) = (people[person as usize], teams[team as usize]);
                draft.put(Membership { id, person, team, from, until, ..Membership::default() });
            }
            for (service, is_team, owner, is_owner, (from, until)) in owners {
                let id = draft.new_id::<Ownership>();
                let owner = match is_team {
                    true => Owner::Team(teams[owner as usize]),
                    false => Owner::Person(people[owner as usize]),
                };
                let role = if is_owner { role::OWNER } else { role::BACKUP }.to_owned();
                draft.put(Ownership {
                    id,
                    service: services[service as usize],
                    owner,
                    role,
                    from,
                    until,
                    ..Ownership::default()
                });
            }
            for (service, depends_on, (from, until)) in needs {
                let id = draft.new_id::<Dependency>();
                let (service, depends_on) = (services[service as usize], services[depends_on as usize]);
                draft.put(Dependency { id, service, depends_on, from, until, ..Dependency::default() });
            }
            let changes = draft.finish();
            let mut plan = Plan::default();
            plan.apply(&changes).unwrap();
            plan
        },
    )
}
