//! Headcount, cost and budget by month and team.

use chrono::{Months, NaiveDate};
use headroom_model::{Budget, Decimal6, Plan, Team, TeamId, money::divided};
use rustc_hash::FxHashMap;

use super::{Costs, Line, Rates, days_of, first_day, last_day, month_scale::length};

/// Headcount and cost of a team in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthCell {
    /// Positions occupied on the last day of the month, planned hires included. A pooled position counts as many as
    /// it stands for.
    pub heads: Decimal6,
    /// Planned hires among them.
    pub planned_heads: Decimal6,
    /// Full-time equivalent, on average over the month.
    pub fte: Decimal6,
    /// Cost in the smallest unit of the plan's currency.
    pub cost: i64,
    /// Cost of planned hires.
    pub planned_cost: i64,
}

impl MonthCell {
    pub(super) fn add(&mut self, other: &MonthCell) {
        let sum = |a: Decimal6, b: Decimal6| {
            Decimal6::from_millionths(a.millionths().saturating_add(b.millionths()))
        };
        self.heads = sum(self.heads, other.heads);
        self.planned_heads = sum(self.planned_heads, other.planned_heads);
        self.fte = sum(self.fte, other.fte);
        self.cost = self.cost.saturating_add(other.cost);
        self.planned_cost = self.planned_cost.saturating_add(other.planned_cost);
    }

    pub(super) fn subtract(&mut self, other: &MonthCell) {
        let less = |a: Decimal6, b: Decimal6| {
            Decimal6::from_millionths(a.millionths().saturating_sub(b.millionths()))
        };
        self.heads = less(self.heads, other.heads);
        self.planned_heads = less(self.planned_heads, other.planned_heads);
        self.fte = less(self.fte, other.fte);
        self.cost = self.cost.saturating_sub(other.cost);
        self.planned_cost = self.planned_cost.saturating_sub(other.planned_cost);
    }
}

/// A row of the table: a team with its months.
#[derive(Debug, Clone)]
pub struct TeamRow {
    /// None for positions without a team.
    pub team: Option<TeamId>,
    /// Number of teams above it.
    pub depth: usize,
    /// Indexes of the rows directly below it.
    pub children: Vec<usize>,
    /// The team alone.
    pub own: Vec<MonthCell>,
    /// With all teams below it.
    pub whole: Vec<MonthCell>,
    /// Its own budgets.
    pub own_budget: Vec<Option<i64>>,
    /// Budget with all teams below: its own in the month; without any, the sum of those below; none if there is none.
    pub budget: Vec<Option<i64>>,
    /// What the budget is for: all of the row in a month with a budget of its own, else what the budgets below are for.
    pub budgeted: Vec<MonthCell>,
}

impl TeamRow {
    /// Whether it has a budget of its own in one of the months.
    pub fn has_own_budget(&self) -> bool {
        self.own_budget.iter().any(Option::is_some)
    }
}

/// The table. Every team of the plan has a row, after the team above it; positions without a team have one.
#[derive(Debug)]
pub struct MonthTable {
    /// Team that the table is limited to (see [`MonthTable::of_team`]); none for the organisation.
    pub team: Option<TeamId>,
    /// First days of the months.
    pub months: Vec<NaiveDate>,
    pub teams: Vec<TeamRow>,
    /// Sum of all rows. Its own budget is the one without a team; in months without such, the topmost teams' add up.
    pub whole: Vec<MonthCell>,
    pub own_budget: Vec<Option<i64>>,
    pub budget: Vec<Option<i64>>,
    pub budgeted: Vec<MonthCell>,
    /// Budgets in a currency without a rate, which are left out.
    pub budgets_without_rate: Vec<headroom_model::BudgetId>,
}

/// First days of all months that these days touch; at most a hundred years.
pub fn months_between(from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    let next = |month: &NaiveDate| month.checked_add_months(Months::new(1));
    let months = std::iter::successors(Some(first_day(from)), next);
    months.take_while(|month| *month <= until).take(1_200).collect()
}

impl MonthTable {
    pub fn new(plan: &Plan, costs: &Costs) -> Self {
        let months = months_between(costs.from, costs.until);
        let mut teams = rows(plan, months.len());
        let row_of: FxHashMap<Option<TeamId>, usize> =
            teams.iter().enumerate().map(|(at, row)| (row.team, at)).collect();
        for line in &costs.lines {
            let occupancy = &costs.occupancies[line.occupancy];
            let team = plan.positions.get(occupancy.position).and_then(|position| position.team);
            let Some(row) = row_of.get(&team).or_else(|| row_of.get(&None)) else { continue };
            add(&mut teams[*row].own, &months, line, occupancy.is_planned(plan));
        }
        let mut whole = vec![MonthCell::default(); months.len()];
        for row in &teams {
            whole.iter_mut().zip(&row.own).for_each(|(sum, cell)| sum.add(cell));
        }
        // Rows below a row come after it.
        for at in (0..teams.len()).rev() {
            let mut sum = teams[at].own.clone();
            for below in teams[at].children.clone() {
                sum.iter_mut().zip(&teams[below].whole).for_each(|(sum, cell)| sum.add(cell));
            }
            teams[at].whole = sum;
        }
        let mut table = Self {
            team: None,
            months,
            teams,
            whole,
            own_budget: Vec::new(),
            budget: Vec::new(),
            budgeted: Vec::new(),
            budgets_without_rate: Vec::new(),
        };
        table.add_budgets(plan, costs);
        table
    }

    fn add_budgets(&mut self, plan: &Plan, costs: &Costs) {
        let rates = Rates::new(plan);
        let mut own: FxHashMap<Option<TeamId>, Vec<Option<i64>>> = FxHashMap::default();
        for budget in plan.in_order::<Budget>() {
            let Some(amount) = budget.amount else { continue };
            let day = budget.from.unwrap_or(costs.from);
            let Some(on) = rates.on(amount.currency, day) else {
                self.budgets_without_rate.push(budget.id);
                continue;
            };
            let minor = rates.convert(amount, on.rate, Decimal6::ONE.millionths());
            let row = own.entry(budget.team).or_insert_with(|| vec![None; self.months.len()]);
            for (place, month) in row.iter_mut().zip(&self.months) {
                if let Some(part) = budget_in_month(budget, minor, *month) {
                    *place = Some(place.unwrap_or(0).saturating_add(part));
                }
            }
        }
        let count = self.months.len();
        // Rows below a row come after it.
        for at in (0..self.teams.len()).rev() {
            let row = &self.teams[at];
            let said = row.team.and_then(|team| own.remove(&Some(team))).unwrap_or_else(|| vec![None; count]);
            let below = row.children.iter().map(|below| &self.teams[*below]);
            let (budget, budgeted) = budgeted(&said, &row.whole, below);
            let row = &mut self.teams[at];
            (row.own_budget, row.budget, row.budgeted) = (said, budget, budgeted);
        }
        self.own_budget = own.remove(&None).unwrap_or_else(|| vec![None; count]);
        let top = self.teams.iter().filter(|row| row.depth == 0);
        (self.budget, self.budgeted) = budgeted(&self.own_budget, &self.whole, top);
    }
}

/// The budget of a row in each month, and what it is for: its own; in a month without one, what the rows below have.
fn budgeted<'a>(
    own: &[Option<i64>],
    whole: &[MonthCell],
    below: impl Iterator<Item = &'a TeamRow>,
) -> (Vec<Option<i64>>, Vec<MonthCell>) {
    let mut budget = own.to_vec();
    let mut cells: Vec<MonthCell> =
        own.iter().zip(whole).map(|(own, cell)| own.map_or_else(MonthCell::default, |_| *cell)).collect();
    for row in below {
        for at in (0..own.len()).filter(|at| own[*at].is_none()) {
            if let Some(part) = row.budget[at] {
                budget[at] = Some(budget[at].unwrap_or(0).saturating_add(part));
                cells[at].add(&row.budgeted[at]);
            }
        }
    }
    (budget, cells)
}

/// Part of a budget that falls into a month, on the scale of equally long months: the budget up to the month's last
/// day less the budget before it, each rounded, so that the months add up to the whole.
pub fn budget_in_month(budget: &Budget, minor: i64, month: NaiveDate) -> Option<i64> {
    let (from, until) = (budget.from?, budget.until?);
    let (whole, last) = (length(from, until), last_day(month));
    if whole <= 0 || until < month || last < from {
        return None;
    }
    let up_to = |part: i128| divided(i128::from(minor) * part.min(whole), whole);
    Some(up_to(length(from, last)) - up_to(month.pred_opt().map_or(0, |before| length(from, before))))
}

fn add(cells: &mut [MonthCell], months: &[NaiveDate], line: &Line, is_planned: bool) {
    // Months before the line are skipped.
    let first = months.partition_point(|month| last_day(*month) < line.from);
    for (cell, month) in cells.iter_mut().zip(months).skip(first) {
        let days = line.days_in(*month);
        if days == 0 {
            break;
        }
        let fte = divided(i128::from(line.fte.millionths()) * i128::from(days), i128::from(days_of(*month)));
        let is_there = line.until >= last_day(*month);
        let heads = if is_there { line.people } else { Decimal6::ZERO };
        let cost = line.cost_in(*month);
        cell.add(&MonthCell {
            heads,
            planned_heads: if is_planned { heads } else { Decimal6::ZERO },
            fte: Decimal6::from_millionths(fte),
            cost,
            planned_cost: if is_planned { cost } else { 0 },
        });
    }
}

/// Rows of all teams, depth first and by name, then the row of positions without a team.
fn rows(plan: &Plan, months: usize) -> Vec<TeamRow> {
    let mut below: FxHashMap<Option<TeamId>, Vec<TeamId>> = FxHashMap::default();
    for team in plan.in_order::<Team>() {
        let parent = team.parent.filter(|parent| plan.teams.get(*parent).is_some());
        below.entry(parent).or_default().push(team.id);
    }
    let mut rows: Vec<TeamRow> = Vec::with_capacity(plan.teams.len() + 1);
    let row = |team, depth| TeamRow {
        team,
        depth,
        children: Vec::new(),
        own: vec![MonthCell::default(); months],
        whole: Vec::new(),
        own_budget: Vec::new(),
        budget: Vec::new(),
        budgeted: Vec::new(),
    };
    let roots = below.get(&None).into_iter().flatten().rev();
    let mut open: Vec<(TeamId, usize, Option<usize>)> = roots.map(|team| (*team, 0, None)).collect();
    while let Some((team, depth, parent)) = open.pop() {
        let at = rows.len();
        rows.push(row(Some(team), depth));
        if let Some(parent) = parent {
            rows[parent].children.push(at);
        }
        let children = below.get(&Some(team)).into_iter().flatten().rev();
        open.extend(children.map(|child| (*child, depth + 1, Some(at))));
    }
    rows.push(row(None, 0));
    rows
}
