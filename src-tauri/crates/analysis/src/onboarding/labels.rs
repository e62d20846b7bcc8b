//! Labels of operations in the history, the same for window and command line.

use chrono::NaiveDate;
use headroom_model::{ItemState, LifecycleEvent};

/// The only operation in the history of a shared file.
pub const SHARED_COPY: &str = "Shared checklist";

pub fn start(person: &str, occasion: LifecycleEvent) -> String {
    format!("Started {person}’s {} checklist", occasion.doing())
}

pub fn move_start(person: &str, occasion: LifecycleEvent, to: NaiveDate) -> String {
    let day = if occasion == LifecycleEvent::Leave { "last" } else { "first" };
    format!("Moved {person}’s {day} day to {}", headroom_model::wording::date(to))
}

/// `recipient` is the name of a person, a team or a role such as IT.
pub fn share(recipient: &str) -> String {
    format!("Shared checklist with {recipient}")
}

pub fn merge(recipient: &str) -> String {
    format!("Merged checklist from {recipient}")
}

/// The label does not name the person the checklist is for.
pub fn item_state(state: &ItemState, title: &str) -> String {
    match state {
        ItemState::Open => format!("Reopened “{title}”"),
        ItemState::Done { .. } => format!("Completed “{title}”"),
        ItemState::Skipped { .. } => format!("Skipped “{title}”"),
        ItemState::Blocked { .. } => format!("Marked “{title}” as blocked"),
    }
}
