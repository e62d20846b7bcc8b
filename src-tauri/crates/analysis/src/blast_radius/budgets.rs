//! Budgets whose plan costs more or less.

use headroom_model::{Plan, TeamId};
use rustc_hash::FxHashMap;

use crate::cost::{Costs, MonthTable};

/// A budget of a team, or of the organisation, whose cost over the period is another one. Amounts are in the smallest
/// unit of the plan's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetChange {
    /// None: the budget of the organisation.
    pub team: Option<TeamId>,
    /// Cost of the months that have a budget.
    pub cost_before: i64,
    pub cost_after: i64,
    pub budget_before: i64,
    pub budget_after: i64,
}

/// Cost and budget of the months with a budget of one's own.
type Sums = FxHashMap<Option<TeamId>, (i64, i64)>;

fn sums(plan: &Plan, costs: &Costs) -> Sums {
    let table = MonthTable::new(plan, costs);
    let mut sums = Sums::default();
    let rows = table.teams.iter().map(|row| (row.team, &row.own_budget, &row.whole));
    for (team, budget, whole) in rows.chain([(None, &table.own_budget, &table.whole)]) {
        for (part, cell) in budget.iter().zip(whole) {
            let Some(part) = part else { continue };
            let sum = sums.entry(team).or_default();
            *sum = (sum.0.saturating_add(cell.cost), sum.1.saturating_add(*part));
        }
    }
    sums
}

/// The budgets that cost something else after than before, over the period of the costs; the topmost first, then by name.
pub fn budget_changes(before: (&Plan, &Costs), after: (&Plan, &Costs)) -> Vec<BudgetChange> {
    let (was, is) = (sums(before.0, before.1), sums(after.0, after.1));
    let plan = after.0;
    let mut teams: Vec<Option<TeamId>> = was.keys().chain(is.keys()).copied().collect();
    teams.sort_by_cached_key(|team| team.map(|team| plan.place_of(team)));
    teams.dedup();
    let change = |team: Option<TeamId>| {
        let (cost_before, budget_before) = was.get(&team).copied().unwrap_or_default();
        let (cost_after, budget_after) = is.get(&team).copied().unwrap_or_default();
        let is_touched = cost_before != cost_after || budget_before != budget_after;
        is_touched.then_some(BudgetChange { team, cost_before, cost_after, budget_before, budget_after })
    };
    teams.into_iter().filter_map(change).collect()
}
