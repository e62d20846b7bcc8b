//! A row of an incident or an action, as records have it.

use chrono::NaiveDate;
use headroom_files::{
    Place,
    records::{FieldStatement, KeyRef, RowRecord},
};
use headroom_model::Kind;
use serde_json::Value;

pub(crate) struct RowBuilder(RowRecord);

impl RowBuilder {
    pub fn new(kind: Kind, place: Place) -> Self {
        Self(RowRecord { kind, place, fields: Vec::new() })
    }

    pub fn value(&mut self, field: &'static str, value: impl Into<Value>) -> &mut Self {
        self.0.fields.push((field, FieldStatement::Value(value.into())));
        self
    }

    /// What the source does not say is not stated.
    pub fn text(&mut self, field: &'static str, text: &str) -> &mut Self {
        if text.is_empty() { self } else { self.value(field, text) }
    }

    pub fn day(&mut self, field: &'static str, day: Option<NaiveDate>) -> &mut Self {
        match day {
            Some(day) => self.value(field, day.to_string()),
            None => self,
        }
    }

    pub fn reference(&mut self, field: &'static str, kind: Kind, key: &str) -> &mut Self {
        if !key.is_empty() {
            let key = KeyRef { kind: Some(kind), key: key.to_owned() };
            self.0.fields.push((field, FieldStatement::Reference(key)));
        }
        self
    }

    pub fn references(&mut self, field: &'static str, kind: Kind, keys: &[String]) -> &mut Self {
        if !keys.is_empty() {
            let keys = keys.iter().map(|key| KeyRef { kind: Some(kind), key: key.clone() });
            self.0.fields.push((field, FieldStatement::References(keys.collect())));
        }
        self
    }

    pub fn finish(self) -> RowRecord {
        self.0
    }
}
