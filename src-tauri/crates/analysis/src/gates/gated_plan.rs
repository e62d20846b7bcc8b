//! The plan as its gates let it come about: hires that wait begin later, or not at all.
//!
//! Money, capacity, gaps and forecast are asked of this plan as of any other. As planned, gates are ignored: that is the
//! upper bound which budgets must hold. As gates stand, a hire counts from the earliest day on which its gate could be
//! met; one whose gate has lapsed or cannot be told does not count. At the trend, it counts from the day to which the
//! lines through the last values lead; a statement about lines, no forecast.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{Draft, Plan, Position, PositionId, Status};

use super::{
    gate::{Gate, GateState, gates},
    opening::Opening,
};
use crate::schedule::{Scheduler, State};

/// How gates count in what is asked of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum GateView {
    #[default]
    AsPlanned,
    AsTheyStand,
    AtTrend,
}

impl GateView {
    pub const ALL: [GateView; 3] = [GateView::AsPlanned, GateView::AsTheyStand, GateView::AtTrend];

    /// As the command line has it.
    pub const fn word(self) -> &'static str {
        match self {
            GateView::AsPlanned => "as-planned",
            GateView::AsTheyStand => "as-they-stand",
            GateView::AtTrend => "trend",
        }
    }

    /// The first day on which a gate lets somebody be hired; none if it never does.
    fn opens(self, gate: &Gate) -> Option<NaiveDate> {
        match self {
            GateView::AsPlanned => Some(NaiveDate::MIN),
            GateView::AsTheyStand => gate.earliest,
            GateView::AtTrend => gate.trend,
        }
    }
}

/// A planned hire whose gate is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingHire {
    pub position: PositionId,
    /// As it is planned, whatever it waits for.
    pub planned: Opening,
    /// As the gate lets it be; none if it does not come about.
    pub opening: Option<Opening>,
}

impl WaitingHire {
    /// Whether the gate makes it later, or impossible.
    pub fn is_delayed(&self) -> bool {
        self.opening.is_none_or(|opening| opening.start > self.planned.start)
    }
}

/// A plan as its gates let it come about.
#[derive(Debug)]
pub struct GatedPlan {
    pub plan: Arc<Plan>,
    /// Every planned hire whose gate is not met on the day, by the name of its position.
    pub waiting: Vec<WaitingHire>,
}

/// The plan as its gates let it come about, by what is believed on a day.
pub fn gated_plan(plan: &Arc<Plan>, day: NaiveDate, view: GateView) -> GatedPlan {
    let waiting = waiting_hires(plan, day, view);
    let mut draft = Draft::new(plan);
    for hire in waiting.iter().filter(|hire| view != GateView::AsPlanned && hire.is_delayed()) {
        let Some(row) = plan.get::<Position>(hire.position) else { continue };
        draft.put(match hire.opening {
            Some(opening) => Position { start: Some(opening.start), ..row.clone() },
            None => Position { status: Status::Frozen, ..row.clone() },
        });
    }
    // Dates and statuses alone cannot contradict a plan.
    let gated = if draft.is_empty() { None } else { draft.outcome().ok() };
    GatedPlan { plan: gated.map_or_else(|| plan.clone(), Arc::new), waiting }
}

/// Every planned hire whose gate is not met on a day, by the name of its position.
pub fn waiting_hires(plan: &Plan, day: NaiveDate, view: GateView) -> Vec<WaitingHire> {
    let gates: Vec<Gate> = gates(plan, day).into_iter().filter(|gate| gate.state != GateState::Met).collect();
    if gates.is_empty() {
        return Vec::new();
    }
    let scheduler = Scheduler::new(plan, day);
    let hire = |gate: Gate| {
        let row = plan.get::<Position>(gate.position).filter(|row| row.status.is_wanted())?;
        let schedule = scheduler.of(row);
        let planned = Opening::planned(row, &schedule).filter(|_| schedule.state != State::Filled)?;
        let opens = view.opens(&gate).map(|earliest| earliest.max(planned.opens));
        let opening = opens.map(|opens| Opening::on(row, &schedule, opens));
        Some(WaitingHire { position: gate.position, planned, opening })
    };
    gates.into_iter().filter_map(hire).collect()
}
