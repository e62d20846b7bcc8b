//! `headroom actions`: what is to be done, whose it is on a day, what is overdue, and what lost its owner.

use std::process::ExitCode;

use headroom_app::{
    entities::entity::EntityKind,
    incidents::actions::{ActionRow, ActionsOf, actions_of},
    search::find,
};
use headroom_model::{Action, ActionState, Plan};
use serde_json::{Value, json};

use super::{Outcome, count_of, open_app, print_json};
use crate::{
    arguments::ActionsArguments,
    screen::{CAUTION, QUIET, STRONG, println},
};

pub fn run(arguments: &ActionsArguments) -> Outcome {
    let app = open_app(&arguments.plan)?;
    let at = arguments.day.at();
    let id = |kind, name: &Option<String>| match name {
        Some(name) => find(&app, kind, name, at).map(|found| Some(found.id)),
        None => Ok(None),
    };
    let of = ActionsOf {
        person: id(EntityKind::Person, &arguments.person)?,
        team: id(EntityKind::Team, &arguments.team)?,
    };
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let mut rows = actions_of(&view, &of);
    let all = rows.len();
    rows.retain(|row| {
        let is_open = row.state == ActionState::Open.word();
        (is_open || arguments.closed)
            && (!arguments.overdue || row.overdue_days.is_some())
            && (!arguments.lost || !row.lost.is_empty())
    });
    if arguments.json {
        let values: Vec<Value> = rows.iter().map(|row| as_value(plan, row)).collect();
        print_json(&json!({"as_of": arguments.day.or_today(), "count": values.len(), "actions": values}))?;
        return Ok(ExitCode::SUCCESS);
    }
    rows.iter().for_each(print_action);
    if rows.is_empty() {
        println!("{}", if all == 0 { "no actions by this date" } else { "none of these is there" });
    } else {
        println!("{QUIET}{}{QUIET:#}", count_of(rows.len(), "action"));
    }
    Ok(ExitCode::SUCCESS)
}

fn as_value(plan: &Plan, row: &ActionRow) -> Value {
    let action = plan.find::<Action>(&row.action.key).and_then(|id| plan.get::<Action>(id));
    let said = action.and_then(|action| action.extra.get("incident-reviews"));
    let said: Option<Value> = said.and_then(|text| serde_json::from_str(text).ok());
    let team = action.and_then(|action| action.team).map(|team| plan.key_of(team.into()));
    json!({
        "id": row.action.key,
        "title": row.action.name,
        "state": row.state,
        "owners": row.owners.iter().map(|owner| json!({"kind": owner.kind.name(), "id": owner.key})).collect::<Vec<_>>(),
        "taken_by": team,
        "service": row.service.as_ref().map(|service| &service.key),
        "incident": row.incident.as_ref().map(|incident| &incident.key),
        "bet": row.bet.as_ref().map(|bet| &bet.key),
        "opened": row.opened,
        "due": row.due,
        "due_assumed": row.is_due_assumed,
        "overdue_days": row.overdue_days,
        "closed": row.closed,
        "lost": (!row.lost.is_empty()).then_some(&row.lost),
        "link": row.link,
        "box": said.as_ref().and_then(|said| said.get("box")),
    })
}

fn print_action(row: &ActionRow) {
    let owners = match row.owners.as_slice() {
        [] => "nobody".to_owned(),
        owners => owners.iter().map(|owner| owner.name.as_str()).collect::<Vec<_>>().join(" and "),
    };
    println!("{STRONG}{}{STRONG:#}  {QUIET}{}{QUIET:#}", row.action.name, row.action.key);
    let mut parts = vec![owners];
    parts.extend(row.service.as_ref().map(|service| service.name.clone()));
    match (row.state.as_str(), row.closed) {
        ("open", _) => {
            let assumed = if row.is_due_assumed { " (usual time)" } else { "" };
            parts.extend(row.due.map(|due| format!("due {due}{assumed}")));
        }
        (state, Some(closed)) => parts.push(format!("{state} {closed}")),
        (state, None) => parts.push(state.to_owned()),
    }
    println!("  {}", parts.join(" · "));
    if let Some(days) = row.overdue_days {
        println!("  {CAUTION}overdue{CAUTION:#} by {}", count_of(days as usize, "day"));
    }
    if !row.lost.is_empty() {
        println!("  {CAUTION}lost its owner{CAUTION:#} {}", row.lost);
    }
}
