//! `headroom overview`: what the window's first view shows, of the organisation, a team, a domain or a person.

use std::process::ExitCode;

use headroom_app::{
    at::At,
    entities::entity::EntityKind,
    error::Answer,
    overview::{
        OverviewScope, overview, overview_document,
        person::{person_overview, person_overview_document},
    },
    search::{find, find_domain},
    state::AppState,
};
use serde::Serialize;

use super::{Outcome, open_app, print_json};
use crate::{
    arguments::OverviewArguments,
    screen::{println, while_waiting},
};

pub fn run(arguments: &OverviewArguments) -> Outcome {
    let app = open_app(&arguments.plan)?;
    app.pay.show(arguments.with_pay);
    let at = arguments.day.at();
    if let Some(name) = &arguments.person {
        let person = find(&app, EntityKind::Person, name, at)?.id;
        return put(
            arguments.json,
            || person_overview(&app, person, at),
            || person_overview_document(&app, person, at),
        );
    }
    let scope = scope(&app, arguments, at)?;
    put(arguments.json, || overview(&app, scope, at), || overview_document(&app, scope, at))
}

fn scope(app: &AppState, arguments: &OverviewArguments, at: At) -> Answer<OverviewScope> {
    Ok(match (&arguments.team, &arguments.domain) {
        (Some(name), _) => OverviewScope::Team(find(app, EntityKind::Team, name, at)?.id),
        (None, Some(name)) => OverviewScope::Domain(find_domain(app, name, at)?.id),
        (None, None) => OverviewScope::Organisation,
    })
}

fn put<T: Serialize>(
    is_json: bool,
    figures: impl FnOnce() -> Answer<T>,
    document: impl FnOnce() -> Answer<String>,
) -> Outcome {
    if is_json {
        print_json(&while_waiting("calculating", figures)?)?;
    } else {
        println!("{}", while_waiting("calculating", document)?.trim_end());
    }
    Ok(ExitCode::SUCCESS)
}
