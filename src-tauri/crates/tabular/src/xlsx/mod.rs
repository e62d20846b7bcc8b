//! Tables for export, as a workbook (XLSX) or as CSV.
//!
//! Text stays text: no program runs it as a formula, whatever it begins with. The only formulas are those of
//! [`XlsxCell::Formula`], and each carries its result for programs that don't calculate: previews, scripts, Excel's
//! protected view. What is in the tables is decided in `hiring-export`.

mod csv;
mod write;

use chrono::NaiveDate;

pub use csv::write_csv;
pub use write::write_xlsx;

/// The sheets of a workbook, in order.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pub sheets: Vec<Sheet>,
}

#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// At most 31 characters, without `[]:*?/\`.
    pub name: String,
    pub columns: Vec<XlsxColumn>,
    /// The first row has the titles of the columns.
    pub has_titles: bool,
    /// Rows that stay in view, besides the titles.
    pub fixed_rows: u32,
    /// Columns that stay in view.
    pub fixed_columns: u16,
    /// Rows may be shorter than there are columns.
    pub rows: Vec<Vec<XlsxCell>>,
}

#[derive(Debug, Clone)]
pub struct XlsxColumn {
    pub title: String,
    /// In characters.
    pub width: u8,
}

impl XlsxColumn {
    pub fn new(title: impl Into<String>, width: u8) -> Self {
        Self { title: title.into(), width }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum XlsxCell {
    Empty,
    Text(String),
    /// Emphasised text.
    Heading(String),
    Number(f64, NumberFormat),
    Date(NaiveDate),
    /// The formula without `=`, and its result: a number, or none for an empty text.
    Formula(String, NumberFormat, Option<f64>),
}

/// Format of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberFormat {
    Plain,
    /// So many decimals, with thousands separators.
    Decimals(u8),
    Percent,
    Date,
    /// `Mar 2027`.
    Month,
}

impl XlsxCell {
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { XlsxCell::Empty } else { XlsxCell::Text(text) }
    }

    pub fn formula(formula: impl Into<String>, look: NumberFormat, result: impl Into<Option<f64>>) -> Self {
        XlsxCell::Formula(formula.into(), look, result.into())
    }

    pub fn date(day: Option<NaiveDate>) -> Self {
        day.map_or(XlsxCell::Empty, XlsxCell::Date)
    }
}

/// The serial number of a day in spreadsheets.
pub fn serial(day: NaiveDate) -> f64 {
    // Days since 31 December 1899, plus one for the 29 February 1900 that spreadsheets count.
    (day - NaiveDate::default()).num_days() as f64 + 25_569.0
}

/// Letters of a column: 0 is `A`, 26 is `AA`.
pub fn column_name(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        // Always an upper-case letter.
        letters.push(char::from(b'A' + (at % 26) as u8));
        match (at / 26).checked_sub(1) {
            Some(next) => at = next,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_names_are_as_in_spreadsheets() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(column_name), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
