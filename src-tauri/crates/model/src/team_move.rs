//! Moving a person, a position or the ownership of a service to another team from a day on.
//!
//! What was before the day stays: a row that began earlier ends the day before and goes on as another one; a row that
//! begins on the day or later is altered itself, so that nothing ends before it began.

use chrono::{Datelike, NaiveDate};

use crate::{
    Assignment, Assumption, DateRange, Draft, Entity, EntityTable, Membership, Owner, Ownership, PersonId,
    Plan, Position, PositionId, PositionKeys, ServiceId, TeamId, is_lead, position_keys::MOVED, role,
};

/// From which team to which, and the first day on the other one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamMove {
    /// None: nobody leaves a team, someone only joins one.
    pub from: Option<TeamId>,
    pub to: TeamId,
    pub day: NaiveDate,
}

/// Moves a person with `share` percent of their time. The lead of the old team does not lead the other one, and who is
/// on the other team already stays there once.
pub fn move_person(draft: &mut Draft<'_>, person: PersonId, along: TeamMove, share: Option<u8>) {
    let TeamMove { from, to, day } = along;
    let leaving = from.map_or_else(Vec::new, |team| memberships(draft, person, team, day));
    let there = memberships(draft, person, to, day);
    if let Some(row) = there.into_iter().min_by_key(|row| row.from) {
        leaving.into_iter().for_each(|row| end(draft, row, day));
        join_earlier(draft, row, day, share);
    } else if leaving.is_empty() {
        let id = draft.new_id::<Membership>();
        let (role, from) = ("member".to_owned(), Some(day));
        draft.put(Membership { id, person, team: to, role, share, from, ..Membership::default() });
    } else {
        let mut taken: Vec<DateRange> = Vec::new();
        for row in leaving {
            let range = row.date_range();
            // The share of several roles at a time counts once.
            let share = share.filter(|_| !taken.iter().any(|other| other.overlaps(&range)));
            taken.push(range);
            continue_from(draft, row, day, |next| {
                next.team = to;
                next.share = share;
                if is_lead(&next.role) {
                    "member".clone_into(&mut next.role);
                }
            });
        }
    }
}

/// Takes a person off a team from the day on.
pub fn leave_team(draft: &mut Draft<'_>, person: PersonId, team: TeamId, day: NaiveDate) {
    memberships(draft, person, team, day).into_iter().for_each(|row| end(draft, row, day));
}

/// The membership of somebody who is on the team already, or will be: from the day on, with the share.
fn join_earlier(draft: &mut Draft<'_>, row: Membership, day: NaiveDate, share: Option<u8>) {
    if row.from.is_some_and(|from| from > day) {
        draft.put(Membership { from: Some(day), share, ..row });
    } else if row.share != share {
        continue_from(draft, row, day, |next| next.share = share);
    }
}

fn memberships(draft: &Draft<'_>, person: PersonId, team: TeamId, day: NaiveDate) -> Vec<Membership> {
    let is_meant =
        |row: &&Membership| row.person == person && row.team == team && row.date_range().reaches(day);
    draft.iter().filter(is_meant).cloned().collect()
}

/// Moves a position, with the person in it, as [`continue_position`].
pub fn move_position(draft: &mut Draft<'_>, position: &Position, to: TeamId, day: NaiveDate) -> PositionId {
    continue_position(draft, position, day, |next| next.team = Some(to))
}

/// Makes of a position what `change` says, from the day on. One that somebody was in before the day ends the day before and
/// goes on under another key, so that its past stays as it was; its reports follow it, and so does the person in it. Gives
/// the position that goes on.
pub fn continue_position(
    draft: &mut Draft<'_>,
    position: &Position,
    day: NaiveDate,
    change: impl FnOnce(&mut Position),
) -> PositionId {
    if !has_past(draft.base(), position, day) {
        let mut next = position.clone();
        change(&mut next);
        draft.put(next);
        return position.id;
    }
    let ahead = |date: Option<NaiveDate>| date.filter(|date| *date > day);
    let mut next = Position {
        id: draft.new_id::<Position>(),
        key: PositionKeys::new(draft.iter()).next(day.year(), MOVED),
        backfill_of: Some(position.id),
        start: ahead(position.start),
        need_by: ahead(position.need_by),
        source: None,
        extra: crate::entity::Extra::default(),
        from: Some(day),
        ..position.clone()
    };
    change(&mut next);
    let id = next.id;
    draft.put(Position { until: position.date_range().ended_before(day).until, ..position.clone() });
    // What is planned for when it is free again follows it.
    draft.alter(|row: &Position| {
        let follows = row.backfill_of == Some(position.id);
        follows.then(|| Position { backfill_of: Some(id), ..row.clone() })
    });
    draft.put(next);
    let occupants: Vec<Assignment> = draft
        .iter()
        .filter(|row: &&Assignment| row.position == position.id && row.date_range().reaches(day))
        .cloned()
        .collect();
    occupants.into_iter().for_each(|row| continue_from(draft, row, day, |next| next.position = id));
    let assumed: Vec<Assumption> = draft
        .iter()
        .filter(|row: &&Assumption| row.position == Some(position.id) && row.date_range().reaches(day))
        .cloned()
        .collect();
    assumed.into_iter().for_each(|row| continue_from(draft, row, day, |next| next.position = Some(id)));
    id
}

/// Whether somebody was in a position before the day, by name or as one of many: then it was on its team.
pub fn has_past(plan: &Plan, position: &Position, day: NaiveDate) -> bool {
    let began = |from: Option<NaiveDate>| from.is_none_or(|from| from < day);
    let was_in =
        |row: &Assignment| row.position == position.id && began(row.from) && !row.date_range().is_empty();
    began(position.from) && (plan.assignments.iter().any(was_in) || position.pooled && began(position.start))
}

/// Moves the accountable ownership of a service from one owner to another, confirmed on the day. Other owners keep
/// theirs.
pub fn move_ownership(draft: &mut Draft<'_>, service: ServiceId, from: Owner, to: Owner, day: NaiveDate) {
    let holds = |owner: Owner| {
        move |row: &&Ownership| {
            row.service == service
                && row.owner == owner
                && row.role == role::OWNER
                && row.date_range().reaches(day)
        }
    };
    let leaving: Vec<Ownership> = draft.iter().filter(holds(from)).cloned().collect();
    let is_there = draft.iter().any(|row| holds(to)(&row));
    for row in leaving {
        if is_there {
            end(draft, row, day);
        } else {
            continue_from(draft, row, day, |next| {
                next.owner = to;
                next.confirmed = Some(day);
                next.named = None;
            });
        }
    }
}

/// A row with a first and a last day that can be set.
trait Dated: EntityTable {
    fn set_range(&mut self, range: DateRange);
    /// It was made by hand.
    fn forget_source(&mut self);
}

macro_rules! dated {
    ($($Type:ident),*) => { $(
        impl Dated for $Type {
            fn set_range(&mut self, range: DateRange) {
                (self.from, self.until) = (range.from, range.until);
            }

            fn forget_source(&mut self) {
                self.source = None;
            }
        }
    )* };
}

dated!(Assignment, Assumption, Membership, Ownership);

/// Makes of a row what `change` says, from the day on.
fn continue_from<T: Dated>(draft: &mut Draft<'_>, row: T, day: NaiveDate, change: impl FnOnce(&mut T)) {
    let range = row.date_range();
    let mut next = row.clone();
    change(&mut next);
    if range.from.is_none_or(|from| from < day) {
        next.set_id(draft.new_id::<T>());
        next.set_range(DateRange::new(Some(day), range.until));
        next.forget_source();
        end(draft, row, day);
    }
    draft.put(next);
}

/// Ends a row the day before; one that begins on the day or later is given up.
fn end<T: Dated>(draft: &mut Draft<'_>, mut row: T, day: NaiveDate) {
    if row.date_range().from.is_some_and(|from| from >= day) {
        draft.remove::<T>(row.id());
        return;
    }
    row.set_range(row.date_range().ended_before(day));
    draft.put(row);
}

#[cfg(test)]
mod tests;
