//! What is compared of a scenario.

use std::sync::Arc;

use headroom_analysis::{
    DayView,
    plan_figures::{Period, PlanFigures, PlanMoves, moves},
};

use headroom_model::ExpectedFigure;

use crate::{
    at::At,
    error::Answer,
    hiring::money::{OrganisationCosts, organisation_costs},
    scenarios::expected::{FigureStanding, standing},
    state::AppState,
};

/// A scenario, or the plan itself, in figures.
pub(super) struct Compared {
    pub view: Arc<DayView>,
    pub figures: PlanFigures,
    pub costs: OrganisationCosts,
    /// Against the first of those compared.
    pub moves: PlanMoves,
    /// What is expected of any of those compared, in their order.
    pub expected: Vec<FigureStanding>,
}

/// The figures of each, in order.
pub(super) fn all<'a>(
    states: impl Iterator<Item = &'a AppState>,
    period: Period,
    at: At,
    expected: &[ExpectedFigure],
) -> Answer<Vec<Compared>> {
    let mut compared: Vec<Compared> = Vec::new();
    for app in states {
        let view = app.day(at)?;
        let moves = compared.first().map(|first| moves(&view.snapshot, &first.view.snapshot));
        compared.push(Compared {
            figures: PlanFigures::new(&view, &app.occupancies()?, period),
            costs: organisation_costs(app, period.from, period.until)?,
            moves: moves.unwrap_or_default(),
            expected: expected.iter().map(|expected| standing(app, expected)).collect::<Answer<_>>()?,
            view,
        });
    }
    Ok(compared)
}
