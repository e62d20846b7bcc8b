//! The labels of steps in the history, the same from the window and from the command line.

use chrono::NaiveDate;
use headroom_model::{ItemState, LifecycleEvent};

/// The only entry in the history of a shared file.
pub const SHARED_COPY: &str = "Shared checklist";

pub fn start(person: &str, occasion: LifecycleEvent) -> String {
    format!("Started {person}’s {} checklist", occasion.doing())
}

pub fn move_start(person: &str, occasion: LifecycleEvent, to: NaiveDate) -> String {
    let day = if occasion == LifecycleEvent::Leave { "last" } else { "first" };
    format!("Moved {person}’s {day} day to {}", to.format("%-d %b %Y"))
}

/// `recipient` is a person, a team or a role such as IT.
pub fn share(recipient: &str) -> String {
    format!("Shared checklist with {recipient}")
}

pub fn merge(recipient: &str) -> String {
    format!("Merged checklist from {recipient}")
}

/// Without the person whose checklist it is.
pub fn item_state(state: &ItemState, title: &str) -> String {
    match state {
        ItemState::Open => format!("Reopened “{title}”"),
        ItemState::Done { .. } => format!("Completed “{title}”"),
        ItemState::Skipped { .. } => format!("Skipped “{title}”"),
        ItemState::Blocked { .. } => format!("Marked “{title}” as blocked"),
    }
}
