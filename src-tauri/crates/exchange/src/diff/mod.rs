//! Compares a source's records with a plan and gives the changes of an import.
//!
//! Entities are matched by key, then alias, then either in another case (`names`); memberships, ownerships
//! and other relations by their ends, then role, then dates (`relations`); assumptions, budgets and the like by what
//! they are about (`described`); figures by what they measure (`figures`). A key that nothing defines becomes an unconfirmed stub. Of a loop (parents,
//! managers) the link stated last is left out. Records whose money or dates are refused are left out whole, before
//! anything refers to them (`sift`).
//!
//! What a source does not state stays. What came from the same source and is no longer mentioned ends on the day of
//! the import, if the source is complete. The plan is not changed here.
//!
//! Tests: `tests.rs`; `import/tests.rs` for arbitrary files; `formats/csv_folder/round_trip.rs` and
//! `formats/backstage/round_trip.rs` for random plans.

mod cost_lines;
mod described;
mod differ;
mod entities;
mod figures;
mod names;
mod overlay;
mod people_called;
mod positions;
mod preview;
mod relations;
mod sift;
mod templates;
#[cfg(test)]
mod tests;

use headroom_files::records::Records;
use headroom_model::Plan;

pub use differ::DiffOptions;
pub(crate) use preview::counts;
pub use preview::{KindCount, Preview, Unresolved};

use differ::Differ;

/// Compares the records of one source with the plan.
pub fn diff(plan: &Plan, records: &Records, options: &DiffOptions) -> Preview {
    let mut differ = Differ::new(plan, records, options);
    differ.entities(records);
    differ.relations(records);
    differ.templates(records);
    differ.end_what_vanished();
    differ.finish()
}
