//! Built-in profiles. A new one is a file here, a line in [`BUILT_IN`] and a line in `docs/formats/tables.md`.

mod bamboohr;
mod charthop;
mod oracle_hr;
mod organogram;
mod workday;

use super::{
    field::Field,
    profile::{Profile, RowMeaning, TableProfile, Target},
};

/// A built-in profile.
pub struct BuiltIn {
    pub id: &'static str,
    pub make: fn() -> Profile,
    /// Sets of headers that only its files have, folded. One of the sets must be there in full.
    pub signs: &'static [&'static [&'static str]],
}

/// Whether a column comes from a built-in profile. Those list the columns of many installations, of which few have
/// all.
pub fn may_lack(table: &TableProfile, header: &str) -> bool {
    let is_it = |other: &TableProfile| {
        other.name == table.name && other.columns.get(header) == table.columns.get(header)
    };
    BUILT_IN.iter().any(|built_in| (built_in.make)().tables.iter().any(is_it))
}

/// Every built-in profile, in the order in which headers are compared with them.
pub static BUILT_IN: &[BuiltIn] = &[
    BuiltIn { id: "uk-organogram", make: organogram::profile, signs: organogram::SIGNS },
    BuiltIn { id: "charthop", make: charthop::profile, signs: charthop::SIGNS },
    BuiltIn { id: "bamboohr", make: bamboohr::profile, signs: bamboohr::SIGNS },
    BuiltIn { id: "workday", make: workday::profile, signs: workday::SIGNS },
    BuiltIn { id: "oracle-hr", make: oracle_hr::profile, signs: oracle_hr::SIGNS },
];

fn table(name: &str, rows: RowMeaning, columns: &[(&str, Field)]) -> TableProfile {
    let columns =
        columns.iter().map(|(header, field)| ((*header).to_owned(), Target::Field(*field))).collect();
    TableProfile { name: name.to_owned(), rows, columns, ..TableProfile::default() }
}
