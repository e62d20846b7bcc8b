//! `headroom stats`.

use std::{path::Path, process::ExitCode};

use headroom_analysis::{Facts, Stats};

use super::{Outcome, open, print_json};
use crate::{
    arguments::Day,
    screen::{self, println},
};

pub fn run(plan: &Path, day: &Day, as_json: bool) -> Outcome {
    let store = open(plan)?;
    let stats = screen::while_waiting("calculating", || {
        let snapshot = store.plan().as_of(day.or_today());
        Stats::new(&snapshot, &Facts::new(&snapshot))
    });
    if as_json {
        print_json(&stats)?;
        return Ok(ExitCode::SUCCESS);
    }
    let figures = serde_json::to_value(&stats)?;
    for (name, value) in figures.as_object().into_iter().flatten() {
        if value.is_number() {
            println!("{:<34} {value:>8}", name.replace('_', " "));
        }
    }
    Ok(ExitCode::SUCCESS)
}
