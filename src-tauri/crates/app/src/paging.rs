//! Paging: the filter, sort order and range of rows of any table.

use std::cmp::Ordering;

use chrono::NaiveDate;
pub use headroom_model::search_key::{matches, search_words};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct RowQuery {
    /// Words that must all occur in a row, in any order; case and accents are ignored.
    pub text: String,
    /// Column to sort by; empty for the default order.
    pub sort: String,
    pub is_descending: bool,
    /// What must hold of columns; all of it.
    pub filters: Vec<ColumnFilter>,
    /// Column to group by; empty for no groups.
    pub group_by: String,
    pub offset: u32,
    pub limit: u32,
    /// Column whose choices the answer lists; empty for none.
    pub choices_of: String,
    /// Whether the answer has the keys of all rows that match, for “select all”.
    pub with_keys: bool,
}

/// What must hold of a column.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct ColumnFilter {
    pub column: String,
    /// IDs of choices, one of which must be there; an empty one stands for rows with nothing in the column.
    pub any_of: Vec<String>,
    /// Words that must all occur.
    pub text: String,
    /// The least and the greatest number.
    pub at_least: Option<f64>,
    pub at_most: Option<f64>,
    /// The first and the last day.
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
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
        search_words(&self.text)
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

/// Empty texts come last in either direction.
pub fn by_text(a: &str, b: &str) -> Ordering {
    a.is_empty()
        .cmp(&b.is_empty())
        .then_with(|| a.to_lowercase().cmp(&b.to_lowercase()))
        .then_with(|| a.cmp(b))
}
