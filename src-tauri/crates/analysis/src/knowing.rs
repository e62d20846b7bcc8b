use headroom_model::{Entity, Owner, Ownership, PersonId, ServiceIx, Snapshot, TeamIx};

/// Who knows what: the people behind each team, and through it behind each service. Somebody who is only mentioned
/// ([`headroom_model::Person`] `unconfirmed`) is nobody until confirmed.
#[derive(Debug)]
pub struct Knowing<'a> {
    snapshot: &'a Snapshot,
    people: Vec<Vec<PersonId>>,
}

impl<'a> Knowing<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Self {
        let on =
            |team| snapshot.people_on(team).into_iter().map(|person| snapshot.person(person).id).collect();
        Self { snapshot, people: (0..snapshot.team_count()).map(on).collect() }
    }

    /// The people on a team, each once.
    pub fn on(&self, team: TeamIx) -> &[PersonId] {
        &self.people[team]
    }

    /// The people whom a service's accountable owners come down to, each once. A person who has left, or a team
    /// that is no more, is nobody.
    pub fn of(&self, service: ServiceIx) -> Vec<PersonId> {
        self.behind(&self.snapshot.owners(service))
    }

    pub fn behind(&self, owners: &[Owner]) -> Vec<PersonId> {
        let mut people = Vec::new();
        for owner in owners {
            match owner {
                Owner::Person(person) if self.is_somebody(*person) => people.push(*person),
                Owner::Person(_) => {}
                Owner::Team(team) => {
                    if let Some(team) = self.snapshot.team_ix(*team) {
                        people.extend_from_slice(self.on(team));
                    }
                }
            }
        }
        people.sort_unstable_by_key(|person| self.snapshot.person_ix(*person));
        people.dedup();
        people
    }

    /// The people who would step in by these rows and go on doing so. Who has a last day, of employment, on the team or as
    /// a backup, is none: else it would be less bad to lose somebody sooner than later.
    pub fn lasting_behind<'r>(&self, rows: impl Iterator<Item = &'r Ownership>) -> Vec<PersonId> {
        let stays = |person: PersonId| {
            let at = self.snapshot.person_ix(person).filter(|_| self.is_somebody(person))?;
            self.snapshot.person(at).until.is_none().then_some(person)
        };
        let mut people = Vec::new();
        for row in rows.filter(|row| row.until.is_none()) {
            match row.owner {
                Owner::Person(person) => people.extend(stays(person)),
                Owner::Team(team) => {
                    let team =
                        self.snapshot.team_ix(team).filter(|at| self.snapshot.team(*at).until.is_none());
                    let members = team.into_iter().flat_map(|at| self.snapshot.members(at));
                    let members = members.filter(|row| row.span().until.is_none());
                    people.extend(members.filter_map(|row| stays(row.person)));
                }
            }
        }
        people
    }

    /// Whether somebody is there on the day and not only mentioned.
    pub fn is_somebody(&self, person: PersonId) -> bool {
        self.snapshot.person_ix(person).is_some_and(|at| !self.snapshot.person(at).unconfirmed)
    }
}
