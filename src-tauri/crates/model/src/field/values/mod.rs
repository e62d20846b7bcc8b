//! Values of the types that several kinds of entity use, and how each is written, read and put into words.

/// JSON through serde, for types that are no object: its entries a [`Value`] would sort.
macro_rules! through_serde {
    () => {
        fn json(&self) -> Value {
            serde_json::to_value(self).unwrap_or(Value::Null)
        }
        fn append_json(&self, text: &mut Vec<u8>) {
            $crate::field::append(text, self);
        }
        fn set_json(&mut self, value: &Value) -> bool {
            match serde::Deserialize::deserialize(value) {
                Ok(read) => {
                    *self = read;
                    true
                }
                Err(_) => false,
            }
        }
    };
}

mod amount;
mod json;
mod one_column;
mod reference;
mod text;
mod word;

use serde_json::Value;

use super::Cell;

pub(crate) use {json::json_value, word::word_value};

fn misread(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Null => "is empty".into(),
        Cell::Integer(number) => format!("“{number}” is of another type"),
        Cell::Real(number) => format!("“{number}” is of another type"),
        Cell::Text(text) => format!("“{text}” cannot be read"),
    }
}

/// The value as JSON has it, in words.
fn plain_words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
