//! `headroom checklist done`, `skip`, `block` and `open`: the status of an item.

use std::{path::Path, process::ExitCode};

use headroom_analysis::onboarding::labels;
use headroom_app::commit::commit_edit;
use headroom_model::{ChecklistItem, ChecklistItemId, Draft, ItemState, Plan};

use super::{Outcome, author, find_person, open};
use crate::{
    arguments::ItemArgs,
    error::CliError,
    screen::{eprintln, println},
};

pub fn set(path: &Path, item: &ItemArgs, state: ItemState, note: Option<&str>) -> Outcome {
    match &state {
        ItemState::Skipped { why: reason, .. } | ItemState::Blocked { by: reason } if is_blank(reason) => {
            return Err(CliError::Checklist("give a reason: --reason TEXT".to_owned()));
        }
        _ => {}
    }
    let mut store = open(path)?;
    let plan = store.plan().clone();
    let row = find(&plan, item)?;
    let waits_for: Vec<String> = row
        .needs
        .iter()
        .filter_map(|id| plan.checklist_items.get(*id))
        .filter(|before| !before.state.is_over())
        .map(|before| format!("“{}”", before.title))
        .collect();
    if matches!(state, ItemState::Done { .. }) && !waits_for.is_empty() {
        eprintln!("“{}” depends on {}, still open", row.title, waits_for.join(" and "));
    }
    let person = plan.checklists.get(row.checklist).map(|list| plan.name_of(list.person.into()));
    let name = person.unwrap_or_default();
    let label = format!("{} for {name}", labels::item_state(&state, &row.title));
    let said = match &state {
        ItemState::Open => "open".to_owned(),
        ItemState::Done { on, .. } => format!("done on {on}"),
        ItemState::Skipped { why, .. } => format!("skipped: {why}"),
        ItemState::Blocked { by } => format!("blocked by {by}"),
    };
    let mut draft = Draft::new(&plan);
    let note = note.map_or_else(|| row.note.clone(), str::to_owned);
    draft.put(ChecklistItem { state, note, ..row.clone() });
    commit_edit(&mut store, label, author(), draft.finish())?;
    println!("{} “{}” for {name}: {said}", row.id.0, row.title);
    Ok(ExitCode::SUCCESS)
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn find<'a>(plan: &'a Plan, item: &ItemArgs) -> Result<&'a ChecklistItem, CliError> {
    let text = item.item.trim();
    let numbered = text.parse().ok().and_then(|number| plan.checklist_items.get(ChecklistItemId(number)));
    if let (Some(row), None) = (numbered, &item.person) {
        return Ok(row);
    }
    let Some(person) = &item.person else {
        return Err(CliError::Checklist(format!(
            "no item number “{text}”; `headroom checklist PLAN show PERSON` lists the numbers, or name an item by \
             its title with --person"
        )));
    };
    let person = find_person(plan, person)?;
    let lists: Vec<_> =
        plan.checklists.iter().filter(|list| list.person == person).map(|list| list.id).collect();
    let wanted = text.to_lowercase();
    let own = || plan.checklist_items.iter().filter(|row| lists.contains(&row.checklist));
    if let Some(row) = numbered.filter(|row| lists.contains(&row.checklist)) {
        return Ok(row);
    }
    let own = || {
        let mut own: Vec<&ChecklistItem> = own().collect();
        plan.sort(&mut own);
        own.into_iter()
    };
    let exact: Vec<&ChecklistItem> = own().filter(|row| row.title.to_lowercase() == wanted).collect();
    let part: Vec<&ChecklistItem> = own().filter(|row| row.title.to_lowercase().contains(&wanted)).collect();
    match (exact.as_slice(), part.as_slice()) {
        ([one], _) | ([], [one]) => Ok(one),
        ([], []) => Err(CliError::Checklist(format!(
            "no item “{text}” in the checklist of {}",
            plan.name_of(person.into())
        ))),
        (exact, part) => {
            let all = if exact.is_empty() { part } else { exact };
            let named: Vec<String> = all.iter().map(|row| format!("{} “{}”", row.id.0, row.title)).collect();
            Err(CliError::Checklist(format!(
                "“{text}” is ambiguous ({}): use an item number",
                named.join(", ")
            )))
        }
    }
}
