//! What a document says.

/// A document, from its title to its last block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlainDocument {
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

/// Where each value lies between the lowest (0) and the highest (1); none with fewer than two values.
pub(crate) fn shares(values: &[Option<f64>]) -> Option<Vec<Option<f64>>> {
    let values: Vec<Option<f64>> =
        values.iter().map(|value| value.filter(|value| value.is_finite())).collect();
    let known = || values.iter().flatten().copied();
    let (low, high) = (known().reduce(f64::min)?, known().reduce(f64::max)?);
    let share = |value: f64| {
        let share = (value - low) / (high - low);
        if share.is_finite() { share } else { 0.5 }
    };
    (known().count() > 1).then(|| values.iter().map(|value| value.map(share)).collect())
}

/// The runs of values without a break, as points in a box of this size, with y down.
pub(crate) fn runs(values: &[Option<f64>], width: f64, height: f64) -> Vec<Vec<(f64, f64)>> {
    let Some(shares) = shares(values) else { return Vec::new() };
    let step = width / (shares.len() - 1) as f64;
    let points: Vec<(usize, f64)> =
        shares.iter().enumerate().filter_map(|(at, share)| Some((at, (*share)?))).collect();
    let is_next = |one: &(usize, f64), next: &(usize, f64)| one.0 + 1 == next.0;
    points
        .chunk_by(is_next)
        .map(|run| run.iter().map(|(at, share)| (*at as f64 * step, (1.0 - share) * height)).collect())
        .collect()
}
