//! `headroom overview`: what the window's first view shows.

use std::process::ExitCode;

use headroom_app::{
    entities::entity::EntityKind,
    overview::{OverviewScope, overview, overview_document},
    search::find,
};

use super::{Outcome, open_app, print_json};
use crate::{
    arguments::OverviewArguments,
    screen::{println, while_waiting},
};

pub fn run(arguments: &OverviewArguments) -> Outcome {
    let app = open_app(&arguments.plan)?;
    app.pay.show(arguments.with_pay);
    let at = arguments.day.at();
    let team = arguments.team.as_ref().map(|name| find(&app, EntityKind::Team, name, at)).transpose()?;
    let scope = OverviewScope { team: team.map(|team| team.id) };
    if arguments.json {
        print_json(&while_waiting("calculating", || overview(&app, scope, at))?)?;
    } else {
        println!("{}", while_waiting("calculating", || overview_document(&app, scope, at))?.trim_end());
    }
    Ok(ExitCode::SUCCESS)
}
