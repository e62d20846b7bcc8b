//! The departure: its changes, its effect, and making it.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{
    onboarding::start_checklist,
    what_if::{HypotheticalDeparture, depart},
};
use headroom_model::{
    Draft, Owner, PersonId, Plan, Position, PositionId, ServiceId, TeamId, role, transfer_ownership,
    vacancy::resolve_vacancy, wording::date,
};
use serde::Deserialize;

use super::form::{checklist_of, positions_on};
use crate::{
    at::At,
    effect::{Effect, effect},
    entities::id::Id,
    error::{Answer, AppError, ErrorKind},
    hiring::backfill::BackfillChoice,
    ownership::assignment_board::Handover,
    state::AppState,
};

/// What is decided when somebody leaves.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OffboardQuery {
    pub person: Id,
    pub last_day: NaiveDate,
    /// What becomes of their positions; none: it is decided later.
    pub position: Option<BackfillChoice>,
    /// The position that their reports go to; none: to the backfill, or else to the one above.
    pub manager: Option<Id>,
    /// The services that get another owner.
    pub handovers: Vec<Handover>,
    /// The first day of the new owners; none: the last day.
    pub handover_day: Option<NaiveDate>,
    pub starts_checklist: bool,
}

/// The effect of a departure on the day after it, without making it.
///
/// # Errors
/// In words, if it cannot be made: see [`offboard`].
#[specta::specta]
pub fn offboard_preview(app: &AppState, query: OffboardQuery, at: At) -> Answer<Effect> {
    let after = query.last_day.succ_opt().unwrap_or(query.last_day);
    let view = app.day(at.on(after))?;
    let plan = view.snapshot.plan();
    let mut draft = Draft::new(plan);
    let label = leave(plan, &mut draft, &query)?;
    effect(app, &view, label, draft.finish())
}

/// Ends somebody's employment with the last day, with what is decided for it, as one undoable step. What they did until
/// then stays.
///
/// # Errors
/// If they are no longer in the plan, if the last day is before their first, or if the checklist cannot be started.
#[specta::specta]
pub fn offboard(app: &AppState, query: OffboardQuery) -> Answer<()> {
    app.edit_as(|plan, draft| Ok((leave(plan, draft, &query)?, ())))
}

/// Collects the changes; gives what the step is called.
fn leave(plan: &Arc<Plan>, draft: &mut Draft<'_>, query: &OffboardQuery) -> Answer<String> {
    let (person, last) = (PersonId::from(query.person), query.last_day);
    let row = plan.people.get(person).ok_or_else(|| AppError::not_found("this person"))?;
    if let Some(from) = row.from.filter(|from| *from > last) {
        let words = format!("{} begins on {}, after the last day, {}", row.name, date(from), date(last));
        return Err(AppError { field: Some("until".into()), ..AppError::new(ErrorKind::Invalid, words) });
    }
    let then = plan.as_of(last);
    let held = positions_on(&then, person).into_iter().map(|at| then.position(at).id);
    depart(draft, &[HypotheticalDeparture { person, last_day: last }]);
    for position in held {
        decide(draft, position, query);
        redirect(draft, position, query.manager.map(PositionId::from));
    }
    let day = query.handover_day.unwrap_or(last);
    for pair in &query.handovers {
        let owner = Some(Owner::Team(TeamId::from(pair.team)));
        transfer_ownership(draft, ServiceId::from(pair.service), owner, role::OWNER, day);
    }
    if query.starts_checklist {
        start_checklist(draft, plan, &checklist_of(person, last))
            .map_err(|problem| AppError::new(ErrorKind::Invalid, problem.message(plan)))?;
    }
    Ok(format!("Offboard {} on {}", row.name, date(last)))
}

fn decide(draft: &mut Draft<'_>, position: PositionId, query: &OffboardQuery) {
    if let Some((choice, row)) = query.position.zip(draft.get::<Position>(position).cloned()) {
        resolve_vacancy(draft, &row, query.last_day, choice.into());
    }
}

/// Has the positions that report to one report to another.
fn redirect(draft: &mut Draft<'_>, from: PositionId, to: Option<PositionId>) {
    let Some(to) = to else { return };
    draft.alter(|row: &Position| {
        let reports = row.manager == Some(from) && row.id != to;
        reports.then(|| Position { manager: Some(to), ..row.clone() })
    });
}
