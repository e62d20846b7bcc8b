//! Paging: the filter, sort order and range of rows of any table.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct RowQuery {
    /// Words that must all occur in a row, in any order; case is ignored.
    pub text: String,
    /// Column to sort by; empty for the default order.
    pub sort: String,
    pub is_descending: bool,
    pub offset: u32,
    pub limit: u32,
}

/// A page of rows out of `total`.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    pub total: u32,
    pub rows: Vec<T>,
}

impl RowQuery {
    /// The words of the filter, for [`matches`].
    pub fn words(&self) -> Vec<String> {
        self.text.split_whitespace().map(str::to_lowercase).collect()
    }

    pub fn page<T, U>(&self, all: &[T], show: impl Fn(&T) -> U) -> Page<U> {
        let start = (self.offset as usize).min(all.len());
        let end = start.saturating_add(self.limit as usize).min(all.len());
        Page { total: all.len() as u32, rows: all[start..end].iter().map(show).collect() }
    }

    pub fn directed(&self, order: Ordering) -> Ordering {
        if self.is_descending { order.reverse() } else { order }
    }
}

/// Whether every word occurs in one of the texts.
pub fn matches<'a>(words: &[String], texts: impl IntoIterator<Item = &'a str>) -> bool {
    if words.is_empty() {
        return true;
    }
    let texts: Vec<String> = texts.into_iter().map(str::to_lowercase).collect();
    words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str())))
}

/// Empty texts come last in either direction.
pub fn by_text(a: &str, b: &str) -> Ordering {
    a.is_empty()
        .cmp(&b.is_empty())
        .then_with(|| a.to_lowercase().cmp(&b.to_lowercase()))
        .then_with(|| a.cmp(b))
}
