//! `headroom merge` and `conflicts`: a copy of the plan that was edited apart comes back.

use std::{path::Path, process::ExitCode};

use headroom_app::merging::conflict_words::{ConflictWords, MergedWith};
use headroom_model::{
    Plan,
    merge::{Choice, Conflict, RenamedKey},
};
use headroom_store::{CopyMerge, OpenConflict, OperationMeta};
use serde_json::{Value, json};

use super::{Outcome, author, count_of, now, open, print_json};
use crate::{
    arguments::{ConflictArgs, MergeArgs, SideArg},
    error::CliError,
    screen::{CAUTION, QUIET, STRONG, println},
};

pub fn run(arguments: &MergeArgs) -> Outcome {
    let mut store = open(&arguments.plan)?;
    let found = if arguments.dry_run {
        store.compare_copy(&arguments.copy)?
    } else {
        store.merge_copy(&arguments.copy, &OperationMeta::edit(label(&arguments.copy), author(), now()))?
    };
    if let (Some(side), false) = (arguments.take, arguments.dry_run) {
        let open = store.open_conflicts()?;
        decide(&mut store, open, side)?;
    }
    let is_open = arguments.take.is_none() && !found.conflicts.is_empty();
    if arguments.json {
        let rows: Vec<Value> =
            found.conflicts.iter().map(|conflict| as_value(store.plan(), conflict)).collect();
        print_json(&json!({
            "operations": found.operations,
            "changes": found.changes.len(),
            "renamed": found.renamed.iter().map(renamed_value).collect::<Vec<_>>(),
            "conflicts": rows,
        }))?;
    } else {
        print_text(store.plan(), &found, arguments);
    }
    Ok(if is_open { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn label(copy: &Path) -> String {
    let name = copy
        .file_name()
        .map_or_else(|| copy.display().to_string(), |name| name.to_string_lossy().into_owned());
    format!("Merge {name}")
}

fn print_text(plan: &Plan, found: &CopyMerge, arguments: &MergeArgs) {
    if found.operations == 0 {
        println!("nothing to merge: the plan has everything that {} has", arguments.copy.display());
        return;
    }
    let verb = if arguments.dry_run { "would merge" } else { "merged" };
    println!(
        "{verb} {}: {}",
        count_of(found.operations, "operation"),
        count_of(found.changes.len(), "change")
    );
    for RenamedKey { from, to, .. } in &found.renamed {
        println!("{QUIET}the ID {from} was given twice; one is {to} now{}", QUIET.render_reset());
    }
    print_conflicts(plan, found.conflicts.iter());
    match (found.conflicts.len(), arguments.take) {
        (0, _) => {}
        (count, Some(side)) => println!("{} decided: {}", count_of(count, "conflict"), side.words()),
        (count, None) => println!(
            "{CAUTION}{}{}: the plan keeps what it has until you decide; see `headroom conflicts`",
            count_of(count, "conflict"),
            CAUTION.render_reset()
        ),
    }
}

fn print_conflicts<'a>(plan: &Plan, conflicts: impl Iterator<Item = &'a Conflict>) {
    for (number, conflict) in (1..).zip(conflicts) {
        let ConflictWords { name, cause, values } =
            ConflictWords::new(plan, conflict, MergedWith::Copy, true);
        println!("{number:>4}  {STRONG}{name}{}: {cause}", STRONG.render_reset());
        if let Some([base, ours, theirs]) = values {
            let shown = |text: String| if text.is_empty() { "(empty)".to_owned() } else { text };
            println!("      before  {}", shown(base));
            println!("      here    {}", shown(ours));
            println!("      copy    {}", shown(theirs));
        }
    }
}

fn as_value(plan: &Plan, conflict: &Conflict) -> Value {
    let words = ConflictWords::new(plan, conflict, MergedWith::Copy, true);
    json!({
        "kind": conflict.subject.kind,
        "id": conflict.subject.id,
        "name": words.name,
        "cause": words.cause,
        "details": conflict.cause,
        "with": conflict.with,
    })
}

fn renamed_value(renamed: &RenamedKey) -> Value {
    json!({"kind": renamed.subject.kind, "id": renamed.subject.id, "from": renamed.from, "to": renamed.to})
}

/// Decides all of these for one side, in one step.
fn decide(store: &mut headroom_store::Store, open: Vec<OpenConflict>, side: SideArg) -> Result<(), CliError> {
    if open.is_empty() {
        return Ok(());
    }
    let label = format!("Decide {}: {}", count_of(open.len(), "conflict"), side.words());
    let decisions: Vec<(OpenConflict, Choice)> = open.into_iter().map(|open| (open, side.choice())).collect();
    Ok(store.decide(&OperationMeta::edit(label, author(), now()), &decisions)?)
}

pub fn conflicts(arguments: &ConflictArgs) -> Outcome {
    let mut store = open(&arguments.plan)?;
    let open = store.open_conflicts()?;
    if let Some(side) = arguments.take {
        let chosen = chosen(open, &arguments.numbers)?;
        let count = chosen.len();
        decide(&mut store, chosen, side)?;
        println!("{} decided: {}", count_of(count, "conflict"), side.words());
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.json {
        let rows: Vec<Value> = open.iter().map(|open| as_value(store.plan(), &open.conflict)).collect();
        print_json(&rows)?;
    } else if open.is_empty() {
        println!("no open conflicts");
    } else {
        print_conflicts(store.plan(), open.iter().map(|open| &open.conflict));
    }
    Ok(ExitCode::SUCCESS)
}

/// Those with these numbers, from 1; all if none is named.
fn chosen(open: Vec<OpenConflict>, numbers: &[usize]) -> Result<Vec<OpenConflict>, CliError> {
    if let Some(unknown) = numbers.iter().find(|number| !(1..=open.len()).contains(*number)) {
        return Err(CliError::NothingToDo(format!("no conflict {unknown}; `headroom conflicts` lists them")));
    }
    let is_chosen = |number: usize| numbers.is_empty() || numbers.contains(&number);
    Ok((1..).zip(open).filter(|(number, _)| is_chosen(*number)).map(|(_, open)| open).collect())
}
