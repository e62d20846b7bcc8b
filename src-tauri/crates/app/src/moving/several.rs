//! Several people to one team, each with their position; services stay where they are.

use chrono::NaiveDate;
use headroom_model::{Draft, Owner, Plan, TeamId, wording::date, wording::listed};

use super::{
    change::{Move, MoveQuery, PositionChoice},
    form::share,
    subject::{MoveSubject, refused},
};
use crate::{
    at::At,
    effect::{Effect, effect},
    entities::{entity::EntityKind, id::Id},
    error::{Answer, AppError},
    state::AppState,
};

/// The effect of [`move_several`] on its first day, without making it.
///
/// # Errors
/// As [`move_several`].
#[specta::specta]
pub fn move_several_preview(app: &AppState, people: Vec<Id>, to: Id, at: At) -> Answer<Effect> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let mut draft = Draft::new(plan);
    let label = make(plan, &mut draft, &people, to.into(), at.shown_day())?;
    effect(app, &view, label, draft.finish())
}

/// Moves these people to a team from the day of `at` on, with their positions, as one undoable step. Whoever is on that team
/// already stays as they are.
///
/// # Errors
/// If somebody is on several teams, so that it is not known which they leave; if all are there already; or as a move of one.
#[specta::specta]
pub fn move_several(app: &AppState, people: Vec<Id>, to: Id, at: At) -> Answer<()> {
    app.edit_as(|plan, draft| Ok((make(plan, draft, &people, to.into(), at.shown_day())?, ())))
}

fn make(plan: &Plan, draft: &mut Draft<'_>, people: &[Id], to: TeamId, day: NaiveDate) -> Answer<String> {
    plan.teams.get(to).ok_or_else(|| AppError::not_found("the other team"))?;
    let mut moved = 0;
    for id in people {
        let subject = MoveSubject::of(plan, EntityKind::Person, *id, day)?;
        let from = match subject.teams(plan, day).as_slice() {
            [] => None,
            [one] if *one == to => continue,
            [one] => Some(*one),
            several => {
                let name = plan.name_of(subject.entity());
                let teams: Vec<String> = several.iter().map(|team| plan.name_of((*team).into())).collect();
                return Err(refused(format!("{name} is on {}: move them alone", listed(&teams))));
            }
        };
        let query = MoveQuery {
            kind: EntityKind::Person,
            id: *id,
            from: from.map(Id::from),
            to: Some(to.into()),
            share: share(plan, (*id).into(), [from, Some(to)], day),
            position: PositionChoice::Along,
            manager: None,
            services: own_services(plan, *id, day),
        };
        Move::of(plan, &query, day)?.make(draft)?;
        moved += 1;
    }
    let team = plan.name_of(to.into());
    match moved {
        0 => Err(refused(format!("all of them are on {team} already"))),
        1 => Ok(format!("Move 1 person to {team} from {}", date(day))),
        many => Ok(format!("Move {many} people to {team} from {}", date(day))),
    }
}

/// What they own in person stays theirs.
fn own_services(plan: &Plan, person: Id, day: NaiveDate) -> Vec<Id> {
    use headroom_model::Entity;
    let own = Owner::Person(person.into());
    let rows = plan.ownerships.iter().filter(|row| row.owner == own && row.is_accountable());
    rows.filter(|row| row.date_range().contains(day)).map(|row| row.service.into()).collect()
}
