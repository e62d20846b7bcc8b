//! The cells of a row, as a plan file has them.

use std::borrow::Cow;

/// A value of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(Cow<'a, str>),
}

impl<'a> Cell<'a> {
    pub fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    pub fn owned(text: impl ToString) -> Self {
        Self::Text(Cow::Owned(text.to_string()))
    }

    pub fn integer(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Self::Null, |number| Self::Integer(number.into()))
    }

    pub fn id(id: Option<impl Into<u64>>) -> Self {
        // An ID has 53 bits.
        id.map_or(Self::Null, |id| Self::Integer(id.into().cast_signed()))
    }

    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }

    pub fn as_id<T: From<u64>>(&self) -> Option<T> {
        self.as_integer().map(|id| id.cast_unsigned().into())
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}
