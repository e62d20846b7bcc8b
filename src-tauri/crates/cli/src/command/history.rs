//! `headroom history`, `undo` and `redo`.

use std::{path::Path, process::ExitCode};

use headroom_app::merging::conflict_words::{ConflictWords, MergedWith};
use headroom_model::{Change, ChangeWords, Plan, merge::Conflict};
use headroom_store::{Operation, Store, StoreError};
use serde_json::{Value, json};

use super::{Outcome, author, count_of, now, open, print_json};
use crate::{
    error::CliError,
    screen::{QUIET, STRONG, println},
};

/// How many conflicts are listed.
const LISTED: usize = 10;

pub fn run(plan: &Path, limit: u32, with_changes: bool, as_json: bool) -> Outcome {
    let store = open(plan)?;
    let entries = store.history(None, limit)?;
    if as_json {
        let rows = entries
            .iter()
            .map(|entry| as_value(&store, entry, with_changes))
            .collect::<Result<Vec<_>, _>>()?;
        print_json(&rows)?;
        return Ok(ExitCode::SUCCESS);
    }
    for entry in &entries {
        let at = entry.at.format("%Y-%m-%d %H:%M");
        let undone = if entry.target.is_none() && store.is_undone(entry.seq) { " (undone)" } else { "" };
        let (indent, origin) = if entry.merge.is_some() { ("  ", "from a copy · ") } else { ("", "") };
        let action = match entry.action {
            headroom_store::OperationAction::Undo => "undone: ",
            headroom_store::OperationAction::Redo => "redone: ",
            _ => "",
        };
        println!(
            "{:>5}  {at}  {indent}{STRONG}{action}{}{}{undone}{QUIET} · {} · {origin}{}{}",
            entry.seq,
            entry.label,
            STRONG.render_reset(),
            entry.author,
            count_of(entry.change_count as usize, "change"),
            QUIET.render_reset()
        );
        if with_changes {
            let changes = store.changes_of(entry.seq)?;
            let words = ChangeWords::new(store.plan(), &changes);
            changes.iter().for_each(|change| print_change(&words, change));
        }
    }
    if entries.is_empty() {
        println!("no changes yet");
    }
    Ok(ExitCode::SUCCESS)
}

fn verb(change: &Change) -> &'static str {
    match (change.creates(), change.removes()) {
        (true, _) => "added",
        (_, true) => "removed",
        _ => "changed",
    }
}

fn print_change(words: &ChangeWords<'_>, change: &Change) {
    let subject = change.subject();
    println!("         {} {} {}", verb(change), subject.kind.noun(), words.name(subject));
    for field in words.fields(change) {
        println!("           {}: {} → {}", field.field, shown(&field.before), shown(&field.after));
    }
}

fn shown(words: &str) -> &str {
    if words.is_empty() { "—" } else { words }
}

fn as_value(store: &Store, entry: &Operation, with_changes: bool) -> Result<Value, CliError> {
    let mut value = serde_json::to_value(entry)?;
    value["undone"] = json!(entry.target.is_none() && store.is_undone(entry.seq));
    if with_changes {
        let row = |change: &Change| {
            let subject = change.subject();
            json!({
                "kind": subject.kind, "id": subject.id, "name": store.plan().name_of(subject), "verb": verb(change),
                "fields": change.fields(),
            })
        };
        value["changes"] = store.changes_of(entry.seq)?.iter().map(row).collect();
    }
    Ok(value)
}

pub fn undo(plan: &Path, operation: Option<i64>) -> Outcome {
    let mut store = open(plan)?;
    let label = match operation {
        Some(seq) => {
            store.undo_operation(seq, &author(), now()).map_err(|error| told(store.plan(), error))?
        }
        None => store.undo(&author(), now())?,
    };
    println!("undone: {label}");
    Ok(ExitCode::SUCCESS)
}

pub fn redo(plan: &Path) -> Outcome {
    let label = open(plan)?.redo(&author(), now())?;
    println!("redone: {label}");
    Ok(ExitCode::SUCCESS)
}

/// Why an earlier operation cannot be undone, with what stands in the way.
fn told(plan: &Plan, error: StoreError) -> CliError {
    match error {
        StoreError::Conflicts(merge) => {
            let conflicts = merge.conflicts;
            let line = |conflict: &Conflict| {
                let words = ConflictWords::new(plan, conflict, MergedWith::Undo, true);
                format!("\n  {}: {}", words.name, words.cause)
            };
            let lines: String = conflicts.iter().take(LISTED).map(line).collect();
            let more = match conflicts.len().saturating_sub(LISTED) {
                0 => String::new(),
                more => format!("\n  and {more} more"),
            };
            CliError::NothingToDo(format!("later changes touch the same; nothing was undone:{lines}{more}"))
        }
        StoreError::NothingToUndo => {
            CliError::NothingToDo("no such change, or it is not in effect; see `headroom history`".to_owned())
        }
        other => other.into(),
    }
}
