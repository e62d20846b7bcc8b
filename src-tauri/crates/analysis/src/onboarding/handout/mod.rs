//! Checklists on their way out to somebody without the plan, and back.
//!
//! The copy is a plan of its own that holds what its reader may see: their lists, who is in them, and the working days.
//! Ids stay, so that what comes back is known by them. Of what comes back nothing is taken but the state, the note and
//! the feedback of items that went out.

mod back;
mod out;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use headroom_model::{ChecklistId, ChecklistItem, ChecklistItemId, Feedback, ItemState, Plan};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

pub use back::{BackError, Conflict, Differs, Ignored, Side, TakeBack, Taken, take_back};
pub use out::{Handout, OutError, Recipient, hand_out};

/// The setting by which a copy is known.
pub const SETTING: &str = "handed-out";

/// What a copy says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOut {
    /// Of the plan that it came from.
    pub identity: String,
    /// For whom, in words.
    pub recipient: String,
    pub on: NaiveDate,
    /// Each item as it went out.
    pub items: Vec<Base>,
}

/// What may change about an item while it is away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    pub item: ChecklistItemId,
    pub checklist: ChecklistId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub generated: String,
    #[serde(flatten)]
    pub content: Content,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    pub state: ItemState,
    pub note: String,
    pub feedback: Option<Feedback>,
}

impl Content {
    pub fn of(item: &ChecklistItem) -> Self {
        Self { state: item.state.clone(), note: item.note.clone(), feedback: item.feedback.clone() }
    }

    fn put(self, item: ChecklistItem) -> ChecklistItem {
        ChecklistItem { state: self.state, note: self.note, feedback: self.feedback, ..item }
    }
}

impl HandedOut {
    /// What a plan says of itself when it is a copy; an error in words when that cannot be read.
    pub fn of(plan: &Plan) -> Option<Result<Self, String>> {
        let text = plan.setting(SETTING)?;
        Some(serde_json::from_str(text).map_err(|error| error.to_string()))
    }

    /// The lists of which something went out that the plan itself gives to do.
    pub fn lists_with_found(&self) -> FxHashSet<ChecklistId> {
        let found = self.items.iter().filter(|base| !base.generated.is_empty());
        found.map(|base| base.checklist).collect()
    }
}

/// Whether a plan is a copy that went out: it has no organisation that anything could be said of.
pub fn is_handed_out(plan: &Plan) -> bool {
    plan.setting(SETTING).is_some()
}
