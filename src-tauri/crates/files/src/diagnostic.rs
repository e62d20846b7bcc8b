//! What a reader of files has to report, and where.

use std::{fmt, sync::Arc};

use serde::Serialize;

/// Position in a source. Line and column start at 1; 0 means the whole line or file.
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
    /// This place as seen from another one: `line 12` if it is in the same file, otherwise in full.
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
    /// For information.
    Note,
    /// Read, but perhaps not as it was meant; or ignored.
    Warning,
    /// Left out.
    Error,
}

/// Something in a source that was left out, or that someone should check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    pub level: Level,
    #[serde(flatten)]
    pub place: Place,
    pub message: String,
    /// What to do about it.
    pub advice: String,
    /// It repeats an ambiguity that the user is asked about elsewhere, so lists of diagnostics leave it out.
    #[serde(skip)]
    pub is_question: bool,
}

impl Diagnostic {
    pub fn new(level: Level, place: Place, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { level, place, message: message.into(), advice: advice.into(), is_question: false }
    }
}
