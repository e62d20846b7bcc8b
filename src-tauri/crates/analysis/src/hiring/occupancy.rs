//! One occupancy: somebody in a position, or the hire that is planned for it.

use crate::{
    assumptions::{Assumptions, Subject},
    lead_times::latest_start,
};
use chrono::NaiveDate;
use headroom_model::{Assignment, DateRange, Entity, PersonId, Plan, Position, PositionId};

/// Somebody in a seat: a person assigned, the hire that is planned, or the many of a pooled seat. What a plan costs,
/// how many it counts and what they can do is reckoned from these alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occupancy {
    pub position: PositionId,
    /// None: a planned hire, or a pooled seat.
    pub person: Option<PersonId>,
    /// First day; none: from the beginning.
    pub from: Option<NaiveDate>,
    /// Last day; none: until further notice.
    pub until: Option<NaiveDate>,
}

impl Occupancy {
    pub fn span(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    /// Somebody who is not there yet and has no name.
    pub fn is_planned(&self, plan: &Plan) -> bool {
        self.person.is_none() && !plan.positions.get(self.position).is_some_and(|position| position.pooled)
    }
}

/// The days that a position still gives for whoever is next in it: its `start` and its `need_by`. Days on or before the
/// last one of somebody who was in it are history: they were about that person, and plan no successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionCalendar {
    pub start: Option<NaiveDate>,
    pub need_by: Option<NaiveDate>,
}

impl PositionCalendar {
    /// `last` is the last day of those who were in the position; none when nobody was.
    pub fn of(position: &Position, last: Option<NaiveDate>) -> Self {
        let ahead = |day: Option<NaiveDate>| day.filter(|day| last.is_none_or(|last| *day > last));
        Self { start: ahead(position.start), need_by: ahead(position.need_by) }
    }

    /// The first day of the next person, as planned: the `start`; without one, so long before the need-by day that they
    /// are productive by then. None where neither is said.
    pub fn planned_start(self, assumptions: &Assumptions<'_>, position: &Position) -> Option<NaiveDate> {
        let before_need = || {
            let need_by = self.need_by?;
            Some(latest_start(assumptions, Subject::position(position, None), need_by))
        };
        self.start.or_else(before_need)
    }
}

/// The stay of whoever is to be hired for a position once everybody who was in it has left, with the last of them on the
/// day; none where nobody is. The one answer to what follows a departure in the same position.
pub fn planned_hire(
    assumptions: &Assumptions<'_>,
    position: &Position,
    last: Option<NaiveDate>,
) -> Option<Occupancy> {
    if !position.status.is_wanted() || position.pooled {
        return None;
    }
    let start = PositionCalendar::of(position, last).planned_start(assumptions, position)?;
    let free = last.and_then(|last| last.succ_opt());
    let from = Some(free.map_or(start, |free| free.max(start)));
    occupancy(position, None, within(DateRange::new(from, None), position.date_range()))
}

/// The stay of somebody assigned; none where no day of it lies within those of the seat and of the employment.
pub(super) fn assigned_occupancy(plan: &Plan, position: &Position, row: &Assignment) -> Option<Occupancy> {
    let employed = plan.people.get(row.person).map(Entity::date_range).unwrap_or_default();
    let span = within(within(row.date_range(), position.date_range()), employed);
    occupancy(position, Some(row.person), span)
}

pub(super) fn occupancy(position: &Position, person: Option<PersonId>, span: DateRange) -> Option<Occupancy> {
    (!span.is_empty()).then_some(Occupancy {
        position: position.id,
        person,
        from: span.from,
        until: span.until,
    })
}

/// The days that lie in both.
pub(crate) fn within(a: DateRange, b: DateRange) -> DateRange {
    let latest = a.from.max(b.from);
    let earliest = match (a.until, b.until) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    DateRange::new(latest, earliest)
}
