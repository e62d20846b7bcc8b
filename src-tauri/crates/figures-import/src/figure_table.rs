//! A table of figures, whichever way round it was: lines of cells, each of one metric and one scope.

use headroom_files::{Diagnostic, Level};
use headroom_tabular::raw_table::{RawCell, RawTable, letters};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    imported_figures::ImportedScope,
    period_label::{PeriodLabel, SaidPeriod},
};

/// The cells of a metric in a scope.
#[derive(Debug, Clone, Default)]
pub struct FigureLine {
    /// What the table calls the metric.
    pub label: String,
    pub scope: ImportedScope,
    /// What the column of units says.
    pub unit: String,
    pub remark: String,
    /// Line and column, from 1 and 0, of the label.
    pub at: (u64, usize),
    pub cells: Vec<PeriodCell>,
}

#[derive(Debug, Clone)]
pub struct PeriodCell {
    pub period: PeriodLabel,
    pub cell: RawCell,
    pub line: u64,
    pub column: usize,
}

/// What a table says of figures.
#[derive(Debug, Default)]
pub struct FigureTable {
    pub lines: Vec<FigureLine>,
    /// What stands above the table.
    pub title: String,
    pub problems: Vec<Diagnostic>,
    /// Its columns are nothing but series over time, so that it is one of figures whatever they are called.
    pub is_of_series: bool,
}

impl FigureTable {
    pub fn tell(&mut self, table: &RawTable, level: Level, at: (u64, usize), message: String, advice: &str) {
        self.problems.push(Diagnostic::new(level, table.place(at.0, at.1), message, advice));
    }

    /// Leaves out days of which there are several times: what they have in common is not a figure of the day.
    pub fn leave_out_times(&mut self, table: &RawTable, period_column: usize) {
        let written: FxHashMap<u64, String> =
            table.rows.iter().map(|row| (row.line, row.cell(period_column).text().into_owned())).collect();
        let mut first = None;
        for line in &mut self.lines {
            let mut times: FxHashMap<PeriodLabel, FxHashSet<&str>> = FxHashMap::default();
            for cell in line.cells.iter().filter(|cell| matches!(cell.period.said, SaidPeriod::Day(_))) {
                let text = written.get(&cell.line).map_or("", String::as_str);
                times.entry(cell.period.clone()).or_default().insert(text);
            }
            line.cells.retain(|cell| {
                let is_one = times.get(&cell.period).is_none_or(|times| times.len() < 2);
                if !is_one {
                    first.get_or_insert(cell.line);
                }
                is_one
            });
        }
        self.lines.retain(|line| !line.cells.is_empty());
        if let Some(line) = first {
            let message =
                "several times of one day; days of which there are several were left out".to_owned();
            let advice = "export one value a day: in Grafana, with an interval of 1d";
            self.tell(table, Level::Error, (line, period_column), message, advice);
        }
    }

    /// Every period that a header names, once.
    pub fn periods(&self) -> Vec<&PeriodLabel> {
        let mut periods: Vec<&PeriodLabel> = Vec::new();
        for cell in self.lines.iter().flat_map(|line| &line.cells) {
            if !periods.contains(&&cell.period) {
                periods.push(&cell.period);
            }
        }
        periods
    }

    /// Gives months without a year the one of the title, if it names one only.
    pub fn complete_years(&mut self) {
        let Some(year) = only_year(&self.title) else { return };
        for cell in self.lines.iter_mut().flat_map(|line| &mut line.cells) {
            if let SaidPeriod::MonthOfYear(month) = cell.period.said {
                cell.period.said = SaidPeriod::Month { year, month };
            }
        }
    }
}

/// The years that a text names, with four digits.
pub fn years_in(text: &str) -> Vec<i32> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let mut years: Vec<i32> = words
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1990..=2100).contains(year))
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn only_year(text: &str) -> Option<i32> {
    match years_in(text).as_slice() {
        [year] => Some(*year),
        _ => None,
    }
}

/// The address of a cell as spreadsheets have it: `D7`.
pub fn address(line: u64, column: usize) -> String {
    format!("{}{line}", letters(column))
}
