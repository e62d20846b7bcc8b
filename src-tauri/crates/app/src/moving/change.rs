//! The move: its changes, its effect, and making it.

use chrono::NaiveDate;
use headroom_model::{
    Assignment, Draft, Entity, Owner, PersonId, Plan, Position, PositionId, ServiceId, Team, TeamId,
    team_move::{TeamMove, continue_position, leave_team, move_ownership, move_person},
    vacancy,
    wording::date,
};
use serde::Deserialize;

use super::{
    form::{absence, has_day, is_over},
    subject::{MoveSubject, position_of, refused},
};
use crate::{
    at::At,
    effect::{Effect, effect},
    entities::{entity::EntityKind, id::Id},
    error::{Answer, AppError},
    state::AppState,
};

/// A move to another team. Its first day is that of the point from which it is asked for.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoveQuery {
    pub kind: EntityKind,
    pub id: Id,
    /// The team that it leaves; none for somebody who is on none.
    pub from: Option<Id>,
    /// None makes a team a top-level one, and in a scenario takes a person or a position off the team: into the holding
    /// area.
    pub to: Option<Id>,
    /// The share of a person's time, in percent.
    pub share: Option<u8>,
    /// What becomes of the position of a person.
    pub position: PositionChoice,
    /// The position to which the one that moves along reports from then on; none: the same as now.
    pub manager: Option<Id>,
    /// The services that go along: the others stay with the old team.
    pub services: Vec<Id>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum PositionChoice {
    /// It moves to the other team.
    Along,
    /// It stays on the old team, and is vacant from then on.
    Stays,
    /// It stays, and the person takes this one on the other team.
    Takes(Id),
}

/// The effect of a move on its first day, without making it.
///
/// # Errors
/// In words, if it cannot be made: see [`move_to_team`].
#[specta::specta]
pub fn team_move_preview(app: &AppState, query: MoveQuery, at: At) -> Answer<Effect> {
    check_place(app, &query)?;
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let mut draft = Draft::new(plan);
    let label = Move::of(plan, &query, at.shown_day())?.make(&mut draft)?;
    effect(app, &view, label, draft.finish())
}

/// Moves a person, a position or a team to another team from a day on, with what goes along, as one undoable step.
///
/// # Errors
/// If it is there already, if either does not exist on the day, if a team would be inside itself, or if somebody would be on
/// no team in the plan itself.
#[specta::specta]
pub fn move_to_team(app: &AppState, query: MoveQuery, at: At) -> Answer<()> {
    check_place(app, &query)?;
    app.edit_as(|plan, draft| Ok((Move::of(plan, &query, at.shown_day())?.make(draft)?, ())))
}

/// Only a scenario has a holding area.
fn check_place(app: &AppState, query: &MoveQuery) -> Answer<()> {
    if query.to.is_none() && query.kind != EntityKind::Team && app.scenario().is_none() {
        return Err(refused("choose the team to move to"));
    }
    Ok(())
}

/// A move that can be made.
pub(super) struct Move<'a> {
    plan: &'a Plan,
    query: &'a MoveQuery,
    subject: MoveSubject,
    from: Option<TeamId>,
    to: Option<TeamId>,
    day: NaiveDate,
}

impl<'a> Move<'a> {
    pub(super) fn of(plan: &'a Plan, query: &'a MoveQuery, day: NaiveDate) -> Answer<Self> {
        let subject = MoveSubject::of(plan, query.kind, query.id, day)?;
        let (from, to) = (query.from.map(TeamId::from), query.to.map(TeamId::from));
        let name = |team: TeamId| plan.name_of(team.into());
        if let Some(team) = from.filter(|team| !subject.teams(plan, day).contains(team)) {
            let what = plan.name_of(subject.entity());
            return Err(refused(format!("{what} is not on {} from {} on", name(team), date(day))));
        }
        if let Some(team) = to {
            plan.teams.get(team).ok_or_else(|| AppError::not_found("the other team"))?;
            if from == to {
                let verb = if matches!(subject, MoveSubject::Team(_)) { "below" } else { "on" };
                let what = plan.name_of(subject.entity());
                return Err(refused(format!("{what} is {verb} {} already", name(team))));
            }
        } else if !matches!(subject, MoveSubject::Team(_)) && from.is_none() {
            return Err(refused(format!("{} is on no team", plan.name_of(subject.entity()))));
        }
        let found = Self { plan, query, subject, from, to, day };
        found.check_days()?;
        Ok(found)
    }

    /// Both must exist once it has moved; a person who joins later moves with their first day.
    fn check_days(&self) -> Answer<()> {
        if matches!(self.subject, MoveSubject::Team(_)) {
            return Ok(());
        }
        let subject = self.subject.entity();
        let absent =
            is_over(self.plan, subject, self.day).then(|| absence(self.plan, subject, self.day)).flatten();
        let team = self.to.and_then(|team| absence(self.plan, team.into(), self.day));
        absent.or(team).map_or(Ok(()), |words| Err(refused(words)))
    }

    /// Collects the changes; gives what the step is called.
    pub(super) fn make(&self, draft: &mut Draft<'_>) -> Answer<String> {
        match self.subject {
            MoveSubject::Person(person) => self.person(draft, person)?,
            MoveSubject::Position(id) => {
                let moved = self.position(draft, id)?;
                self.report(draft, moved);
            }
            MoveSubject::Team(id) => {
                let team = self.plan.teams.get(id).ok_or_else(|| AppError::not_found("this team"))?;
                draft.put(Team { parent: self.to, ..team.clone() });
            }
        }
        Ok(self.label())
    }

    fn label(&self) -> String {
        let name = self.plan.name_of(self.subject.entity());
        let team = |team: TeamId| self.plan.name_of(team.into());
        let what = match (self.subject, self.to, self.from) {
            (_, Some(to), _) => format!("Move {name} to {}", team(to)),
            (MoveSubject::Team(_), None, _) => return format!("Make {name} a top-level team"),
            (_, None, Some(from)) => format!("Take {name} off {}", team(from)),
            (_, None, None) => format!("Take {name} off the team"),
        };
        if has_day(self.plan, self.subject, self.day) {
            format!("{what} from {}", date(self.day))
        } else {
            what
        }
    }

    fn person(&self, draft: &mut Draft<'_>, person: PersonId) -> Answer<()> {
        let held = position_of(self.plan, person, self.from, self.day);
        match (self.to, self.from) {
            (Some(to), from) => {
                move_person(draft, person, TeamMove { from, to, day: self.day }, self.query.share);
            }
            (None, Some(from)) => leave_team(draft, person, from, self.day),
            (None, None) => {}
        }
        match (self.query.position, held) {
            (PositionChoice::Along, Some((position, _))) => {
                let moved = self.position(draft, position.id)?;
                self.report(draft, moved);
            }
            (PositionChoice::Along, None) => {}
            (PositionChoice::Stays, held) => self.vacate(draft, held),
            (PositionChoice::Takes(id), held) => {
                self.vacate(draft, held);
                let position = self.plan.positions.get(id.into());
                let position = position.ok_or_else(|| AppError::not_found("the free position"))?;
                vacancy::fill_position(draft, position, person, self.day);
            }
        }
        self.services(draft, person);
        Ok(())
    }

    fn position(&self, draft: &mut Draft<'_>, id: PositionId) -> Answer<PositionId> {
        let position = self.plan.positions.get(id).ok_or_else(|| AppError::not_found("this position"))?;
        Ok(continue_position(draft, position, self.day, |next| next.team = self.to))
    }

    /// Whom the position that moved reports to.
    fn report(&self, draft: &mut Draft<'_>, moved: PositionId) {
        let Some(manager) = self.query.manager.map(PositionId::from) else { return };
        if let Some(row) = draft.get::<Position>(moved).cloned() {
            draft.put(Position { manager: Some(manager), ..row });
        }
    }

    fn vacate(&self, draft: &mut Draft<'_>, held: Option<(&Position, &Assignment)>) {
        let Some((_, row)) = held else { return };
        if row.from.is_some_and(|from| from >= self.day) {
            draft.remove::<Assignment>(row.id);
        } else {
            draft.put(Assignment { until: row.date_range().ended_before(self.day).until, ..row.clone() });
        }
    }

    /// Services of the old team that are named go to the other one; those of the person that are not stay behind.
    fn services(&self, draft: &mut Draft<'_>, person: PersonId) {
        let Some(from) = self.from else { return };
        let (team, own) = (Owner::Team(from), Owner::Person(person));
        let goes = |service: ServiceId| self.query.services.contains(&service.into());
        for row in self.plan.ownerships.iter().filter(|row| row.is_accountable()) {
            let service = row.service;
            if !row.date_range().contains(self.day) {
                continue;
            }
            if row.owner == team
                && goes(service)
                && let Some(to) = self.to
            {
                move_ownership(draft, service, team, Owner::Team(to), self.day);
            } else if row.owner == own && !goes(service) {
                move_ownership(draft, service, own, team, self.day);
            }
        }
    }
}
