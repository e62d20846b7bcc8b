//! What a cell with a figure says: a number, with brackets, a percent sign, a currency or a footnote.

use headroom_model::ExactDecimal;
use headroom_tabular::{
    cell::{
        Read,
        amount::{self, CurrencyMark},
        number::{self, Decimal, DecimalMark},
        words,
    },
    raw_table::RawCell,
};

#[derive(Debug, Clone, PartialEq)]
pub enum FigureCell {
    /// No figure: empty, `n/a`, `–`.
    Gap,
    Figure(CellFigure),
    /// It may be two numbers, or is none; why.
    Unclear(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct CellFigure {
    pub number: Decimal,
    pub is_percent: bool,
    pub currency: CurrencyMark,
    /// Of a factor that the cell names: 3 for `12.3k`.
    pub zeros: u32,
    pub has_footnote: bool,
    /// Why somebody should look at it.
    pub doubt: Option<String>,
}

/// Digits that a workbook keeps.
const WORKBOOK_DIGITS: usize = 15;
const FOOTNOTES: [char; 8] = ['*', '†', '‡', '¹', '²', '³', '⁴', '§'];

/// Whether a cell may be one of figures, whatever its decimal mark: empty ones are not.
pub fn is_like_a_figure(cell: &RawCell) -> bool {
    matches!(read(cell, Some(DecimalMark::Point), false), FigureCell::Figure(_))
        || matches!(read(cell, Some(DecimalMark::Comma), false), FigureCell::Figure(_))
}

/// Reads a cell. Without a decimal mark, a number such as `1.234` is unclear.
pub fn read(cell: &RawCell, mark: Option<DecimalMark>, is_shown_as_percent: bool) -> FigureCell {
    match cell {
        RawCell::Empty => FigureCell::Gap,
        RawCell::Number(number) => of_workbook(number, is_shown_as_percent),
        RawCell::Date(day) => FigureCell::Unclear(format!("{day} is a date, not a figure")),
        RawCell::Fault(_) => {
            let (why, _) = cell.fault().unwrap_or_default();
            FigureCell::Unclear(why)
        }
        RawCell::Text(text) => of_text(text, mark),
    }
}

/// The cell as only a number: without brackets, currencies, percent signs and footnotes.
pub fn bare(text: &str) -> String {
    parts(text).map_or_else(String::new, |parts| parts.body)
}

fn of_workbook(number: &str, is_shown_as_percent: bool) -> FigureCell {
    // A workbook calculates in binary: what is beyond its digits is noise.
    let value: Option<f64> = number.parse().ok().filter(|value: &f64| value.is_finite());
    let rounded = value.map(|value| format!("{value:.*e}", WORKBOOK_DIGITS - 1));
    match rounded.as_deref().and_then(scientific) {
        Some(number) => FigureCell::Figure(CellFigure {
            // A percentage is stored as a share.
            number: if is_shown_as_percent { hundredfold(number) } else { number },
            is_percent: is_shown_as_percent,
            currency: CurrencyMark::None,
            zeros: 0,
            has_footnote: false,
            doubt: None,
        }),
        None => FigureCell::Unclear(format!("{number} is not a figure")),
    }
}

fn hundredfold(number: Decimal) -> Decimal {
    match number.scale {
        0 | 1 => Decimal { digits: number.digits * 10_i128.pow(2 - number.scale), scale: 0 },
        scale => Decimal { digits: number.digits, scale: scale - 2 },
    }
}

/// `1.23e2` as a decimal.
fn scientific(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = text.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let rest = rest.trim_end_matches('0');
    let mut digits: i128 = format!("{whole}{rest}").parse().ok()?;
    let scale = i32::try_from(rest.len()).ok()? - exponent;
    if scale < 0 {
        digits = digits.checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?;
    }
    Some(Decimal { digits, scale: scale.max(0).unsigned_abs() })
}

/// The parts of a text with a number in it.
struct CellParts {
    body: String,
    is_negative: bool,
    is_percent: bool,
    currency: CurrencyMark,
    zeros: u32,
    has_footnote: bool,
}

fn is_gap(text: &str) -> bool {
    let lower = text.to_lowercase();
    words::is_nothing(text, &[])
        || matches!(
            lower.as_str(),
            "" | "n.m."
                | "nm"
                | "n.a"
                | "n. a."
                | "-"
                | "–"
                | "—"
                | "."
                | "..."
                | "…"
                | "tbd"
                | "tbc"
                | "missing"
                | "no data"
                | "k.a."
                | "nan"
                | "null"
                | "undefined"
        )
        || lower.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '€' | '$' | '£' | ' '))
}

fn of_text(text: &str, mark: Option<DecimalMark>) -> FigureCell {
    let trimmed = text.trim();
    if is_gap(trimmed.trim_end_matches(FOOTNOTES).trim_end()) {
        return FigureCell::Gap;
    }
    let Some(parts) = parts(trimmed) else {
        return FigureCell::Unclear(format!("“{trimmed}” is not a figure"));
    };
    if is_gap(&parts.body) {
        return FigureCell::Gap;
    }
    let (number, doubt) = match number::read(&parts.body, mark) {
        Read::Sure(number) => (number, None),
        Read::Doubt(number, why) if mark.is_some() => (number, Some(why)),
        Read::Doubt(..) | Read::Open => {
            return FigureCell::Unclear(format!(
                "“{trimmed}” may have decimals or thousands: nothing in the table says which"
            ));
        }
        Read::Nothing => return FigureCell::Gap,
        Read::Fault(_) => return FigureCell::Unclear(format!("“{trimmed}” is not a figure")),
    };
    let digits = if parts.is_negative { -number.digits } else { number.digits };
    FigureCell::Figure(CellFigure {
        number: Decimal { digits, ..number },
        is_percent: parts.is_percent,
        currency: parts.currency,
        zeros: parts.zeros,
        has_footnote: parts.has_footnote,
        doubt,
    })
}

fn parts(text: &str) -> Option<CellParts> {
    let has_footnote = text.contains(FOOTNOTES);
    let mut body: String =
        text.chars().filter(|letter| !FOOTNOTES.contains(letter)).map(number::latin).collect();
    body = body.trim().to_owned();
    let mut is_negative = false;
    if let Some(inside) = body.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        // `(12) %` and `(12 %)`.
        is_negative = true;
        body = format!("{}{}", inside.0, inside.1).trim().to_owned();
    }
    let is_percent = body.contains('%');
    body = body.replace('%', "").trim().to_owned();
    let (mut currency, mut zeros) = (CurrencyMark::None, 0);
    body = without_words(&body, &mut currency, &mut zeros)?;
    if let Some(rest) = body.strip_prefix(['-', '−', '–', '—']).or_else(|| body.strip_suffix('-')) {
        is_negative = !is_negative;
        body = rest.trim().to_owned();
    }
    let body = body.trim_start_matches('+').trim().to_owned();
    Some(CellParts { body, is_negative, is_percent, currency, zeros, has_footnote })
}

/// The text without the currency and the factor in it; none if it has other words.
fn without_words(text: &str, currency: &mut CurrencyMark, zeros: &mut u32) -> Option<String> {
    let (mut rest, mut word) = (String::new(), String::new());
    let mut take = |word: &mut String| -> Option<()> {
        if word.is_empty() {
            return Some(());
        }
        *zeros = match word.to_lowercase().as_str() {
            "k" | "tsd" => 3,
            "m" | "mn" | "mio" => 6,
            "bn" => 9,
            // What it is, and nothing of how much.
            "x" | "month" | "months" | "mths" | "mos" => *zeros,
            _ => {
                *currency = CurrencyMark::Named(amount::currency(word)?);
                *zeros
            }
        };
        word.clear();
        Some(())
    };
    let mut sign = None;
    for letter in text.chars() {
        if letter.is_alphabetic() {
            word.push(letter);
            continue;
        }
        take(&mut word)?;
        match letter {
            '$' | '¥' => sign = Some(CurrencyMark::Sign(letter)),
            '€' | '£' | '₹' | '₺' | '₪' | '₩' | '₽' | '₫' | '₴' => {
                sign = amount::currency(&letter.to_string()).map(CurrencyMark::Named);
            }
            other => rest.push(other),
        }
    }
    take(&mut word)?;
    *currency = sign.filter(|_| *currency == CurrencyMark::None).unwrap_or(*currency);
    Some(rest.trim().to_owned())
}

/// The number × 10^`zeros`, exactly; none if it has more digits than a value keeps.
pub fn exact(number: Decimal, zeros: i32) -> Option<ExactDecimal> {
    let scale = i32::try_from(number.scale).ok()? - zeros;
    let digits = number.digits.checked_mul(10_i128.checked_pow((-scale).max(0).unsigned_abs())?)?;
    let scale = usize::try_from(scale.max(0)).ok()?;
    let (sign, digits) = if digits < 0 { ("-", (-digits).to_string()) } else { ("", digits.to_string()) };
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, rest) = padded.split_at(padded.len() - scale);
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{rest}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, mark: Option<DecimalMark>) -> String {
        match read(&RawCell::Text(text.to_owned()), mark, false) {
            FigureCell::Gap => "gap".to_owned(),
            FigureCell::Unclear(why) => why,
            FigureCell::Figure(figure) => {
                let zeros = i32::try_from(figure.zeros).unwrap_or(0) - if figure.is_percent { 2 } else { 0 };
                exact(figure.number, zeros).map_or_else(|| "too long".to_owned(), |number| number.to_string())
            }
        }
    }

    #[test]
    fn cells_are_read_as_reports_write_them() {
        let point = |text| told(text, Some(DecimalMark::Point));
        assert_eq!(point("412.0000"), "412");
        assert_eq!(point("(7.4694) *"), "-7.4694");
        assert_eq!(point("1,114"), "1114");
        assert_eq!(point("77.7%"), "0.777");
        assert_eq!(point("(12.5 %)"), "-0.125");
        assert_eq!(point("€ 12.3k"), "12300");
        assert_eq!(point("$1.2M"), "1200000");
        assert_eq!(point("EUR 48,000"), "48000");
        assert_eq!(point("3.2x"), "3.2");
        assert_eq!(point("11.2 months"), "11.2");
        assert_eq!(point("−3"), "-3");
        assert_eq!(point("-€3"), "-3");
        for gap in ["", "n/a", "—", "-", "N/A *", "tbd", "€ –"] {
            assert_eq!(point(gap), "gap", "{gap}");
        }
        assert!(point("see notes").contains("is not a figure"));
        let comma = |text| told(text, Some(DecimalMark::Comma));
        assert_eq!(comma("1.114"), "1114");
        assert_eq!(comma("77,7 %"), "0.777");
        assert!(told("1.234", None).contains("may have decimals or thousands"));
        assert_eq!(told("12.34", None), "12.34");
    }

    #[test]
    fn numbers_of_workbooks_keep_fifteen_digits() {
        let told =
            |number: &str, is_percent| match read(&RawCell::Number(number.to_owned()), None, is_percent) {
                FigureCell::Figure(figure) => {
                    exact(figure.number, if is_percent { -2 } else { 0 }).map(|number| number.to_string())
                }
                _ => None,
            };
        assert_eq!(told("0.30000000000000004", false).as_deref(), Some("0.3"));
        assert_eq!(told("0.777", true).as_deref(), Some("0.777"));
        assert_eq!(told("1", true).as_deref(), Some("1"));
        assert_eq!(told("35520", false).as_deref(), Some("35520"));
        assert_eq!(told("-2.286", false).as_deref(), Some("-2.286"));
        assert_eq!(told("1e21", false), None);
    }
}
