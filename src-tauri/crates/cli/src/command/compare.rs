//! `headroom compare`: what differs between two days, as the window's chart shows it.

use std::process::ExitCode;

use headroom_app::{
    at::At,
    comparison::{CompareQuery, compare_days, comparison_text},
    entities::entity::EntityKind,
    search::find,
};

use super::{Outcome, open_app, print_json, today};
use crate::{
    arguments::Compare,
    error::CliError,
    screen::{println, while_waiting},
};

pub fn run(arguments: &Compare) -> Outcome {
    let (from, until) = (arguments.from.unwrap_or_else(today), arguments.to);
    if until < from {
        return Err(CliError::BackwardDays { from, until });
    }
    let app = open_app(&arguments.plan)?;
    let at = At::default().on(until);
    let team = arguments.team.as_ref().map(|name| find(&app, EntityKind::Team, name, at)).transpose()?;
    let query = CompareQuery { with: Some(from), team: team.map(|team| team.id) };
    if arguments.json {
        print_json(&while_waiting("comparing", || compare_days(&app, query, at))?)?;
    } else {
        println!("{}", while_waiting("comparing", || comparison_text(&app, query, at))?.trim_end());
    }
    Ok(ExitCode::SUCCESS)
}
