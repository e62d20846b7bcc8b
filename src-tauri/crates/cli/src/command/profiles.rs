use std::{path::Path, process::ExitCode};

use headroom_exchange::{
    sheet::{self, BUILT_IN, Profile},
    write_file,
};
use headroom_store::{Note, Store};
use serde_json::json;

use super::{Outcome, author, now, open, print_json};
use crate::{
    arguments::{Answers, DateOrder, DecimalMark, Import, PayPeriod, Profiles},
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
        answer(profile, &arguments.answers);
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

/// The profile of an import, with what the arguments say besides. None: the headers decide, and there is nothing to add.
pub(super) fn chosen(store: &Store, arguments: &Import) -> Result<Option<Profile>, Error> {
    let mut profile = match &arguments.profile {
        Some(name) => find(Some(store), name)?,
        None if arguments.answers.is_empty() => return Ok(None),
        None => sheet::recognised(&arguments.source)?,
    };
    answer(&mut profile, &arguments.answers);
    Ok(Some(profile))
}

impl Answers {
    fn is_empty(&self) -> bool {
        self.dates.is_none()
            && self.short_years.is_none()
            && self.currency.is_none()
            && self.dollar.is_none()
            && self.decimal.is_none()
            && self.pay.is_none()
    }
}

/// Puts answers into each table of a profile.
fn answer(profile: &mut Profile, answers: &Answers) {
    for table in &mut profile.tables {
        table.dates = answers
            .dates
            .map(|order| match order {
                DateOrder::DayFirst => sheet::DateOrder::DayFirst,
                DateOrder::MonthFirst => sheet::DateOrder::MonthFirst,
            })
            .or(table.dates);
        table.short_years = answers.short_years.or(table.short_years);
        table.currency = answers.currency.or(table.currency);
        table.dollar = answers.dollar.or(table.dollar);
        table.decimal = answers
            .decimal
            .map(|mark| match mark {
                DecimalMark::Point => sheet::DecimalMark::Point,
                DecimalMark::Comma => sheet::DecimalMark::Comma,
            })
            .or(table.decimal);
        table.pay_period = answers
            .pay
            .map(|period| match period {
                PayPeriod::Year => sheet::PayPeriod::Year,
                PayPeriod::Month => sheet::PayPeriod::Month,
            })
            .or(table.pay_period);
    }
}
