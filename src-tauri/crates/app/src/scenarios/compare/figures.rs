//! What is compared of a scenario.

use std::sync::Arc;

use headroom_analysis::{
    DayView,
    plan_figures::{Period, PlanFigures, PlanMoves, moves},
};

use crate::{
    at::At,
    error::Answer,
    hiring::money::{OrganisationCosts, organisation_costs},
    state::AppState,
};

/// A scenario, or the plan itself, in figures.
pub(super) struct Compared {
    pub view: Arc<DayView>,
    pub figures: PlanFigures,
    pub costs: OrganisationCosts,
    /// Against the first of those compared.
    pub moves: PlanMoves,
}

/// The figures of each, in order.
pub(super) fn all<'a>(
    states: impl Iterator<Item = &'a AppState>,
    period: Period,
    at: At,
) -> Answer<Vec<Compared>> {
    let mut compared: Vec<Compared> = Vec::new();
    for app in states {
        let view = app.day(at)?;
        let moves = compared.first().map(|first| moves(&view.snapshot, &first.view.snapshot));
        compared.push(Compared {
            figures: PlanFigures::new(&view, &app.occupancies()?, period),
            costs: organisation_costs(app, period.from, period.until)?,
            moves: moves.unwrap_or_default(),
            view,
        });
    }
    Ok(compared)
}
