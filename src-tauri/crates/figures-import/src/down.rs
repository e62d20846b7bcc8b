//! Tables with their periods down: a column is a metric, below a header of one, two or three rows.

use headroom_files::Level;
use headroom_tabular::{
    cell::date::{self, DateOrder},
    raw_table::{RawRow, RawTable},
};

use super::{
    column_role::ColumnRole,
    figure_table::{FigureLine, FigureTable, PeriodCell},
    imported_figures::ImportedScope,
    metric_label::MetricLabel,
    period_label::{PeriodLabel, is_sum},
    unit::FigureUnit,
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
    for (column, name) in names.iter().enumerate() {
        let Some(name) = name.as_ref().filter(|_| column != layout.column) else { continue };
        let role = ColumnRole::of(&name.label);
        if is_sum(&name.label) {
            let at = (layout.header.last().map_or(1, |row| row.line), column);
            let message = format!("column “{}” adds up others; not read", name.label);
            found.tell(table, Level::Note, at, message, "nothing to do");
        } else if role.is_none_or(|role| matches!(role, ColumnRole::Value | ColumnRole::Metric)) {
            found.lines.extend(lines_of(&layout, column, name, &names, order));
        }
    }
    found.complete_years();
    (!found.lines.is_empty()).then_some(found)
}

fn layout_of<'t>(table: &'t RawTable, column: usize, order: Option<DateOrder>) -> Option<DownLayout<'t>> {
    let is_period = |row: &&RawRow| {
        PeriodLabel::of(row.cell(column), order.or(Some(DateOrder::DayFirst)))
            .is_some_and(|label| !label.is_sum())
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

/// Whether the day or the month comes first, if a date shows it; dates that could be both end or begin months.
fn order_of(layout: &DownLayout<'_>) -> Option<DateOrder> {
    layout.body.iter().find_map(|row| date::evidence(row.cell(layout.column)).shows)
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
        filled.peek().is_some() && filled.all(|text| FigureUnit::of(text).is_some())
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
        let Some(period) = PeriodLabel::of(row.cell(layout.column), order) else { continue };
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
