use std::sync::OnceLock;

use headroom_model::{Entity, Owner, PersonId, Plan, TeamId};
use rustc_hash::FxHashSet;

/// Who will remain a responder: people without a known last day of employment or on the team, on a team without a
/// last day.
///
/// A backup owner counts only with such people. Otherwise losing somebody sooner would look less severe than losing
/// them later. Of several memberships one after the other on the same team, one without a last day is enough.
#[derive(Debug, Default)]
pub struct LastingResponders {
    /// Memberships without a last day; built on first use.
    members: OnceLock<FxHashSet<(TeamId, PersonId)>>,
}

impl LastingResponders {
    /// Whether a person has no known last day as this owner, or as a member of it.
    pub fn is_lasting(&self, plan: &Plan, owner: Owner, person: PersonId) -> bool {
        let has_no_last_day = |person| plan.people.get(person).is_some_and(|row| row.until.is_none());
        let Owner::Team(team) = owner else { return has_no_last_day(person) };
        let members = self.members.get_or_init(|| {
            let rows = plan.memberships.iter().filter(|row| row.date_range().until.is_none());
            rows.filter(|row| has_no_last_day(row.person)).map(|row| (row.team, row.person)).collect()
        });
        members.contains(&(team, person)) && plan.teams.get(team).is_some_and(|row| row.until.is_none())
    }
}
