//! Lists and maps, as JSON.

use std::collections::BTreeMap;

use crate::field::{FieldType, MergeRule, TextLimit};

/// JSON text in one column, written by its empty text when it is empty.
macro_rules! json_value {
    ($Value:ty, $empty:literal, is_empty: $is_empty:expr, $TYPE:expr, $MERGE:expr, $words:expr $(, references: $references:expr)? $(, check: $check:expr)?) => {
        impl $crate::field::FieldData for $Value {
            fn is_empty(&self) -> bool {
                let is_empty: fn(&$Value) -> bool = $is_empty;
                is_empty(self)
            }
            fn json(&self) -> serde_json::Value {
                serde_json::to_value(self).unwrap_or(serde_json::Value::Null)
            }
            fn set_json(&mut self, value: &serde_json::Value) -> bool {
                let read: Result<$Value, _> = serde::Deserialize::deserialize(value);
                match read {
                    Ok(read) => *self = read,
                    Err(_) => return false,
                }
                true
            }
            fn write<'a>(&'a self, cells: &mut Vec<$crate::field::Cell<'a>>) {
                if self.is_empty() {
                    cells.push($crate::field::Cell::text($empty));
                } else {
                    // Lists and maps of text always serialise.
                    cells.push($crate::field::Cell::owned(serde_json::to_string(self).unwrap_or_else(|_| $empty.into())));
                }
            }
            fn read(&mut self, cells: &[$crate::field::Cell<'_>]) -> Result<(), String> {
                *self = match cells.first().and_then($crate::field::Cell::as_text) {
                    None => return Err("is empty".into()),
                    Some($empty) => Default::default(),
                    Some(text) => serde_json::from_str(text).map_err(|error| error.to_string())?,
                };
                Ok(())
            }
            fn words(&self, names: &dyn $crate::field::Names) -> String {
                let words: fn(&$Value, &dyn $crate::field::Names) -> String = $words;
                words(self, names)
            }
            $(fn references(&self, visit: &mut dyn FnMut($crate::kind::EntityRef)) {
                let references: fn(&$Value, &mut dyn FnMut($crate::kind::EntityRef)) = $references;
                references(self, visit);
            })?
            $(fn check(&self, _limit: $crate::field::TextLimit) -> Result<(), String> {
                let check: fn(&$Value) -> Result<(), String> = $check;
                check(self)
            })?
        }
        impl $crate::field::ValueType for $Value {
            const TYPE: $crate::field::FieldType = $TYPE;
            const MERGE: $crate::field::MergeRule = $MERGE;
        }
    };
}
pub(crate) use json_value;

json_value!(Vec<String>, "[]", is_empty: Vec::is_empty, FieldType::List, MergeRule::Set, |items, _| items.join(", "),
    check: |items| items.iter().try_for_each(|item| TextLimit::Name.check(item)));

json_value!(BTreeMap<String, String>, "{}", is_empty: BTreeMap::is_empty, FieldType::Structure, MergeRule::Map,
|extra, _| {
    let formats: Vec<&str> = extra.keys().map(String::as_str).collect();
    format!("data from {}", formats.join(" and "))
});
