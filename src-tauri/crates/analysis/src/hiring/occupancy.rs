use chrono::NaiveDate;
use headroom_model::{PositionIx, Snapshot};
use rustc_hash::FxHashSet;

use super::Stay;

/// What a seat is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seat {
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
pub struct Occupancy(Vec<Seat>);

impl Occupancy {
    /// `stays` are those of the whole plan.
    pub fn new(snapshot: &Snapshot, stays: &[Stay]) -> Self {
        let hired = hires_on(stays, snapshot.day());
        let of = |at: PositionIx| {
            let position = snapshot.position(at);
            match () {
                () if snapshot.is_filled(at) || position.pooled => Seat::Filled,
                () if hired.contains(&position.id) => Seat::Planned,
                () if position.status.is_wanted() => Seat::Vacant,
                () => Seat::Frozen,
            }
        };
        Self((0..snapshot.position_count()).map(of).collect())
    }

    pub fn of(&self, at: PositionIx) -> Seat {
        self.0[at]
    }

    pub fn count(&self, seat: Seat) -> usize {
        self.0.iter().filter(|found| **found == seat).count()
    }
}

fn hires_on(stays: &[Stay], day: NaiveDate) -> FxHashSet<headroom_model::PositionId> {
    let planned = stays.iter().filter(|stay| stay.person.is_none() && stay.span().contains(day));
    planned.map(|stay| stay.position).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use headroom_model::{Assignment, Draft, Person, Plan, Position, Status};

    use super::*;
    use crate::{assumptions::Assumptions, hiring::stays};

    #[test]
    fn a_seat_is_vacant_until_its_hire_is_meant_to_be_there() {
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
        let stays = stays(&plan, &Assumptions::new(&plan));
        let on = |day: &str| {
            let snapshot = plan.as_of(day.parse().unwrap());
            let seats = Occupancy::new(&snapshot, &stays);
            [taken, wanted, frozen].map(|id| seats.of(snapshot.position_ix(id).unwrap()))
        };
        assert_eq!(on("2027-01-31"), [Seat::Filled, Seat::Vacant, Seat::Frozen]);
        assert_eq!(on("2027-02-01"), [Seat::Filled, Seat::Planned, Seat::Frozen]);
        assert_eq!(on("2027-04-01"), [Seat::Vacant, Seat::Planned, Seat::Frozen]);
    }
}
