//! A value of a YAML, TOML or JSON file that knows its line and column.

use serde_json::{Map, Number, Value};

/// A value with the position of its first letter; line and column start at 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LocatedValue {
    pub line: u64,
    pub column: u64,
    pub content: LocatedContent,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LocatedContent {
    /// Null, or no value at all.
    Nothing,
    /// As it is written, so that `yes`, `012` and `1.10` stay what they are as names.
    Text {
        text: String,
        /// Without quotes: may be a number or boolean.
        is_plain: bool,
    },
    List(Vec<LocatedValue>),
    Map(Vec<LocatedEntry>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LocatedEntry {
    pub name: String,
    pub line: u64,
    pub column: u64,
    pub value: LocatedValue,
}

impl LocatedValue {
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            LocatedContent::Text { text, .. } => Some(text.trim_end()),
            _ => None,
        }
    }

    pub fn entries(&self) -> Option<&[LocatedEntry]> {
        match &self.content {
            LocatedContent::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// What a reader of the file would call it, for messages.
    pub fn noun(&self) -> &'static str {
        match &self.content {
            LocatedContent::Nothing => "an empty value",
            LocatedContent::Text { text, is_plain: true } if is_flag(text) => "a boolean",
            LocatedContent::Text { text, is_plain: true } if is_number(text) => "a number",
            LocatedContent::Text { .. } => "text",
            LocatedContent::List(_) => "a list",
            LocatedContent::Map(_) => "a mapping",
        }
    }

    /// Whether it is meant as text: neither a number nor a boolean by YAML's core schema.
    pub fn is_wording(&self) -> bool {
        self.noun() == "text"
    }

    pub fn to_json(&self) -> Value {
        match &self.content {
            LocatedContent::Nothing => Value::Null,
            LocatedContent::Text { text, is_plain } => scalar(text, *is_plain),
            LocatedContent::List(items) => items.iter().map(LocatedValue::to_json).collect(),
            LocatedContent::Map(entries) => entries
                .iter()
                .map(|entry| (entry.name.clone(), entry.value.to_json()))
                .collect::<Map<String, Value>>()
                .into(),
        }
    }
}

fn is_flag(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
}

/// Whether the core schema reads it as a number: `007`, `1e3`, `-.5`, `0x1F` and `.inf`, but not `1_000` or `1.2.3`.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_of =
        |digits: &str, radix: u32| !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    if let Some(digits) = text.strip_prefix("0x") {
        return is_of(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return is_of(digits, 8);
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let starts = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    starts && unsigned.parse::<f64>().is_ok()
}

/// JSON of a scalar; a number only if it would be written the same way again.
fn scalar(text: &str, is_plain: bool) -> Value {
    let number = || text.parse::<Number>().ok().filter(|number| number.to_string() == text);
    match text {
        "true" if is_plain => Value::Bool(true),
        "false" if is_plain => Value::Bool(false),
        _ if is_plain => number().map_or_else(|| text.into(), Value::Number),
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noun(text: &str, is_plain: bool) -> &'static str {
        LocatedValue { line: 1, column: 1, content: LocatedContent::Text { text: text.to_owned(), is_plain } }
            .noun()
    }

    #[test]
    fn distinguishes_scalars_by_the_core_schema() {
        for text in
            ["0", "007", "-1", "+3.10", "1e3", "1E-3", ".5", "5.", "0x1F", "0o17", ".inf", "-.INF", ".nan"]
        {
            assert_eq!(noun(text, true), "a number", "{text}");
            assert_eq!(noun(text, false), "text", "{text}");
        }
        for text in [
            "no",
            "yes",
            "on",
            "2024-01-01",
            "1_000",
            "1.2.3",
            "0x",
            "inf",
            "NaN",
            "infinity",
            "-",
            ".",
            "1e",
        ] {
            assert_eq!(noun(text, true), "text", "{text}");
        }
        assert_eq!((noun("True", true), noun("tRUE", true)), ("a boolean", "text"));
    }
}
