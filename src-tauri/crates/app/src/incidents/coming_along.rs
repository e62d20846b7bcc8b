//! The open actions that come along when services are handed over.

use headroom_analysis::incidents::ActionOwners;
use headroom_model::{Action, ActionState, ServiceId};
use rustc_hash::FxHashSet;

use super::actions::{ActionRow, row_of, statuses};
use crate::{at::At, entities::id::Id, error::Answer, state::AppState};

/// The open actions of services on the day: their next owner will have them.
#[specta::specta]
pub fn actions_coming_along(app: &AppState, services: Vec<Id>, at: At) -> Answer<Vec<ActionRow>> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let services: FxHashSet<ServiceId> = services.into_iter().map(ServiceId::from).collect();
    let open = statuses(&view).into_iter().filter(|status| {
        status.state == ActionState::Open && status.service.is_some_and(|service| services.contains(&service))
    });
    Ok(open.filter_map(|status| row_of(plan, &status)).collect())
}

/// The titles of the open actions of services, for the command line.
pub fn open_actions_of(
    plan: &headroom_model::Plan,
    services: &[ServiceId],
    day: chrono::NaiveDate,
) -> Vec<String> {
    let owners = ActionOwners::new(plan);
    let is_open = |action: &&Action| {
        action.state_on(day) == Some(ActionState::Open)
            && owners.service(action).is_some_and(|service| services.contains(&service))
    };
    plan.in_order::<Action>().into_iter().filter(is_open).map(|action| action.title.clone()).collect()
}
