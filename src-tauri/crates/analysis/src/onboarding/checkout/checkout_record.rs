//! What a plan remembers of a copy that went out: which items were in it, and nobody's name.

use chrono::NaiveDate;
use headroom_model::{ChecklistItemId, Draft, Plan, Setting};
use serde::{Deserialize, Serialize};

use super::chunked_setting;

/// What the keys of the settings begin with; the token of the copy follows.
const KEY: &str = "hand-out:";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CheckoutRecord {
    on: NaiveDate,
    /// Numbers of items, from and to, both included, in order.
    items: Vec<(u32, u32)>,
}

impl CheckoutRecord {
    pub(super) fn new(on: NaiveDate, items: impl Iterator<Item = ChecklistItemId>) -> Self {
        let mut all: Vec<u32> = items.map(|item| item.0).collect();
        all.sort_unstable();
        let mut items: Vec<(u32, u32)> = Vec::new();
        for item in all {
            match items.last_mut() {
                Some((_, last)) if item <= last.saturating_add(1) => *last = item,
                _ => items.push((item, item)),
            }
        }
        Self { on, items }
    }

    /// None: the plan knows of no such copy.
    pub(super) fn of(plan: &Plan, token: &str) -> Option<Self> {
        serde_json::from_str(&chunked_setting::read(plan, &format!("{KEY}{token}"))?).ok()
    }

    pub(super) fn contains(&self, item: ChecklistItemId) -> bool {
        let after = self.items.partition_point(|(first, _)| *first <= item.0);
        after > 0 && item.0 <= self.items[after - 1].1
    }

    /// # Errors
    /// In words, when it cannot be written down.
    pub(super) fn keep(&self, draft: &mut Draft<'_>, token: &str) -> Result<(), String> {
        let text = serde_json::to_string(self).map_err(|error| error.to_string())?;
        chunked_setting::put(draft, &format!("{KEY}{token}"), &text);
        Ok(())
    }
}

/// Forgets copies of which the plan has no item any more: nothing could come back of them.
pub(super) fn forget_gone(draft: &mut Draft<'_>) {
    let plan = draft.plan();
    let tokens = plan.settings.iter().filter_map(|setting| setting.key.strip_prefix(KEY));
    for token in tokens {
        let Some(record) = CheckoutRecord::of(plan, token) else { continue };
        if plan.checklist_items.iter().any(|row| record.contains(row.id)) {
            continue;
        }
        let (key, pieces) = (format!("{KEY}{token}"), format!("{KEY}{token}:"));
        let own = |setting: &&Setting| setting.key == key || setting.key.starts_with(&pieces);
        plan.settings.iter().filter(own).for_each(|setting| draft.remove::<Setting>(setting.id));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_holds_what_went_out_and_nothing_else(items in proptest::collection::btree_set(0u32..60, 0..40)) {
            let on = "2026-12-01".parse().unwrap();
            // In any order, as they stand in a list.
            let record = CheckoutRecord::new(on, items.iter().rev().map(|item| ChecklistItemId(*item)));
            for item in 0..62 {
                prop_assert_eq!(record.contains(ChecklistItemId(item)), items.contains(&item));
            }
        }
    }
}
