//! Parsers of single cells. Each says what it understood and how certain it is: see [`Read`].
//!
//! None of them panics on any text (property tests beside each).

pub mod amount;
pub mod date;
pub mod name;
pub mod number;
pub mod words;

/// The result of parsing a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Read<T> {
    /// Empty, or a word for no value.
    Nothing,
    Sure(T),
    /// A value, and why someone should check it.
    Doubt(T, String),
    /// Not a value, and why.
    Fault(String),
    /// One of two values; the whole column or the user has to decide.
    Open,
}
