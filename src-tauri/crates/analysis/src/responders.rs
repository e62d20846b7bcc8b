use headroom_model::{Owner, Ownership, PersonId, ServiceIx, Snapshot, TeamIx};

use crate::lasting_responders::LastingResponders;

/// Responders: the people on each team, and through the owners those who can support each service.
///
/// A person who is only referred to ([`headroom_model::Person`] `unconfirmed`) counts as nobody.
#[derive(Debug)]
pub struct Responders<'a> {
    snapshot: &'a Snapshot,
    people: Vec<Vec<PersonId>>,
    lasting: LastingResponders,
}

impl<'a> Responders<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Self {
        let on =
            |team| snapshot.people_on(team).into_iter().map(|person| snapshot.person(person).id).collect();
        Self {
            snapshot,
            people: (0..snapshot.team_count()).map(on).collect(),
            lasting: LastingResponders::default(),
        }
    }

    /// People on a team, each once.
    pub fn on(&self, team: TeamIx) -> &[PersonId] {
        &self.people[team]
    }

    /// Responders of a service, each once: the people its accountable owners come down to. An owner that does not
    /// exist on the date, person or team, adds nobody.
    pub fn of(&self, service: ServiceIx) -> Vec<PersonId> {
        self.behind(self.snapshot.owners(service))
    }

    /// People that these owners come down to, each once, in the order of the snapshot.
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
        // The people of one owner are in order already.
        if owners.len() > 1 {
            people.sort_unstable_by_key(|person| self.snapshot.person_ix(*person));
            people.dedup();
        }
        people
    }

    /// People that the owners of these rows come down to, without any who has a known last day in that role: the row
    /// itself, the employment, the membership or the team ends.
    pub fn lasting_behind<'r>(&self, rows: impl Iterator<Item = &'r Ownership>) -> Vec<PersonId> {
        let is_lasting =
            |owner, person: &PersonId| self.lasting.is_lasting(self.snapshot.plan(), owner, *person);
        let rows = rows.filter(|row| row.until.is_none());
        let lasting = |row: &Ownership| {
            let mut people = self.behind(&[row.owner]);
            people.retain(|person| is_lasting(row.owner, person));
            people
        };
        rows.flat_map(lasting).collect()
    }

    /// Whether a person exists on the date and is confirmed.
    pub fn is_somebody(&self, person: PersonId) -> bool {
        self.snapshot.person_ix(person).is_some_and(|at| !self.snapshot.person(at).unconfirmed)
    }
}
