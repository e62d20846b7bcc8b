//! Changes of an item: status, note, due date, feedback.

use chrono::NaiveDate;
use headroom_analysis::{
    generated_tasks::materialize,
    onboarding::{ChecklistSchedules, labels},
    schedule::Calendar,
};
use headroom_model::{
    ChecklistId, ChecklistItem, ChecklistItemId, Draft, Feedback, FeedbackKind, ItemState, PersonId, Plan,
};
use serde::Deserialize;

use crate::{
    at::At,
    entities::id::Id,
    error::{Answer, AppError, ErrorKind},
    onboarding::list::checklist::found_for,
    state::{AppState, today},
};

/// An item of a checklist: a row, or a generated task that nobody has touched yet.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ItemChoice {
    pub checklist: Id,
    pub id: Option<Id>,
    pub generated: String,
}

/// The new status of an item.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StateChoice {
    /// `open`, `done`, `skipped`, `blocked`.
    pub state: String,
    /// Why it is skipped, or what blocks it.
    pub words: String,
    /// By default today.
    pub on: Option<NaiveDate>,
    /// Who did it; by default the user.
    pub person: Option<Id>,
}

#[specta::specta]
pub fn set_item_state(app: &AppState, item: ItemChoice, choice: StateChoice, at: At) -> Answer<()> {
    let plan = app.plan()?;
    let person = choice.person.and_then(|person| plan.people.get(PersonId::from(person)));
    let by = person.map_or_else(|| app.author.clone(), |person| person.name.clone());
    drop(plan);
    let on = choice.on.unwrap_or_else(today);
    let words = choice.words.trim().to_owned();
    let state = match choice.state.as_str() {
        "open" => ItemState::Open,
        "done" => ItemState::Done { on, by },
        "skipped" => ItemState::Skipped { on, why: words },
        "blocked" => ItemState::Blocked { by: words },
        other => return Err(AppError::new(ErrorKind::Invalid, format!("unknown item state “{other}”"))),
    };
    let label = |title: &str| labels::item_state(&state, title);
    alter(app, &item, at, label, |row| row.state = state.clone())
}

#[specta::specta]
pub fn set_item_note(app: &AppState, item: ItemChoice, note: String, at: At) -> Answer<()> {
    let note = note.trim().to_owned();
    alter(app, &item, at, |title| format!("Change note on “{title}”"), |row| row.note = note)
}

/// Sets feedback on an item, for those who maintain the template; none removes it.
#[specta::specta]
pub fn set_item_feedback(
    app: &AppState,
    item: ItemChoice,
    fault: Option<String>,
    words: String,
    at: At,
) -> Answer<()> {
    let feedback = match fault {
        None => None,
        Some(word) => {
            let unknown = || AppError::new(ErrorKind::Invalid, format!("unknown feedback type “{word}”"));
            let fault = FeedbackKind::from_word(&word).ok_or_else(unknown)?;
            Some(Feedback { fault, on: today(), words: words.trim().to_owned(), settled: None })
        }
    };
    alter(app, &item, at, |title| format!("Change feedback on “{title}”"), |row| row.feedback = feedback)
}

/// Sets a due date by hand, which does not move with the start; none goes back to the calculated one.
#[specta::specta]
pub fn set_item_due(app: &AppState, item: ItemChoice, due: Option<NaiveDate>, at: At) -> Answer<()> {
    let label = |title: &str| match due {
        Some(due) => format!("Set due date of “{title}” to {}", headroom_model::wording::date(due)),
        None => format!("Reset due date of “{title}”"),
    };
    alter(app, &item, at, label, |row| row.due_by_hand = due)
}

fn alter(
    app: &AppState,
    item: &ItemChoice,
    at: At,
    label: impl FnOnce(&str) -> String,
    change: impl FnOnce(&mut ChecklistItem),
) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let mut row = row(app, plan, draft, item, at)?;
        change(&mut row);
        let label = format!("{} for {}", label(&row.title), person_of(plan, &row));
        draft.put(row);
        Ok((label, ()))
    })
}

fn person_of(plan: &Plan, row: &ChecklistItem) -> String {
    plan.checklists.get(row.checklist).map(|list| plan.name_of(list.person.into())).unwrap_or_default()
}

fn row(
    app: &AppState,
    plan: &std::sync::Arc<Plan>,
    draft: &mut Draft<'_>,
    item: &ItemChoice,
    at: At,
) -> Answer<ChecklistItem> {
    let gone = || AppError::not_found("this item");
    if let Some(id) = item.id {
        return plan.checklist_items.get(ChecklistItemId::from(id)).cloned().ok_or_else(gone);
    }
    let list = plan.checklists.get(ChecklistId::from(item.checklist)).ok_or_else(gone)?;
    let view = app.day(at)?;
    let calendar = Calendar::new(plan);
    let courses = ChecklistSchedules::of(plan, &calendar, view.snapshot.day(), &[list]);
    let course = courses.course(list).ok_or_else(gone)?;
    let found = found_for(app, at, &view, &course)?;
    let found = found.iter().find(|found| found.key == item.generated).ok_or_else(gone)?;
    Ok(materialize(draft, list.id, found))
}
