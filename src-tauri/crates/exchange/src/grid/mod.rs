//! Positions as the cells of a sheet: what each cell shows, what may be typed or pasted into it, and the changes that
//! follow. A block of cells is taken whole or not at all. A column is one line in [`COLUMNS`].

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

/// The positions of a plan as a sheet shows them on a day.
pub struct PlanningGrid<'a> {
    plan: &'a Plan,
    day: NaiveDate,
    /// Who is in a seat on the day, or comes next.
    seated: FxHashMap<PositionId, CurrentOccupant>,
    /// What an amount without one is taken to be in.
    currency: Currency,
    /// What seats cost this year, where somebody has worked it out.
    costs: Arc<FxHashMap<PositionId, Money>>,
}

/// Who is in a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrentOccupant {
    pub person: PersonId,
    /// The first day, for somebody who is still to come.
    pub comes: Option<NaiveDate>,
}

impl<'a> PlanningGrid<'a> {
    pub fn new(plan: &'a Plan, day: NaiveDate) -> Self {
        Self { plan, day, seated: seated(plan, day), currency: currency_of(plan), costs: Arc::default() }
    }

    /// With what each seat costs in the year of the day; without, that column is empty.
    #[must_use]
    pub fn with_costs(self, costs: Arc<FxHashMap<PositionId, Money>>) -> Self {
        Self { costs, ..self }
    }

    /// Who is in the seat on the day, or comes next.
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

/// As `Snapshot::occupants` of the model, for all positions at once and with those who are still to come: a sheet lists seats
/// that do not exist yet on its day.
fn seated(plan: &Plan, day: NaiveDate) -> FxHashMap<PositionId, CurrentOccupant> {
    let mut found: FxHashMap<PositionId, CurrentOccupant> = FxHashMap::default();
    for row in plan.assignments.iter() {
        let Some(person) = plan.people.get(row.person) else { continue };
        let from = row.from.max(person.from);
        let is_over = |until: Option<NaiveDate>| until.is_some_and(|until| until < day);
        if row.date_range().is_empty() || is_over(row.until) || is_over(person.until) {
            continue;
        }
        let seated = CurrentOccupant { person: row.person, comes: from.filter(|from| *from > day) };
        let known = found.entry(row.position).or_insert(seated);
        if seated.comes < known.comes {
            *known = seated;
        }
    }
    found
}

#[cfg(test)]
mod tests;
