//! How the numbers of a table are written: which mark stands before the decimals, and whether shares are percent.

use headroom_tabular::{
    cell::number::{self, DecimalMark},
    raw_table::RawCell,
};

use super::{
    figure_cell::{self, CellFigure},
    figure_table::{FigureLine, FigureTable},
};

/// How many numbers with three digits behind a mark show that it separates thousands, if nothing contradicts.
const ENOUGH: usize = 2;

/// The decimal mark of a table, and whether it follows only from numbers that look like thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableMark {
    pub mark: Option<DecimalMark>,
    pub is_presumed: bool,
}

pub fn mark_of(table: &FigureTable) -> TableMark {
    let texts: Vec<String> = table.lines.iter().flat_map(texts_of).collect();
    let shown = |mark| texts.iter().filter(|text| number::shows(text) == Some(mark)).count();
    let (points, commas) = (shown(DecimalMark::Point), shown(DecimalMark::Comma));
    let known = |mark| TableMark { mark: Some(mark), is_presumed: false };
    match (points, commas) {
        (1.., _) if points >= commas => known(DecimalMark::Point),
        (_, 1..) => known(DecimalMark::Comma),
        _ => presumed(&texts),
    }
}

/// Numbers such as `1,114` alone have thousands, if there are several and none with the other mark.
fn presumed(texts: &[String]) -> TableMark {
    let with = |mark: char| texts.iter().filter(|text| is_grouped(text, mark)).count();
    let mark = match (with('.'), with(',')) {
        (0, ENOUGH..) => Some(DecimalMark::Point),
        (ENOUGH.., 0) => Some(DecimalMark::Comma),
        _ => None,
    };
    TableMark { mark, is_presumed: mark.is_some() }
}

fn texts_of(line: &FigureLine) -> Vec<String> {
    let cells = line.cells.iter().filter_map(|cell| match &cell.cell {
        RawCell::Text(text) => Some(figure_cell::bare(text)),
        _ => None,
    });
    cells.filter(|text| !text.is_empty()).collect()
}

/// One mark, with exactly three digits behind it.
fn is_grouped(text: &str, mark: char) -> bool {
    let mut halves = text.split(mark);
    let (Some(whole), Some(rest), None) = (halves.next(), halves.next(), halves.next()) else { return false };
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    rest.len() == 3 && are_digits(rest) && are_digits(whole) && whole != "0" && whole.len() < 4
}

/// The cells of a line that look like the others with the other mark: `1.234` beside `1,234`.
pub fn mixed(line: &FigureLine, mark: Option<DecimalMark>) -> Option<char> {
    let texts = texts_of(line);
    let has = |mark: char| texts.iter().any(|text| is_grouped(text, mark));
    let decimal = mark.map_or('.', DecimalMark::letter);
    (has('.') && has(',')).then_some(decimal)
}

pub fn is_mixed_cell(cell: &RawCell, decimal: char) -> bool {
    matches!(cell, RawCell::Text(text) if is_grouped(&figure_cell::bare(text), decimal))
}

/// How the shares of a line are written that have no percent sign of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareNotation {
    /// 12 is 12 %.
    Percent,
    /// 0.12 is 12 %.
    Fraction,
    /// It could be either.
    Unclear,
}

/// Decides by all numbers of a line; `is_said` if its unit is `%`.
pub fn shares(figures: &[&CellFigure], is_said: bool) -> ShareNotation {
    // Beyond this, numbers of one line are not written in one way.
    const SPREAD: f64 = 20.0;
    let value = |figure: &&CellFigure| {
        (figure.number.digits as f64 / 10_f64.powi(figure.number.scale.try_into().unwrap_or(i32::MAX))).abs()
    };
    let (signed, plain): (Vec<&CellFigure>, Vec<_>) =
        figures.iter().copied().partition(|figure| figure.is_percent);
    let plain: Vec<f64> = plain.iter().map(value).filter(|value| *value > 0.0).collect();
    let (low, high) =
        plain.iter().fold((f64::MAX, 0_f64), |(low, high), value| (low.min(*value), high.max(*value)));
    match (is_said, signed.is_empty()) {
        (_, false) => ShareNotation::Unclear,
        (true, true) if high > 1.0 && high / low < SPREAD => ShareNotation::Percent,
        // Shares above one are those of retention and growth.
        (false, true) if high <= 2.0 => ShareNotation::Fraction,
        (_, true) => ShareNotation::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure_cell::CellReading;

    fn notation(texts: &[&str], is_said: bool) -> ShareNotation {
        let read = |text: &&str| match figure_cell::read(&RawCell::Text((*text).to_owned()), None, false) {
            CellReading::Figure(figure) => figure,
            _ => panic!("{text}"),
        };
        let figures: Vec<CellFigure> = texts.iter().map(read).collect();
        shares(&figures.iter().collect::<Vec<_>>(), is_said)
    }

    #[test]
    fn shares_are_told_apart_by_their_line() {
        assert_eq!(notation(&["77.7", "76.2"], true), ShareNotation::Percent);
        assert_eq!(notation(&["0.8", "1.2", "2.3"], true), ShareNotation::Percent);
        assert_eq!(notation(&["0.777", "0.76"], true), ShareNotation::Unclear);
        assert_eq!(notation(&["0.777", "0.76"], false), ShareNotation::Fraction);
        assert_eq!(notation(&["0.98", "1.02"], false), ShareNotation::Fraction);
        assert_eq!(notation(&["77.7", "76.2"], false), ShareNotation::Unclear);
        assert_eq!(notation(&["0.12", "12", "12 %"], true), ShareNotation::Unclear);
    }
}
