//! Tables with their periods down: a column is a metric, below a header of one, two or three rows.

use chrono::NaiveDate;
use headroom_files::Level;
use headroom_model::PeriodLength;
use headroom_tabular::{
    cell::date::{self, DateOrder},
    raw_table::{RawCell, RawRow, RawTable},
};
use rustc_hash::FxHashMap;

use super::{
    column_role::{ColumnRole, names_people},
    figure_cell,
    figure_table::{FigureLine, FigureTable, PeriodCell},
    imported_figures::ImportedScope,
    metric_label::MetricLabel,
    period_label::{PeriodLabel, SaidPeriod, instant},
    period_span::length_of_days,
    unit::WrittenUnit,
};

/// How many columns from the left may hold the periods.
const COLUMNS: usize = 4;
/// The most rows of a header.
const HEADER_ROWS: usize = 3;

/// Where the periods are.
struct DownLayout<'t> {
    column: usize,
    header: Vec<&'t RawRow>,
    body: Vec<&'t RawRow>,
    title: Vec<&'t RawRow>,
}

/// Reads the columns beside one of periods; none if there is none.
pub fn read(table: &RawTable, order: Option<DateOrder>) -> Option<FigureTable> {
    let layout = (0..COLUMNS).find_map(|column| layout_of(table, column, order))?;
    let order = order.or_else(|| order_of(&layout));
    let mut found = FigureTable::default();
    for row in &layout.title {
        found.title.push_str(&row.cells.iter().map(|cell| cell.text()).collect::<Vec<_>>().join(" "));
    }
    let names = names_of(&layout, table.width());
    let columns: Vec<(usize, &ColumnName, DownColumn)> = names
        .iter()
        .enumerate()
        .filter(|(column, _)| *column != layout.column)
        .filter_map(|(column, name)| name.as_ref().map(|name| (column, name, layout.use_of(column, name))))
        .collect();
    let header_line = layout.header.last().map_or(1, |row| row.line);
    let unclear =
        layout.body.iter().find(|row| PeriodLabel::of_time(row.cell(layout.column), order).is_none());
    if let Some(row) = unclear {
        let message =
            format!("“{}” may have day or month first; table left out", row.cell(layout.column).text());
        let advice = "write the dates as 2026-03-31, or say --dates day-first or month-first";
        found.tell(table, Level::Error, (row.line, layout.column), message, advice);
        return Some(found);
    }
    if let Some((at, name)) = layout.divides_periods(&columns) {
        let (message, advice) = words_of_division(&name.label);
        found.tell(table, Level::Error, (header_line, at), message, advice);
        return Some(found);
    }
    for (column, name, own) in &columns {
        let at = (header_line, *column);
        match own {
            DownColumn::Figures => {
                found.lines.extend(lines_of(&layout, *column, name, &names, order));
            }
            DownColumn::Sum => {
                let message = format!("column “{}” adds up others; not read", name.label);
                found.tell(table, Level::Note, at, message, "nothing to do");
            }
            DownColumn::Words => {
                let message = format!("column “{}” has no figures; not read", name.label);
                found.tell(table, Level::Note, at, message, "nothing to do");
            }
            DownColumn::Scope => {}
        }
    }
    let has_words = columns.iter().any(|(.., own)| *own == DownColumn::Words);
    let is_over_time = layout
        .header
        .last()
        .is_some_and(|row| ColumnRole::of(&row.cell(layout.column).text()) == Some(ColumnRole::Period));
    found.is_of_series = is_over_time && !has_words;
    found.complete_years();
    if let Some(row) = layout.body.iter().find(|row| instant(row.cell(layout.column)).is_some()) {
        let message = "times in milliseconds are read as the day that begins nearest";
        let advice = "export formatted times if days are off by one";
        found.tell(table, Level::Note, (row.line, layout.column), message.to_owned(), advice);
    }
    found.leave_out_times(table, layout.column);
    (!found.lines.is_empty() || found.problems.iter().any(|told| told.level == Level::Error)).then_some(found)
}

/// What a column beside the periods is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DownColumn {
    Figures,
    /// It says whose the figures of a row are, or remarks on them.
    Scope,
    Sum,
    /// Neither figures nor of a known meaning.
    Words,
}

impl DownLayout<'_> {
    fn use_of(&self, column: usize, name: &ColumnName) -> DownColumn {
        let is_known = MetricLabel::of(&name.label).known.is_some();
        let role = ColumnRole::of(&name.label).filter(|_| !is_known);
        let mut cells =
            self.body.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_empty()).peekable();
        let has_cells = cells.peek().is_some();
        match role {
            Some(ColumnRole::Sum) => DownColumn::Sum,
            Some(role) if !matches!(role, ColumnRole::Value | ColumnRole::Metric) => DownColumn::Scope,
            _ if has_cells && !is_known && !cells.any(figure_cell::is_like_a_figure) => DownColumn::Words,
            _ => DownColumn::Figures,
        }
    }

    /// The column of words that tells rows of one period apart, without a known meaning.
    fn divides_periods<'n>(
        &self,
        columns: &[(usize, &'n ColumnName, DownColumn)],
    ) -> Option<(usize, &'n ColumnName)> {
        let scopes: Vec<usize> = columns
            .iter()
            .filter(|(.., own)| *own == DownColumn::Scope)
            .map(|(column, ..)| *column)
            .collect();
        let words = columns.iter().filter(|(.., own)| *own == DownColumn::Words);
        let mut seen: FxHashMap<Vec<String>, &RawRow> = FxHashMap::default();
        for row in &self.body {
            let said = std::iter::once(self.column).chain(scopes.iter().copied());
            let key: Vec<String> = said.map(|column| row.cell(column).text().into_owned()).collect();
            let Some(other) = seen.insert(key, row) else { continue };
            let differs = |column: usize| row.cell(column).text() != other.cell(column).text();
            if let Some((column, name, _)) = words.clone().find(|(column, ..)| differs(*column)) {
                return Some((*column, name));
            }
        }
        None
    }
}

fn words_of_division(label: &str) -> (String, &'static str) {
    match names_people(label) {
        true => (
            format!("column “{label}” tells who: no figure is that of a person; table left out"),
            "add the figures up by month, or by team",
        ),
        false => (
            format!("column “{label}” tells rows of one period apart, and is not known; table left out"),
            "call it segment, channel, market, team or service",
        ),
    }
}

fn layout_of<'t>(table: &'t RawTable, column: usize, order: Option<DateOrder>) -> Option<DownLayout<'t>> {
    let is_period = |row: &&RawRow| {
        let orders = order.map_or(vec![DateOrder::DayFirst, DateOrder::MonthFirst], |order| vec![order]);
        let labels =
            orders.into_iter().filter_map(|order| PeriodLabel::of_time(row.cell(column), Some(order)));
        labels.into_iter().next().is_some_and(|label| !label.is_sum())
    };
    let first = table.rows.iter().position(|row| is_period(&row))?;
    let body: Vec<&RawRow> = table.rows[first..].iter().filter(is_period).collect();
    let filled = table.rows[first..].iter().filter(|row| !row.cell(column).is_empty()).count();
    let above: Vec<&RawRow> = table.rows[..first].iter().collect();
    let is_texts = |row: &&&RawRow| row.cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
    let header: Vec<&RawRow> =
        above.iter().rev().take_while(is_texts).take(HEADER_ROWS).copied().collect::<Vec<_>>();
    let title = above[..above.len() - header.len()].to_vec();
    let header: Vec<&RawRow> = header.into_iter().rev().collect();
    let has_figures = |row: &&&RawRow| {
        row.cells
            .iter()
            .enumerate()
            .any(|(at, cell)| at != column && cell.text().contains(|letter: char| letter.is_ascii_digit()))
    };
    let is_table = body.len() > 1
        && body.len() * 5 >= filled * 4
        && !header.is_empty()
        && body.iter().filter(has_figures).count() * 2 >= body.len();
    is_table.then_some(DownLayout { column, header, body, title })
}

/// Whether the day or the month comes first, if a date shows it, or if the column is one of months and only one order
/// makes each date begin or end another month.
fn order_of(layout: &DownLayout<'_>) -> Option<DateOrder> {
    let shown = layout.body.iter().find_map(|row| date::evidence(row.cell(layout.column)).shows);
    let header = layout.header.last().map(|row| row.cell(layout.column).text().to_lowercase());
    let is_of_months =
        header.is_some_and(|header| ["month", "monat", "mois"].iter().any(|word| header.contains(word)));
    shown.or_else(|| {
        let fits = |order: &DateOrder| {
            let days: Vec<NaiveDate> =
                layout.body.iter().filter_map(|row| day_of(row.cell(layout.column), *order)).collect();
            days.len() == layout.body.len() && length_of_days(&days) == PeriodLength::Month
        };
        let mut fitting = [DateOrder::DayFirst, DateOrder::MonthFirst].into_iter().filter(fits);
        fitting.next().filter(|_| is_of_months && fitting.next().is_none())
    })
}

fn day_of(cell: &RawCell, order: DateOrder) -> Option<NaiveDate> {
    match PeriodLabel::of(cell, Some(order))?.said {
        SaidPeriod::Day(day) => Some(day),
        _ => None,
    }
}

/// What the header says of a column.
struct ColumnName {
    label: String,
    group: String,
    unit: String,
}

/// The lowest row names the columns, unless only units are in it; a row above groups them.
fn names_of(layout: &DownLayout<'_>, width: usize) -> Vec<Option<ColumnName>> {
    let mut rows = layout.header.clone();
    let is_units = |row: &RawRow| {
        let texts: Vec<String> = row.cells.iter().map(|cell| cell.text().into_owned()).collect();
        let mut filled = texts.iter().filter(|text| !text.is_empty()).peekable();
        filled.peek().is_some() && filled.all(|text| WrittenUnit::of(text).is_some())
    };
    let units = rows.last().copied().filter(|row| rows.len() > 1 && is_units(row));
    if units.is_some() {
        rows.pop();
    }
    let names = rows.pop();
    let groups = rows.pop();
    let filled = |row: Option<&RawRow>, column: usize, carries: bool| {
        let row = row?;
        let mut columns = (layout.column + 1..=column).rev().take(if carries { column } else { 1 });
        let cell = columns.find(|column| !row.cell(*column).is_empty())?;
        Some(row.cell(cell).text().trim().to_owned())
    };
    let name = |column: usize| {
        let label =
            names.map(|row| row.cell(column).text().trim().to_owned()).filter(|text| !text.is_empty())?;
        let group = if column > layout.column { filled(groups, column, true) } else { None };
        Some(ColumnName {
            label,
            group: group.unwrap_or_default(),
            unit: filled(units, column, false).unwrap_or_default(),
        })
    };
    (0..width).map(name).collect()
}

/// The lines of a column: one, or one for each scope that the rows name.
fn lines_of(
    layout: &DownLayout<'_>,
    column: usize,
    name: &ColumnName,
    names: &[Option<ColumnName>],
    order: Option<DateOrder>,
) -> Vec<FigureLine> {
    // Groups are segments of the metrics below, or metrics of the segments.
    let is_metric = |text: &str| MetricLabel::of(text).known.is_some();
    let (label, group) = match is_metric(&name.group) && !is_metric(&name.label) {
        true => (&name.group, &name.label),
        false => (&name.label, &name.group),
    };
    let mut lines: Vec<FigureLine> = Vec::new();
    for row in &layout.body {
        let Some(period) = PeriodLabel::of_time(row.cell(layout.column), order) else { continue };
        let of_role = |role: ColumnRole| {
            let is_it = |name: &Option<ColumnName>| {
                name.as_ref().is_some_and(|name| ColumnRole::of(&name.label) == Some(role))
            };
            names.iter().position(is_it).map(|at| row.cell(at).text().trim().to_owned()).unwrap_or_default()
        };
        let segment = of_role(ColumnRole::Segment);
        let scope = ImportedScope {
            service: Some(of_role(ColumnRole::Service)).filter(|key| !key.is_empty()),
            team: Some(of_role(ColumnRole::Team)).filter(|key| !key.is_empty()),
            segment: if segment.is_empty() { group.clone() } else { segment },
            channel: of_role(ColumnRole::Channel),
            market: of_role(ColumnRole::Market),
        };
        let cell = PeriodCell { period, cell: row.cell(column).clone(), line: row.line, column };
        match lines.iter_mut().find(|line| line.scope == scope) {
            Some(line) => line.cells.push(cell),
            None => lines.push(FigureLine {
                label: label.clone(),
                scope,
                unit: name.unit.clone(),
                remark: String::new(),
                at: (layout.header.last().map_or(row.line, |row| row.line), column),
                cells: vec![cell],
            }),
        }
    }
    lines
}
