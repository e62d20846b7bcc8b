//! How an action stands on a day: open or closed, whose, overdue, and whether its owner knows.

use chrono::{Days, NaiveDate};
use headroom_model::{Action, ActionId, ActionState, Owner, ServiceId, Snapshot};

use super::action_owner::{ActionOwners, LostOwner};
use crate::{
    policy::{Policy, action_days},
    responders::Responders,
};

/// Days after which an action is due that says nothing itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueAfter {
    /// Of a service of tier 1 or 2.
    pub important_days: u32,
    pub other_days: u32,
}

impl DueAfter {
    pub fn of(policy: &Policy) -> Self {
        let (important_days, other_days) = action_days(policy);
        Self { important_days, other_days }
    }
}

/// An action on a day.
#[derive(Debug, Clone)]
pub struct ActionStatus {
    pub action: ActionId,
    pub state: ActionState,
    pub service: Option<ServiceId>,
    /// Whose it is on the day.
    pub owners: Vec<Owner>,
    pub due: Option<NaiveDate>,
    /// The action says no day: it is the usual one.
    pub is_due_assumed: bool,
    /// Days since it was due, of an open one.
    pub overdue_days: Option<u32>,
    /// Of an open one: why its owner does not know of it.
    pub lost: Option<LostOwner>,
}

/// The actions that are there on a day, in the order of the plan: whose they are on the day of the snapshot, and what is
/// open and overdue on `day`.
pub fn action_statuses(snapshot: &Snapshot, day: NaiveDate, due_after: DueAfter) -> Vec<ActionStatus> {
    let plan = snapshot.plan();
    if plan.actions.is_empty() {
        return Vec::new();
    }
    let (owners, responders) = (ActionOwners::new(plan), Responders::new(snapshot));
    let status = |action| status_of(action, snapshot, day, due_after, (&owners, &responders));
    plan.in_order::<Action>().into_iter().filter_map(status).collect()
}

fn status_of(
    action: &Action,
    snapshot: &Snapshot,
    day: NaiveDate,
    due_after: DueAfter,
    (owners, responders): (&ActionOwners<'_>, &Responders<'_>),
) -> Option<ActionStatus> {
    let state = action.state_on(day)?;
    let service = owners.service(action);
    let due = action.due.or_else(|| usual_due(action, service, snapshot, due_after));
    let is_open = state == ActionState::Open;
    let overdue = due.filter(|due| is_open && *due < day).map(|due| (day - due).num_days());
    let current = owners.owners(action, snapshot.day());
    let lost = if is_open { lost_owner(action, &current, snapshot, (owners, responders)) } else { None };
    Some(ActionStatus {
        action: action.id,
        state,
        service,
        owners: current,
        due,
        is_due_assumed: action.due.is_none() && due.is_some(),
        overdue_days: overdue.and_then(|days| u32::try_from(days).ok()),
        lost,
    })
}

fn usual_due(
    action: &Action,
    service: Option<ServiceId>,
    snapshot: &Snapshot,
    due_after: DueAfter,
) -> Option<NaiveDate> {
    let tier = service.and_then(|service| snapshot.plan().get::<headroom_model::Service>(service)?.tier);
    let days =
        if tier.is_some_and(|tier| tier <= 2) { due_after.important_days } else { due_after.other_days };
    action.opened?.checked_add_days(Days::new(days.into()))
}

fn lost_owner(
    action: &Action,
    current: &[Owner],
    snapshot: &Snapshot,
    (owners, responders): (&ActionOwners<'_>, &Responders<'_>),
) -> Option<LostOwner> {
    let [first, ..] = current else {
        // What nobody ever had is not lost.
        return (!owners.known_to(action).is_empty()).then_some(LostOwner::Nobody);
    };
    let is_here = |owner: &Owner| match owner {
        Owner::Team(team) => snapshot.team_ix(*team).is_some(),
        Owner::Person(person) => snapshot.person_ix(*person).is_some(),
    };
    if !current.iter().any(is_here) {
        return Some(LostOwner::Gone(*first));
    }
    if responders.behind(current).is_empty() {
        return Some(LostOwner::Empty(*first));
    }
    owners.handed_over(action, snapshot.day())
}
