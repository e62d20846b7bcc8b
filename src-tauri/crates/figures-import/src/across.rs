//! Tables with their periods across: a row is a metric in a scope.

use headroom_files::Level;
use headroom_tabular::{
    cell::date::DateOrder,
    raw_table::{RawCell, RawRow, RawTable},
};

use super::{
    column_role::ColumnRole,
    figure_cell::{self, CellReading},
    figure_table::{FigureLine, FigureTable, PeriodCell, years_in},
    imported_figures::ImportedScope,
    period_label::{PeriodLabel, SaidPeriod, is_sum},
};

/// The header of such a table.
struct AcrossHeader {
    periods: Vec<(usize, PeriodLabel)>,
    roles: Vec<(usize, ColumnRole)>,
    label: usize,
    /// Whether a column is said to be the metric.
    names_metric: bool,
}

/// Reads the rows below each header with periods; none if there is no such header.
pub fn read(table: &RawTable, order: Option<DateOrder>) -> Option<FigureTable> {
    let mut found = FigureTable::default();
    let mut header: Option<AcrossHeader> = None;
    let mut block = Block::default();
    let mut above: Option<&RawRow> = None;
    for row in &table.rows {
        if let Some(new) = header_of(row, above, order) {
            tell_sums(&mut found, table, row, header.is_none());
            header = Some(new);
            block = Block::default();
        } else if let Some(header) = &header {
            found.lines.extend(line_of(row, header, &mut block));
        } else {
            title(&mut found.title, row);
        }
        above = Some(row);
    }
    header.filter(|_| !found.lines.is_empty())?;
    settle_headings(&mut found, &block);
    found.complete_years();
    Some(found)
}

/// Whether one of the headers names the column of the metrics.
pub fn names_metric(table: &RawTable, order: Option<DateOrder>) -> bool {
    let mut above = None;
    table.rows.iter().any(|row| {
        let header = header_of(row, above, order);
        above = Some(row);
        header.is_some_and(|header| header.names_metric)
    })
}

fn title(title: &mut String, row: &RawRow) {
    for cell in row.cells.iter().filter(|cell| matches!(cell, RawCell::Text(_))) {
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(&cell.text());
    }
}

fn tell_sums(found: &mut FigureTable, table: &RawTable, row: &RawRow, is_first: bool) {
    for (column, cell) in row.cells.iter().enumerate().filter(|_| is_first) {
        if is_sum(&cell.text()) {
            let message = format!("column “{}” adds up periods; not read", cell.text());
            found.tell(table, Level::Note, (row.line, column), message, "nothing to do");
        }
    }
}

fn header_of(row: &RawRow, above: Option<&RawRow>, order: Option<DateOrder>) -> Option<AcrossHeader> {
    let mut periods: Vec<(usize, PeriodLabel)> = Vec::new();
    let mut roles = Vec::new();
    let mut others = Vec::new();
    for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        if let Some(label) = PeriodLabel::of(cell, order).filter(|label| !label.is_sum()) {
            periods.push((column, label));
        } else if let Some(role) = ColumnRole::of(&cell.text()) {
            roles.push((column, role));
        } else {
            others.push(column);
        }
    }
    let names_metric = roles.iter().any(|(_, role)| *role == ColumnRole::Metric);
    let is_header = periods.len() > 1 || (periods.len() == 1 && names_metric);
    if !is_header || !are_serials_plausible(row, &periods) {
        return None;
    }
    let first = periods.iter().map(|(column, _)| *column).min()?;
    let named = roles.iter().find(|(_, role)| *role == ColumnRole::Metric).map(|(column, _)| *column);
    let is_free = |column: &usize| roles.iter().all(|(taken, _)| taken != column);
    // Without a name for it, the first column that has no other role.
    let label = named.or_else(|| (0..first).find(is_free))?;
    for (_, period) in &mut periods {
        period.remark = period.remark.trim().to_owned();
    }
    if let Some(above) = above {
        complete_from_above(&mut periods, above);
    }
    Some(AcrossHeader { periods, roles, label, names_metric })
}

/// Numbers are dates of a workbook only if each begins or ends a month, one after the other.
fn are_serials_plausible(row: &RawRow, periods: &[(usize, PeriodLabel)]) -> bool {
    let serials = periods.iter().filter(|(column, _)| matches!(row.cell(*column), RawCell::Number(_)));
    let days: Vec<chrono::NaiveDate> = serials
        .filter_map(|(_, label)| match label.said {
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

/// A row above may say the year of months, or that they are planned.
fn complete_from_above(periods: &mut [(usize, PeriodLabel)], above: &RawRow) {
    let first = periods.iter().map(|(column, _)| *column).min().unwrap_or(0);
    for (column, period) in periods.iter_mut() {
        let said = (first..=*column).rev().map(|column| above.cell(column)).find(|cell| !cell.is_empty());
        let Some(said) = said.map(|cell| cell.text().into_owned()) else { continue };
        if let (SaidPeriod::MonthOfYear(month), [year]) = (period.said, years_in(&said).as_slice()) {
            period.said = SaidPeriod::Month { year: *year, month };
        }
        let planned = PeriodLabel { said: period.said, remark: said };
        if period.remark.is_empty() && planned.is_no_actual().is_some() {
            period.remark = planned.remark;
        }
    }
}

/// What rows above say of the ones below.
#[derive(Default)]
struct Block {
    heading: String,
    /// The label of the row above, for those that leave it out.
    label: String,
    /// Headings of the lines, in their order.
    headings: Vec<String>,
}

fn line_of(row: &RawRow, header: &AcrossHeader, block: &mut Block) -> Option<FigureLine> {
    let text = |column: usize| row.cell(column).text().trim().to_owned();
    let has_figure = header.periods.iter().any(|(column, _)| !row.cell(*column).is_empty());
    let own = text(header.label);
    if !has_figure {
        block.heading = own;
        block.label.clear();
        return None;
    }
    let of_role = |role: ColumnRole| {
        let column = header.roles.iter().find(|(_, own)| *own == role).map(|(column, _)| *column);
        column.map(text).unwrap_or_default()
    };
    let scope = ImportedScope {
        service: Some(of_role(ColumnRole::Service)).filter(|key| !key.is_empty()),
        team: Some(of_role(ColumnRole::Team)).filter(|key| !key.is_empty()),
        segment: of_role(ColumnRole::Segment),
        channel: of_role(ColumnRole::Channel),
        market: of_role(ColumnRole::Market),
    };
    let label = if own.is_empty() && scope != ImportedScope::default() { block.label.clone() } else { own };
    if label.is_empty() {
        return None;
    }
    block.label.clone_from(&label);
    let cells = header.periods.iter().map(|(column, period)| PeriodCell {
        period: period.clone(),
        cell: row.cell(*column).clone(),
        line: row.line,
        column: *column,
    });
    let unit = [of_role(ColumnRole::Currency), of_role(ColumnRole::Unit)].join(" ").trim().to_owned();
    let line = FigureLine {
        label,
        scope,
        unit,
        remark: of_role(ColumnRole::Remark),
        at: (row.line, header.label),
        cells: cells.collect(),
    };
    // A row of words is none of figures.
    let is_figure = |cell: &PeriodCell| {
        !matches!(figure_cell::read(&cell.cell, None, false), CellReading::Unclear(_))
            || cell.cell.text().contains(|letter: char| letter.is_ascii_digit())
    };
    if !line.cells.iter().any(is_figure) {
        return None;
    }
    block.headings.push(block.heading.clone());
    Some(line)
}

/// Below a heading that is a metric, or below several that repeat the same labels, a label is a segment.
fn settle_headings(found: &mut FigureTable, block: &Block) {
    use super::metric_label::MetricLabel;
    let is_segment = |label: &str, heading: &str| {
        if heading.is_empty() || MetricLabel::of(label).known.is_some() {
            return false;
        }
        let mut others = found.lines.iter().zip(&block.headings).filter(|(line, _)| line.label == label);
        MetricLabel::of(heading).known.is_some() || others.any(|(_, other)| other != heading)
    };
    let headings: Vec<Option<String>> = found
        .lines
        .iter()
        .zip(&block.headings)
        .map(|(line, heading)| is_segment(&line.label, heading).then(|| heading.clone()))
        .collect();
    for (line, heading) in found.lines.iter_mut().zip(headings) {
        if let Some(heading) = heading.filter(|_| line.scope.segment.is_empty()) {
            line.scope.segment = std::mem::replace(&mut line.label, heading);
        }
    }
}
