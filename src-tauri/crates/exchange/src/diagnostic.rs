use std::{fmt, sync::Arc};

use serde::Serialize;

/// Where in a source something is said: the first line and the first column are 1; 0 stands for the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Place {
    pub file: Arc<str>,
    pub line: u64,
    pub column: u64,
}

impl Place {
    pub fn new(file: &Arc<str>, line: u64, column: u64) -> Self {
        Self { file: file.clone(), line, column }
    }
}

impl Place {
    /// Where it is for somebody who looks at another place: `line 12` in the same file, else all of it.
    pub fn beside(&self, other: &Place) -> String {
        if self.file == other.file && self.line > 0 {
            format!("line {}", self.line)
        } else {
            self.to_string()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(f, "{}", self.file),
            (line, 0) => write!(f, "{}:{line}", self.file),
            (line, column) => write!(f, "{}:{line}:{column}", self.file),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Good to know.
    Note,
    /// Imported, though perhaps not as it was meant.
    Warning,
    /// Not imported.
    Error,
}

/// Something in a source that was not imported, or not as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    pub level: Level,
    #[serde(flatten)]
    pub place: Place,
    pub message: String,
    /// What to do about it.
    pub advice: String,
    /// Said for a question that whoever can answer is asked apart from the problems.
    #[serde(skip)]
    pub is_question: bool,
}

impl Diagnostic {
    pub fn new(level: Level, place: Place, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { level, place, message: message.into(), advice: advice.into(), is_question: false }
    }
}
