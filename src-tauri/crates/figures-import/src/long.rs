//! Long tables: a row is one figure, with its metric and its period.

use headroom_tabular::{
    cell::date::{self, DateOrder},
    raw_table::{RawRow, RawTable},
};
use rustc_hash::FxHashMap;

use super::{
    column_role::ColumnRole,
    figure_table::{FigureLine, FigureTable, PeriodCell},
    imported_figures::ImportedScope,
    period_label::{PeriodLabel, instant},
};

/// Reads the rows below a header that names metric, period and value; none if there is no such header.
pub fn read(table: &RawTable, order: Option<DateOrder>) -> Option<FigureTable> {
    let at = table.rows.iter().position(|row| roles_of(row).is_some())?;
    let roles = roles_of(&table.rows[at])?;
    let column = |role: ColumnRole| roles.iter().find(|(_, own)| *own == role).map(|(column, _)| *column);
    let (metric, value) = (column(ColumnRole::Metric)?, column(ColumnRole::Value)?);
    let period = column(ColumnRole::Period)
        .or_else(|| column(ColumnRole::Last))
        .or_else(|| column(ColumnRole::First))?;
    let rows = &table.rows[at + 1..];
    let order = order.or_else(|| rows.iter().find_map(|row| date::evidence(row.cell(period)).shows));
    let mut found = FigureTable::default();
    let mut known: FxHashMap<(String, ImportedScope, String), usize> = FxHashMap::default();
    for row in rows {
        let text = |column: Option<usize>| {
            column.map(|at| row.cell(at).text().trim().to_owned()).unwrap_or_default()
        };
        let label = text(Some(metric));
        let Some(period) = PeriodLabel::of_time(row.cell(period), order).filter(|_| !label.is_empty()) else {
            if !row.is_blank() && !label.is_empty() {
                let message = format!("“{}” is not a period", row.cell(period).text());
                let advice = "write it as 2026-03, 2026-Q1 or 2026-03-31";
                found.tell(table, headroom_files::Level::Error, (row.line, period), message, advice);
            }
            continue;
        };
        let scope = ImportedScope {
            service: Some(text(column(ColumnRole::Service))).filter(|key| !key.is_empty()),
            team: Some(text(column(ColumnRole::Team))).filter(|key| !key.is_empty()),
            segment: text(column(ColumnRole::Segment)),
            channel: text(column(ColumnRole::Channel)),
            market: text(column(ColumnRole::Market)),
        };
        let unit =
            [text(column(ColumnRole::Currency)), text(column(ColumnRole::Unit))].join(" ").trim().to_owned();
        let cell = PeriodCell { period, cell: row.cell(value).clone(), line: row.line, column: value };
        let remark = text(column(ColumnRole::Remark));
        let line = *known.entry((label.clone(), scope.clone(), unit.clone())).or_insert_with(|| {
            found.lines.push(FigureLine {
                label,
                scope,
                unit,
                remark,
                at: (row.line, metric),
                cells: Vec::new(),
            });
            found.lines.len() - 1
        });
        found.lines[line].cells.push(cell);
    }
    if rows
        .first()
        .is_some_and(|row| row.cell(period).text().contains(':') || instant(row.cell(period)).is_some())
    {
        found.leave_out_times(table, period);
    }
    (!found.lines.is_empty() || !found.problems.is_empty()).then_some(found)
}

fn roles_of(row: &RawRow) -> Option<Vec<(usize, ColumnRole)>> {
    let cells = row.cells.iter().enumerate();
    let roles: Vec<(usize, ColumnRole)> =
        cells.filter_map(|(column, cell)| Some((column, ColumnRole::of(&cell.text())?))).collect();
    let has = |role| roles.iter().any(|(_, own)| *own == role);
    let has_period = has(ColumnRole::Period) || has(ColumnRole::Last) || has(ColumnRole::First);
    (has(ColumnRole::Metric) && has(ColumnRole::Value) && has_period).then_some(roles)
}
