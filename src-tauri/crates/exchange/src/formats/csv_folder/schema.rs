//! The tables of the folder, described once for reading, writing and the test that compares them with
//! `docs/formats/csv.md`.

use std::sync::Arc;

use headroom_files::{Diagnostic, ReadError};

use super::table::CsvTable;

/// File name and columns of one table.
pub struct CsvSchema {
    /// Such as `teams.csv`.
    pub file: &'static str,
    /// In the order of an export. A file may have them in any order.
    pub columns: &'static [&'static str],
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
        CsvTable::open(text, file, self.columns, self.required, problems)
    }
}

/// Every table, in the order in which they are read and written.
pub const TABLES: [&CsvSchema; 15] = [
    &TEAMS,
    &PEOPLE,
    &MEMBERSHIPS,
    &GROUPINGS,
    &SERVICES,
    &OWNERSHIP,
    &DEPENDENCIES,
    &INTERACTIONS,
    &POSITIONS,
    &ASSIGNMENTS,
    &ASSUMPTIONS,
    &BUDGETS,
    &EXCHANGE_RATES,
    &HOLIDAYS,
    &APPROVALS,
];

pub const TEAMS: CsvSchema = CsvSchema {
    file: "teams.csv",
    columns: &[
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
    ],
    required: 2,
};

pub const PEOPLE: CsvSchema = CsvSchema {
    file: "people.csv",
    columns: &["id", "name", "title", "company", "email", "location", "aliases", "from", "until"],
    required: 2,
};

pub const MEMBERSHIPS: CsvSchema = CsvSchema {
    file: "memberships.csv",
    columns: &["person", "team", "role", "share", "from", "until"],
    required: 2,
};

pub const GROUPINGS: CsvSchema = CsvSchema {
    file: "groupings.csv",
    columns: &[
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
    ],
    required: 2,
};

pub const SERVICES: CsvSchema = CsvSchema {
    file: "services.csv",
    columns: &[
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
    ],
    required: 2,
};

pub const OWNERSHIP: CsvSchema = CsvSchema {
    file: "ownership.csv",
    columns: &["service", "owner", "owner_kind", "role", "confirmed", "named", "from", "until"],
    required: 2,
};

pub const DEPENDENCIES: CsvSchema = CsvSchema {
    file: "dependencies.csv",
    columns: &["service", "depends_on", "kind", "criticality", "from", "until"],
    required: 2,
};

pub const INTERACTIONS: CsvSchema = CsvSchema {
    file: "interactions.csv",
    columns: &["team", "with", "mode", "purpose", "expected_end", "from", "until"],
    required: 3,
};

pub const POSITIONS: CsvSchema = CsvSchema {
    file: "positions.csv",
    columns: &[
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
        "from",
        "until",
    ],
    required: 1,
};

pub const ASSIGNMENTS: CsvSchema = CsvSchema {
    file: "assignments.csv",
    columns: &["position", "person", "pay", "from", "until"],
    required: 2,
};

pub const ASSUMPTIONS: CsvSchema = CsvSchema {
    file: "assumptions.csv",
    columns: &[
        "kind",
        "value",
        "label",
        "cap",
        "person",
        "position",
        "level",
        "discipline",
        "location",
        "team",
        "origin",
        "from",
        "until",
    ],
    required: 2,
};

pub const BUDGETS: CsvSchema = CsvSchema {
    file: "budgets.csv",
    columns: &["from", "until", "team", "amount", "seats", "note"],
    required: 2,
};

pub const EXCHANGE_RATES: CsvSchema =
    CsvSchema { file: "exchange_rates.csv", columns: &["currency", "rate", "from", "origin"], required: 2 };

pub const HOLIDAYS: CsvSchema =
    CsvSchema { file: "holidays.csv", columns: &["day", "name", "location"], required: 1 };

pub const APPROVALS: CsvSchema = CsvSchema {
    file: "approvals.csv",
    columns: &[
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
    ],
    required: 2,
};
