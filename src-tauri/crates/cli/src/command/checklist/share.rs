//! `headroom checklist export` and `merge`: sharing a checklist as a plan file of its own, and merging it back.

use std::{path::Path, process::ExitCode};

use headroom_analysis::onboarding::checkout::{CheckoutContent, MergeBack, MergeConflict, Recipient};
use headroom_app::onboarding::{merge_back, share};
use headroom_model::{ChecklistItemId, ItemState, merge::Choice};
use serde_json::{Value, json};

use super::{Outcome, find_assignee, find_person, open_app, print_json};
use crate::{
    command::count_of,
    screen::{eprintln, println},
};

pub fn share(path: &Path, person: Option<&str>, for_whom: Option<&str>, out: &Path) -> Outcome {
    let app = open_app(path)?;
    let plan = app.plan()?;
    let recipient = match (person, for_whom) {
        (Some(person), _) => Recipient::Starter(find_person(&plan, person)?),
        (None, text) => Recipient::Doer(find_assignee(&plan, text.unwrap_or_default())?),
    };
    drop(plan);
    let (copy, made) = share::share(&app, &recipient, out)?;
    let removed = match made.amounts_removed {
        0 => String::new(),
        count => format!(" · {} removed from texts", count_of(count, "amount")),
    };
    let people = count_of(made.people.len(), "person");
    println!("created {}: {} · names {people}{removed}", copy.display(), count_of(made.items, "item"));
    Ok(ExitCode::SUCCESS)
}

/// Which side wins a conflict.
pub struct MergeChoice<'a> {
    pub theirs: &'a [u64],
    pub theirs_all: bool,
}

pub fn merge_back(
    path: &Path,
    file: &Path,
    choice: &MergeChoice<'_>,
    is_dry_run: bool,
    is_json: bool,
) -> Outcome {
    let app = open_app(path)?;
    let choose = |item: ChecklistItemId| {
        (choice.theirs_all || choice.theirs.contains(&item.0)).then_some(Choice::Theirs)
    };
    let back = merge_back::compare(&app, file, &choose)?;
    if !is_dry_run {
        merge_back::apply(&app, &back)?;
    }
    if is_json {
        print_json(&as_value(&back))?;
    } else {
        print(&back, is_dry_run);
    }
    Ok(ExitCode::SUCCESS)
}

fn as_value(back: &MergeBack) -> Value {
    let taken = back.taken.iter().map(|taken| {
        let what: Vec<&str> = taken.what.iter().map(|what| what.word()).collect();
        json!({"item": taken.item.0, "title": taken.title, "what": what, "now": taken.now})
    });
    let conflicts = back.conflicts.iter().map(|conflict| {
        let what: Vec<&str> = conflict.what.iter().map(|what| what.word()).collect();
        json!({
            "item": conflict.item.0, "title": conflict.title, "what": what, "ours": conflict.ours,
            "theirs": conflict.theirs, "taken": conflict.chosen == Some(Choice::Theirs),
        })
    });
    let ignored = back.ignored.iter().map(|ignored| json!({"title": ignored.title, "why": ignored.why}));
    json!({
        "recipient": back.recipient,
        "taken": taken.collect::<Vec<_>>(),
        "conflicts": conflicts.collect::<Vec<_>>(),
        "ignored": ignored.collect::<Vec<_>>(),
    })
}

fn print(back: &MergeBack, is_dry_run: bool) {
    for taken in &back.taken {
        println!("{} “{}”: {}", taken.item.0, taken.title, words(&taken.now));
    }
    for conflict in &back.conflicts {
        print_conflict(conflict);
    }
    for ignored in &back.ignored {
        eprintln!("“{}” {}", ignored.title, ignored.why);
    }
    let open = back.conflicts.iter().filter(|conflict| conflict.chosen.is_none()).count();
    let end = if is_dry_run { " to merge (dry run)" } else { " merged" };
    println!("{}: {}{end}", back.recipient, count_of(back.taken.len(), "item"));
    if open > 0 {
        println!("{} left: use the file’s version with --theirs ITEM", count_of(open, "conflict"));
    }
}

fn print_conflict(conflict: &MergeConflict) {
    let kept = if conflict.chosen == Some(Choice::Theirs) {
        "file’s version used"
    } else {
        "plan’s version kept"
    };
    println!(
        "{} “{}”: conflict, {kept}\n    in plan: {}\n    in file: {}",
        conflict.item.0,
        conflict.title,
        words(&conflict.ours),
        words(&conflict.theirs)
    );
}

fn words(content: &CheckoutContent) -> String {
    let state = match &content.state {
        ItemState::Open => "open".to_owned(),
        ItemState::Done { on, by } if by.is_empty() => format!("done on {on}"),
        ItemState::Done { on, by } => format!("done on {on} by {by}"),
        ItemState::Skipped { why, .. } => format!("skipped: {why}"),
        ItemState::Blocked { by } => format!("blocked by {by}"),
    };
    let note = if content.note.is_empty() { String::new() } else { format!(", note: {}", content.note) };
    let feedback = content.feedback.as_ref().map(|said| format!(", {}: {}", said.fault.word(), said.words));
    format!("{state}{note}{}", feedback.unwrap_or_default())
}
