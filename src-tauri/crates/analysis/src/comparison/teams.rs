//! Which teams began and ended.

use chrono::NaiveDate;
use headroom_model::{Plan, Snapshot, TeamId};

use super::Between;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TeamChangeKind {
    New,
    Dissolved,
}

/// A team that exists on one of the days only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamChange {
    pub team: TeamId,
    pub kind: TeamChangeKind,
    /// Its first day, or its last one.
    pub day: Option<NaiveDate>,
}

pub(super) fn changes(
    plan: &Plan,
    days: Between,
    (before, after): (&Snapshot, &Snapshot),
) -> Vec<TeamChange> {
    let of = |team: &headroom_model::Team| {
        let (was, is) = (before.team_ix(team.id).is_some(), after.team_ix(team.id).is_some());
        let (kind, day) = match (was, is) {
            (false, true) => (TeamChangeKind::New, days.begun(team.from)),
            (true, false) => (TeamChangeKind::Dissolved, days.ended(team.until)),
            _ => return None,
        };
        Some(TeamChange { team: team.id, kind, day })
    };
    let mut found: Vec<TeamChange> = plan.teams.iter().filter_map(of).collect();
    found.sort_by_cached_key(|row| (row.kind, row.day, plan.place_of(row.team)));
    found
}
