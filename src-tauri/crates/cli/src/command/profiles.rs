use std::{path::Path, process::ExitCode};

use headroom_exchange::{
    sheet::{self, BUILT_IN, Profile},
    write_file,
};
use headroom_store::{Note, Store};
use serde_json::json;

use super::{Outcome, author, now, open, print_json};
use crate::{
    arguments::{Answers, DateOrder, DecimalMark, Hidden, Import, PayPeriod, Profiles},
    error::Error,
    screen::println,
};

pub fn run(arguments: &Profiles) -> Outcome {
    let mut store = arguments.plan.as_deref().map(open).transpose()?;
    if let (Some(name), Some(store)) = (&arguments.remove, &mut store) {
        sheet::named(store.plan(), name)?;
        keep(store, name, None)?;
        println!("the profile {name} was removed from the plan");
        return Ok(ExitCode::SUCCESS);
    }
    let mut profile = match (&arguments.show, arguments.guess.as_slice()) {
        (Some(name), _) => Some(find(store.as_ref(), name)?),
        (None, []) => None,
        (None, files) => Some(sheet::guessed(files)?),
    };
    if let Some(profile) = &mut profile {
        answers(&arguments.answers).put(profile);
    }
    match (&arguments.save, profile, &mut store) {
        (None, Some(profile), _) => println!("{}", profile.to_json()),
        (None, None, store) => list(store.as_ref(), arguments.json)?,
        (Some(_), None, _) => return Err(Error::NothingToSave),
        (Some(name), Some(profile), Some(store)) => {
            keep(store, name, Some(&profile))?;
            println!("kept in the plan as {name}; import with --profile {name}");
        }
        (Some(file), Some(profile), None) => {
            let path = Path::new(file);
            if path.exists() {
                return Err(Error::Exists(path.to_owned()));
            }
            write_file(path, profile.to_json() + "\n")?;
            println!("written to {file}; correct it, and import with --profile {file}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn find(store: Option<&Store>, name: &str) -> Result<Profile, Error> {
    let empty = headroom_model::Plan::default();
    Ok(sheet::named(store.map_or(&empty, |store| store.plan()), name)?)
}

fn keep(store: &mut Store, name: &str, profile: Option<&Profile>) -> Result<(), Error> {
    let changes = sheet::keep(store.plan(), name, profile);
    let verb = if profile.is_some() { "Keep" } else { "Remove" };
    store.apply(&Note::edit(format!("{verb} the import profile {name}"), author(), now()), changes)?;
    Ok(())
}

fn list(store: Option<&Store>, as_json: bool) -> Result<(), Error> {
    let own = store.map(|store| sheet::saved(store.plan())).unwrap_or_default();
    let title = |name: &str| {
        let found = store.and_then(|store| sheet::named(store.plan(), name).ok());
        found.map(|profile| profile.title).unwrap_or_default()
    };
    if as_json {
        let saved = own.iter().map(|name| json!({"name": name, "title": title(name), "built_in": false}));
        let built_in = BUILT_IN
            .iter()
            .map(|known| json!({"name": known.id, "title": (known.make)().title, "built_in": true}));
        return print_json(&saved.chain(built_in).collect::<Vec<_>>());
    }
    for name in &own {
        println!("{name:<18} {} (in the plan)", title(name));
    }
    for known in BUILT_IN {
        println!("{:<18} {}", known.id, (known.make)().title);
    }
    Ok(())
}

/// The profile of an import. None: the headers decide.
pub(super) fn chosen(store: &Store, arguments: &Import) -> Result<Option<Profile>, Error> {
    arguments.profile.as_ref().map(|name| find(Some(store), name)).transpose()
}

/// What the arguments say about tables, whichever profile counts.
pub(super) fn answers(said: &Answers) -> sheet::Answers {
    sheet::Answers {
        dates: said.dates.map(|order| match order {
            DateOrder::DayFirst => sheet::DateOrder::DayFirst,
            DateOrder::MonthFirst => sheet::DateOrder::MonthFirst,
        }),
        short_years: said.short_years,
        currency: said.currency,
        dollar: said.dollar,
        decimal: said.decimal.map(|mark| match mark {
            DecimalMark::Point => sheet::DecimalMark::Point,
            DecimalMark::Comma => sheet::DecimalMark::Comma,
        }),
        pay_period: said.pay.map(|period| match period {
            PayPeriod::Year => sheet::PayPeriod::Year,
            PayPeriod::Month => sheet::PayPeriod::Month,
        }),
        full_time_hours: said.full_time_hours,
        part_time: said.part_time,
        hidden: said.hidden.map(|hidden| match hidden {
            Hidden::Take => sheet::Hidden::Take,
            Hidden::LeaveOut => sheet::Hidden::LeaveOut,
        }),
    }
}
