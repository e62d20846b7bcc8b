//! `headroom checklist export` and `merge`: sharing a checklist as a plan file of its own, and merging it back.

use std::{path::Path, process::ExitCode};

use chrono::NaiveDate;
use headroom_analysis::{
    DayView, generated_tasks,
    onboarding::{
        ChecklistSchedules,
        checkout::{
            CheckoutContent, CheckoutOrigin, MergeBack, MergeBackError, MergeConflict, Recipient, Resolution,
            check_out as copy_of, merge_back as merged,
        },
        day_for, labels,
    },
    schedule::Calendar,
};
use headroom_model::{Checklist, ChecklistItem, ChecklistItemId, Draft, ItemState, PersonId};
use headroom_store::{OperationMeta, Store, StoreError};
use serde_json::{Value, json};

use super::{Outcome, author, find_assignee, find_person, now, open, print_json, today};
use crate::{
    command::count_of,
    error::CliError,
    screen::{eprintln, println},
};

/// Author of the only operation in the journal of a shared file; names no person.
const NOBODY: &str = "Headroom";

pub fn share(path: &Path, person: Option<&str>, for_whom: Option<&str>, out: &Path) -> Outcome {
    let mut store = open(path)?;
    let plan = store.plan().clone();
    let (recipient, found) = match (person, for_whom) {
        (Some(person), _) => {
            let person = find_person(&plan, person)?;
            (Recipient::Starter(person), rows_found(&store, person, today()))
        }
        (None, text) => (Recipient::Doer(find_assignee(&plan, text.unwrap_or_default())?), Vec::new()),
    };
    let origin = CheckoutOrigin { identity: store.identity()?, token: store.token()?, on: today() };
    let handout = copy_of(&plan, &recipient, origin, store.all_amounts_in_history()?, &found)
        .map_err(|problem| CliError::Checklist(problem.message()))?;
    let note = OperationMeta::edit(labels::SHARED_COPY, NOBODY, now());
    let label = labels::share(&handout.recipient);
    let remember = OperationMeta::edit(label, author(), now());
    let copy = store.create_beside(out, (&note, &handout.changes), (&remember, handout.remembered))?;
    let removed = match handout.amounts_removed {
        0 => String::new(),
        count => format!(" · {} removed from texts", count_of(count, "amount")),
    };
    let people = count_of(handout.people.len(), "person");
    println!("created {}: {} · names {people}{removed}", copy.display(), count_of(handout.items, "item"));
    Ok(ExitCode::SUCCESS)
}

/// The generated tasks of an assignee in their lists as of a day, as items.
fn rows_found(store: &Store, person: PersonId, day: NaiveDate) -> Vec<ChecklistItem> {
    let plan = store.plan();
    let calendar = Calendar::new(plan);
    let courses = ChecklistSchedules::new(plan, &calendar, day);
    let mut draft = Draft::new(plan);
    let mut rows = Vec::new();
    let own = plan.in_order::<Checklist>().into_iter().filter(|list| list.person == person);
    for course in own.filter_map(|list| courses.course(list)) {
        let view = DayView::new(plan, day_for(plan, course.checklist, day), None);
        rows.extend(generated_tasks::rows(&mut draft, &view, &course));
    }
    rows
}

/// Advice for a damaged plan would be wrong for someone else's file.
fn open_copy(file: &Path) -> Result<Store, CliError> {
    Store::open(file, now()).map_err(|error| match error {
        StoreError::Damaged(why) | StoreError::Inconsistent(why) => {
            CliError::Checklist(MergeBackError::Broken(why).message())
        }
        other => other.into(),
    })
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
    let mut store = open(path)?;
    let copy = open_copy(file)?;
    let choose = |item: ChecklistItemId| {
        (choice.theirs_all || choice.theirs.contains(&item.0)).then_some(Resolution::Theirs)
    };
    let back =
        merged(store.plan(), &store.identity()?, copy.plan(), store.all_amounts_in_history()?, &choose)
            .map_err(|problem| CliError::Checklist(problem.message()))?;
    if !is_dry_run && !back.changes.is_empty() {
        let label = labels::merge(&back.recipient);
        store.apply(&OperationMeta::edit(label, author(), now()), back.changes.clone())?;
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
            "theirs": conflict.theirs, "taken": conflict.chosen == Some(Resolution::Theirs),
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
    let kept = if conflict.chosen == Some(Resolution::Theirs) {
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
