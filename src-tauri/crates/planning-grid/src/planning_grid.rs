//! The positions of a plan on a day, with who is in them and what they cost.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{Currency, Entity, Money, PersonId, Plan, PositionId, currency_of};
use rustc_hash::FxHashMap;

/// The positions of a plan on a day.
pub struct PlanningGrid<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) day: NaiveDate,
    /// Who is in each position on the day, or comes next.
    pub(crate) seated: FxHashMap<PositionId, CurrentOccupant>,
    /// The currency of amounts that have none.
    pub(crate) currency: Currency,
    /// What positions cost in the year of the day, where it was handed in.
    pub(crate) costs: Arc<FxHashMap<PositionId, Money>>,
    /// What positions wait for, in words, where it was handed in.
    pub(crate) gates: Arc<FxHashMap<PositionId, String>>,
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
        Self {
            plan,
            day,
            seated: seated(plan, day),
            currency: currency_of(plan),
            costs: Arc::default(),
            gates: Arc::default(),
        }
    }

    /// Adds the cost of each position in the year of the day; without it that column is empty.
    #[must_use]
    pub fn with_costs(self, costs: Arc<FxHashMap<PositionId, Money>>) -> Self {
        Self { costs, ..self }
    }

    /// Adds what positions wait for, in words; without it that column is empty.
    #[must_use]
    pub fn with_gates(self, gates: Arc<FxHashMap<PositionId, String>>) -> Self {
        Self { gates, ..self }
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
