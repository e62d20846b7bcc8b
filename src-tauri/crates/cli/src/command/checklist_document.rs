//! `headroom export` of checklists: calendar, web page or Markdown.

use std::{io::Write, path::Path, process::ExitCode};

use headroom_analysis::onboarding::ResolvedAssignee;
use headroom_app::onboarding::share::document;
use headroom_files::write_file;
use headroom_model::Checklist;

use super::{
    Outcome,
    checklist::{find_assignee, find_person},
    count_of, open_app,
};
use crate::{arguments::Export, error::CliError, screen::println};

/// Formats of checklists.
pub const FORMATS: [&str; 3] = ["ics", "html", "markdown"];

pub fn run(arguments: &Export) -> Outcome {
    let app = open_app(&arguments.plan)?;
    let plan = app.plan()?;
    let person = arguments.person.as_deref().map(|text| find_person(&plan, text)).transpose()?;
    let who: Option<ResolvedAssignee> =
        arguments.assignee.as_deref().map(|text| find_assignee(&plan, text)).transpose()?;
    let is_wanted = |list: &&Checklist| person.is_none_or(|person| list.person == person);
    let lists: Vec<&Checklist> = plan.in_order::<Checklist>().into_iter().filter(is_wanted).collect();
    let (written, count) = document(&app, &lists, who.clone(), &arguments.format, arguments.day.at())?;
    if count == 0 {
        let whom = match (person, who) {
            (Some(person), None) => format!("{} has no checklist", plan.name_of(person.into())),
            (_, Some(who)) => format!("no checklist has items for {}", who.name(&plan)),
            (None, None) => "this plan has no checklists".to_owned(),
        };
        return Err(CliError::Checklist(whom));
    }
    if arguments.out == Path::new("-") {
        std::io::stdout().lock().write_all(written.as_bytes())?;
    } else {
        write_file(&arguments.out, written)?;
        println!("wrote {}: {}", arguments.out.display(), count_of(count, "item"));
    }
    Ok(ExitCode::SUCCESS)
}
