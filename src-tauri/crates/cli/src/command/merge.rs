//! `headroom merge` and `conflicts`: a copy of the plan that was edited apart comes back.

use std::{path::Path, process::ExitCode};

use headroom_app::merging::conflict_words::{ConflictWords, MergedWith};
use headroom_model::{
    Plan,
    merge::{Choice, Conflict, RenamedKey},
};
use headroom_store::{CopyMerge, OpenConflict, OperationMeta, Store};
use serde_json::{Value, json};

use super::{Outcome, author, count_of, now, open, print_json};
use crate::{
    arguments::{ConflictArgs, MergeArgs, SideArg},
    error::CliError,
    screen::{CAUTION, QUIET, STRONG, println},
};

pub fn run(arguments: &MergeArgs) -> Outcome {
    let mut store = open(&arguments.plan)?;
    if arguments.dry_run {
        let found = store.compare_copy(&arguments.copy)?;
        let conflicts: Vec<Listed<'_>> = found.conflicts.iter().map(|conflict| (None, conflict)).collect();
        print(&store, &found, &conflicts, arguments)?;
        return Ok(if conflicts.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let known: Vec<usize> = store.open_conflicts()?.iter().map(|open| open.number).collect();
    let note = OperationMeta::edit(label(&arguments.copy), author(), now());
    let found = store.merge_copy(&arguments.copy, &note)?;
    // Those of the merge, and those that the copy had not decided itself.
    let mut opened = store.open_conflicts()?;
    opened.retain(|open| !known.contains(&open.number));
    let conflicts: Vec<Listed<'_>> = opened.iter().map(|open| (Some(open.number), &open.conflict)).collect();
    print(&store, &found, &conflicts, arguments)?;
    let is_decided = match arguments.take {
        Some(side) => decide(&mut store, opened, side, !arguments.json)?,
        None => opened.is_empty(),
    };
    Ok(if is_decided { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A conflict, with the number by which it is decided.
type Listed<'a> = (Option<usize>, &'a Conflict);

fn print(
    store: &Store,
    found: &CopyMerge,
    conflicts: &[Listed<'_>],
    arguments: &MergeArgs,
) -> Result<(), CliError> {
    if !arguments.json {
        print_text(store.plan(), found, conflicts, arguments);
        return Ok(());
    }
    print_json(&json!({
        "operations": found.operations,
        "changes": found.changes.len(),
        "scenarios_left": found.scenarios_left,
        "renamed": found.renamed.iter().map(renamed_value).collect::<Vec<_>>(),
        "conflicts": conflicts.iter().map(|listed| as_value(store.plan(), *listed)).collect::<Vec<_>>(),
    }))
}

/// How many things are named that go along with a deletion.
const LISTED: usize = 5;

fn label(copy: &Path) -> String {
    let name = copy
        .file_name()
        .map_or_else(|| copy.display().to_string(), |name| name.to_string_lossy().into_owned());
    // A file may be called anything; a label is one line.
    format!("Merged {}", name.replace(char::is_control, " "))
}

fn print_text(plan: &Plan, found: &CopyMerge, conflicts: &[Listed<'_>], arguments: &MergeArgs) {
    if found.scenarios_left > 0 {
        let left = count_of(found.scenarios_left, "scenario");
        println!("{CAUTION}{left} of the copy not merged{CAUTION:#}: merge it into the copy first");
    }
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
    print_conflicts(plan, conflicts.iter().copied());
    if !conflicts.is_empty() && arguments.take.is_none() {
        println!(
            "{CAUTION}{}{}: the plan keeps what it has until you decide; see `headroom conflicts`",
            count_of(conflicts.len(), "conflict"),
            CAUTION.render_reset()
        );
    }
}

fn print_conflicts<'a>(plan: &Plan, conflicts: impl Iterator<Item = Listed<'a>>) {
    for (number, conflict) in conflicts {
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        let ConflictWords { name, cause, values } =
            ConflictWords::new(plan, conflict, MergedWith::Copy, true);
        println!("{number:>4}  {STRONG}{name}{}: {cause}", STRONG.render_reset());
        if let Some([base, ours, theirs]) = values {
            let shown = |text: String| if text.is_empty() { "(empty)".to_owned() } else { text };
            println!("      before  {}", shown(base));
            println!("      here    {}", shown(ours));
            println!("      copy    {}", shown(theirs));
        }
        let with: Vec<String> =
            conflict.with.iter().take(LISTED).map(|subject| plan.name_of(*subject)).collect();
        if !with.is_empty() {
            let more = conflict.with.len() - with.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            println!("      with    {}{more}", with.join(", "));
        }
    }
}

fn as_value(plan: &Plan, (number, conflict): Listed<'_>) -> Value {
    let words = ConflictWords::new(plan, conflict, MergedWith::Copy, true);
    json!({
        "number": number,
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

/// Decides all of these for one side, in one step; gives whether none stays open.
fn decide(
    store: &mut Store,
    open: Vec<OpenConflict>,
    side: SideArg,
    is_told: bool,
) -> Result<bool, CliError> {
    if open.is_empty() {
        return Ok(true);
    }
    let count = open.len();
    let label = format!("Decided {}: {}", count_of(count, "conflict"), side.words());
    let decisions: Vec<(OpenConflict, Choice)> = open.into_iter().map(|open| (open, side.choice())).collect();
    let refused = store.decide(&OperationMeta::edit(label, author(), now()), &decisions)?;
    if is_told {
        if refused.len() < count {
            println!("{} decided: {}", count_of(count - refused.len(), "conflict"), side.words());
        }
        for open in &refused {
            let words = ConflictWords::new(store.plan(), &open.conflict, MergedWith::Copy, true);
            println!("{:>4}  {} stays open: {}", open.number, words.name, words.cause);
        }
    }
    Ok(refused.is_empty())
}

pub fn conflicts(arguments: &ConflictArgs) -> Outcome {
    let mut store = open(&arguments.plan)?;
    let open = store.open_conflicts()?;
    if let Some(side) = arguments.take {
        let is_decided = decide(&mut store, chosen(open, &arguments.numbers)?, side, true)?;
        return Ok(if is_decided { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let listed = open.iter().map(|open| (Some(open.number), &open.conflict));
    if arguments.json {
        print_json(&listed.map(|listed| as_value(store.plan(), listed)).collect::<Vec<Value>>())?;
    } else if open.is_empty() {
        println!("no open conflicts");
    } else {
        print_conflicts(store.plan(), listed);
    }
    Ok(ExitCode::SUCCESS)
}

/// Those with these numbers; all if none is named.
fn chosen(open: Vec<OpenConflict>, numbers: &[usize]) -> Result<Vec<OpenConflict>, CliError> {
    let unknown = numbers.iter().find(|number| !open.iter().any(|open| open.number == **number));
    if let Some(unknown) = unknown {
        return Err(CliError::NothingToDo(format!("no conflict {unknown}; `headroom conflicts` lists them")));
    }
    if open.is_empty() {
        return Err(CliError::NothingToDo("no open conflicts".to_owned()));
    }
    Ok(open.into_iter().filter(|open| numbers.is_empty() || numbers.contains(&open.number)).collect())
}
