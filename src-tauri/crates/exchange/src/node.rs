use serde_json::{Map, Number, Value};

/// A value of a YAML or TOML file that knows where it stands. Line and column of the first letter are 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub line: u64,
    pub column: u64,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// Null, or nothing at all.
    Nothing,
    /// As it is written, so that `yes`, `012` and `1.10` stay what somebody called a thing.
    Text {
        text: String,
        /// Not in quotes: may stand for a number or a truth value.
        is_plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub name: String,
    pub line: u64,
    pub column: u64,
    pub value: Node,
}

impl Node {
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text { text, .. } => Some(text.trim_end()),
            _ => None,
        }
    }

    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.content {
            Content::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// What somebody would call it who reads the file.
    pub fn noun(&self) -> &'static str {
        match self.content {
            Content::Nothing => "nothing",
            Content::Text { .. } => "a text",
            Content::List(_) => "a list",
            Content::Map(_) => "a mapping",
        }
    }

    pub fn to_json(&self) -> Value {
        match &self.content {
            Content::Nothing => Value::Null,
            Content::Text { text, is_plain } => scalar(text, *is_plain),
            Content::List(items) => items.iter().map(Node::to_json).collect(),
            Content::Map(entries) => entries
                .iter()
                .map(|entry| (entry.name.clone(), entry.value.to_json()))
                .collect::<Map<String, Value>>()
                .into(),
        }
    }
}

/// A number only where it would be written the same way again.
fn scalar(text: &str, is_plain: bool) -> Value {
    let number = || text.parse::<Number>().ok().filter(|number| number.to_string() == text);
    match text {
        "true" if is_plain => Value::Bool(true),
        "false" if is_plain => Value::Bool(false),
        _ if is_plain => number().map_or_else(|| text.into(), Value::Number),
        _ => text.into(),
    }
}
