//! The header of a table with its periods across: which column is which period, and what stands above or below it.

use headroom_tabular::{
    cell::date::DateOrder,
    raw_table::{RawCell, RawRow},
};

use super::{
    column_role::{ColumnRole, is_total},
    figure_table::years_in,
    period_label::{PeriodLabel, SaidPeriod, is_sum},
    unit::WrittenUnit,
};

/// The header of such a table.
#[derive(Debug)]
pub struct AcrossHeader {
    pub periods: Vec<PeriodColumn>,
    roles: Vec<(usize, ColumnRole)>,
    /// The column of the labels.
    pub label: usize,
    /// A column without a name between the labels and the periods.
    pub unnamed: Option<usize>,
    /// Whether that column says whose the figures are. The metric is another one, or that of the whole table.
    pub labels_scopes: bool,
    /// Whether a column is said to be the metric.
    pub names_metric: bool,
    /// What the column of the labels is called, if that is not what it holds: a name for the rows below.
    pub heading: String,
}

/// A column of figures.
#[derive(Debug, Clone)]
pub struct PeriodColumn {
    pub column: usize,
    pub period: PeriodLabel,
    /// What several columns of one period are about: a segment, or a metric.
    pub group: String,
}

impl AcrossHeader {
    /// The header that a row is; none if it names too few periods.
    pub fn of(row: &RawRow, above: Option<&RawRow>, order: Option<DateOrder>) -> Option<Self> {
        let mut periods: Vec<PeriodColumn> = Vec::new();
        let mut roles = Vec::new();
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            if let Some(period) = PeriodLabel::of(cell, order).filter(|label| !label.is_sum()) {
                periods.push(PeriodColumn { column, period, group: String::new() });
            } else if let Some(role) = ColumnRole::of(&cell.text()) {
                roles.push((column, role));
            }
        }
        let names_metric = roles.iter().any(|(_, role)| *role == ColumnRole::Metric);
        let is_header = periods.len() > 1 || (periods.len() == 1 && names_metric);
        if !is_header || !are_serials_plausible(row, &periods) {
            return None;
        }
        let first = periods.iter().map(|own| own.column).min()?;
        let named = roles.iter().find(|(_, role)| *role == ColumnRole::Metric).map(|(column, _)| *column);
        let is_free = |column: &usize| roles.iter().all(|(taken, _)| taken != column);
        // Without a name for it, the first column that has no other role.
        let free = named.or_else(|| (0..first).find(is_free));
        let label =
            free.or_else(|| roles.iter().map(|(column, _)| *column).find(|column| *column < first))?;
        let heading = if is_free(&label) { row.cell(label).text().trim().to_owned() } else { String::new() };
        let labels_scopes = free.is_none();
        let unnamed =
            (0..first).find(|column| *column != label && is_free(column) && row.cell(*column).is_empty());
        let mut header = Self { periods, roles, label, unnamed, labels_scopes, names_metric, heading };
        if let Some(above) = above {
            header.complete_from_above(above);
        }
        Some(header)
    }

    /// The column that has a role.
    pub fn column(&self, role: ColumnRole) -> Option<usize> {
        self.roles.iter().find(|(_, own)| *own == role).map(|(column, _)| *column)
    }

    /// A row above may say the year of months, that they are planned, or of which of several parts they are.
    fn complete_from_above(&mut self, above: &RawRow) {
        let first = self.periods.iter().map(|own| own.column).min().unwrap_or(0);
        let names_groups = self.repeats_periods();
        for own in &mut self.periods {
            let said =
                (first..=own.column).rev().map(|column| above.cell(column)).find(|cell| !cell.is_empty());
            let Some(said) = said.map(|cell| cell.text().trim().to_owned()) else { continue };
            if let (SaidPeriod::MonthOfYear(month), [year]) = (own.period.said, years_in(&said).as_slice()) {
                own.period.said = SaidPeriod::Month { year: *year, month };
            } else if names_groups {
                own.take_group(said.clone());
            }
            let planned = PeriodLabel { said: own.period.said, remark: said };
            if own.period.remark.is_empty() && planned.is_no_actual().is_some() {
                own.period.remark = planned.remark;
            }
        }
    }

    fn repeats_periods(&self) -> bool {
        let mut others = self.periods.iter().enumerate();
        others.any(|(at, own)| self.periods[..at].iter().any(|other| other.period == own.period))
    }

    /// Takes the row below as the parts of each period, if it names them: `Jan | | Feb |` above `SMB | Enterprise |
    /// SMB | Enterprise`. Says whether it does.
    pub fn take_parts(&mut self, below: &RawRow, order: Option<DateOrder>) -> bool {
        let Some(first) = self.periods.iter().map(|own| own.column).min() else { return false };
        let is_name = |cell: &RawCell| {
            matches!(cell, RawCell::Text(text) if text.contains(char::is_alphabetic))
                && PeriodLabel::of(cell, order).is_none()
        };
        let columns: Vec<usize> =
            (first..below.cells.len()).filter(|column| !below.cell(*column).is_empty()).collect();
        let are_between = columns.iter().any(|column| self.periods.iter().all(|own| own.column != *column));
        let are_units = columns.iter().all(|column| WrittenUnit::of(&below.cell(*column).text()).is_some());
        let are_names = columns.iter().all(|column| is_name(below.cell(*column)));
        if !(are_between || self.repeats_periods()) || are_units || !are_names {
            return false;
        }
        let mut parts = Vec::new();
        for column in columns {
            let of = self.periods.iter().rev().find(|own| own.column <= column);
            let is_others = |of: &PeriodColumn| {
                self.roles.iter().any(|(taken, _)| (of.column + 1..=column).contains(taken))
            };
            let Some(of) = of.filter(|of| !is_others(of)) else { continue };
            let mut part = PeriodColumn { column, ..of.clone() };
            part.take_group(below.cell(column).text().trim().to_owned());
            parts.push(part);
        }
        self.periods = parts;
        true
    }
}

impl PeriodColumn {
    /// What stands with its period: that it is planned, that it is the sum of others, or whose figures it has.
    fn take_group(&mut self, said: String) {
        let label = PeriodLabel { said: self.period.said, remark: said.clone() };
        let is_actual = ["actual", "actuals", "ist", "réel", "real"].contains(&said.to_lowercase().as_str());
        if label.is_no_actual().is_some() || is_sum(&said) && !is_total(&said) {
            self.period.remark = said;
        } else if !is_actual {
            self.group = said;
        }
    }
}

/// Numbers are dates of a workbook only if each begins or ends a month, one after the other.
fn are_serials_plausible(row: &RawRow, periods: &[PeriodColumn]) -> bool {
    let serials = periods.iter().filter(|own| matches!(row.cell(own.column), RawCell::Number(_)));
    let days: Vec<chrono::NaiveDate> = serials
        .filter_map(|own| match own.period.said {
            SaidPeriod::Day(day) => Some(day),
            _ => None,
        })
        .collect();
    let is_edge = |day: &chrono::NaiveDate| {
        chrono::Datelike::day(day) == 1
            || day.succ_opt().is_some_and(|next| chrono::Datelike::day(&next) == 1)
    };
    days.is_empty() || days.len() > 1 && days.iter().all(is_edge) && days.is_sorted_by(|one, two| one < two)
}
