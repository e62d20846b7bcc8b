//! `headroom redact`: a copy without amounts.

use std::{collections::BTreeMap, process::ExitCode};

use headroom_app::export::redaction::{redaction, write_copy};
use headroom_redaction::{How, Redaction, Removed};
use serde_json::json;

use super::{Outcome, count_of, open_app, print_json};
use crate::{
    arguments::Redact,
    screen::{println, while_waiting},
};

/// How many entities are listed per field.
const LISTED: usize = 5;

pub fn run(arguments: &Redact) -> Outcome {
    let app = open_app(&arguments.plan)?;
    let (made, _) = while_waiting("searching for amounts", || redaction(&app))?;
    let written = match &arguments.copy {
        Some(copy) if !arguments.dry_run => Some(while_waiting("writing", || write_copy(&app, &made, copy))?),
        _ => None,
    };
    if arguments.json {
        let path = written.as_ref().map(|store| store.path());
        print_json(&json!({"copy": path, "amounts": amounts(&made.removed), "removed": lines(&made)}))?;
        return Ok(ExitCode::SUCCESS);
    }
    print_text(&made.removed);
    if let Some(copy) = written {
        println!("wrote {}", copy.path().display());
    }
    Ok(ExitCode::SUCCESS)
}

fn amounts(removed: &[Removed]) -> usize {
    removed.iter().map(|line| line.count).sum()
}

fn lines(made: &Redaction) -> Vec<serde_json::Value> {
    let line = |line: &Removed| {
        json!({
            "kind": line.subject.kind, "key": made.plan.key_of(line.subject), "name": line.name,
            "field": line.field, "how": line.how, "count": line.count,
        })
    };
    made.removed.iter().map(line).collect()
}

fn print_text(removed: &[Removed]) {
    if removed.is_empty() {
        println!("this plan has no amounts");
        return;
    }
    let mut fields: BTreeMap<(&str, &str, How), Vec<&Removed>> = BTreeMap::new();
    for line in removed {
        fields.entry((line.subject.kind.noun(), &line.field, line.how)).or_default().push(line);
    }
    for ((kind, field, how), lines) in fields {
        let count: usize = lines.iter().map(|line| line.count).sum();
        let named: Vec<&str> = lines.iter().take(LISTED).map(|line| line.name.as_str()).collect();
        let more = if lines.len() > LISTED { " …" } else { "" };
        let of = count_of(lines.len(), kind);
        println!(
            "{field}: {} in {of} ({}): {}{more}",
            count_of(count, "amount"),
            how.words(),
            named.join(", ")
        );
    }
    println!("{} removed", count_of(amounts(removed), "amount"));
}
