//! Who joined those whose figures a series has.

use chrono::NaiveDate;
use headroom_model::{Plan, Team, TeamId};
use rustc_hash::FxHashSet;

use super::SeriesScope;
use crate::capacity::{HeadcountLine, Roster, RosterMove, teams_below};

/// Those who joined the team of a scope with all below it; of a segment, the teams that serve it. Where there are no such
/// teams, those who joined the organisation.
#[derive(Debug)]
pub struct ScopeHires {
    /// The teams that are looked at, without those below them, by name; none for the organisation.
    pub teams: Vec<TeamId>,
    roster: Roster,
}

impl ScopeHires {
    pub fn new(plan: &Plan, heads: &[HeadcountLine], scope: &SeriesScope) -> Self {
        let serves = |team: &&Team| !scope.segment.is_empty() && team.serves(&scope.segment);
        let teams: Vec<TeamId> = match scope.team {
            Some(team) => vec![team],
            None => plan.in_order::<Team>().into_iter().filter(serves).map(|team| team.id).collect(),
        };
        let below: FxHashSet<TeamId> = teams.iter().flat_map(|team| teams_below(plan, *team)).collect();
        let roster = Roster::new(plan, heads, Some(&below).filter(|below| !below.is_empty()));
        Self { teams, roster }
    }

    /// Those who joined between two days, both included. Who was only planned to has not.
    pub fn between(&self, first: NaiveDate, last: NaiveDate) -> Vec<RosterMove> {
        let before = first.pred_opt().unwrap_or(first);
        let mut joined = self.roster.joining(before, last);
        joined.retain(|found| !found.is_planned);
        joined
    }
}
