//! `headroom export` of checklists: calendar, web page or Markdown.

use std::{io::Write, path::Path, process::ExitCode};

use headroom_analysis::{
    onboarding::{ChecklistSchedules, ResolvedAssignee},
    schedule::Calendar,
};
use headroom_checklist_export::{ChecklistDocument, Stamp, calendar, page, text};
use headroom_exchange::write_file;
use headroom_store::Store;

use super::{
    Outcome,
    checklist::{find_assignee, find_person},
    count_of, now, open,
};
use crate::{arguments::Export, error::CliError, screen::println};

/// Formats of checklists.
pub const FORMATS: [&str; 3] = ["ics", "html", "markdown"];

pub fn run(arguments: &Export) -> Outcome {
    let store = open(&arguments.plan)?;
    let plan = store.plan();
    let person = arguments.person.as_deref().map(|text| find_person(plan, text)).transpose()?;
    let who: Option<ResolvedAssignee> =
        arguments.assignee.as_deref().map(|text| find_assignee(plan, text)).transpose()?;
    let calendar_of_days = Calendar::new(plan);
    let courses = ChecklistSchedules::new(plan, &calendar_of_days, arguments.day.or_today());
    let is_wanted = |list: &&headroom_model::Checklist| person.is_none_or(|person| list.person == person);
    let lists = plan.in_order::<headroom_model::Checklist>().into_iter().filter(is_wanted);
    let courses = lists.filter_map(|list| courses.course(list)).collect();
    let leaflet = ChecklistDocument::new(plan, courses, who.clone());
    if leaflet.count() == 0 {
        let whom = match (person, who) {
            (Some(person), None) => format!("{} has no checklist", plan.name_of(person.into())),
            (_, Some(who)) => format!("no checklist has items for {}", who.name(plan)),
            (None, None) => "this plan has no checklists".to_owned(),
        };
        return Err(CliError::Checklist(whom));
    }
    let written = match arguments.format.as_str() {
        "ics" => calendar(&leaflet, &stamp(&store)?),
        "html" => page(&leaflet),
        _ => text(&leaflet),
    };
    if arguments.out == Path::new("-") {
        std::io::stdout().lock().write_all(written.as_bytes())?;
    } else {
        write_file(&arguments.out, written)?;
        println!("wrote {}: {}", arguments.out.display(), count_of(leaflet.count(), "item"));
    }
    Ok(ExitCode::SUCCESS)
}

fn stamp(store: &Store) -> Result<Stamp, CliError> {
    let newest = store.history(None, 1)?;
    let sequence = newest.first().map_or(0, |entry| u32::try_from(entry.seq).unwrap_or(u32::MAX));
    Ok(Stamp { identity: store.identity()?, sequence, at: now() })
}
