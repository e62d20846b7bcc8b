//! The first day of a person, moved together with what begins in the plan on it.

use chrono::NaiveDate;
use headroom_analysis::onboarding::{labels, move_first_day};
use headroom_model::{Draft, LifecycleEvent, PersonId};

use crate::{
    at::At,
    effect::effect,
    entities::id::Id,
    error::{Answer, AppError},
    onboarding::start::MoveView,
    state::AppState,
};

/// Previews another first day with what the plan has on the former one: memberships, positions and the checklist of
/// their joining. None if there is nothing else on it.
///
/// # Errors
/// If no plan is open, or the person is not in it.
#[specta::specta]
pub fn first_day_preview(app: &AppState, person: Id, start: NaiveDate, at: At) -> Answer<Option<MoveView>> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let person = PersonId::from(person);
    let row = plan.people.get(person).ok_or_else(|| AppError::not_found("this person"))?;
    let label = labels::move_start(&row.name, LifecycleEvent::Join, start);
    let mut draft = Draft::new(plan);
    if row.from == Some(start) || move_first_day(&mut draft, plan, person, start).is_empty() {
        return Ok(None);
    }
    Ok(Some(match effect(app, &view, label, draft.finish()) {
        Ok(effect) => MoveView { effect: Some(effect), problem: None },
        Err(error) => MoveView { effect: None, problem: Some(error.message) },
    }))
}

/// Moves the first day of a person with what begins on it, as one undoable step.
///
/// # Errors
/// If the person is not in the plan, or the days do not fit.
#[specta::specta]
pub fn set_first_day(app: &AppState, person: Id, start: NaiveDate) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let person = PersonId::from(person);
        let row = plan.people.get(person).ok_or_else(|| AppError::not_found("this person"))?;
        let label = labels::move_start(&row.name, LifecycleEvent::Join, start);
        move_first_day(draft, plan, person, start);
        Ok((label, ()))
    })
}
