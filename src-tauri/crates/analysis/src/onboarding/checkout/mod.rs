//! Checklists shared as files: checkout, and merging back.
//!
//! A shared file is a plan of its own that contains what its recipient may see: their checklists, the people in them
//! and the working days; no amounts of money, and no other names. Ids are kept, so that items can be matched when it
//! comes back. It carries the identity of its plan and a secret token ([`CheckedOut`]).
//!
//! The plan records under the token which items were shared (setting `hand-out:…`, without names). [`check_out`]
//! returns the file and the record as two lists of changes; the store writes both or neither. Only the state, the
//! note and the feedback of recorded items are ever merged back ([`merge_back`]), whatever else the file contains or
//! says about itself. Tests: `tests.rs` and `tests/`, with files that were tampered with.

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
    IgnoredChange, MergeBack, MergeBackError, MergeConflict, MergeField, MergedChange, merge_back,
};

/// The key of the setting that marks a shared file.
pub const SETTING: &str = "handed-out";

/// What a shared file says about its origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedOut {
    /// The identity of the plan it was shared from.
    pub identity: String,
    /// The token by which that plan recognises it; see [`CheckoutOrigin::token`].
    #[serde(default)]
    pub token: String,
    /// The name of the recipient.
    pub recipient: String,
    pub on: NaiveDate,
    /// Each item as it was shared: the base of the merge.
    pub items: Vec<MergeBase>,
}

/// An item as it was shared.
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
    /// Reads the origin of a shared file; none for an ordinary plan.
    ///
    /// # Errors
    ///
    /// A message, if it cannot be parsed.
    pub fn of(plan: &Plan) -> Option<Result<Self, String>> {
        let text = chunked_setting::read(plan, SETTING)?;
        Some(serde_json::from_str(&text).map_err(|error| error.to_string()))
    }
}

/// Whether a plan is a shared file. It has no organisation, so nothing is generated or found in it.
pub fn is_checked_out(plan: &Plan) -> bool {
    plan.setting(SETTING).is_some()
}
