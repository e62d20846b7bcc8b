//! What a cell means. Each reader says what it understood, and what about it is open.

pub mod amount;
pub mod date;
pub mod name;
pub mod number;
pub mod words;

/// What a reader made of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Read<T> {
    /// There is nothing in it, or a word for nothing.
    Nothing,
    Sure(T),
    /// Taken for this; the reason why somebody should look.
    Doubt(T, String),
    /// Nothing can be made of it; why.
    Fault(String),
    /// It means one thing or another, which somebody has to say for the whole column.
    Open,
}
