//! Profiles that come with Headroom. A new one is a file here and a line in [`BUILT_IN`].

mod bamboohr;
mod charthop;
mod oracle_hr;
mod organogram;
mod workday;

use super::{
    field::Field,
    profile::{Profile, RowMeaning, TableProfile, Target},
};

/// A profile, and how it is called.
pub struct BuiltIn {
    pub id: &'static str,
    pub make: fn() -> Profile,
    /// Headers that only its files have, all of them, folded.
    pub signs: &'static [&'static [&'static str]],
}

/// Whether a column comes from a profile of these: they name what the files of many have, and few have it all.
pub fn may_lack(table: &TableProfile, header: &str) -> bool {
    let is_it = |other: &TableProfile| {
        other.name == table.name && other.columns.get(header) == table.columns.get(header)
    };
    BUILT_IN.iter().any(|built_in| (built_in.make)().tables.iter().any(is_it))
}

/// Every one, in the order in which headers are compared with them.
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
