//! Which teams began and ended, and which are under another one.

use chrono::NaiveDate;
use headroom_model::{Snapshot, Team, TeamId};

use super::{Between, place_of, rows_of};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TeamChangeKind {
    New,
    Dissolved,
    /// It is under another team: in another plan alone, since a team has one place at all times.
    Moved,
}

/// A team that exists on one of the sides only, or is under another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamChange {
    pub team: TeamId,
    pub kind: TeamChangeKind,
    /// Its first day, or its last one.
    pub day: Option<NaiveDate>,
    /// The team above it on each side that has it.
    pub parents: [Option<TeamId>; 2],
}

pub(super) fn changes((before, after): (&Snapshot, &Snapshot), days: Between) -> Vec<TeamChange> {
    let of = |team: &Team| {
        let parent = |snapshot: &Snapshot| {
            let at = snapshot.team_ix(team.id)?;
            Some(snapshot.team(at).parent)
        };
        let (kind, day, parents) = match (parent(before), parent(after)) {
            (None, Some(parent)) => (TeamChangeKind::New, days.begun(team.from), [None, parent]),
            (Some(parent), None) => (TeamChangeKind::Dissolved, days.ended(team.until), [parent, None]),
            (Some(had), Some(has)) if had != has => (TeamChangeKind::Moved, None, [had, has]),
            _ => return None,
        };
        Some(TeamChange { team: team.id, kind, day, parents })
    };
    let mut found: Vec<TeamChange> = rows_of(before.plan(), after.plan()).filter_map(of).collect();
    found.sort_by_cached_key(|row| (row.kind, row.day, place_of((before, after), row.team)));
    found
}
