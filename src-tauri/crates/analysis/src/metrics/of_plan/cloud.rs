//! What bills of clouds say of a month, of the organisation, a team with those below it, or a service.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{Currency, PeriodLength, Plan, ServiceId, TeamId};
use num_traits::Zero;
use rustc_hash::FxHashSet;

use crate::{
    capacity::teams_below,
    cloud_cost::{CloudCosts, CostBasis, OwnedLine},
    cost::months_between,
    metrics::{ExactValue, MissingReason, Period, SeriesScope},
};

/// Whose cost it is.
#[derive(Debug)]
pub(super) struct CloudScope {
    costs: Arc<CloudCosts>,
    basis: CostBasis,
    /// None: everybody's.
    teams: Option<FxHashSet<TeamId>>,
    service: Option<ServiceId>,
    /// Some bill names it.
    is_billed: bool,
}

impl CloudScope {
    /// None if bills are not told apart like this.
    pub fn new(plan: &Plan, scope: &SeriesScope) -> Option<Self> {
        let known = SeriesScope { service: scope.service, team: scope.team, ..SeriesScope::default() };
        if *scope != known || scope.service.is_some() && scope.team.is_some() {
            return None;
        }
        let teams = scope.team.map(|team| teams_below(plan, team));
        let (costs, basis) = (CloudCosts::of(plan), CostBasis::of(plan));
        let mut scope = Self { costs, basis, teams, service: scope.service, is_billed: false };
        scope.is_billed =
            scope.costs.months().any(|month| scope.costs.lines(month).iter().any(|line| scope.counts(line)));
        Some(scope)
    }

    fn counts(&self, line: &OwnedLine) -> bool {
        match (&self.teams, self.service) {
            (_, Some(service)) => line.owner.service == Some(service),
            (Some(teams), None) => line.owner.team.is_some_and(|team| teams.contains(&team)),
            (None, None) => true,
        }
    }

    /// The month of the first bill.
    pub fn beginning(&self, day: NaiveDate) -> NaiveDate {
        self.costs.months().next().unwrap_or(day)
    }

    /// The value of whole months. A month without a bill is not known; with one, who is not in it costs nothing, as long
    /// as another names it.
    pub fn value(&self, currency: Currency, period: Period) -> Result<ExactValue, MissingReason> {
        if matches!(period.length, PeriodLength::Day | PeriodLength::Week) {
            return Err(MissingReason::Straddles);
        }
        if !self.is_billed {
            return Err(MissingReason::Gap);
        }
        let mut months = months_between(period.first(), period.last()).into_iter();
        months.try_fold(ExactValue::zero(), |sum, month| {
            if self.costs.lines(month).is_empty() {
                return Err(MissingReason::Gap);
            }
            if self.costs.currency != currency || !self.costs.without_rate(month).is_empty() {
                return Err(MissingReason::NoRate);
            }
            Ok(sum + self.costs.total(month, self.basis, |line| self.counts(line)))
        })
    }
}
