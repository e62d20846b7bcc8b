//! The planning grid: positions as cells of a table.
//!
//! Cells are formatted (`format`) and parsed (`parse`) by the same table of columns, [`COLUMNS`]; `layout` filters,
//! orders, groups and sums the rows; `names` resolves what a name in a cell means. A block of cells, typed, pasted or
//! filled, becomes one list of changes, or a list of the cells that can't be taken, with row, column and reason;
//! never half of it. Dates are parsed by the page, costs are handed in by the shell, and hidden pay is neither shown
//! nor revealed by order or filter. Why the grid is our own: `docs/decisions/planning-grid.md`. Tests: `tests.rs`,
//! `amount.rs`.

mod amount;
mod column;
mod duplicate;
mod format;
mod layout;
mod names;
mod parse;
mod planning_grid;

pub use amount::amount;
pub use column::{COLUMNS, ColumnKind, GridColumn, column};
pub use layout::{GridGroup, GridGrouping, GridQuery, Layout, Totals, write_csv};
pub use parse::{CellEdit, CellProblem, CellValue, EditSummary, GridRowRef};
pub use planning_grid::{CurrentOccupant, PlanningGrid};

#[cfg(test)]
mod tests;
