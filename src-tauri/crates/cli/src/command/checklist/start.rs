//! `headroom checklist start` and `move`.

use std::{path::Path, process::ExitCode};

use chrono::NaiveDate;
use headroom_analysis::onboarding::{ChecklistStart, StartError, labels, move_along, start_checklist};
use headroom_app::commit::commit_edit;
use headroom_model::{Checklist, Draft, LifecycleEvent};
use serde_json::json;

use super::{Outcome, author, find_person, find_service, find_template, open, print_json, today};
use crate::{
    arguments::Start,
    error::CliError,
    screen::{eprintln, println},
};

pub fn start(path: &Path, arguments: &Start) -> Outcome {
    let mut store = open(path)?;
    let plan = store.plan().clone();
    let person = |text: &Option<String>| text.as_deref().map(|text| find_person(&plan, text)).transpose();
    let templates = arguments.templates.iter().map(|text| find_template(&plan, text));
    let what = ChecklistStart {
        person: find_person(&plan, &arguments.person)?,
        occasion: arguments.kind.into(),
        start: arguments.on,
        buddy: person(&arguments.buddy)?,
        manager: person(&arguments.manager)?,
        service: arguments.service.as_deref().map(|text| find_service(&plan, text)).transpose()?,
        templates: templates.collect::<Result<_, _>>()?,
    };
    if what.occasion == LifecycleEvent::TakeOver && what.service.is_none() {
        return Err(CliError::Checklist("name the service to hand over: --service".to_owned()));
    }
    let mut draft = Draft::new(&plan);
    let begun = start_checklist(&mut draft, &plan, &what).map_err(|problem| {
        let option = if matches!(problem, StartError::NoStart { .. }) { ": --on DATE" } else { "" };
        CliError::Checklist(format!("{}{option}", problem.message(&plan)))
    })?;
    let name = plan.name_of(what.person.into());
    let label = labels::start(&name, what.occasion);
    commit_edit(&mut store, label, author(), draft.finish())?;
    tell_if_over(begun.start);
    // The start date alone distinguishes a second checklist from the first one, whose start may have moved.
    let is_other = |row: &&Checklist| {
        row.person == what.person && row.occasion == what.occasion && row.service == what.service
    };
    for other in plan.in_order::<Checklist>().into_iter().filter(is_other) {
        eprintln!("{name} has another checklist for {}, from {}", what.occasion.doing(), other.start);
    }
    for double in &begun.doubles {
        let title = plan.name_of(double.left_out.into());
        eprintln!("“{title}” is in two templates: using the more specific one");
    }
    if arguments.json {
        let counts = begun.counts;
        let value = json!({
            "checklist": begun.checklist.0, "start": begun.start, "items": counts.items, "optional": counts.optional,
            "goals": counts.goals,
        });
        print_json(&value)?;
    } else {
        println!("started {name}’s checklist: {}, scheduled from {}", begun.counts, begun.start);
    }
    Ok(ExitCode::SUCCESS)
}

fn tell_if_over(start: NaiveDate) {
    if start < today() {
        eprintln!("start date {start} has passed: earlier items are already overdue");
    }
}

pub fn move_to(path: &Path, person: &str, to: NaiveDate, with_plan: bool) -> Outcome {
    let mut store = open(path)?;
    let plan = store.plan().clone();
    let id = find_person(&plan, person)?;
    let name = plan.name_of(id.into());
    // The newest checklist of the person is meant.
    let newest = plan
        .in_order::<Checklist>()
        .into_iter()
        .filter(|list| list.person == id)
        .max_by_key(|list| list.start);
    let list = newest.ok_or_else(|| CliError::Checklist(format!("{name} has no checklist")))?;
    if list.start == to {
        println!("{name}’s checklist already starts on {to}");
        return Ok(ExitCode::SUCCESS);
    }
    let mut draft = Draft::new(&plan);
    let mut with_it = draft.clone();
    let along = move_along(&mut with_it, &plan, list, to);
    if with_plan {
        draft = with_it;
    }
    draft.put(Checklist { start: to, ..list.clone() });
    commit_edit(&mut store, labels::move_start(&name, list.occasion, to), author(), draft.finish())?;
    tell_if_over(to);
    println!("{name}’s checklist now starts on {to}");
    if !along.is_empty() {
        let rows: Vec<String> =
            along.iter().map(|row| format!("{} {}", row.kind.noun(), plan.name_of(*row))).collect();
        let rows = rows.join(", ");
        if with_plan {
            println!("also moved: {rows}");
        } else {
            eprintln!("the plan still has {} for {rows}: move that too with --with-plan", list.start);
        }
    }
    Ok(ExitCode::SUCCESS)
}
