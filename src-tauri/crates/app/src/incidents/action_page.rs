//! The page of an action: whose it was and is, and what it came of.

use chrono::NaiveDate;
use headroom_analysis::incidents::ActionOwners;
use headroom_model::{Action, ActionId, Entity as _, Ownership, Plan};
use serde::Serialize;

use super::actions::{ActionRow, row_of, statuses};
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    state::AppState,
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ActionPage {
    /// None before it was opened.
    pub row: Option<ActionRow>,
    pub action: NamedEntity,
    pub text: String,
    /// Why it was dropped.
    pub reason: String,
    /// The finding that it is to remove.
    pub finding: String,
    /// Whose it has been, the newest last.
    pub owners: Vec<ActionOwnerSpan>,
}

/// Owners of an action for some time.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ActionOwnerSpan {
    /// None: since it was opened.
    pub from: Option<NaiveDate>,
    pub owners: Vec<NamedEntity>,
}

/// The page of an action on a day.
///
/// # Errors
/// If it is not in the plan.
#[specta::specta]
pub fn action_page(app: &AppState, id: Id, at: At) -> Answer<ActionPage> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let action = plan.get::<Action>(ActionId::from(id)).ok_or_else(|| AppError::not_found("this action"))?;
    let status = statuses(&view).into_iter().find(|status| status.action == action.id);
    Ok(ActionPage {
        row: status.as_ref().and_then(|status| row_of(plan, status)),
        action: NamedEntity::new(plan, action.id),
        text: action.text.clone(),
        reason: action.reason.clone(),
        finding: action.finding.clone(),
        owners: owner_spans(plan, action),
    })
}

/// The owners on the day it was opened, and each day on which they changed since.
fn owner_spans(plan: &Plan, action: &Action) -> Vec<ActionOwnerSpan> {
    let owners = ActionOwners::new(plan);
    let Some(service) = owners.service(action) else {
        let team = action.team.map(|team| NamedEntity::new(plan, team));
        let of_team = |team| ActionOwnerSpan { from: None, owners: vec![team] };
        return team.map(of_team).into_iter().collect();
    };
    let rows = plan.ownerships.iter().filter(|row| row.service == service && row.is_accountable());
    let mut days: Vec<NaiveDate> =
        rows.flat_map(change_days).filter(|day| action.opened.is_none_or(|opened| *day > opened)).collect();
    days.sort_unstable();
    days.dedup();
    let begin = action.opened.unwrap_or(NaiveDate::MIN);
    let mut spans = vec![(None, owners.owners(action, begin))];
    for day in days {
        let then = owners.owners(action, day);
        if spans.last().is_some_and(|(_, last)| *last != then) {
            spans.push((Some(day), then));
        }
    }
    let span = |(from, owners): (Option<NaiveDate>, Vec<_>)| ActionOwnerSpan {
        from,
        owners: owners.into_iter().map(|owner| NamedEntity::of_owner(plan, owner)).collect(),
    };
    spans.into_iter().map(span).collect()
}

/// The days on which an ownership begins, and on which it is over.
fn change_days(row: &Ownership) -> impl Iterator<Item = NaiveDate> {
    let range = row.date_range();
    range.from.into_iter().chain(range.until.and_then(|until| until.succ_opt()))
}
