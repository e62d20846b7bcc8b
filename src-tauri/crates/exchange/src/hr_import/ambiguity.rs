//! Cells that somebody should look at, and questions that nobody but the user can answer.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Level, Place};

/// A cell that was taken for something with a doubt, or for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellWarning {
    pub level: Level,
    pub place: Place,
    /// The header of its column.
    pub column: String,
    pub said: String,
    /// What it counts as; none when it was left out.
    pub taken: Option<String>,
    pub why: String,
    pub advice: String,
    /// Of a column with amounts of pay.
    pub is_pay: bool,
}

/// What has to be said about a column before its cells count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AmbiguityKind {
    /// Which number of a date is the day.
    DateOrder,
    /// Which century two digits of a year belong to.
    ShortYears,
    /// The currency of amounts that name none.
    Currency,
    /// Which currency the sign is.
    Dollar,
    /// How many hours a week are full time.
    FullTimeHours,
    /// Which share of full time “part time” is.
    PartTime,
    /// Whether what is hidden counts.
    Hidden,
}

/// A question about a column. The cells that hang on it are left out until it is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ambiguity {
    /// Among the tables that were read.
    pub table: usize,
    pub ask: AmbiguityKind,
    pub column: String,
    pub text: String,
    /// A few of the cells.
    pub examples: Vec<String>,
    pub cells: usize,
    /// The first of them.
    pub place: Place,
    pub advice: String,
    /// Of a column with amounts of pay.
    pub is_pay: bool,
}

/// What stands in the place of an amount of pay that is not shown.
pub const HIDDEN: &str = "•••";

/// The end of a reason for which the whole row of a cell does not count.
pub const ROW_SKIPPED: &str = "; row skipped";

/// A text that is quoted in a message.
pub fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > SHOWN {
        format!("“{}…”", line.chars().take(SHOWN).collect::<String>())
    } else {
        format!("“{line}”")
    }
}

impl CellWarning {
    /// Without the amounts, for a screen that others may see.
    pub fn without_pay(mut self) -> Self {
        if self.is_pay {
            self.said = HIDDEN.to_owned();
            self.taken = self.taken.map(|_| HIDDEN.to_owned());
        }
        self
    }

    pub fn problem(&self) -> Diagnostic {
        let cell = format!("{} in “{}”", quoted(&self.said), self.column);
        let end = match &self.taken {
            Some(taken) => format!("; read as {taken}"),
            None if self.why.ends_with(ROW_SKIPPED) => String::new(),
            None => "; ignored".to_owned(),
        };
        let message = format!("{cell}: {}{end}", self.why);
        Diagnostic::new(self.level, self.place.clone(), message, self.advice.clone())
    }
}

impl Ambiguity {
    /// Without the amounts, for a screen that others may see.
    pub fn without_pay(mut self) -> Self {
        if self.is_pay {
            self.examples = vec![HIDDEN.to_owned()];
        }
        self
    }

    pub fn problem(&self) -> Diagnostic {
        let left = match self.cells {
            _ if self.ask == AmbiguityKind::Hidden => String::new(),
            1 => "1 cell ".to_owned(),
            cells => format!("{cells} cells "),
        };
        let message = format!("{} ({}); {left}skipped until you choose", self.text, self.examples.join(", "));
        let problem = Diagnostic::new(Level::Error, self.place.clone(), message, self.advice.clone());
        Diagnostic { is_question: true, ..problem }
    }
}
