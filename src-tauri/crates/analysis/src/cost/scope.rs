//! Cost of one team with those below it. Cost is calculated for all positions first, so that somebody who comes from
//! another team is no new hire.

use headroom_model::{AssumptionId, Plan, TeamId};
use rustc_hash::FxHashSet;

use super::{Costs, Line, MissingCost, MonthTable};
use crate::capacity::teams_below;

impl Costs {
    /// Only the positions of a team and those below it.
    pub fn of_team(mut self, plan: &Plan, team: TeamId) -> Self {
        let teams = teams_below(plan, team);
        let is_of_team = |position| {
            let row = plan.positions.get(position);
            row.and_then(|row| row.team).is_some_and(|team| teams.contains(&team))
        };
        let mut places = vec![None; self.occupancies.len()];
        let mut occupancies = Vec::new();
        for (at, occupancy) in
            self.occupancies.iter().enumerate().filter(|(_, occupancy)| is_of_team(occupancy.position))
        {
            places[at] = Some(occupancies.len());
            occupancies.push(*occupancy);
        }
        let moved = |line: Line| Some(Line { occupancy: places[line.occupancy]?, ..line });
        self.lines = self.lines.into_iter().filter_map(moved).collect();
        self.occupancies = occupancies;
        self.missing.retain(|missing| match missing {
            MissingCost::Pay(position) | MissingCost::Rate(_, position, _) => is_of_team(*position),
            MissingCost::UndatedRaise(_) => true,
        });
        self
    }

    /// Assumptions that the cost of these positions is calculated from.
    pub fn rests_on(&self) -> FxHashSet<AssumptionId> {
        let mut rows = FxHashSet::default();
        for line in &self.lines {
            let terms = &self.courses[line.course].terms[line.terms];
            let one = [&terms.variable, &terms.burden, &terms.recruiting].into_iter().flatten();
            let each = terms.on_top.iter().map(|(_, figure)| figure).chain(&terms.equipment_once);
            rows.extend(one.chain(each).filter_map(|figure| figure.row));
            rows.extend(terms.base.map(|(row, ..)| row));
            rows.extend(line.raises.iter().map(|raise| raise.row));
        }
        rows
    }
}

impl MonthTable {
    /// Only the rows of a team and those below it; the team becomes the whole table.
    pub fn of_team(mut self, team: TeamId) -> Self {
        let Some(start) = self.teams.iter().position(|row| row.team == Some(team)) else { return self };
        let depth = self.teams[start].depth;
        self.teams.drain(..start);
        let below = self.teams.iter().skip(1).take_while(|row| row.depth > depth).count();
        self.teams.truncate(below + 1);
        for row in &mut self.teams {
            row.depth -= depth;
            row.children.iter_mut().for_each(|child| *child -= start);
        }
        self.whole = self.teams[0].whole.clone();
        self.budget = self.teams[0].budget.clone();
        self.budgeted = self.teams[0].budgeted.clone();
        self.own_budget = vec![None; self.months.len()];
        self.team = Some(team);
        self
    }

    /// Whether the table has a row for the team. The table of the organisation has all, and positions without a team.
    pub fn has(&self, team: Option<TeamId>) -> bool {
        self.team.is_none() || team.is_some() && self.teams.iter().any(|row| row.team == team)
    }
}
