use chrono::NaiveDate;
use headroom_model::{PositionIx, Snapshot};
use rustc_hash::FxHashSet;

use super::occupancy::Occupancy;

/// What a seat is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PositionStatus {
    /// Somebody is in it, or it is counted and not told apart.
    Filled,
    /// By then somebody is meant to be in it.
    Planned,
    /// Somebody is wanted, but not by then.
    Vacant,
    /// Nobody is in it and nobody is wanted.
    Frozen,
}

/// Every seat of a snapshot.
pub struct PositionStatuses(Vec<PositionStatus>);

impl PositionStatuses {
    /// `stays` are those of the whole plan.
    pub fn new(snapshot: &Snapshot, occupancies: &[Occupancy]) -> Self {
        let hired = hires_on(occupancies, snapshot.day());
        let of = |at: PositionIx| {
            let position = snapshot.position(at);
            match () {
                () if snapshot.is_filled(at) || position.pooled => PositionStatus::Filled,
                () if hired.contains(&position.id) => PositionStatus::Planned,
                () if position.status.is_wanted() => PositionStatus::Vacant,
                () => PositionStatus::Frozen,
            }
        };
        Self((0..snapshot.position_count()).map(of).collect())
    }

    pub fn of(&self, at: PositionIx) -> PositionStatus {
        self.0[at]
    }

    pub fn count(&self, seat: PositionStatus) -> usize {
        self.0.iter().filter(|found| **found == seat).count()
    }
}

fn hires_on(occupancies: &[Occupancy], day: NaiveDate) -> FxHashSet<headroom_model::PositionId> {
    let planned =
        occupancies.iter().filter(|occupancy| occupancy.person.is_none() && occupancy.span().contains(day));
    planned.map(|occupancy| occupancy.position).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use headroom_model::{Assignment, Draft, Person, Plan, Position, Status};

    use super::*;
    use crate::{assumptions::Assumptions, hiring::occupancies};

    #[test]
    fn a_position_is_vacant_until_its_hire_is_meant_to_be_there() {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let (taken, wanted, frozen) =
            (draft.new_id::<Position>(), draft.new_id::<Position>(), draft.new_id::<Position>());
        let seat = |id, key: &str| Position { id, key: key.into(), ..Position::default() };
        draft.put(seat(taken, "HC-1"));
        draft.put(Position { start: "2027-02-01".parse().ok(), ..seat(wanted, "HC-2") });
        draft.put(Position { status: Status::Frozen, ..seat(frozen, "HC-3") });
        let person = draft.new_id::<Person>();
        draft.put(Person { id: person, key: "ada".into(), name: "Ada".into(), ..Person::default() });
        let id = draft.new_id::<Assignment>();
        let until = "2027-03-31".parse().ok();
        draft.put(Assignment { id, position: taken, person, until, ..Assignment::default() });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let plan = Arc::new(plan);
        let occupancies = occupancies(&plan, &Assumptions::new(&plan));
        let on = |day: &str| {
            let snapshot = plan.as_of(day.parse().unwrap());
            let seats = PositionStatuses::new(&snapshot, &occupancies);
            [taken, wanted, frozen].map(|id| seats.of(snapshot.position_ix(id).unwrap()))
        };
        assert_eq!(
            on("2027-01-31"),
            [PositionStatus::Filled, PositionStatus::Vacant, PositionStatus::Frozen]
        );
        assert_eq!(
            on("2027-02-01"),
            [PositionStatus::Filled, PositionStatus::Planned, PositionStatus::Frozen]
        );
        assert_eq!(
            on("2027-04-01"),
            [PositionStatus::Vacant, PositionStatus::Planned, PositionStatus::Frozen]
        );
    }
}
