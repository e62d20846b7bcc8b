//! Warnings about cells that someone should check, and ambiguities that only the user can resolve.

use headroom_files::{Diagnostic, Level, Place, quoted};
use serde::Serialize;

/// A cell that was read with a reservation, or left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellWarning {
    pub level: Level,
    pub place: Place,
    /// Header of its column.
    pub column: String,
    pub said: String,
    /// What it was read as; none if it was left out.
    pub taken: Option<String>,
    pub why: String,
    pub advice: String,
    /// The column has amounts of pay.
    pub is_pay: bool,
}

/// What has to be decided about a column before its cells count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AmbiguityKind {
    /// Whether the day or the month comes first in a date.
    DateOrder,
    /// Which century a two-digit year belongs to.
    ShortYears,
    /// The currency of amounts that name none.
    Currency,
    /// Which currency a sign such as `$` stands for.
    Dollar,
    /// How many weekly hours are full time.
    FullTimeHours,
    /// Which share of full time “part time” is.
    PartTime,
    /// Whether hidden rows and columns count.
    Hidden,
}

/// A column that may mean two things. The cells concerned are left out until it is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ambiguity {
    /// Index among the tables that were read.
    pub table: usize,
    pub ask: AmbiguityKind,
    pub column: String,
    pub text: String,
    /// A few of the cells.
    pub examples: Vec<String>,
    pub cells: usize,
    /// Place of the first of them.
    pub place: Place,
    pub advice: String,
    /// The column has amounts of pay.
    pub is_pay: bool,
}

/// Stands for an amount of pay that is not shown.
pub const HIDDEN: &str = "•••";

/// End of a reason why a row is left out.
pub const ROW_SKIPPED: &str = "; row skipped";

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
