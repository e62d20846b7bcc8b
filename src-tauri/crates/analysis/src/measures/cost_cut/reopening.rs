//! What is left uncovered when planned hires are held.

use headroom_model::{Kind, Plan, PositionId, ServiceId, TeamId};
use rustc_hash::FxHashSet;

use crate::{
    assumptions::Assumptions,
    context::Context,
    coverage::{ServiceMatching, planned},
    coverage_severity::Importance,
    forecast::{Added, ForecastParams, Hire, added, forecast_of},
    gap::Gap,
};

/// How much is reopened. The greater, the worse: days first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Harm {
    /// Days of gaps that are open only without the hires.
    pub days: u32,
    /// Gaps that are open anyway, and take more people or are more severe.
    pub worse: u32,
}

impl Harm {
    fn of(found: &[Added]) -> Self {
        Self {
            days: found.iter().map(|added| added.days).fold(0, u32::saturating_add),
            worse: found.iter().filter(|added| added.days == 0).count() as u32,
        }
    }

    /// What this is more than another.
    pub fn beyond(self, other: Self) -> Self {
        Self { days: self.days.saturating_sub(other.days), worse: self.worse.saturating_sub(other.worse) }
    }
}

/// The forecast of a plan with all its planned hires, and without some of them.
pub struct Reopening<'a> {
    plan: &'a Plan,
    context: &'a Context<'a>,
    params: ForecastParams<'a>,
    hires: Vec<Hire>,
    matching: ServiceMatching<'a>,
    /// What is open with all hires.
    covered: Vec<Gap>,
    /// Those that may differ with other hires.
    services: FxHashSet<ServiceId>,
    teams: FxHashSet<TeamId>,
}

impl<'a> Reopening<'a> {
    /// In the period of `params`, which begins on the day of `context`; `without` is the forecast without planned hires.
    pub fn new(context: &'a Context<'a>, params: &ForecastParams<'a>, without: &'a [Gap]) -> Self {
        let plan = &**context.snapshot.plan();
        let params = params.clone().with(&[]);
        let hires = planned(plan, &Assumptions::new(plan), &params);
        let teams = hires.iter().filter_map(|hire| hire.team).collect();
        let of_gap = |gap: &Gap| (gap.subject.kind == Kind::Service).then(|| ServiceId::from(gap.subject.id));
        let named = hires.iter().filter_map(|hire| hire.service);
        let services = named.chain(without.iter().filter_map(of_gap)).collect();
        let matching = ServiceMatching::new(plan, &params, without);
        let mut found = Self { plan, context, params, hires, matching, covered: Vec::new(), services, teams };
        found.covered = found.open(&FxHashSet::default());
        found
    }

    pub(super) fn harm(&self, held: &FxHashSet<PositionId>) -> Harm {
        Harm::of(&added(&self.params, &self.open(held), &self.covered))
    }

    /// Whether two hires can stand in for each other, or lack together: on one team, or for one service.
    pub(super) fn is_near(&self, one: PositionId, other: PositionId) -> bool {
        let row = |id: PositionId| self.plan.positions.get(id);
        row(one).zip(row(other)).is_some_and(|(one, other)| {
            one.team.is_some() && one.team == other.team
                || one.service.is_some() && one.service == other.service
        })
    }

    /// What is open with the second held, and is not with the first.
    pub fn between(&self, before: &FxHashSet<PositionId>, after: &FxHashSet<PositionId>) -> Vec<Added> {
        if before == after {
            return Vec::new();
        }
        added(&self.params, &self.open(after), &self.open(before))
    }

    fn open(&self, held: &FxHashSet<PositionId>) -> Vec<Gap> {
        let is_hired = |hire: &&Hire| hire.person.is_some() || !held.contains(&hire.position);
        let mut hires: Vec<Hire> = self.hires.iter().filter(is_hired).cloned().collect();
        self.matching.apply(&mut hires);
        let importance = Importance::known(self.context.snapshot, self.context.facts, self.context.policy);
        let params = self.params.clone().with(&hires);
        forecast_of(self.plan, &params, importance, &self.services, &self.teams)
    }
}
