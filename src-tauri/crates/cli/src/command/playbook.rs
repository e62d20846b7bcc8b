//! `headroom playbook`: the ten sections of scaling, as the window has them, for the monthly review. Without pay.

use std::{io::Write, path::Path, process::ExitCode};

use headroom_app::{
    entities::entity::EntityKind,
    playbook::{PlaybookQuery, playbook, playbook_document},
    search::find,
};
use headroom_files::write_file;

use super::{Outcome, open_app, print_json};
use crate::{
    arguments::{PlaybookArguments, PlaybookFormatArg},
    error::CliError,
    screen::{eprintln, while_waiting},
};

pub fn run(arguments: &PlaybookArguments) -> Outcome {
    let app = open_app(&arguments.plan)?;
    let at = arguments.day.at();
    let team = arguments.team.as_ref().map(|name| find(&app, EntityKind::Team, name, at)).transpose()?;
    let query = PlaybookQuery {
        segment: arguments.segment.clone().unwrap_or_default(),
        market: arguments.market.clone().unwrap_or_default(),
        team: team.map(|team| team.id),
    };
    if arguments.json {
        print_json(&while_waiting("calculating", || playbook(&app, query, at))?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = arguments.out.as_deref().filter(|out| *out != Path::new("-"));
    if arguments.format == PlaybookFormatArg::Pdf && out.is_none() {
        return Err(CliError::PdfToOutput);
    }
    let written =
        while_waiting("calculating", || playbook_document(&app, query, at, arguments.format.into()))?;
    match out {
        Some(out) => {
            write_file(out, written)?;
            eprintln!("wrote {}", out.display());
        }
        None => std::io::stdout().lock().write_all(&written)?,
    }
    Ok(ExitCode::SUCCESS)
}
