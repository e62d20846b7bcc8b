//! Who joined in the periods of a series: marks below its chart.

use headroom_analysis::{
    capacity::{HeadcountLine, RosterMove},
    metrics::{Period, ScopeHires, SeriesScope},
};
use headroom_model::Plan;

use super::page::MetricHire;
use crate::entities::entity::NamedEntity;

/// Those who joined the teams of a scope.
pub(super) struct JoinedBy<'p> {
    plan: &'p Plan,
    hires: ScopeHires,
    /// What the teams are called; none for the organisation.
    pub teams: Vec<String>,
}

impl<'p> JoinedBy<'p> {
    pub fn new(plan: &'p Plan, heads: &[HeadcountLine], scope: &SeriesScope) -> Self {
        let hires = ScopeHires::new(plan, heads, scope);
        let teams = hires.teams.iter().map(|team| plan.name_of((*team).into())).collect();
        Self { plan, hires, teams }
    }

    pub fn within(&self, period: Period) -> Vec<MetricHire> {
        let joined = self.hires.between(period.first(), period.last());
        let hire =
            |found: RosterMove| MetricHire { who: NamedEntity::new(self.plan, found.who), day: found.day };
        joined.into_iter().map(hire).collect()
    }
}
