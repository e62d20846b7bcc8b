//! The table of unit economics: a row for each metric, with its sections as groups.

use headroom_analysis::metrics::Figures;

use super::{
    list::standing,
    unit_economics::{EconomicsLook, UnitEconomicsQuery, UnitEconomicsRow},
};
use crate::{
    at::At,
    entities::id::Id,
    error::Answer,
    paging::{RowQuery, matches},
    state::AppState,
    table::{CellThing, ColumnValue, TableLines, TableRows},
};

/// The unit economics that are asked for.
#[specta::specta]
pub fn unit_economics_rows(
    app: &AppState,
    query: RowQuery,
    economics: UnitEconomicsQuery,
    at: At,
) -> Answer<TableLines<UnitEconomicsRow>> {
    let plan = app.plan()?;
    let figures = Figures::new(&plan);
    let words = query.words();
    let mut rows = EconomicsLook::new(&plan, &figures, &economics, at.shown_day()).rows();
    rows.retain(|row| matches(&words, [row.metric.name.as_str(), row.section.as_str()]));
    UnitEconomicsTable.lines(rows, &query)
}

struct UnitEconomicsTable;

impl TableRows for UnitEconomicsTable {
    type Row = UnitEconomicsRow;
    type Shown = UnitEconomicsRow;
    const COLUMNS: &'static [&'static str] = &["metric", "section", "objectives"];

    fn value(&self, row: &UnitEconomicsRow, column: &str) -> ColumnValue {
        match column {
            "section" => ColumnValue::one(Some(CellThing::ranked(
                row.section_number as i32,
                &row.section,
                &row.section,
            ))),
            "objectives" => {
                let asked = row.cells.iter().flat_map(|cell| &cell.objectives);
                ColumnValue::Things(asked.map(standing).collect())
            }
            _ => ColumnValue::word(&row.metric.name),
        }
    }

    fn show(&self, row: &UnitEconomicsRow) -> UnitEconomicsRow {
        row.clone()
    }

    fn key(&self, row: &UnitEconomicsRow) -> Option<Id> {
        Some(Id(row.number.into()))
    }
}
