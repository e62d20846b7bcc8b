//! Values of the types that several kinds of entity use.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::{Cell, FieldData, FieldType, MergeRule, Names, TextLimit, ValueType};
use crate::{
    assumption_value::AssumptionValue,
    decimal6::Decimal6,
    kind::{EntityId, EntityRef},
    money::{Currency, Money, Rate},
    slo::Slo,
};

fn misread(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Null => "is empty".into(),
        Cell::Integer(number) => format!("“{number}” is of another type"),
        Cell::Real(number) => format!("“{number}” is of another type"),
        Cell::Text(text) => format!("“{text}” cannot be read"),
    }
}

/// JSON through serde, for every type here: none of them is an object, whose entries a [`Value`] would sort.
macro_rules! through_serde {
    () => {
        fn json(&self) -> Value {
            serde_json::to_value(self).unwrap_or(Value::Null)
        }
        fn append_json(&self, text: &mut Vec<u8>) {
            super::append(text, self);
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

/// The value as JSON has it, in words.
fn plain_words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl FieldData for String {
    through_serde!();
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::text(self));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [cell] = cells else { return Err("has no column".into()) };
        *self = cell.as_text().ok_or_else(|| misread(cell))?.to_owned();
        Ok(())
    }
    fn words(&self, _names: &dyn Names) -> String {
        self.clone()
    }
    fn as_text(&self) -> Option<&str> {
        Some(self)
    }
    fn check(&self, limit: TextLimit) -> Result<(), String> {
        limit.check(self)
    }
}

impl ValueType for String {
    const TYPE: FieldType = FieldType::Text;
}

impl FieldData for Option<String> {
    through_serde!();
    fn is_empty(&self) -> bool {
        self.is_none()
    }
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(self.as_deref().map_or(Cell::Null, Cell::text));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        *self = match cells {
            [Cell::Null] => None,
            [Cell::Text(text)] => Some(text.clone().into_owned()),
            _ => return Err("has another type".into()),
        };
        Ok(())
    }
    fn words(&self, _names: &dyn Names) -> String {
        self.clone().unwrap_or_default()
    }
    fn as_text(&self) -> Option<&str> {
        self.as_deref()
    }
}

impl ValueType for Option<String> {
    const TYPE: FieldType = FieldType::Text;
}

impl FieldData for bool {
    through_serde!();
    fn is_empty(&self) -> bool {
        !self
    }
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::Integer((*self).into()));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [cell] = cells else { return Err("has no column".into()) };
        *self = cell.as_integer().ok_or_else(|| misread(cell))? != 0;
        Ok(())
    }
    fn words(&self, _names: &dyn Names) -> String {
        if *self { "yes" } else { "no" }.to_owned()
    }
}

impl ValueType for bool {
    const TYPE: FieldType = FieldType::Flag;
}

/// A value in one column, from and to a cell.
macro_rules! cell_value {
    ($($Value:ty, $TYPE:expr, $write:expr, $read:expr;)*) => { $(
        impl FieldData for $Value {
            through_serde!();
            fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
                let write: fn(&'a $Value) -> Cell<'a> = $write;
                cells.push(write(self));
            }
            fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
                let [cell] = cells else { return Err("has no column".into()) };
                let read: fn(&Cell<'_>) -> Option<$Value> = $read;
                *self = read(cell).ok_or_else(|| misread(cell))?;
                Ok(())
            }
            fn words(&self, _names: &dyn Names) -> String {
                plain_words(&self.json())
            }
        }
        impl ValueType for $Value {
            const TYPE: FieldType = $TYPE;
        }
    )* };
}

/// The same for what may be missing.
macro_rules! optional_value {
    ($($Value:ty, $TYPE:expr, $write:expr, $read:expr;)*) => { $(
        impl FieldData for Option<$Value> {
            through_serde!();
            fn is_empty(&self) -> bool {
                self.is_none()
            }
            fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
                let write: fn(&'a $Value) -> Cell<'a> = $write;
                cells.push(self.as_ref().map_or(Cell::Null, write));
            }
            fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
                let [cell] = cells else { return Err("has no column".into()) };
                let read: fn(&Cell<'_>) -> Option<$Value> = $read;
                *self = match cell {
                    Cell::Null => None,
                    cell => Some(read(cell).ok_or_else(|| misread(cell))?),
                };
                Ok(())
            }
            fn words(&self, _names: &dyn Names) -> String {
                plain_words(&self.json())
            }
        }
        impl ValueType for Option<$Value> {
            const TYPE: FieldType = $TYPE;
        }
    )* };
}

fn parsed<T: std::str::FromStr>(cell: &Cell<'_>) -> Option<T> {
    cell.as_text()?.parse().ok()
}

fn small(cell: &Cell<'_>) -> Option<u8> {
    cell.as_integer()?.try_into().ok()
}

cell_value! {
    NaiveDate, FieldType::Date, |day| Cell::owned(day), parsed;
    Decimal6, FieldType::Decimal, |number| Cell::Integer(number.millionths()), |cell| cell.as_integer().map(Decimal6::from_millionths);
    AssumptionValue, FieldType::Figure, |value| Cell::owned(value), parsed;
    Currency, FieldType::Currency, |currency| Cell::owned(currency), parsed;
    Rate, FieldType::Rate, |rate| Cell::owned(rate), parsed;
}

optional_value! {
    NaiveDate, FieldType::Date, |day| Cell::owned(day), parsed;
    u8, FieldType::Number, |number| Cell::Integer((*number).into()), small;
    u64, FieldType::Number, |number| Cell::id(Some(*number)), |cell| cell.as_id();
    Decimal6, FieldType::Decimal, |number| Cell::Integer(number.millionths()), |cell| cell.as_integer().map(Decimal6::from_millionths);
    Slo, FieldType::Availability, |slo| Cell::Integer(slo.millionths().into()),
        |cell| Slo::from_millionths(cell.as_integer()?.try_into().ok()?);
}

impl FieldData for u32 {
    through_serde!();
    fn is_empty(&self) -> bool {
        *self == 0
    }
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::Integer((*self).into()));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [cell] = cells else { return Err("has no column".into()) };
        *self = cell.as_integer().and_then(|number| number.try_into().ok()).ok_or_else(|| misread(cell))?;
        Ok(())
    }
    fn words(&self, _names: &dyn Names) -> String {
        self.to_string()
    }
}

impl ValueType for u32 {
    const TYPE: FieldType = FieldType::Number;
}

/// Two columns: the amount in the smallest unit, and the currency.
impl FieldData for Option<Money> {
    through_serde!();
    fn is_empty(&self) -> bool {
        self.is_none()
    }
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::integer(self.map(|money| money.minor)));
        cells.push(self.map_or(Cell::Null, |money| Cell::owned(money.currency)));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [minor, currency] = cells else { return Err("has no columns".into()) };
        *self = match (minor, currency) {
            // Another amount of the row may have the currency.
            (Cell::Null, _) => None,
            (Cell::Integer(minor), Cell::Text(text)) => {
                let currency: Currency = text.parse().map_err(|fault| format!("“{text}” {fault}"))?;
                Some(Money::new(*minor, currency))
            }
            (minor, Cell::Null) => return Err(format!("{} has no currency", misread(minor))),
            (minor, _) => return Err(misread(minor)),
        };
        Ok(())
    }
    fn words(&self, _names: &dyn Names) -> String {
        plain_words(&self.json())
    }
}

impl ValueType for Option<Money> {
    const TYPE: FieldType = FieldType::Amount;
}

impl<I: EntityId + serde::Serialize + serde::de::DeserializeOwned + Into<EntityRef>> FieldData for I {
    through_serde!();
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::id(Some(*self)));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [cell] = cells else { return Err("has no column".into()) };
        *self = cell.as_id().ok_or_else(|| misread(cell))?;
        Ok(())
    }
    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        visit((*self).into());
    }
    fn words(&self, names: &dyn Names) -> String {
        names.name((*self).into())
    }
}

impl<I: EntityId + serde::Serialize + serde::de::DeserializeOwned + Into<EntityRef>> ValueType for I {
    const TYPE: FieldType = FieldType::Reference(&[I::KIND]);
}

impl<I: EntityId + serde::Serialize + serde::de::DeserializeOwned + Into<EntityRef>> FieldData for Option<I> {
    through_serde!();
    fn is_empty(&self) -> bool {
        self.is_none()
    }
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::id(*self));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        *self = match cells {
            [Cell::Null] => None,
            [cell] => Some(cell.as_id().ok_or_else(|| misread(cell))?),
            _ => return Err("has no column".into()),
        };
        Ok(())
    }
    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        self.iter().for_each(|id| visit((*id).into()));
    }
    fn words(&self, names: &dyn Names) -> String {
        self.map(|id| names.name(id.into())).unwrap_or_default()
    }
}

impl<I: EntityId + serde::Serialize + serde::de::DeserializeOwned + Into<EntityRef>> ValueType for Option<I> {
    const TYPE: FieldType = FieldType::Reference(&[I::KIND]);
}

/// One of a few words, in one column; the type has `ALL`, `word` and `from_word`.
macro_rules! word_value {
    ($Type:ident, $words:expr) => {
        impl $crate::field::FieldData for $Type {
            fn json(&self) -> serde_json::Value {
                self.word().into()
            }
            fn set_json(&mut self, value: &serde_json::Value) -> bool {
                let read = value.as_str().and_then(Self::from_word);
                *self = read.unwrap_or(*self);
                read.is_some()
            }
            fn write<'a>(&'a self, cells: &mut Vec<$crate::field::Cell<'a>>) {
                cells.push($crate::field::Cell::text(self.word()));
            }
            fn read(&mut self, cells: &[$crate::field::Cell<'_>]) -> Result<(), String> {
                let word = cells.first().and_then($crate::field::Cell::as_text).unwrap_or_default();
                *self = Self::from_word(word).ok_or_else(|| format!("“{word}” is not known"))?;
                Ok(())
            }
            fn words(&self, _names: &dyn $crate::field::Names) -> String {
                let words: fn($Type) -> String = $words;
                words(*self)
            }
        }
        impl $Type {
            const WORDS: [&'static str; $Type::ALL.len()] = {
                let mut words = [""; $Type::ALL.len()];
                let mut at = 0;
                while at < words.len() {
                    words[at] = $Type::ALL[at].word();
                    at += 1;
                }
                words
            };
        }
        impl $crate::field::ValueType for $Type {
            const TYPE: $crate::field::FieldType = $crate::field::FieldType::OneOf(&Self::WORDS);
        }
        impl $crate::field::FieldData for Option<$Type> {
            fn is_empty(&self) -> bool {
                self.is_none()
            }
            fn json(&self) -> serde_json::Value {
                self.map($Type::word).into()
            }
            fn set_json(&mut self, value: &serde_json::Value) -> bool {
                let read = value.as_str().and_then($Type::from_word);
                if read.is_some() || value.is_null() {
                    *self = read;
                    return true;
                }
                false
            }
            fn write<'a>(&'a self, cells: &mut Vec<$crate::field::Cell<'a>>) {
                cells.push(
                    self.map_or($crate::field::Cell::Null, |word| $crate::field::Cell::text(word.word())),
                );
            }
            fn read(&mut self, cells: &[$crate::field::Cell<'_>]) -> Result<(), String> {
                let word = cells.first().and_then($crate::field::Cell::as_text);
                let read =
                    word.map(|word| $Type::from_word(word).ok_or_else(|| format!("“{word}” is not known")));
                *self = read.transpose()?;
                Ok(())
            }
            fn words(&self, names: &dyn $crate::field::Names) -> String {
                self.map(|word| $crate::field::FieldData::words(&word, names)).unwrap_or_default()
            }
        }
        impl $crate::field::ValueType for Option<$Type> {
            const TYPE: $crate::field::FieldType = $crate::field::FieldType::OneOf(&$Type::WORDS);
        }
    };
}

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
pub(crate) use {json_value, word_value};

json_value!(Vec<String>, "[]", is_empty: Vec::is_empty, FieldType::List, MergeRule::Set, |items, _| items.join(", "),
    check: |items| items.iter().try_for_each(|item| TextLimit::Name.check(item)));

json_value!(BTreeMap<String, String>, "{}", is_empty: BTreeMap::is_empty, FieldType::Structure, MergeRule::Map,
|extra, _| {
    let formats: Vec<&str> = extra.keys().map(String::as_str).collect();
    format!("data from {}", formats.join(" and "))
});
