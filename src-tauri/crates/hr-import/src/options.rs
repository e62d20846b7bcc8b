//! What the user chose about reading tables.

use chrono::NaiveDate;

use super::{answers::TableAnswers, profile::Profile};

#[derive(Debug, Clone, Default)]
pub struct TableOptions {
    /// What each column is. None: a built-in profile or the words in the headers.
    pub profile: Option<Profile>,
    /// Answers to what the tables don't say themselves. They hold for any profile.
    pub answers: TableAnswers,
    /// The day on which they are read, to tell past dates from coming ones.
    pub today: Option<NaiveDate>,
    /// Keep amounts of pay out of diagnostics.
    pub hides_pay: bool,
}
