use std::sync::OnceLock;

use headroom_model::{Entity, Owner, PersonId, Plan, TeamId};
use rustc_hash::FxHashSet;

/// Who goes on being behind an owner: nobody with a last day, of employment or on the team, or on a team that has one. It
/// would else be less bad to lose somebody sooner than later. Who is on a team by one membership after the other has no
/// last day there as long as one of them has none.
#[derive(Debug, Default)]
pub struct LastingResponders {
    /// Worked out when the first team is asked about.
    members: OnceLock<FxHashSet<(TeamId, PersonId)>>,
}

impl LastingResponders {
    /// Whether somebody behind an owner has no last day.
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
