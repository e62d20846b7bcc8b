//! Cells that somebody should look at, and questions that nobody but the user can answer.

use serde::Serialize;

use crate::problem::{Level, Place, Problem};

/// A cell that was taken for something with a doubt, or for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
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
pub enum Ask {
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
pub struct Question {
    /// Among the tables that were read.
    pub table: usize,
    pub ask: Ask,
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

impl Doubt {
    /// Without the amounts, for a screen that others may see.
    pub fn without_pay(mut self) -> Self {
        if self.is_pay {
            self.said = HIDDEN.to_owned();
            self.taken = self.taken.map(|_| HIDDEN.to_owned());
        }
        self
    }

    pub fn problem(&self) -> Problem {
        let cell = format!("{} in the column “{}”", quoted(&self.said), self.column);
        let end = match &self.taken {
            Some(taken) => format!("it was taken for {taken}"),
            None => "it was left out".to_owned(),
        };
        let message = format!("{cell}: {}; {end}", self.why);
        Problem::new(self.level, self.place.clone(), message, self.advice.clone())
    }
}

impl Question {
    /// Without the amounts, for a screen that others may see.
    pub fn without_pay(mut self) -> Self {
        if self.is_pay {
            self.examples = vec![HIDDEN.to_owned()];
        }
        self
    }

    pub fn problem(&self) -> Problem {
        let cells =
            if self.cells == 1 { "1 cell was".to_owned() } else { format!("{} cells were", self.cells) };
        let left = if self.ask == Ask::Hidden { "they are".to_owned() } else { cells };
        let message =
            format!("{} ({}); {left} left out until somebody says", self.text, self.examples.join(", "));
        let problem = Problem::new(Level::Error, self.place.clone(), message, self.advice.clone());
        Problem { is_question: true, ..problem }
    }
}
