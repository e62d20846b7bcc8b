//! Starts that are put off.

use chrono::{NaiveDate, TimeDelta};
use headroom_model::{Assignment, Draft, Entity, Position, PositionId, TeamId, folded};
use rustc_hash::FxHashSet;

/// Which hires are meant.
#[derive(Debug, Clone, Default)]
pub struct HiringScope {
    /// Those of these teams; none: of all.
    pub teams: Option<FxHashSet<TeamId>>,
    /// Those at this location, however it is written; none: everywhere.
    pub location: Option<String>,
}

impl HiringScope {
    fn has(&self, position: &Position) -> bool {
        let is_of_team =
            self.teams.as_ref().is_none_or(|teams| position.team.is_some_and(|team| teams.contains(&team)));
        let is_there = self.location.as_ref().is_none_or(|place| folded(place) == folded(&position.location));
        is_of_team && is_there
    }
}

/// Positions of the scope for which somebody is sought who starts on the day or later. A new hire who has accepted starts as
/// agreed.
fn starts(draft: &Draft<'_>, scope: &HiringScope, day: NaiveDate) -> Vec<Position> {
    let taken: FxHashSet<PositionId> = draft
        .iter::<Assignment>()
        .filter(|row| row.date_range().reaches(day))
        .map(|row| row.position)
        .collect();
    let is_sought = |position: &&Position| {
        crate::capacity::is_sought(position)
            && !taken.contains(&position.id)
            && position.start.is_some_and(|start| start >= day)
            && scope.has(position)
    };
    draft.iter::<Position>().filter(is_sought).cloned().collect()
}

/// Nobody starts before a day: planned starts from `today` on that are earlier are put off to it. Gives how many.
pub fn freeze_hiring(
    draft: &mut Draft<'_>,
    scope: &HiringScope,
    today: NaiveDate,
    until: NaiveDate,
) -> usize {
    let early: Vec<Position> = starts(draft, scope, today)
        .into_iter()
        .filter(|position| position.start.is_some_and(|start| start < until))
        .collect();
    let count = early.len();
    early.into_iter().for_each(|position| draft.put(Position { start: Some(until), ..position }));
    count
}

/// Shifts planned starts from `today` on by whole weeks, back if `weeks` is negative, but never to before `today`. Gives
/// how many move.
pub fn shift_starts(draft: &mut Draft<'_>, scope: &HiringScope, today: NaiveDate, weeks: i32) -> usize {
    let mut count = 0;
    for position in starts(draft, scope, today) {
        let shifted = position
            .start
            .and_then(|start| start.checked_add_signed(TimeDelta::weeks(weeks.into())))
            .map(|start| start.max(today));
        if shifted.is_some() && shifted != position.start {
            draft.put(Position { start: shifted, ..position });
            count += 1;
        }
    }
    count
}
