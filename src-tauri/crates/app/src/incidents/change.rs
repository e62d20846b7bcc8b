//! Actions closed, opened again, and given another day.

use chrono::NaiveDate;
use headroom_model::{Action, ActionState, Draft, Incident, IncidentId, Plan, ServiceId, wording::count_of};

use crate::{
    at::At,
    entities::id::Id,
    error::{Answer, AppError, ErrorKind},
    state::AppState,
};

/// Closes actions on the day shown: done, or dropped with the reason. One undoable step.
///
/// # Errors
/// If they are dropped without a reason.
#[specta::specta]
pub fn close_actions(
    app: &AppState,
    actions: Vec<Id>,
    is_dropped: bool,
    reason: String,
    at: At,
) -> Answer<()> {
    if is_dropped && reason.trim().is_empty() {
        return Err(AppError::new(ErrorKind::Invalid, "say why it is dropped"));
    }
    let (state, verb) = match is_dropped {
        true => (ActionState::Dropped, "Dropped"),
        false => (ActionState::Done, "Done:"),
    };
    let day = at.shown_day();
    app.edit(
        |plan| label(plan, verb, &actions),
        |draft| {
            alter(draft, &actions, |action| Action {
                state,
                closed: Some(day),
                reason: reason.trim().to_owned(),
                ..action
            });
            Ok(())
        },
    )
}

/// Opens closed actions again.
#[specta::specta]
pub fn reopen_actions(app: &AppState, actions: Vec<Id>) -> Answer<()> {
    app.edit(
        |plan| label(plan, "Opened again", &actions),
        |draft| {
            alter(draft, &actions, |action| Action {
                state: ActionState::Open,
                closed: None,
                reason: String::new(),
                ..action
            });
            Ok(())
        },
    )
}

/// Sets the day by which actions are to be done; none: the usual one.
#[specta::specta]
pub fn plan_actions(app: &AppState, actions: Vec<Id>, due: Option<NaiveDate>) -> Answer<()> {
    app.edit(
        |plan| label(plan, "Set the due date of", &actions),
        |draft| {
            alter(draft, &actions, |action| Action { due, ..action });
            Ok(())
        },
    )
}

/// Says which services an incident disturbed.
///
/// # Errors
/// If the incident is not in the plan.
#[specta::specta]
pub fn set_incident_services(app: &AppState, id: Id, services: Vec<Id>) -> Answer<()> {
    let id = IncidentId::from(id);
    app.edit(
        |plan| format!("Changed the services of “{}”", plan.name_of(id.into())),
        |draft| {
            let incident =
                draft.get::<Incident>(id).cloned().ok_or_else(|| AppError::not_found("this incident"))?;
            draft.put(Incident { services: services.into_iter().map(ServiceId::from).collect(), ..incident });
            Ok(())
        },
    )
}

fn alter(draft: &mut Draft<'_>, actions: &[Id], change: impl Fn(Action) -> Action) {
    for id in actions {
        if let Some(action) = draft.get::<Action>((*id).into()).cloned() {
            draft.put(change(action));
        }
    }
}

fn label(plan: &Plan, verb: &str, actions: &[Id]) -> String {
    match actions {
        [one] => format!("{verb} “{}”", plan.name_of(headroom_model::ActionId::from(*one).into())),
        many => format!("{verb} {}", count_of(many.len(), "action")),
    }
}
