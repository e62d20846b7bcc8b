//! Which positions began and ended, which were filled and emptied, and which are on another team.

use chrono::NaiveDate;
use headroom_model::{Position, PositionId, Snapshot};
use rustc_hash::FxHashMap;

use super::{Between, place_of, rows_of};
use crate::hiring::{Occupancy, PositionStatus, PositionStatuses};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PositionChangeKind {
    /// It exists on the second day only.
    Opened,
    /// On the first day only.
    Closed,
    /// A planned hire should have started.
    Hired,
    /// Somebody is in it who was not, nor anybody else.
    Filled,
    /// Nobody is in it any more.
    Vacated,
    /// It is on another team: in another plan alone, since a position has one team at all times.
    Moved,
}

/// A position that exists on one of the sides only, is filled on one of them only, or is on another team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionChange {
    pub position: PositionId,
    pub kind: PositionChangeKind,
    /// The first day of the position or of the person in it; the last one if it is closed or vacated.
    pub day: Option<NaiveDate>,
}

pub(super) fn changes(
    (before, after): (&Snapshot, &Snapshot),
    days: Between,
    occupancies: [&[Occupancy]; 2],
) -> Vec<PositionChange> {
    let was = PositionStatuses::new(before, occupancies[0]);
    let is = PositionStatuses::new(after, occupancies[1]);
    let mut by_position: FxHashMap<PositionId, Vec<&Occupancy>> = FxHashMap::default();
    for occupancy in occupancies[1] {
        by_position.entry(occupancy.position).or_default().push(occupancy);
    }
    let of = |position: &Position| {
        let those = by_position.get(&position.id).map_or(&[][..], Vec::as_slice);
        let began = || those.iter().filter_map(|it| days.begun(it.from)).max();
        let ended = || those.iter().filter_map(|it| days.ended(it.until)).max();
        let status = |snapshot: &Snapshot, all: &PositionStatuses| {
            snapshot.position_ix(position.id).map(|at| all.of(at))
        };
        let team = |snapshot: &Snapshot| {
            snapshot.plan().get::<Position>(position.id).and_then(|position| position.team)
        };
        use PositionStatus::{Filled, Planned};
        let (kind, day) = match (status(before, &was), status(after, &is)) {
            (None, None) => return None,
            (None, Some(_)) => (PositionChangeKind::Opened, days.begun(position.from)),
            (Some(_), None) => (PositionChangeKind::Closed, days.ended(position.until)),
            (Some(_), Some(_)) if team(before) != team(after) => (PositionChangeKind::Moved, None),
            (Some(before), Some(after)) if before == after => return None,
            (Some(_), Some(Planned)) => (PositionChangeKind::Hired, began()),
            (Some(_), Some(Filled)) => (PositionChangeKind::Filled, began()),
            (Some(Filled), Some(_)) => (PositionChangeKind::Vacated, ended()),
            // Wanted or on hold: neither has a day.
            _ => return None,
        };
        Some(PositionChange { position: position.id, kind, day })
    };
    let mut found: Vec<PositionChange> = rows_of(before.plan(), after.plan()).filter_map(of).collect();
    found.sort_by_cached_key(|row| (row.kind, row.day, place_of((before, after), row.position)));
    found
}
