//! Checklists: who is how far, making them, ticking, handing out and taking back.

mod handout;
mod show;
mod start;
mod tick;

use headroom_analysis::onboarding::Doer;
use headroom_model::{
    ItemState, Person, PersonId, Plan, Service, ServiceId, Team, Template, TemplateId, same_word,
};

use super::{Outcome, author, now, open, print_json, today};
use crate::{
    arguments::{Checklist, Checklists},
    error::Error,
};

pub fn run(arguments: &Checklists) -> Outcome {
    let plan = &arguments.plan;
    match &arguments.what {
        Checklist::List { day, json } => show::list(plan, day, *json),
        Checklist::Show { person, day, json } => show::show(plan, person, day, *json),
        Checklist::Start(start) => start::start(plan, start),
        Checklist::Move { person, to, with_plan } => start::move_to(plan, person, *to, *with_plan),
        Checklist::Done { item, on, by, note } => {
            let state =
                ItemState::Done { on: on.unwrap_or_else(today), by: by.clone().unwrap_or_else(author) };
            tick::set(plan, item, state, note.as_deref())
        }
        Checklist::Skip { item, why } => {
            tick::set(plan, item, ItemState::Skipped { on: today(), why: why.clone() }, None)
        }
        Checklist::Block { item, by } => tick::set(plan, item, ItemState::Blocked { by: by.clone() }, None),
        Checklist::Open { item } => tick::set(plan, item, ItemState::Open, None),
        Checklist::HandOut { person, for_whom, out } => {
            handout::hand_out(plan, person.as_deref(), for_whom.as_deref(), out)
        }
        Checklist::TakeBack { file, dry_run, theirs, theirs_all, json } => handout::take_back(
            plan,
            file,
            &handout::Choice { theirs, theirs_all: *theirs_all },
            *dry_run,
            *json,
        ),
    }
}

/// Somebody by id, e-mail address or name; names of several people are told apart by their ids.
pub(super) fn find_person(plan: &Plan, text: &str) -> Result<PersonId, Error> {
    if let Some(id) = plan.find::<Person>(text) {
        return Ok(id);
    }
    let same = |person: &&Person| {
        let mut names = [&person.email, &person.name].into_iter().chain(&person.aliases);
        names.any(|name| same_word(name, text))
    };
    let found: Vec<&Person> = plan.people.iter().filter(same).collect();
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Error::UnknownPerson(text.to_owned())),
        many => {
            let keys: Vec<&str> = many.iter().map(|person| person.key.as_str()).collect();
            Err(Error::Checklist(format!("“{text}” may be {}: name one by this id", keys.join(" or "))))
        }
    }
}

fn find_template(plan: &Plan, text: &str) -> Result<TemplateId, Error> {
    let by_name = || {
        let mut same = plan.templates.iter().filter(|row| same_word(&row.name, text));
        same.next().map(|row| row.id)
    };
    let unknown = || {
        let known: Vec<&str> = plan.templates.iter().map(|row| row.key.as_str()).collect();
        let known = if known.is_empty() {
            "it has none: import a checklist in Markdown first".to_owned()
        } else {
            format!("it has {}", known.join(", "))
        };
        Error::Checklist(format!("there is no template “{text}” in the plan; {known}"))
    };
    plan.find::<Template>(text).or_else(by_name).ok_or_else(unknown)
}

fn find_service(plan: &Plan, text: &str) -> Result<ServiceId, Error> {
    let by_name = || plan.services.iter().find(|row| same_word(&row.name, text)).map(|row| row.id);
    plan.find::<Service>(text).or_else(by_name).ok_or_else(|| Error::UnknownService(text.to_owned()))
}

/// A role, somebody in the plan, a team, or any other name. A manager or buddy by role is one that nobody has been named
/// for.
pub(super) fn find_doer(plan: &Plan, text: &str) -> Result<Doer, Error> {
    let is = |word: &str| text.trim().eq_ignore_ascii_case(word);
    let team = || {
        let same = |row: &&Team| same_word(&row.name, text) || row.key == text;
        plan.teams.iter().find(same).map(|row| Doer::Team(row.id))
    };
    let roles = [
        ("it", "IT"),
        ("people ops", "People Ops"),
        ("people-ops", "People Ops"),
        ("manager", "Manager"),
        ("buddy", "Buddy"),
    ];
    if let Some((_, role)) = roles.into_iter().find(|(word, _)| is(word)) {
        return Ok(Doer::Role(role));
    }
    match find_person(plan, text) {
        Ok(person) => Ok(Doer::Person(person)),
        Err(Error::UnknownPerson(_)) => Ok(team().unwrap_or_else(|| Doer::Named(text.trim().to_owned()))),
        // It may be one of several.
        Err(error) => Err(error),
    }
}
