//! `headroom import-profiles`: listing, showing, inferring, saving and removing profiles.

use std::{path::Path, process::ExitCode};

use headroom_app::commit::commit_edit;
use headroom_files::write_file;
use headroom_hr_import::{self as hr_import, BUILT_IN, HiddenRows, Profile, TableAnswers};
use headroom_store::Store;
use headroom_tabular::cell::{amount::PayPeriod, date::DateOrder, number::DecimalMark};
use serde_json::json;

use super::{Outcome, author, open, print_json};
use crate::{
    arguments::{AnswersArg, DateOrderArg, DecimalMarkArg, HiddenArg, Import, PayPeriodArg, Profiles},
    error::CliError,
    screen::println,
};

pub fn run(arguments: &Profiles) -> Outcome {
    let mut store = arguments.plan.as_deref().map(open).transpose()?;
    if let (Some(name), Some(store)) = (&arguments.remove, &mut store) {
        hr_import::named(store.plan(), name)?;
        keep(store, name, None)?;
        println!("removed the profile {name} from the plan");
        return Ok(ExitCode::SUCCESS);
    }
    let mut profile = match (&arguments.show, arguments.infer.as_slice()) {
        (Some(name), _) => Some(find(store.as_ref(), name)?),
        (None, []) => None,
        (None, files) => Some(hr_import::guessed(files)?),
    };
    if let Some(profile) = &mut profile {
        answers(&arguments.answers).put(profile);
    }
    match (&arguments.save, profile, &mut store) {
        (None, Some(profile), _) => println!("{}", profile.to_json()),
        (None, None, store) => list(store.as_ref(), arguments.json)?,
        (Some(_), None, _) => return Err(CliError::NothingToSave),
        (Some(name), Some(profile), Some(store)) => {
            keep(store, name, Some(&profile))?;
            println!("saved in the plan as {name}; import with --profile {name}");
        }
        (Some(file), Some(profile), None) => {
            let path = Path::new(file);
            if path.exists() {
                return Err(CliError::Exists(path.to_owned()));
            }
            write_file(path, profile.to_json() + "\n")?;
            println!("wrote {file}; review it, then import with --profile {file}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn find(store: Option<&Store>, name: &str) -> Result<Profile, CliError> {
    let empty = headroom_model::Plan::default();
    Ok(hr_import::named(store.map_or(&empty, |store| store.plan()), name)?)
}

fn keep(store: &mut Store, name: &str, profile: Option<&Profile>) -> Result<(), CliError> {
    let changes = hr_import::keep(store.plan(), name, profile);
    let verb = if profile.is_some() { "Saved" } else { "Removed" };
    Ok(commit_edit(store, format!("{verb} the import profile {name}"), author(), changes)?)
}

fn list(store: Option<&Store>, as_json: bool) -> Result<(), CliError> {
    let own = store.map(|store| hr_import::saved(store.plan())).unwrap_or_default();
    let title = |name: &str| {
        let found = store.and_then(|store| hr_import::named(store.plan(), name).ok());
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
        println!("{name:<18} {} (saved in the plan)", title(name));
    }
    for known in BUILT_IN {
        println!("{:<18} {}", known.id, (known.make)().title);
    }
    Ok(())
}

/// The profile of an import; none if the headers decide.
pub(super) fn chosen(store: &Store, arguments: &Import) -> Result<Option<Profile>, CliError> {
    arguments.profile.as_ref().map(|name| find(Some(store), name)).transpose()
}

/// The answers to ambiguities, for any profile.
pub(super) fn answers(said: &AnswersArg) -> TableAnswers {
    TableAnswers {
        dates: said.dates.map(|order| match order {
            DateOrderArg::DayFirst => DateOrder::DayFirst,
            DateOrderArg::MonthFirst => DateOrder::MonthFirst,
        }),
        short_years: said.short_years,
        currency: said.currency,
        dollar: said.dollar,
        decimal: said.decimal.map(|mark| match mark {
            DecimalMarkArg::Point => DecimalMark::Point,
            DecimalMarkArg::Comma => DecimalMark::Comma,
        }),
        pay_period: said.pay_period.map(|period| match period {
            PayPeriodArg::Year => PayPeriod::Year,
            PayPeriodArg::Month => PayPeriod::Month,
        }),
        full_time_hours: said.full_time_hours,
        part_time: said.part_time,
        hidden: said.hidden.map(|hidden| match hidden {
            HiddenArg::Take => HiddenRows::Take,
            HiddenArg::LeaveOut => HiddenRows::LeaveOut,
        }),
    }
}
