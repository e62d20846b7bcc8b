//! A position that may be the manager of others, and what a row says about its own manager.

use headroom_files::{Place, records::PositionRecord};
use headroom_tabular::raw_table::RawRow;

use super::field::Field;

/// A position, and what may identify it or the person in it.
pub struct ManagerCandidate<'a> {
    pub position: PositionRecord,
    pub id: Option<String>,
    pub email: Option<String>,
    pub name: String,
    pub requisition: Option<String>,
    /// Key of the person in it, and whether it is their main position. None if people may be in several positions of
    /// which none is the main one.
    pub person: Option<(String, bool)>,
    pub above: Option<ManagerCell<'a>>,
    pub place: Place,
}

/// What a row says about the manager; no one if its cells are empty.
pub struct ManagerCell<'a> {
    pub field: Field,
    pub said: Option<String>,
    /// What other columns say about the manager.
    pub others: Vec<(Field, String)>,
    pub reader: usize,
    pub row: &'a RawRow,
}
