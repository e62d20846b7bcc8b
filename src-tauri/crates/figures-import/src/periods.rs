//! The periods of a table: which of them are read, and what is told of the others.

use chrono::{Datelike, NaiveDate};
use headroom_files::Level;
use headroom_model::PeriodLength;
use headroom_tabular::raw_table::RawTable;
use rustc_hash::FxHashMap;

use super::{
    figure_table::{FigureTable, years_in},
    options::FiguresOptions,
    period_label::{PeriodLabel, SaidPeriod},
    period_span::{PeriodSpan, length_of_days},
};

/// The periods of a table that are read.
#[derive(Debug)]
pub struct TablePeriods {
    /// Of most of them.
    pub length: PeriodLength,
    days_are: PeriodLength,
    today: Option<NaiveDate>,
}

impl TablePeriods {
    pub fn of(table: &RawTable, found: &mut FigureTable, options: &FiguresOptions) -> Self {
        let today = options.today;
        if let Some(month) = options.fiscal_year {
            for cell in found.lines.iter_mut().flat_map(|line| &mut line.cells) {
                cell.period.said = cell.period.said.in_calendar(month);
            }
        }
        let labels: Vec<PeriodLabel> = found.periods().into_iter().cloned().collect();
        let days: Vec<NaiveDate> = labels
            .iter()
            .filter_map(|label| match label.said {
                SaidPeriod::Day(day) => Some(day),
                _ => None,
            })
            .collect();
        let days_are = length_of_days(&days);
        let mut counts: FxHashMap<PeriodLength, usize> = FxHashMap::default();
        for span in labels.iter().filter_map(|label| PeriodSpan::of_said(label.said, days_are)) {
            *counts.entry(span.length).or_default() += 1;
        }
        // Of as many months as quarters, the months.
        let length = counts.into_iter().max_by_key(|(length, count)| (*count, std::cmp::Reverse(*length)));
        let length = length.map_or(PeriodLength::Month, |(length, _)| length);
        let periods = Self { length, days_are, today };
        for label in &labels {
            periods.tell(label, table, found);
        }
        periods.tell_title(&labels, table, found);
        periods
    }

    /// The days of a period that is read.
    pub fn span(&self, label: &PeriodLabel) -> Option<PeriodSpan> {
        let span = PeriodSpan::of_said(label.said, self.days_are)?;
        let is_over = self.today.is_none_or(|today| span.last < today);
        (span.length == self.length && is_over && label.is_no_actual().is_none() && !label.is_sum())
            .then_some(span)
    }

    fn tell(&self, label: &PeriodLabel, table: &RawTable, found: &mut FigureTable) {
        if self.span(label).is_some() {
            return;
        }
        let cells = found.lines.iter().flat_map(|line| &line.cells);
        let Some(at) = cells.clone().find(|cell| cell.period == *label).map(|cell| (cell.line, cell.column))
        else {
            return;
        };
        let span = PeriodSpan::of_said(label.said, self.days_are);
        let (level, why, advice) = match span {
            None if matches!(label.said, SaidPeriod::FiscalQuarter { .. }) => (
                Level::Error,
                "is of a fiscal year, and it is not known when that begins".to_owned(),
                "say --fiscal-year 4 if it begins in April, or write the quarter as Q2 2026",
            ),
            None => (Level::Error, "has no year".to_owned(), "write the year, as Jan 2026"),
            Some(_) if label.is_no_actual().is_some() => {
                let why = label.is_no_actual().unwrap_or_default();
                (Level::Note, format!("{why} ({})", label.remark), "import it when it is over")
            }
            Some(span) if span.length != self.length => {
                let why = format!("is a {} among others", span.length.word());
                (Level::Note, why, "import tables of other periods apart")
            }
            Some(_) => (Level::Note, "is not over".to_owned(), "import it when it is over"),
        };
        let name = match (span, label.said) {
            (Some(span), _) => span.name(),
            (None, SaidPeriod::FiscalQuarter { year, quarter }) => format!("Q{quarter} FY{year}"),
            (None, _) => "month".to_owned(),
        };
        found.tell(table, level, at, format!("{name} {why}; not read"), advice);
    }

    /// A title that names another year than the columns is one of last year’s pack, or the header is.
    fn tell_title(&self, labels: &[PeriodLabel], table: &RawTable, found: &mut FigureTable) {
        let said = years_in(&found.title);
        let spans = labels.iter().filter_map(|label| PeriodSpan::of_said(label.said, self.days_are));
        let years: Vec<i32> = spans.map(|span| span.first.year()).collect();
        let (Some(newest), Some(title)) = (years.iter().max(), said.last()) else { return };
        if !said.iter().any(|year| years.contains(year)) {
            let line = found.lines.first().map_or(1, |line| line.at.0);
            let message = format!("the title says {title}, and the newest period is of {newest}");
            found.tell(
                table,
                Level::Warning,
                (line, 0),
                message,
                "check whether the header is that of another year",
            );
        }
    }
}
