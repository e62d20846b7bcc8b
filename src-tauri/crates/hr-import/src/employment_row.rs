//! A row about someone's employment, before other rows about the same person or position are known.

use chrono::NaiveDate;
use headroom_files::{Place, records::Stated};
use headroom_tabular::{
    cell::{name::bare, words::HolderCell},
    raw_table::RawRow,
};

/// A row, and the rows of look-up tables that it refers to, each with the index of its reader.
pub type Sources<'a> = Vec<(usize, &'a RawRow)>;

/// A row of people or positions, before other rows about the same person or position are known.
#[derive(Clone)]
pub struct EmploymentRow<'a> {
    pub reader: usize,
    pub row: &'a RawRow,
    pub sources: Sources<'a>,
    pub place: Place,
    /// It is from a table of people.
    pub is_people: bool,
    pub name: String,
    pub holder: HolderCell,
    pub id: Option<String>,
    pub email: Option<String>,
    pub requisition: Option<String>,
    /// ID of the position in the row.
    pub position_name: Option<String>,
    pub has_person: bool,
    pub start: Stated<Option<NaiveDate>>,
    pub end: Stated<Option<NaiveDate>>,
    /// A column about employment says that the person is there.
    pub says_there: bool,
}

impl EmploymentRow<'_> {
    /// Whether one had ended when the other began.
    pub fn is_apart_from(&self, other: &Self) -> bool {
        let before = |one: &Self, two: &Self| match (one.end.flatten(), two.start.flatten()) {
            (Some(end), Some(start)) => end <= start,
            _ => false,
        };
        before(self, other) || before(other, self)
    }

    /// Whether one began and ended before the other did, with some days in common.
    pub fn gives_way_to(&self, other: &Self) -> bool {
        let first =
            |one: &Self, two: &Self| match (one.start.flatten(), one.end.flatten(), two.start.flatten()) {
                (Some(start), Some(end), Some(later)) => {
                    start < later && two.end.flatten().is_none_or(|last| end < last)
                }
                _ => false,
            };
        first(self, other) || first(other, self)
    }

    /// Whether it includes a day. On its last day another may begin.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.start.flatten().is_none_or(|start| start <= day)
            && self.end.flatten().is_none_or(|end| day < end)
    }

    /// Whether both have the same name, or one of them none.
    pub fn has_name_of(&self, other: &Self) -> bool {
        self.name.is_empty() || other.name.is_empty() || bare(&self.name) == bare(&other.name)
    }

    pub fn has_email_of(&self, other: &Self) -> bool {
        self.email.is_some() && self.email == other.email
    }

    /// Sort key: open ends first, then the later one.
    pub fn last_day(&self) -> (bool, Option<NaiveDate>) {
        let end = self.end.flatten();
        (end.is_none(), end)
    }
}
