//! The write of an edit, for the window and the command line alike: with all that follows from it.

use headroom_analysis::with_consequences;
use headroom_clock::{now, today};
use headroom_model::Change;
use headroom_store::{OperationMeta, Store, StoreError};

/// Writes changes and their consequences as one operation; none if there is no change.
///
/// # Errors
/// As [`Store::apply`].
pub fn commit_edit(
    store: &mut Store,
    label: impl Into<String>,
    author: impl Into<String>,
    changes: Vec<Change>,
) -> Result<(), StoreError> {
    let changes = with_consequences(store.plan(), changes, today())?;
    store.apply(&OperationMeta::edit(label, author, now()), changes)
}

#[cfg(test)]
mod tests;
