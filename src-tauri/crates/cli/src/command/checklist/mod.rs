//! `headroom checklist`: progress, starting, status of items, sharing and merging back.

mod item_state;
mod share;
mod show;
mod start;

use headroom_analysis::onboarding::ResolvedAssignee;
use headroom_model::{
    ItemState, Person, PersonId, Plan, Service, ServiceId, Team, Template, TemplateId, same_word,
};

use super::{Outcome, author, open, open_app, print_json, today};
use crate::{
    arguments::{ChecklistCommand, Checklists},
    error::CliError,
};

pub fn run(arguments: &Checklists) -> Outcome {
    let plan = &arguments.plan;
    match &arguments.what {
        ChecklistCommand::List { day, json } => show::list(plan, day, *json),
        ChecklistCommand::Show { person, day, json } => show::show(plan, person, day, *json),
        ChecklistCommand::Start(start) => start::start(plan, start),
        ChecklistCommand::Move { person, on, with_plan } => start::move_to(plan, person, *on, *with_plan),
        ChecklistCommand::Done { item, on, by, note } => {
            let state =
                ItemState::Done { on: on.unwrap_or_else(today), by: by.clone().unwrap_or_else(author) };
            item_state::set(plan, item, state, note.as_deref())
        }
        ChecklistCommand::Skip { item, reason } => {
            item_state::set(plan, item, ItemState::Skipped { on: today(), why: reason.clone() }, None)
        }
        ChecklistCommand::Block { item, reason } => {
            item_state::set(plan, item, ItemState::Blocked { by: reason.clone() }, None)
        }
        ChecklistCommand::Open { item } => item_state::set(plan, item, ItemState::Open, None),
        ChecklistCommand::Export { person, assignee, out } => {
            share::share(plan, person.as_deref(), assignee.as_deref(), out)
        }
        ChecklistCommand::Merge { file, dry_run, theirs, theirs_all, json } => share::merge_back(
            plan,
            file,
            &share::MergeChoice { theirs, theirs_all: *theirs_all },
            *dry_run,
            *json,
        ),
    }
}

/// A person by ID, email address or name; people of the same name are told apart by ID.
pub(super) fn find_person(plan: &Plan, text: &str) -> Result<PersonId, CliError> {
    if let Some(id) = plan.find::<Person>(text) {
        return Ok(id);
    }
    let same = |person: &&Person| {
        let mut names = [&person.email, &person.name].into_iter().chain(&person.aliases);
        names.any(|name| same_word(name, text))
    };
    let found: Vec<&Person> = plan.in_order::<Person>().into_iter().filter(same).collect();
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(CliError::UnknownPerson(text.to_owned())),
        many => {
            let keys: Vec<&str> = many.iter().map(|person| person.key.as_str()).collect();
            Err(CliError::Checklist(format!("“{text}” is ambiguous ({}): use an ID", keys.join(", "))))
        }
    }
}

fn find_template(plan: &Plan, text: &str) -> Result<TemplateId, CliError> {
    let by_name = || {
        let mut same = plan.in_order::<Template>().into_iter().filter(|row| same_word(&row.name, text));
        same.next().map(|row| row.id)
    };
    let unknown = || {
        let known: Vec<&str> = plan.in_order::<Template>().into_iter().map(|row| row.key.as_str()).collect();
        let known = if known.is_empty() {
            "the plan has none: import a checklist in Markdown first".to_owned()
        } else {
            format!("the plan has {}", known.join(", "))
        };
        CliError::Checklist(format!("no template “{text}”; {known}"))
    };
    plan.find::<Template>(text).or_else(by_name).ok_or_else(unknown)
}

fn find_service(plan: &Plan, text: &str) -> Result<ServiceId, CliError> {
    let by_name =
        || plan.in_order::<Service>().into_iter().find(|row| same_word(&row.name, text)).map(|row| row.id);
    plan.find::<Service>(text).or_else(by_name).ok_or_else(|| CliError::UnknownService(text.to_owned()))
}

/// A role, person, team, or any other name. Manager and buddy mean those nobody is named for.
pub(super) fn find_assignee(plan: &Plan, text: &str) -> Result<ResolvedAssignee, CliError> {
    let is = |word: &str| text.trim().eq_ignore_ascii_case(word);
    let team = || {
        let same = |row: &&Team| same_word(&row.name, text) || row.key == text;
        plan.in_order::<Team>().into_iter().find(same).map(|row| ResolvedAssignee::Team(row.id))
    };
    let roles = [
        ("it", "IT"),
        ("people ops", "People Ops"),
        ("people-ops", "People Ops"),
        ("manager", "Manager"),
        ("buddy", "Buddy"),
    ];
    if let Some((_, role)) = roles.into_iter().find(|(word, _)| is(word)) {
        return Ok(ResolvedAssignee::Role(role));
    }
    match find_person(plan, text) {
        Ok(person) => Ok(ResolvedAssignee::Person(person)),
        Err(CliError::UnknownPerson(_)) => {
            Ok(team().unwrap_or_else(|| ResolvedAssignee::Named(text.trim().to_owned())))
        }
        // The name is ambiguous.
        Err(error) => Err(error),
    }
}
