//! `headroom new` and `doctor`: creating, checking, restoring and copying plan files.

use std::{path::Path, process::ExitCode};

use headroom_store::Store;
use serde_json::json;

use super::{Outcome, count_of, now, print_json, today};
use crate::screen::{self, eprintln, println};

pub fn new(path: &Path, sample: bool) -> Outcome {
    if sample {
        headroom_sample::create(path, now(), today())?;
    } else {
        Store::create(path, now())?;
    }
    println!("created {}", path.display());
    Ok(ExitCode::SUCCESS)
}

pub fn doctor(plan: &Path, as_json: bool, restore: Option<&Path>, clean_copy: Option<&Path>) -> Outcome {
    if let Some(copy) = clean_copy {
        Store::clean_copy(plan, copy, now())?;
        eprintln!("created {}; checking it:", copy.display());
        return doctor(copy, as_json, None, None);
    }
    if let Some(backup) = restore {
        match Store::open(plan, now()) {
            Ok(mut store) => store.restore(backup, now())?,
            Err(error) if error.is_damage() => drop(Store::recover(plan, backup, now())?),
            Err(error) => return Err(error.into()),
        }
        println!("restored {}", backup.display());
    }
    let health = screen::while_waiting("checking the plan file", || headroom_store::doctor(plan))?;
    let code = if health.is_sound { ExitCode::SUCCESS } else { ExitCode::from(1) };
    if as_json {
        let checks: Vec<_> = health
            .checks
            .iter()
            .map(|check| json!({"check": check.name, "problem": check.problem}))
            .collect();
        let backups: Vec<_> = health
            .backups
            .iter()
            .map(|row| json!({"path": row.path, "at": row.at, "before": row.reason, "bytes": row.bytes}))
            .collect();
        print_json(&json!({
            "sound": health.is_sound, "read_only": health.is_read_only, "format": health.format,
            "current_format": health.current_format, "sqlite": health.sqlite, "bytes": health.bytes,
            "journal_entries": health.journal_entries, "checks": checks, "backups": backups,
        }))?;
        return Ok(code);
    }
    for check in &health.checks {
        match &check.problem {
            None => println!("{}✓{} {}", screen::GOOD, screen::GOOD.render_reset(), check.name),
            Some(problem) => {
                println!("{}✗{} {}: {problem}", screen::FAULT, screen::FAULT.render_reset(), check.name)
            }
        }
    }
    println!(
        "format {} of {} · SQLite {} · {} bytes · {}{}",
        health.format,
        health.current_format,
        health.sqlite,
        health.bytes,
        count_of(usize::try_from(health.journal_entries).unwrap_or_default(), "history entry"),
        if health.is_read_only { " · read-only" } else { "" },
    );
    for backup in &health.backups {
        let at = backup.at.format("%Y-%m-%d %H:%M:%S");
        println!("backup {at} UTC, before {}: {}", backup.reason, backup.path.display());
    }
    println!("{}", health.advice());
    Ok(code)
}
