//! Formats of files, by their IDs.

use clap::builder::PossibleValuesParser;
use headroom_diagram_export::DIAGRAM_FORMATS;

/// IDs of everything that `export` writes.
pub fn written() -> impl Iterator<Item = &'static str> {
    let diagrams = DIAGRAM_FORMATS.iter().map(|format| format.id);
    headroom_exchange::writable().chain(diagrams).chain(["ics", "html"])
}

/// Accepts the ID of one of the formats in a table.
pub fn one_of(ids: impl Iterator<Item = &'static str>) -> PossibleValuesParser {
    PossibleValuesParser::new(ids.collect::<Vec<_>>())
}
