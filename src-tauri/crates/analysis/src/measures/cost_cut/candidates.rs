//! Planned hires that can be held, and what they save.

use chrono::NaiveDate;
use headroom_model::{Currency, Plan, PositionId, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    capacity::is_sought,
    cost::{Costs, MissingCost, months_between},
    hiring::Occupancy,
};

/// Which cost is cut.
#[derive(Debug, Clone, Default)]
pub struct CutScope {
    /// That of these teams; none: of all positions, also those without a team.
    pub teams: Option<FxHashSet<TeamId>>,
    /// The months that these days are in, whole.
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// A planned hire that can be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CutCandidate {
    pub position: PositionId,
    /// The planned first day.
    pub starts: Option<NaiveDate>,
    /// What the hire costs in the period, one-off cost included, in the smallest unit of the plan's currency.
    pub saves: i64,
}

/// What a period costs, and what of it can be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutBase {
    pub currency: Currency,
    /// Cost of all positions of the scope in the period, in the smallest unit of the currency.
    pub cost: i64,
    /// Planned hires that cost something, by position.
    pub candidates: Vec<CutCandidate>,
    /// Those whose cost the plan does not know.
    pub unknown: Vec<PositionId>,
}

impl CutBase {
    pub fn new(plan: &Plan, scope: &CutScope) -> Self {
        let costs = Costs::new(plan, scope.from, scope.until);
        let months = months_between(costs.from, costs.until);
        let is_meant = |position: PositionId| {
            scope.teams.as_ref().is_none_or(|teams| {
                let team = plan.positions.get(position).and_then(|row| row.team);
                team.is_some_and(|team| teams.contains(&team))
            })
        };
        let missing: FxHashSet<PositionId> = costs.missing.iter().filter_map(of_position).collect();
        let (mut cost, mut unknown) = (0_i64, FxHashSet::default());
        let mut savings: FxHashMap<PositionId, CutCandidate> = FxHashMap::default();
        for line in &costs.lines {
            let occupancy = &costs.occupancies[line.occupancy];
            let position = occupancy.position;
            if !is_meant(position) {
                continue;
            }
            let amount = months.iter().map(|month| line.cost_in(*month)).fold(0, i64::saturating_add);
            cost = cost.saturating_add(amount);
            if !is_planned_hire(plan, occupancy) {
                continue;
            }
            if line.pay.is_none() || missing.contains(&position) {
                unknown.insert(position);
            }
            let first = CutCandidate { position, starts: occupancy.from, saves: 0 };
            let candidate = savings.entry(position).or_insert(first);
            candidate.saves = candidate.saves.saturating_add(amount);
        }
        // Those without any known cost have no lines.
        let is_planned = |id: &PositionId| {
            let of = |it: &&Occupancy| it.position == *id && is_planned_hire(plan, it);
            costs.occupancies.iter().find(of).is_some_and(|it| {
                it.from.is_none_or(|from| from <= costs.until)
                    && it.until.is_none_or(|until| until >= costs.from)
            })
        };
        unknown.extend(missing.iter().filter(|id| is_meant(**id) && is_planned(id)));
        let is_known =
            |candidate: &CutCandidate| candidate.saves > 0 && !unknown.contains(&candidate.position);
        let mut candidates: Vec<CutCandidate> = savings.into_values().filter(is_known).collect();
        candidates.sort_by_cached_key(|candidate| plan.place_of(candidate.position));
        let mut unknown: Vec<PositionId> = unknown.into_iter().collect();
        unknown.sort_by_cached_key(|position| plan.place_of(*position));
        Self { currency: costs.currency, cost, candidates, unknown }
    }

    /// What all candidates save together.
    pub fn most(&self) -> i64 {
        self.candidates.iter().map(|candidate| candidate.saves).fold(0, i64::saturating_add)
    }
}

fn of_position(missing: &MissingCost) -> Option<PositionId> {
    match missing {
        MissingCost::Pay(position) | MissingCost::Rate(_, position, _) => Some(*position),
        MissingCost::UndatedRaise(_) => None,
    }
}

/// Positions for which somebody is to be hired who has no offer yet. A person who is in one of them now leaves before.
pub fn planned_hires(plan: &Plan, occupancies: &[Occupancy]) -> FxHashSet<PositionId> {
    occupancies.iter().filter(|it| is_planned_hire(plan, it)).map(|it| it.position).collect()
}

fn is_planned_hire(plan: &Plan, occupancy: &Occupancy) -> bool {
    occupancy.is_planned(plan) && plan.positions.get(occupancy.position).is_some_and(is_sought)
}
