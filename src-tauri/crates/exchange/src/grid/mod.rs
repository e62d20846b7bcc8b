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
mod format;
mod layout;
mod names;
mod parse;

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{Currency, Entity, Money, PersonId, Plan, PositionId, currency_of};
use rustc_hash::FxHashMap;

pub use amount::amount;
pub use column::{COLUMNS, ColumnKind, GridColumn, column};
pub use layout::{GridGroup, GridGrouping, GridQuery, Layout, Totals, write_csv};
pub use parse::{CellEdit, CellProblem, CellValue, EditSummary, GridRowRef};

/// The positions of a plan on a day.
pub struct PlanningGrid<'a> {
    plan: &'a Plan,
    day: NaiveDate,
    /// Who is in each position on the day, or comes next.
    seated: FxHashMap<PositionId, CurrentOccupant>,
    /// The currency of amounts that have none.
    currency: Currency,
    /// What positions cost in the year of the day, where it was handed in.
    costs: Arc<FxHashMap<PositionId, Money>>,
}

/// The person in a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrentOccupant {
    pub person: PersonId,
    /// First day, if the person is still to come.
    pub comes: Option<NaiveDate>,
}

impl<'a> PlanningGrid<'a> {
    pub fn new(plan: &'a Plan, day: NaiveDate) -> Self {
        Self { plan, day, seated: seated(plan, day), currency: currency_of(plan), costs: Arc::default() }
    }

    /// Adds the cost of each position in the year of the day; without it that column is empty.
    #[must_use]
    pub fn with_costs(self, costs: Arc<FxHashMap<PositionId, Money>>) -> Self {
        Self { costs, ..self }
    }

    /// Who is in the position on the day, or comes next.
    pub fn current_occupant(&self, position: PositionId) -> Option<CurrentOccupant> {
        self.seated.get(&position).copied()
    }

    pub fn is_filled(&self, position: PositionId) -> bool {
        self.current_occupant(position).is_some_and(|seated| seated.comes.is_none())
    }

    pub fn currency(&self) -> Currency {
        self.currency
    }
}

/// As `Snapshot::occupants` of the model, for all positions at once and including those still to come: the grid lists
/// positions that don't exist yet on its day.
fn seated(plan: &Plan, day: NaiveDate) -> FxHashMap<PositionId, CurrentOccupant> {
    let mut found: FxHashMap<PositionId, CurrentOccupant> = FxHashMap::default();
    // Of several who are in it, the first in the order of people.
    let order = |seated: &CurrentOccupant| (seated.comes, plan.place_of(seated.person));
    for row in plan.assignments.iter() {
        let Some(person) = plan.people.get(row.person) else { continue };
        let from = row.from.max(person.from);
        let is_over = |until: Option<NaiveDate>| until.is_some_and(|until| until < day);
        if row.date_range().is_empty() || is_over(row.until) || is_over(person.until) {
            continue;
        }
        let seated = CurrentOccupant { person: row.person, comes: from.filter(|from| *from > day) };
        let known = found.entry(row.position).or_insert(seated);
        if order(&seated) < order(known) {
            *known = seated;
        }
    }
    found
}

#[cfg(test)]
mod tests;
