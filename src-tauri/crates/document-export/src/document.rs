//! What a document says.

/// A document, from its title to its last block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    pub title: String,
    /// One line below the title; may be empty.
    pub subtitle: String,
    pub blocks: Vec<DocumentBlock>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum DocumentBlock {
    /// Begins a section.
    Heading(String),
    /// Begins a part of one.
    Subheading(String),
    Paragraph(DocumentLine),
    /// A remark.
    Quiet(String),
    List(Vec<DocumentLine>),
    Table {
        head: Vec<String>,
        rows: Vec<Vec<DocumentCell>>,
    },
}

/// A text, with a word in front that it is known by; that may be empty: **High** Customs has no lead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentLine {
    pub lead: String,
    pub text: String,
}

impl DocumentLine {
    pub fn new(lead: impl Into<String>, text: impl Into<String>) -> Self {
        Self { lead: lead.into(), text: text.into() }
    }
}

impl From<String> for DocumentLine {
    fn from(text: String) -> Self {
        Self { lead: String::new(), text }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum DocumentCell {
    Text(String),
    /// Stands at the end of its column.
    Number(String),
    /// A small curve of values, the oldest first; with a break where there is none.
    Curve(Vec<Option<f64>>),
}

/// The runs of values without a break, as points in a box of this size, with y down. Fewer than two values give none.
pub(crate) fn runs(values: &[Option<f64>], width: f64, height: f64) -> Vec<Vec<(f64, f64)>> {
    let known: Vec<f64> = values.iter().flatten().copied().filter(|value| value.is_finite()).collect();
    if known.len() < 2 {
        return Vec::new();
    }
    let (low, high) =
        known.iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
    let steps = (values.len() - 1).max(1) as f64;
    let point = |at: usize, value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        (at as f64 / steps * width, (1.0 - share) * height)
    };
    let mut runs: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (at, value) in values.iter().enumerate() {
        match (value.filter(|value| value.is_finite()), runs.last_mut()) {
            (Some(value), Some(run)) => run.push(point(at, value)),
            (None, Some(run)) if !run.is_empty() => runs.push(Vec::new()),
            _ => {}
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}
