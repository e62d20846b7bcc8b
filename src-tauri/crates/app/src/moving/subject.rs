//! What is moved, and from which team.

use chrono::NaiveDate;
use headroom_model::{
    Assignment, Entity, EntityRef, Membership, PersonId, Plan, Position, PositionId, TeamId,
    wording::{date, listed},
};

use crate::{
    entities::{entity::EntityKind, id::Id},
    error::{Answer, AppError, ErrorKind},
};

/// What is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveSubject {
    Person(PersonId),
    Position(PositionId),
    Team(TeamId),
}

impl MoveSubject {
    /// What a move of this is a move of on a day: whoever is in a position takes it along.
    ///
    /// # Errors
    /// If it is no longer in the plan, is no person, position or team, or has several people in it.
    pub fn of(plan: &Plan, kind: EntityKind, id: Id, day: NaiveDate) -> Answer<Self> {
        match kind {
            EntityKind::Person if plan.people.get(id.into()).is_some() => Ok(Self::Person(id.into())),
            EntityKind::Team if plan.teams.get(id.into()).is_some() => Ok(Self::Team(id.into())),
            EntityKind::Position => of_position(plan, id.into(), day),
            EntityKind::Person => Err(AppError::not_found("this person")),
            EntityKind::Team => Err(AppError::not_found("this team")),
            _ => Err(refused("only a person, a position or a team is moved to another team")),
        }
    }

    pub fn entity(self) -> EntityRef {
        match self {
            Self::Person(id) => id.into(),
            Self::Position(id) => id.into(),
            Self::Team(id) => id.into(),
        }
    }

    /// The teams that it can be moved from, the first by default: those of a person on the day or later.
    pub fn teams(self, plan: &Plan, day: NaiveDate) -> Vec<TeamId> {
        match self {
            Self::Person(person) => teams_of(plan, person, day),
            Self::Position(id) => plan.positions.get(id).and_then(|row| row.team).into_iter().collect(),
            Self::Team(id) => plan.teams.get(id).and_then(|row| row.parent).into_iter().collect(),
        }
    }
}

fn of_position(plan: &Plan, id: PositionId, day: NaiveDate) -> Answer<MoveSubject> {
    let position = plan.positions.get(id).ok_or_else(|| AppError::not_found("this position"))?;
    let is_in_it = |row: &&Assignment| row.position == id && is_there_on(plan, row, day);
    let mut people: Vec<PersonId> = plan.assignments.iter().filter(is_in_it).map(|row| row.person).collect();
    people.sort_unstable_by_key(|person| plan.place_of(*person));
    people.dedup();
    match people.as_slice() {
        [] => Ok(MoveSubject::Position(id)),
        [one] => Ok(MoveSubject::Person(*one)),
        many => {
            let names: Vec<String> = many.iter().map(|person| plan.name_of((*person).into())).collect();
            let (names, key) = (listed(&names), &position.key);
            Err(refused(format!("{names} are in {key} on {}: move each of them", date(day))))
        }
    }
}

fn is_there_on(plan: &Plan, row: &Assignment, day: NaiveDate) -> bool {
    let is_employed = plan.people.get(row.person).is_some_and(|row| row.date_range().contains(day));
    row.date_range().contains(day) && is_employed
}

/// Teams of a person that they are on from the day on: those of the day first, with the largest share.
fn teams_of(plan: &Plan, person: PersonId, day: NaiveDate) -> Vec<TeamId> {
    let mut rows: Vec<&Membership> =
        plan.memberships.iter().filter(|row| row.person == person && row.date_range().reaches(day)).collect();
    rows.sort_by_key(|row| {
        let share = std::cmp::Reverse(row.share.unwrap_or(100));
        (!row.date_range().contains(day), share, row.from, plan.place_of(row.team))
    });
    let mut teams: Vec<TeamId> = Vec::new();
    for row in rows {
        if !teams.contains(&row.team) {
            teams.push(row.team);
        }
    }
    teams
}

/// The position that a person has on a team from the day on; of somebody who leaves no team, any.
pub fn position_of(
    plan: &Plan,
    person: PersonId,
    from: Option<TeamId>,
    day: NaiveDate,
) -> Option<(&Position, &Assignment)> {
    let rows = plan.assignments.iter().filter(|row| row.person == person && row.date_range().reaches(day));
    let positions = rows.filter_map(|row| Some((plan.positions.get(row.position)?, row)));
    let is_meant = |(position, _): &(&Position, &Assignment)| {
        position.date_range().reaches(day) && (from.is_none() || position.team == from)
    };
    positions.filter(is_meant).min_by_key(|(position, row)| (row.from, plan.place_of(position.id)))
}

pub fn refused(message: impl Into<String>) -> AppError {
    AppError::new(ErrorKind::Invalid, message)
}
