//! The record that a plan keeps of a shared file: the items in it, without any names.

use chrono::NaiveDate;
use headroom_model::{ChecklistItem, ChecklistItemId, Draft, Plan, Setting};
use serde::{Deserialize, Serialize};

use super::chunked_setting;

/// The prefix of the setting's key; the token of the file follows.
const KEY: &str = "hand-out:";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CheckoutRecord {
    on: NaiveDate,
    /// Item ids as inclusive ranges, in order.
    items: Vec<(u64, u64)>,
}

impl CheckoutRecord {
    pub(super) fn new(on: NaiveDate, items: impl Iterator<Item = ChecklistItemId>) -> Self {
        let mut all: Vec<u64> = items.map(|item| item.0).collect();
        all.sort_unstable();
        let mut items: Vec<(u64, u64)> = Vec::new();
        for item in all {
            match items.last_mut() {
                Some((_, last)) if item <= last.saturating_add(1) => *last = item,
                _ => items.push((item, item)),
            }
        }
        Self { on, items }
    }

    /// The record for a token; none if the plan has no such record, or it cannot be parsed.
    pub(super) fn of(plan: &Plan, token: &str) -> Option<Self> {
        serde_json::from_str(&chunked_setting::read(plan, &format!("{KEY}{token}"))?).ok()
    }

    pub(super) fn contains(&self, item: ChecklistItemId) -> bool {
        let after = self.items.partition_point(|(first, _)| *first <= item.0);
        after > 0 && item.0 <= self.items[after - 1].1
    }

    /// Stores the record as a setting.
    ///
    /// # Errors
    ///
    /// A message, if it cannot be serialised.
    pub(super) fn keep(&self, draft: &mut Draft<'_>, token: &str) -> Result<(), String> {
        let text = serde_json::to_string(self).map_err(|error| error.to_string())?;
        chunked_setting::put(draft, &format!("{KEY}{token}"), &text);
        Ok(())
    }
}

/// Deletes the records of which the plan has no item left, since nothing could be merged back.
pub(super) fn forget_deleted(draft: &mut Draft<'_>) {
    let plan = draft.base();
    let tokens = plan.settings.iter().filter_map(|setting| setting.key.strip_prefix(KEY));
    for token in tokens {
        let Some(record) = CheckoutRecord::of(plan, token) else { continue };
        if draft.iter::<ChecklistItem>().any(|row| record.contains(row.id)) {
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
        fn record_contains_exactly_the_shared_items(items in proptest::collection::btree_set(0u64..60, 0..40)) {
            let on = "2026-12-01".parse().unwrap();
            // In any order, as in a list.
            let record = CheckoutRecord::new(on, items.iter().rev().map(|item| ChecklistItemId(*item)));
            for item in 0..62 {
                prop_assert_eq!(record.contains(ChecklistItemId(item)), items.contains(&item));
            }
        }
    }
}
