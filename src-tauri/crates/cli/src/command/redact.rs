//! `headroom redact`: a copy without amounts.

use std::{collections::BTreeMap, process::ExitCode};

use headroom_app::export::redaction::{redaction, write_copy};
use headroom_redaction::{How, KeptRatio, RatiosOfMoney, Redaction, Removed};
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
    let ratios = if arguments.keep_ratios { RatiosOfMoney::Kept } else { RatiosOfMoney::Removed };
    let (made, _) = while_waiting("searching for amounts", || redaction(&app, ratios))?;
    let written = match &arguments.copy {
        Some(copy) if !arguments.dry_run => Some(while_waiting("writing", || write_copy(&app, &made, copy))?),
        _ => None,
    };
    if arguments.json {
        let path = written.as_ref().map(|store| store.path());
        print_json(&json!({
            "copy": path, "amounts": amounts(&made.removed), "ratios": ratios_in(&made.removed),
            "removed": lines(&made), "kept": kept(&made),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    print_text(&made.removed);
    print_kept(&made);
    if let Some(copy) = written {
        println!("wrote {}", copy.path().display());
    }
    Ok(ExitCode::SUCCESS)
}

fn amounts(removed: &[Removed]) -> usize {
    removed.iter().map(Removed::amounts).sum()
}

fn ratios_in(removed: &[Removed]) -> usize {
    removed.iter().map(Removed::ratios).sum()
}

fn kept(made: &Redaction) -> Vec<serde_json::Value> {
    let line = |ratio: &KeptRatio| {
        json!({
            "metric": made.plan.key_of(ratio.metric.into()), "name": made.plan.name_of(ratio.metric.into()),
            "figures": ratio.figures, "objectives": ratio.objectives, "made_of": ratio.made_of,
        })
    };
    made.kept.iter().map(line).collect()
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
        let mut named: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
        // Figures have the name of their metric.
        named.dedup();
        let more = if named.len() > LISTED { " …" } else { "" };
        named.truncate(LISTED);
        let of = count_of(lines.len(), kind);
        let what = match how {
            How::Ratio => "ratio",
            How::NoLongerAwaited => "objective",
            _ => "amount",
        };
        println!("{field}: {} in {of} ({}): {}{more}", count_of(count, what), how.words(), named.join(", "));
    }
    let ratios = match ratios_in(removed) {
        0 => String::new(),
        count => format!(" and {} of money", count_of(count, "ratio")),
    };
    println!("{}{ratios} removed", count_of(amounts(removed), "amount"));
}

/// Which ratios of money the copy has, and what follows from them.
fn print_kept(made: &Redaction) {
    if made.kept.is_empty() {
        return;
    }
    println!("kept, and whoever knows one amount can work out others with these:");
    for ratio in &made.kept {
        let made_of = if ratio.made_of.is_empty() { String::new() } else { format!(" = {}", ratio.made_of) };
        let name = made.plan.name_of(ratio.metric.into());
        let (figures, objectives) =
            (count_of(ratio.figures, "figure"), count_of(ratio.objectives, "objective"));
        println!("  {name}{made_of} ({figures}, {objectives})");
    }
}
