//! Planned hires that wait for a gate: how these count in what is asked of a plan, which hires they are, and what they
//! would cost.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{
    cost::{Costs, cost_by_position},
    gates::{GateView, GatedPlan, WaitingHire, gated_plan},
};
use headroom_model::{Decimal6, Plan, Position};
use serde::{Deserialize, Serialize};

use crate::{
    entities::entity::NamedEntity,
    hidden_pay::{ShownAmount, total},
    hiring::wanted_teams::WantedTeams,
    state::asked_on,
};

/// How gates count; the words are those of the command line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, specta::Type)]
pub enum GateCounting {
    #[default]
    #[serde(rename = "as-planned")]
    AsPlanned,
    #[serde(rename = "as-they-stand")]
    AsTheyStand,
    #[serde(rename = "trend")]
    AtTrend,
}

impl From<GateCounting> for GateView {
    fn from(counting: GateCounting) -> Self {
        match counting {
            GateCounting::AsPlanned => GateView::AsPlanned,
            GateCounting::AsTheyStand => GateView::AsTheyStand,
            GateCounting::AtTrend => GateView::AtTrend,
        }
    }
}

/// The hires that wait, of the teams asked about.
#[derive(Debug, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WaitingHires {
    /// By the name of their position.
    pub hires: Vec<WaitingHireRow>,
    /// The period that the cost is of.
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// What they cost as planned; none if nothing waits, or if it would reveal a salary.
    pub cost: Option<ShownAmount>,
    /// How many of them have no known cost.
    pub unknown: u32,
}

/// A hire that waits for a gate.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WaitingHireRow {
    pub position: NamedEntity,
    pub planned_start: NaiveDate,
    /// As it counts; none if it does not come about.
    pub start: Option<NaiveDate>,
}

/// The plan in which gates count like this, as they are believed on a day.
pub(super) fn counted(plan: &Arc<Plan>, shown: NaiveDate, gates: GateCounting) -> GatedPlan {
    gated_plan(plan, asked_on(shown), gates.into())
}

/// The hires that wait, with what they cost in the plan as it is.
pub(super) fn waiting_hires(
    plan: &Plan,
    gated: &GatedPlan,
    wanted: &WantedTeams,
    (from, until): (NaiveDate, NaiveDate),
    is_pay_shown: bool,
) -> WaitingHires {
    let is_wanted = |hire: &&WaitingHire| {
        wanted.has(plan.get::<Position>(hire.position).and_then(|position| position.team))
    };
    let waiting: Vec<&WaitingHire> = gated.waiting.iter().filter(is_wanted).collect();
    let none = WaitingHires { from, until, ..WaitingHires::default() };
    if waiting.is_empty() {
        return none;
    }
    let costs = Costs::new(plan, from, until);
    let by_position = cost_by_position(&costs);
    let known: Vec<i64> =
        waiting.iter().filter_map(|hire| by_position.get(&hire.position)).map(|cost| cost.minor).collect();
    let sum = known.iter().copied().fold(0, i64::saturating_add);
    let heads = Decimal6::from_millionths(known.len() as i64 * 1_000_000);
    let row = |hire: &&WaitingHire| WaitingHireRow {
        position: NamedEntity::new(plan, hire.position),
        planned_start: hire.planned.start,
        start: hire.opening.map(|opening| opening.start),
    };
    WaitingHires {
        hires: waiting.iter().map(row).collect(),
        cost: total(costs.money(sum), heads, is_pay_shown),
        unknown: (waiting.len() - known.len()) as u32,
        ..none
    }
}
