//! The tables of the folder, described once for reading, writing and the test that compares them with
//! `docs/formats/csv.md`.

use std::{
    borrow::Cow,
    path::Path,
    sync::{Arc, LazyLock},
};

use headroom_files::{Diagnostic, ReadError};
use headroom_model::{Kind, for_kind};

use super::{columns::columns_of, table::CsvTable};
use crate::described_kinds::is_described;

/// File name and columns of one table.
pub struct CsvSchema {
    /// Such as `teams.csv`.
    pub file: Cow<'static, str>,
    /// In the order of an export. A file may have them in any order.
    pub columns: Cow<'static, [&'static str]>,
    /// How many columns, from the first, a file must have.
    pub required: usize,
}

impl CsvSchema {
    /// Opens the text of a file of this table.
    ///
    /// # Errors
    /// [`ReadError::Structure`] for a header that lacks a required column or has one twice.
    pub fn open<'a>(
        &self,
        text: &'a str,
        file: &Arc<str>,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<CsvTable<'a>, ReadError> {
        CsvTable::open(text, file, &self.columns, self.required, problems)
    }

    /// Whether the file is written: it has rows, or is there already.
    pub fn is_wanted(&self, folder: &Path, is_empty: bool) -> bool {
        !is_empty || folder.join(&*self.file).exists()
    }
}

/// Every table, in the order in which they are read and written, with the kind of its rows.
pub static TABLES: LazyLock<Vec<(Kind, CsvSchema)>> =
    LazyLock::new(|| Kind::ALL.iter().filter_map(|kind| Some((*kind, schema_of(*kind)?))).collect());

fn schema_of(kind: Kind) -> Option<CsvSchema> {
    Some(match kind {
        Kind::Team => TEAMS,
        Kind::Person => PEOPLE,
        Kind::Membership => MEMBERSHIPS,
        Kind::Grouping => GROUPINGS,
        Kind::Service => SERVICES,
        Kind::Ownership => OWNERSHIP,
        Kind::Dependency => DEPENDENCIES,
        Kind::Interaction => INTERACTIONS,
        Kind::Position => POSITIONS,
        Kind::Assignment => ASSIGNMENTS,
        Kind::Approval => APPROVALS,
        kind if is_described(kind) => {
            let (columns, required) = for_kind!(kind, T => columns_of::<T>());
            let file = format!("{}.csv", kind.table()).into();
            CsvSchema { file, columns: columns.into(), required }
        }
        _ => return None,
    })
}

pub const TEAMS: CsvSchema = CsvSchema {
    file: Cow::Borrowed("teams.csv"),
    columns: Cow::Borrowed(&[
        "id",
        "name",
        "parent",
        "kind",
        "description",
        "outcome",
        "segment",
        "aliases",
        "from",
        "until",
    ]),
    required: 2,
};

pub const PEOPLE: CsvSchema = CsvSchema {
    file: Cow::Borrowed("people.csv"),
    columns: Cow::Borrowed(&[
        "id", "name", "title", "company", "email", "location", "aliases", "from", "until",
    ]),
    required: 2,
};

pub const MEMBERSHIPS: CsvSchema = CsvSchema {
    file: Cow::Borrowed("memberships.csv"),
    columns: Cow::Borrowed(&["person", "team", "role", "share", "from", "until"]),
    required: 2,
};

pub const GROUPINGS: CsvSchema = CsvSchema {
    file: Cow::Borrowed("groupings.csv"),
    columns: Cow::Borrowed(&[
        "id",
        "kind",
        "name",
        "parent",
        "owner",
        "owner_kind",
        "description",
        "tags",
        "links",
        "aliases",
        "from",
        "until",
    ]),
    required: 2,
};

pub const SERVICES: CsvSchema = CsvSchema {
    file: Cow::Borrowed("services.csv"),
    columns: Cow::Borrowed(&[
        "id",
        "name",
        "kind",
        "lifecycle",
        "description",
        "url",
        "tier",
        "system",
        "domain",
        "tags",
        "links",
        "objective",
        "standalone",
        "aliases",
        "from",
        "until",
    ]),
    required: 2,
};

pub const OWNERSHIP: CsvSchema = CsvSchema {
    file: Cow::Borrowed("ownership.csv"),
    columns: Cow::Borrowed(&[
        "service",
        "owner",
        "owner_kind",
        "role",
        "confirmed",
        "named",
        "from",
        "until",
    ]),
    required: 2,
};

pub const DEPENDENCIES: CsvSchema = CsvSchema {
    file: Cow::Borrowed("dependencies.csv"),
    columns: Cow::Borrowed(&["service", "depends_on", "kind", "criticality", "cost_weight", "from", "until"]),
    required: 2,
};

pub const INTERACTIONS: CsvSchema = CsvSchema {
    file: Cow::Borrowed("interactions.csv"),
    columns: Cow::Borrowed(&["team", "with", "mode", "purpose", "expected_end", "from", "until"]),
    required: 3,
};

pub const POSITIONS: CsvSchema = CsvSchema {
    file: Cow::Borrowed("positions.csv"),
    columns: Cow::Borrowed(&[
        "id",
        "title",
        "team",
        "discipline",
        "level",
        "breadth",
        "manager",
        "location",
        "reason",
        "backfill_of",
        "service",
        "need_by",
        "status",
        "requisition",
        "priority",
        "fte",
        "pooled",
        "pay",
        "pay_up_to",
        "start",
        "description",
        "waits_for",
        "waits_any",
        "waits_by",
        "waived_on",
        "waived_by",
        "waived_why",
        "from",
        "until",
    ]),
    required: 1,
};

pub const ASSIGNMENTS: CsvSchema = CsvSchema {
    file: Cow::Borrowed("assignments.csv"),
    columns: Cow::Borrowed(&["position", "person", "pay", "from", "until"]),
    required: 2,
};

pub const APPROVALS: CsvSchema = CsvSchema {
    file: Cow::Borrowed("approvals.csv"),
    columns: Cow::Borrowed(&[
        "name",
        "on",
        "position",
        "title",
        "team",
        "from",
        "until",
        "fte",
        "annual_cost",
        "filled",
        "by",
        "note",
    ]),
    required: 2,
};
