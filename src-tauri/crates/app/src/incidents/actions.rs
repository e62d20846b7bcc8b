//! The table of actions: whose each is on the day shown, what is overdue, and what lost its owner.

use chrono::NaiveDate;
use headroom_analysis::{
    DayView,
    incidents::{ActionStatus, DueAfter, LostOwner, action_statuses},
};
use headroom_model::{Action, ActionState, Owner, PersonId, Plan, TeamId, wording::date};
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    paging::{RowQuery, matches},
    state::AppState,
    table::{CellThing, ColumnValue, TableLines, TableRows},
};

/// An action as a row.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ActionRow {
    pub action: NamedEntity,
    /// `open`, `done`, `dropped`.
    pub state: String,
    /// Whose it is on the day: the owners of its service, or its team.
    pub owners: Vec<NamedEntity>,
    pub service: Option<NamedEntity>,
    pub incident: Option<NamedEntity>,
    pub bet: Option<NamedEntity>,
    pub opened: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    /// It says no day itself: the usual one.
    pub is_due_assumed: bool,
    pub overdue_days: Option<u32>,
    pub closed: Option<NaiveDate>,
    /// Why its owner does not know of it; empty if they do, or if it is closed.
    pub lost: String,
    /// It is lost because its service was handed over: the team that has it now can take it.
    pub is_handed_over: bool,
    pub link: String,
}

/// Whose actions are asked for; all if neither is said.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct ActionsOf {
    /// Theirs, and those of their teams.
    pub person: Option<Id>,
    pub team: Option<Id>,
}

/// The actions that are there on the day, open ones first, the most overdue before the others.
#[specta::specta]
pub fn action_rows(app: &AppState, query: RowQuery, of: ActionsOf, at: At) -> Answer<TableLines<ActionRow>> {
    let view = app.day(at)?;
    let words = query.words();
    let mut rows = actions_of(&view, &of);
    rows.retain(|row| {
        let others =
            [&row.service, &row.incident, &row.bet].into_iter().flatten().map(|one| one.name.as_str());
        let owners = row.owners.iter().map(|owner| owner.name.as_str());
        matches(
            &words,
            [row.action.name.as_str(), row.action.key.as_str()].into_iter().chain(others).chain(owners),
        )
    });
    ActionTable.lines(rows, &query)
}

/// The actions of somebody, of a team or of all.
pub fn actions_of(view: &DayView, of: &ActionsOf) -> Vec<ActionRow> {
    let plan = view.snapshot.plan();
    let owners = owners_asked(view, of);
    let mut statuses = statuses(view);
    statuses.retain(|status| {
        owners.as_ref().is_none_or(|asked| status.owners.iter().any(|own| asked.contains(own)))
    });
    statuses.sort_by_key(|status| {
        let is_closed = status.state != ActionState::Open;
        (is_closed, std::cmp::Reverse(status.overdue_days), status.due.is_none(), status.due)
    });
    statuses.iter().filter_map(|status| row_of(plan, status)).collect()
}

pub(super) fn statuses(view: &DayView) -> Vec<ActionStatus> {
    let context = view.context();
    action_statuses(&view.snapshot, context.asked_on, DueAfter::of(context.policy))
}

fn owners_asked(view: &DayView, of: &ActionsOf) -> Option<Vec<Owner>> {
    if let Some(team) = of.team {
        return Some(vec![Owner::Team(TeamId::from(team))]);
    }
    let person = PersonId::from(of.person?);
    let snapshot = &view.snapshot;
    let teams = snapshot.person_ix(person).into_iter().flat_map(|at| snapshot.memberships(at));
    Some(std::iter::once(Owner::Person(person)).chain(teams.map(|row| Owner::Team(row.team))).collect())
}

pub(super) fn row_of(plan: &Plan, status: &ActionStatus) -> Option<ActionRow> {
    let action = plan.get::<Action>(status.action)?;
    Some(ActionRow {
        action: NamedEntity::new(plan, action.id),
        state: status.state.word().to_owned(),
        owners: status.owners.iter().map(|owner| NamedEntity::of_owner(plan, *owner)).collect(),
        service: status.service.map(|service| NamedEntity::new(plan, service)),
        incident: action.incident.map(|incident| NamedEntity::new(plan, incident)),
        bet: action.bet.map(|bet| NamedEntity::new(plan, bet)),
        opened: action.opened,
        due: status.due,
        is_due_assumed: status.is_due_assumed,
        overdue_days: status.overdue_days,
        closed: action.closed.filter(|_| status.state != ActionState::Open),
        is_handed_over: matches!(status.lost, Some(LostOwner::HandedOver { .. })),
        lost: status.lost.as_ref().map(|lost| lost_words(plan, lost)).unwrap_or_default(),
        link: action.link.clone(),
    })
}

/// `Came from Payments on 3 Mar 2027`.
pub(super) fn lost_words(plan: &Plan, lost: &LostOwner) -> String {
    let name = |owner: &Owner| plan.name_of((*owner).into());
    match lost {
        LostOwner::HandedOver { before, on } => {
            let from = before.iter().map(name).collect::<Vec<_>>().join(" and ");
            let when = on.map(|on| format!(" on {}", date(on))).unwrap_or_default();
            format!("Came from {from}{when}")
        }
        LostOwner::Nobody => "No owner any more".to_owned(),
        LostOwner::Gone(owner) => format!("{} is not there any more", name(owner)),
        LostOwner::Empty(owner) => format!("{} has nobody", name(owner)),
    }
}

struct ActionTable;

impl TableRows for ActionTable {
    type Row = ActionRow;
    type Shown = ActionRow;
    const COLUMNS: &'static [&'static str] =
        &["action", "owners", "service", "state", "due", "overdue", "attention", "cause", "opened", "closed"];

    fn value(&self, row: &ActionRow, column: &str) -> ColumnValue {
        match column {
            "owners" => ColumnValue::entities(row.owners.clone()),
            "service" => ColumnValue::entities(row.service.clone()),
            "state" => {
                let rank =
                    ActionState::ALL.iter().position(|state| state.word() == row.state).unwrap_or_default();
                ColumnValue::one(Some(CellThing::ranked(rank as i32, &row.state, capitalized(&row.state))))
            }
            "due" => ColumnValue::Day(row.due),
            "overdue" => row.overdue_days.map_or(ColumnValue::Day(None), ColumnValue::count),
            "attention" => {
                let overdue = row.overdue_days.map(|_| CellThing::ranked(0, "overdue", "Overdue"));
                let lost = (!row.lost.is_empty()).then(|| CellThing::ranked(1, "lost", "Lost its owner"));
                let nobody = (row.owners.is_empty() && row.state == ActionState::Open.word())
                    .then(|| CellThing::ranked(2, "nobody", "No owner"));
                ColumnValue::Things([overdue, lost, nobody].into_iter().flatten().collect())
            }
            "cause" => ColumnValue::entities(row.incident.clone().or_else(|| row.bet.clone())),
            "opened" => ColumnValue::Day(row.opened),
            "closed" => ColumnValue::Day(row.closed),
            _ => ColumnValue::word(&row.action.name),
        }
    }

    fn show(&self, row: &ActionRow) -> ActionRow {
        row.clone()
    }

    fn key(&self, row: &ActionRow) -> Option<Id> {
        Some(row.action.id)
    }
}

fn capitalized(word: &str) -> String {
    headroom_model::wording::capitalized(word)
}
