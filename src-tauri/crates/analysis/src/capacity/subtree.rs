use headroom_model::{Plan, TeamId};
use rustc_hash::FxHashSet;

/// A team and all teams below it, at any time.
pub fn teams_below(plan: &Plan, team: TeamId) -> FxHashSet<TeamId> {
    let is_below = |start: TeamId| {
        std::iter::successors(Some(start), |at| plan.teams.get(*at).and_then(|team| team.parent))
            .any(|above| above == team)
    };
    plan.teams.iter().map(|team| team.id).filter(|id| is_below(*id)).collect()
}
