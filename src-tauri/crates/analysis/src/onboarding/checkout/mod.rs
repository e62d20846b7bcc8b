//! Checklists on their way out to somebody without the plan, and back.
//!
//! The copy is a plan of its own that holds what its reader may see: their lists, who is in them, and the working days.
//! Ids stay, so that what comes back is known by them. Of what comes back nothing is taken but the state, the note and
//! the feedback of items that went out, which the plan remembers: what the copy says of that counts for nothing.

mod checkout_record;
mod chunked_setting;
mod export;
mod merge_back;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use headroom_model::{ChecklistItem, ChecklistItemId, Feedback, ItemState, Plan};
use serde::{Deserialize, Serialize};

pub use export::{Checkout, CheckoutError, CheckoutOrigin, Recipient, check_out};
pub use merge_back::{
    IgnoredChange, MergeBack, MergeBackError, MergeConflict, MergeField, MergedChange, Resolution, merge_back,
};

/// The setting by which a copy is known.
pub const SETTING: &str = "handed-out";

/// What a copy says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedOut {
    /// Of the plan that it came from.
    pub identity: String,
    /// By which the plan knows it again; see [`Origin`].
    #[serde(default)]
    pub token: String,
    /// For whom, in words.
    pub recipient: String,
    pub on: NaiveDate,
    /// Each item as it went out.
    pub items: Vec<MergeBase>,
}

/// What may change about an item while it is away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeBase {
    pub item: ChecklistItemId,
    #[serde(flatten)]
    pub content: CheckoutContent,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckoutContent {
    pub state: ItemState,
    pub note: String,
    pub feedback: Option<Feedback>,
}

impl CheckoutContent {
    pub fn of(item: &ChecklistItem) -> Self {
        Self { state: item.state.clone(), note: item.note.clone(), feedback: item.feedback.clone() }
    }

    fn put(self, item: ChecklistItem) -> ChecklistItem {
        ChecklistItem { state: self.state, note: self.note, feedback: self.feedback, ..item }
    }
}

impl CheckedOut {
    /// What a plan says of itself when it is a copy; an error in words when that cannot be read.
    pub fn of(plan: &Plan) -> Option<Result<Self, String>> {
        let text = chunked_setting::read(plan, SETTING)?;
        Some(serde_json::from_str(&text).map_err(|error| error.to_string()))
    }
}

/// Whether a plan is a copy that went out: it has no organisation that anything could be said of.
pub fn is_checked_out(plan: &Plan) -> bool {
    plan.setting(SETTING).is_some()
}
