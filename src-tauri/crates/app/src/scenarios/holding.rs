//! The holding area of the scenario that is looked at.

use chrono::NaiveDate;
use headroom_analysis::blast_radius::{HoldingArea, in_effect_from};
use serde::Serialize;

use super::blast_radius::held;
use crate::{
    against_plan::AgainstPlan, at::At, entities::entity::NamedEntity, error::Answer, state::AppState,
};

/// Who was taken off a team and is on none.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HoldingAreaView {
    /// On the day shown.
    pub held: Vec<NamedEntity>,
    /// Who will be there on the day on which all of the scenario is in effect, and is not yet.
    pub later: Vec<NamedEntity>,
    pub later_from: Option<NaiveDate>,
}

/// The holding area of the scenario from which the plan is looked at; none in the plan itself.
#[specta::specta]
pub fn holding_area(app: &AppState, at: At) -> Answer<Option<HoldingAreaView>> {
    if app.scenario().is_none() {
        return Ok(None);
    }
    let day = at.shown_day();
    let against = AgainstPlan::shown(app, at.on(day))?;
    let on = |day: NaiveDate| {
        let area = HoldingArea::new(&against.before.as_of(day), &against.after.as_of(day));
        held(&area, |subject| against.plans().named(subject))
    };
    let now = on(day);
    let later_from = in_effect_from(&against.changes).filter(|from| *from > day);
    let mut later = later_from.map(on).unwrap_or_default();
    later.retain(|entity| !now.iter().any(|held| (held.kind, held.id) == (entity.kind, entity.id)));
    let later_from = later_from.filter(|_| !later.is_empty());
    Ok(Some(HoldingAreaView { held: now, later, later_from }))
}
