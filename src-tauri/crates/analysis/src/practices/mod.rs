//! Practices: what level or score services and teams have on a day, what is required of them, and whose job that is.
//!
//! | step | module |
//! | --- | --- |
//! | the level of one practice of one service on a day, with its age | `reading` |
//! | what objectives ask of it, now and later | `requirement` |
//! | all services and practices side by side | `matrix` |
//! | who owns a service on a day to come, and whether anybody is left | `accountable` |
//! | a level that a tier is to have from a day on, and how far it is | `campaign` |
//! | sums over all of it | `totals` |
//!
//! A level has an age and an end. Unknown is neither passed nor failed, and *not applicable* is none of the three.

mod accountable;
mod campaign;
mod matrix;
mod reading;
mod requirement;
#[cfg(test)]
mod tests;
mod totals;

pub use accountable::{Accountable, AccountableOn};
pub use campaign::{Campaign, campaigns};
pub use matrix::{PracticeCell, PracticeMatrix, PracticeRow, PracticeState, PracticeSubjectId};
pub(crate) use reading::practice_value;
pub use reading::{PracticeReading, Standing, WhyUnknown, practice_series, why_words};
pub use requirement::{PracticeRequirements, RequiredLevel};
pub use totals::{LevelTotals, PracticeTotals, ScoreTotals};
