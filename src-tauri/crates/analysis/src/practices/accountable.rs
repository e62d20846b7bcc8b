//! Who owns a service on a day, to come or not, and whether anybody is left there.

use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use headroom_model::{EntityRef, Owner, PersonId, PersonIx, ServiceId, Snapshot};

/// The owners of a service on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Accountable {
    /// Teams and persons that are there on the day.
    pub owners: Vec<EntityRef>,
    /// Those who own it today and have ended by then.
    pub ended: Vec<EntityRef>,
    /// The people whom the owners come down to.
    pub people: usize,
    /// Those of today who are not among them any more.
    pub leavers: Vec<PersonId>,
}

impl Accountable {
    /// Whether nobody would do it.
    pub fn is_nobody(&self) -> bool {
        self.people == 0
    }
}

/// Snapshots of the days that are asked for, each once.
pub struct AccountableOn<'s> {
    today: &'s Snapshot,
    days: RefCell<BTreeMap<NaiveDate, Arc<Snapshot>>>,
}

impl<'s> AccountableOn<'s> {
    pub fn new(today: &'s Snapshot) -> Self {
        Self { today, days: RefCell::default() }
    }

    /// The owners of a service on a day; none if it does not exist then.
    pub fn of(&self, service: ServiceId, day: NaiveDate) -> Option<Accountable> {
        if day == self.today.day() {
            return self.on(self.today, service);
        }
        let then = self.days.borrow_mut().entry(day).or_insert_with(|| self.made(day)).clone();
        self.on(&then, service)
    }

    fn made(&self, day: NaiveDate) -> Arc<Snapshot> {
        Arc::new(Snapshot::new(self.today.plan().clone(), day))
    }

    fn on(&self, then: &Snapshot, service: ServiceId) -> Option<Accountable> {
        let own = then.owners(then.service_ix(service)?);
        let now = self.today.service_ix(service).map(|at| self.today.owners(at)).unwrap_or_default();
        let is_there = |owner: &&Owner| is_there(then, **owner);
        let mut ended: Vec<EntityRef> =
            own.iter().chain(now).filter(|owner| !is_there(owner)).map(|owner| (*owner).into()).collect();
        ended.dedup();
        let people = people(then, own);
        let leavers = self::people(self.today, now).into_iter().filter(|person| !people.contains(person));
        Some(Accountable {
            owners: own.iter().filter(is_there).map(|owner| (*owner).into()).collect(),
            ended,
            leavers: leavers.collect(),
            people: people.len(),
        })
    }
}

fn is_there(snapshot: &Snapshot, owner: Owner) -> bool {
    match owner {
        Owner::Team(team) => snapshot.team_ix(team).is_some(),
        Owner::Person(person) => snapshot.person_ix(person).is_some(),
    }
}

/// The people that owners come down to, each once.
fn people(snapshot: &Snapshot, owners: &[Owner]) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = Vec::new();
    for owner in owners {
        let own: Vec<PersonIx> = match owner {
            Owner::Person(person) => snapshot.person_ix(*person).into_iter().collect(),
            Owner::Team(team) => snapshot.team_ix(*team).map(|at| snapshot.people_on(at)).unwrap_or_default(),
        };
        let somebody = own.into_iter().map(|at| snapshot.person(at)).filter(|person| !person.unconfirmed);
        people.extend(somebody.map(|person| person.id));
    }
    people.sort_unstable_by_key(|person| snapshot.person_ix(*person));
    people.dedup();
    people
}
