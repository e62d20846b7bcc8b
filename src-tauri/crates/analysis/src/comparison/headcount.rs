//! Headcount of two days, and why it differs.

use headroom_model::{PersonId, Snapshot, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::people::Staffing;

/// Headcount of two days: `before + joined - left + moved_in - moved_out = after`. Each person counts once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeadcountChange {
    pub before: u32,
    /// Who did not work for the organisation on the first day.
    pub joined: u32,
    /// Who does not on the second.
    pub left: u32,
    /// Who comes from elsewhere in the organisation.
    pub moved_in: u32,
    /// Who is elsewhere in the organisation.
    pub moved_out: u32,
    pub after: u32,
}

impl HeadcountChange {
    fn new(
        (had, has): (&FxHashSet<PersonId>, &FxHashSet<PersonId>),
        (were, are): (&FxHashSet<PersonId>, &FxHashSet<PersonId>),
    ) -> Self {
        let count = |of: &FxHashSet<PersonId>, not: &FxHashSet<PersonId>, elsewhere: &FxHashSet<PersonId>| {
            let is_elsewhere = of.difference(not).filter(|person| elsewhere.contains(person)).count();
            (of.difference(not).count() - is_elsewhere, is_elsewhere)
        };
        let ((joined, moved_in), (left, moved_out)) = (count(has, had, were), count(had, has, are));
        Self {
            before: had.len() as u32,
            joined: joined as u32,
            left: left as u32,
            moved_in: moved_in as u32,
            moved_out: moved_out as u32,
            after: has.len() as u32,
        }
    }

    /// Whether the people are other ones.
    pub fn is_changed(&self) -> bool {
        self.joined + self.left + self.moved_in + self.moved_out > 0
    }
}

/// Headcount of a team.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TeamHeadcount {
    /// The team itself.
    pub own: HeadcountChange,
    /// With the teams below it.
    pub whole: HeadcountChange,
}

/// The people of each team with those below it, each once.
fn with_below(snapshot: &Snapshot, staffing: &Staffing) -> FxHashMap<TeamId, FxHashSet<PersonId>> {
    let mut found: FxHashMap<TeamId, FxHashSet<PersonId>> = FxHashMap::default();
    for at in 0..snapshot.team_count() {
        let Some(people) = staffing.teams.get(&snapshot.team(at).id) else { continue };
        let above = std::iter::successors(Some(at), |at| snapshot.parent_of(*at));
        // As many as there are teams, if they should go round in a circle.
        for above in above.take(snapshot.team_count()) {
            found.entry(snapshot.team(above).id).or_default().extend(people);
        }
    }
    found
}

pub(super) fn headcounts(
    (before, was): (&Snapshot, &Staffing),
    (after, is): (&Snapshot, &Staffing),
) -> (FxHashMap<TeamId, TeamHeadcount>, HeadcountChange) {
    let (had, has) = (with_below(before, was), with_below(after, is));
    let people = (&was.people, &is.people);
    let none = FxHashSet::default();
    let teams = was.teams.keys().chain(is.teams.keys());
    let counts = teams.map(|team| {
        let of = |before: &FxHashMap<TeamId, FxHashSet<PersonId>>, after: &FxHashMap<_, _>| {
            let (before, after) = (before.get(team).unwrap_or(&none), after.get(team).unwrap_or(&none));
            HeadcountChange::new((before, after), people)
        };
        (*team, TeamHeadcount { own: of(&was.teams, &is.teams), whole: of(&had, &has) })
    });
    (counts.collect(), HeadcountChange::new(people, people))
}
