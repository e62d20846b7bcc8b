//! Positions of a snapshot: who is in them, and whom they report to.

use rustc_hash::FxHashMap;

use super::{ABSENT, PersonIx, PositionIx, Snapshot, TeamIx, present};
use crate::{
    csr::Csr,
    entity::{Assignment, Entity, Position},
    kind::PositionId,
    plan::Plan,
};

/// The position that one reports to, of those for which `is_there` holds: where the manager's position has ended, its
/// backfill, or else the next one up.
pub fn position_above(
    plan: &Plan,
    position: &Position,
    is_there: impl Fn(PositionId) -> bool,
    follower: impl Fn(PositionId) -> Option<PositionId>,
) -> Option<PositionId> {
    let mut next = position.manager;
    // A longer chain is a cycle of ended positions.
    for _ in 0..plan.positions.len() + 1 {
        let manager = next?;
        let heir = if is_there(manager) { None } else { follower(manager) };
        let found = heir.unwrap_or(manager);
        if found != position.id && is_there(found) {
            return Some(found);
        }
        next = plan.positions.get(manager)?.manager;
    }
    None
}

impl Snapshot {
    pub(super) fn index_positions(&mut self) {
        let on_team: Vec<(u32, u32)> = (0..self.positions.len())
            .filter_map(|seat| Some((self.team_ix(self.position(seat).team?)? as u32, seat as u32)))
            .collect();
        self.positions_on_team = Csr::from_pairs(self.teams.len(), &on_team);
        let (mut by_position, mut by_person) = (Vec::new(), Vec::new());
        let mut known: FxHashMap<(PositionIx, PersonIx), usize> = FxHashMap::default();
        for (row, assignment) in self.plan.assignments.rows().iter().enumerate() {
            let (Some(seat), Some(person)) =
                (self.position_ix(assignment.position), self.person_ix(assignment.person))
            else {
                continue;
            };
            if assignment.date_range().contains(self.day) {
                // Two assignments of one person are one, from the earlier start.
                if let Some(at) = known.get(&(seat, person)) {
                    let (_, first): &mut (u32, u32) = &mut by_position[*at];
                    if self.plan.assignments.rows()[*first as usize].from < assignment.from {
                        *first = row as u32;
                    }
                    continue;
                }
                known.insert((seat, person), by_position.len());
                by_position.push((seat as u32, row as u32));
                by_person.push((person as u32, seat as u32));
            }
        }
        let plan = self.plan.clone();
        let by_occupant = |row: u32| {
            let row = &plan.assignments.rows()[row as usize];
            (plan.place_of(row.person), row.from)
        };
        self.occupants = Csr::from_pairs(self.positions.len(), &by_position).sorted_by_key(by_occupant);
        self.positions_of_person = Csr::from_pairs(self.people.len(), &by_person).sorted_by_key(|seat| seat);
        self.managers = self.find_managers();
        let reports: Vec<(u32, u32)> = (0..self.positions.len())
            .filter(|seat| self.managers[*seat] != ABSENT)
            .map(|seat| (self.managers[seat], seat as u32))
            .collect();
        self.reports = Csr::from_pairs(self.positions.len(), &reports);
    }

    /// The position above each one; see [`position_above`].
    fn find_managers(&self) -> Vec<u32> {
        let mut follower: FxHashMap<PositionId, PositionId> = FxHashMap::default();
        for seat in (0..self.positions.len()).map(|seat| self.position(seat)) {
            if let Some(before) = seat.backfill_of {
                follower.entry(before).or_insert(seat.id);
            }
        }
        let is_there = |id: PositionId| self.position_ix(id).is_some();
        let above = |seat: usize| {
            let found = position_above(&self.plan, self.position(seat), is_there, |ended| {
                follower.get(&ended).copied()
            });
            found.and_then(|id| self.position_ix(id)).map(|seat| seat as u32)
        };
        (0..self.positions.len()).map(|seat| above(seat).unwrap_or(ABSENT)).collect()
    }

    /// Positions that exist on the day, without closed ones.
    pub fn position_count(&self) -> usize {
        self.positions.len()
    }

    pub fn position(&self, at: PositionIx) -> &Position {
        &self.plan.positions.rows()[self.positions[at] as usize]
    }

    pub fn position_ix(&self, id: PositionId) -> Option<PositionIx> {
        present(&self.position_at, self.plan.positions.row_of(id)?)
    }

    /// The positions on a team, without sub-teams.
    pub fn positions_on_team(&self, at: TeamIx) -> &[u32] {
        self.positions_on_team.of(at)
    }

    /// Who is in a position on the day. Several during a handover.
    pub fn occupants(&self, at: PositionIx) -> impl Iterator<Item = &Assignment> {
        self.occupants.of(at).iter().map(|row| &self.plan.assignments.rows()[*row as usize])
    }

    pub fn is_filled(&self, at: PositionIx) -> bool {
        !self.occupants.of(at).is_empty()
    }

    /// The positions of a person.
    pub fn positions_of(&self, at: PersonIx) -> &[u32] {
        self.positions_of_person.of(at)
    }

    /// The position that this one reports to on the day, filled or not: its manager; once that has ended, its
    /// backfill or the next one up.
    pub fn manager_of(&self, at: PositionIx) -> Option<PositionIx> {
        Some(self.managers[at]).filter(|manager| *manager != ABSENT).map(|manager| manager as usize)
    }

    /// The direct reports of a position.
    pub fn reports_of(&self, at: PositionIx) -> &[u32] {
        self.reports.of(at)
    }
}
