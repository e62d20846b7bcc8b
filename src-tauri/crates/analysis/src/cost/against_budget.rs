//! Budget against plan: a table whose lines add up to the line above, to the smallest unit.
//!
//! The plan of a team is what its positions and those of the teams below cost. Its budget is its own; in months without
//! one, the budgets below add up, and then they are for the teams that have them: [`BudgetLine::budgeted`]. Only that is
//! compared, so that a team without a budget never looks as if it were under one.
//!
//! What a group's budget leaves after the teams below have theirs is the budget of its own positions; of a line of its
//! own ([`LineOf::Rest`]) if teams without a budget share it. If none below has one, the group's budget is for all of
//! them, and nothing is divided.

mod covered;

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use headroom_model::{Decimal6, Entity, Plan, TeamId};
use rustc_hash::FxHashMap;

use covered::covered_months;

use super::{MonthCell, MonthTable, TeamRow, budgeted_headcount, last_day};

/// What a line of the table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineOf {
    /// The organisation.
    Organisation,
    /// A team with those below it.
    Team(TeamId),
    /// The positions of a group itself, without those of the teams below; without a team, those that have none.
    Own(Option<TeamId>),
    /// What is left of the budget of a group, or of the organisation, for all below it without a budget of their own.
    Rest(Option<TeamId>),
}

/// A line of budget against plan, over all months of the table. Amounts are in the smallest unit of the plan's currency.
#[derive(Debug, Clone)]
pub struct BudgetLine {
    pub of: LineOf,
    /// Lines above it.
    pub depth: usize,
    /// Whether the lines after it, one deeper, add up to it.
    pub is_group: bool,
    /// Headcount and cost by month; nothing for [`LineOf::Rest`], whose positions have lines of their own.
    pub cells: Vec<MonthCell>,
    pub budget_by_month: Vec<Option<i64>>,
    /// What of the plan is compared with the budget, by month.
    pub budgeted_by_month: Vec<MonthCell>,
    /// Of the next above with a budget of its own, if this line has none: the organisation without a team.
    pub within: Option<Option<TeamId>>,
}

impl BudgetLine {
    /// Cost of all months.
    pub fn plan(&self) -> i64 {
        cost(&self.cells)
    }

    /// The budget of all months that have one.
    pub fn budget(&self) -> Option<i64> {
        self.budget_by_month.iter().flatten().copied().reduce(i64::saturating_add)
    }

    /// The part of the plan that the budget is for.
    pub fn budgeted(&self) -> i64 {
        cost(&self.budgeted_by_month)
    }

    /// The budget less what it is for: negative where the plan is over budget. None without a budget.
    pub fn left(&self) -> Option<i64> {
        Some(self.budget()?.saturating_sub(self.budgeted()))
    }

    /// Positions on the last day.
    pub fn heads(&self) -> Decimal6 {
        self.cells.last().map_or(Decimal6::ZERO, |cell| cell.heads)
    }

    /// Headcount and cost of the month of a day, in a table that begins on `first`.
    pub fn month_of(&self, first: NaiveDate, day: NaiveDate) -> MonthCell {
        let at = (day.year() - first.year()) * 12 + day.month0() as i32 - first.month0() as i32;
        usize::try_from(at).ok().and_then(|at| self.cells.get(at).copied()).unwrap_or_default()
    }

    /// `Platform`, `Platform’s own positions`, `Rest of Platform’s budget`.
    pub fn name(&self, plan: &Plan) -> String {
        let name = |team: TeamId| plan.name_of(team.into());
        match self.of {
            LineOf::Organisation => "Organisation".to_owned(),
            LineOf::Team(team) => name(team),
            LineOf::Own(Some(team)) => format!("{}’s own positions", name(team)),
            LineOf::Own(None) => "Positions without a team".to_owned(),
            LineOf::Rest(Some(team)) => format!("Rest of {}’s budget", name(team)),
            LineOf::Rest(None) => "Rest of the organisation’s budget".to_owned(),
        }
    }

    /// What must be known to read its difference; empty if nothing. `months` are those of the table.
    pub fn note(&self, plan: &Plan, months: &[NaiveDate]) -> String {
        let of = |team: Option<TeamId>| {
            team.map_or_else(|| "the organisation".to_owned(), |team| plan.name_of(team.into()))
        };
        if self.budget().is_none() {
            return self.within.map_or_else(String::new, |above| format!("in the budget of {}", of(above)));
        }
        let uncovered = self.uncovered(months, 0..months.len());
        match self.of {
            LineOf::Rest(_) if uncovered.is_empty() => "for all without a budget of their own".to_owned(),
            LineOf::Rest(_) => format!("for all without a budget of their own, {uncovered}"),
            _ => uncovered,
        }
    }

    /// What of these months, given by their places among those of the table, is not compared with the budget, in words:
    /// `budget for Jan–Jun only`. Empty if all is, and without a budget.
    pub fn uncovered(&self, months: &[NaiveDate], within: Range<usize>) -> String {
        let budget = &self.budget_by_month[within.clone()];
        if budget.iter().flatten().next().is_none() {
            return String::new();
        }
        if let Some(covered) = covered_months(budget, &months[within.clone()]) {
            return format!("budget for {covered} only");
        }
        let mut cells = self.cells[within.clone()].iter().zip(&self.budgeted_by_month[within]);
        let is_of_some =
            cells.any(|(cell, has)| cell.cost != has.cost) && !matches!(self.of, LineOf::Rest(_));
        if is_of_some { "only teams with a budget are compared".to_owned() } else { String::new() }
    }
}

fn cost(cells: &[MonthCell]) -> i64 {
    cells.iter().map(|cell| cell.cost).fold(0, i64::saturating_add)
}

/// The line of a team, or of the organisation, and below it, nested, those that add up to it. Lines without any figure
/// are left out; an unknown team gives none.
pub fn budget_lines(plan: &Plan, table: &MonthTable, team: Option<TeamId>) -> Vec<BudgetLine> {
    let mut found = Lines { plan, table, lines: Vec::new() };
    match team {
        None => found.add_group(None, 0),
        Some(team) => {
            if let Some(at) = table.teams.iter().position(|row| row.team == Some(team)) {
                found.add_group(Some(at), 0);
            }
        }
    }
    found.lines
}

/// The last day of the latest month for which a team, or the organisation, has a headcount budget; that of the last month
/// if there is none. Headcount is compared on this day.
pub fn headcount_day(plan: &Plan, table: &MonthTable, team: Option<TeamId>) -> Option<NaiveDate> {
    let days = || table.months.iter().rev().map(|month| last_day(*month));
    days().find(|day| budgeted_headcount(plan, team, *day).is_some()).or_else(|| days().next())
}

/// Headcount budgets of one day, and the positions that they are for.
pub struct HeadcountBudgets<'a> {
    table: &'a MonthTable,
    /// The month of the day.
    month: usize,
    own: FxHashMap<Option<TeamId>, i64>,
}

/// A headcount budget, and the positions on the last day of the month that it is for: all, if the team has one of its own,
/// else those of the teams below that have one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeadcountBudget {
    pub budget: Decimal6,
    pub heads: Decimal6,
}

impl<'a> HeadcountBudgets<'a> {
    pub fn new(plan: &Plan, table: &'a MonthTable, day: NaiveDate) -> Self {
        let mut own: FxHashMap<Option<TeamId>, i64> = FxHashMap::default();
        for budget in plan.budgets.iter().filter(|budget| budget.date_range().contains(day)) {
            if let Some(headcount) = budget.seats {
                let sum = own.entry(budget.team).or_default();
                *sum = sum.saturating_add(headcount.millionths());
            }
        }
        let month = table.months.partition_point(|month| last_day(*month) < day);
        Self { table, month, own }
    }

    /// That of a team with those below it, or of the organisation; none if nobody has one.
    pub fn of(&self, team: Option<TeamId>) -> Option<HeadcountBudget> {
        let table = self.table;
        let at = team.and_then(|team| table.teams.iter().position(|row| row.team == Some(team)));
        if team.is_some() && at.is_none() {
            return None;
        }
        self.of_row(at)
    }

    fn of_row(&self, at: Option<usize>) -> Option<HeadcountBudget> {
        let table = self.table;
        let (team, whole) =
            at.map_or((None, &table.whole), |at| (table.teams[at].team, &table.teams[at].whole));
        let is_unassigned = at.is_some() && team.is_none();
        if let Some(budget) = self.own.get(&team).filter(|_| !is_unassigned) {
            let heads = whole.get(self.month).map_or(Decimal6::ZERO, |cell| cell.heads);
            return Some(HeadcountBudget { budget: Decimal6::from_millionths(*budget), heads });
        }
        let below: Vec<usize> = match at {
            Some(at) => table.teams[at].children.clone(),
            None => (0..table.teams.len()).filter(|at| table.teams[*at].depth == 0).collect(),
        };
        let add = |a: Decimal6, b: Decimal6| {
            Decimal6::from_millionths(a.millionths().saturating_add(b.millionths()))
        };
        below.into_iter().filter_map(|at| self.of_row(Some(at))).reduce(|sum, one| HeadcountBudget {
            budget: add(sum.budget, one.budget),
            heads: add(sum.heads, one.heads),
        })
    }
}

struct Lines<'a> {
    plan: &'a Plan,
    table: &'a MonthTable,
    lines: Vec<BudgetLine>,
}

/// A row of the table, or its sum.
struct Row<'a> {
    team: Option<TeamId>,
    whole: &'a [MonthCell],
    own_budget: &'a [Option<i64>],
    budget: &'a [Option<i64>],
    budgeted: &'a [MonthCell],
}

impl<'a> Row<'a> {
    fn of(row: &'a TeamRow) -> Self {
        Self {
            team: row.team,
            whole: &row.whole,
            own_budget: &row.own_budget,
            budget: &row.budget,
            budgeted: &row.budgeted,
        }
    }

    fn has_figures(&self) -> bool {
        self.whole.iter().any(|cell| *cell != MonthCell::default()) || self.budget.iter().any(Option::is_some)
    }
}

impl Lines<'_> {
    fn row(&self, at: Option<usize>) -> Row<'_> {
        let table = self.table;
        at.map_or_else(
            || Row {
                team: None,
                whole: &table.whole,
                own_budget: &table.own_budget,
                budget: &table.budget,
                budgeted: &table.budgeted,
            },
            |at| Row::of(&table.teams[at]),
        )
    }

    /// Adds a row and those below it; without an index, the organisation.
    fn add_group(&mut self, at: Option<usize>, depth: usize) {
        let table = self.table;
        let row = self.row(at);
        let team = row.team;
        let of = match (at, team) {
            (None, _) => LineOf::Organisation,
            (Some(_), Some(team)) => LineOf::Team(team),
            // The positions without a team stand for the organisation's own.
            (Some(_), None) => return,
        };
        let first = self.lines.len();
        let line = BudgetLine {
            of,
            depth,
            is_group: false,
            cells: row.whole.to_vec(),
            budget_by_month: row.budget.to_vec(),
            budgeted_by_month: row.budgeted.to_vec(),
            within: self.above(team.filter(|_| at.is_some())),
        };
        self.lines.push(line);
        let below: Vec<usize> = match at {
            Some(at) => table.teams[at].children.clone(),
            None => (0..table.teams.len()).filter(|at| table.teams[*at].depth == 0).collect(),
        };
        let teams: Vec<usize> = below
            .into_iter()
            .filter(|at| table.teams[*at].team.is_some() && self.row(Some(*at)).has_figures())
            .collect();
        if teams.is_empty() && at.is_some() {
            return;
        }
        for at in &teams {
            self.add_group(Some(*at), depth + 1);
        }
        self.add_own(at, &teams, depth + 1);
        self.lines[first].is_group = self.lines.len() > first + 1;
    }

    /// Adds the line of a group's own positions, and that of what is left of its budget.
    fn add_own(&mut self, at: Option<usize>, teams: &[usize], depth: usize) {
        let table = self.table;
        let count = table.months.len();
        let none = vec![MonthCell::default(); count];
        let unassigned = table.teams.iter().find(|row| row.team.is_none());
        let own =
            at.map_or_else(|| unassigned.map_or(&none, |row| &row.own), |at| &table.teams[at].own).clone();
        let row = self.row(at);
        let mut left: Vec<Option<i64>> = vec![None; count];
        // What the budgets of the teams below are not for, in months in which the group has one of its own.
        let mut uncovered = none.clone();
        for month in (0..count).filter(|month| row.own_budget[*month].is_some()) {
            let given = teams.iter().filter_map(|at| table.teams[*at].budget[month]);
            let given = given.fold(0, i64::saturating_add);
            left[month] = row.own_budget[month].map(|budget| budget.saturating_sub(given));
            uncovered[month] = row.whole[month];
            for at in teams {
                uncovered[month].subtract(&table.teams[*at].budgeted[month]);
            }
        }
        let team = row.team;
        let has_own = own.iter().any(|cell| *cell != MonthCell::default());
        let is_only_own =
            (0..count).all(|month| left[month].is_none() || uncovered[month].cost == own[month].cost);
        let has_left = left.iter().flatten().any(|minor| *minor != 0) || cost(&uncovered) != 0;
        let line = |of, cells: Vec<MonthCell>, budget: Vec<Option<i64>>, budgeted, within| BudgetLine {
            of,
            depth,
            is_group: false,
            cells,
            budget_by_month: budget,
            budgeted_by_month: budgeted,
            within,
        };
        let within = self.above_or_own(at);
        let is_divided = teams.iter().any(|at| table.teams[*at].budget.iter().any(Option::is_some));
        let is_shared = has_left && is_divided && !(has_own && is_only_own);
        if has_own {
            let (budget, budgeted) = if is_only_own {
                (left.clone(), uncovered.clone())
            } else {
                (vec![None; count], none.clone())
            };
            self.lines.push(line(LineOf::Own(team), own, budget, budgeted, within));
        }
        if is_shared {
            self.lines.push(line(LineOf::Rest(team), none, left, uncovered, None));
        }
    }

    /// The next team above with a budget of its own in one of the months, or the organisation.
    fn above(&self, team: Option<TeamId>) -> Option<Option<TeamId>> {
        let mut at = team?;
        while let Some(parent) = self.plan.teams.get(at).and_then(|row| row.parent) {
            let row = self.table.teams.iter().find(|row| row.team == Some(parent));
            if row.is_some_and(TeamRow::has_own_budget) {
                return Some(Some(parent));
            }
            at = parent;
        }
        self.table.own_budget.iter().any(Option::is_some).then_some(None)
    }

    /// The same for a group's own positions: the group itself counts.
    fn above_or_own(&self, at: Option<usize>) -> Option<Option<TeamId>> {
        let Some(at) = at else {
            return self.table.own_budget.iter().any(Option::is_some).then_some(None);
        };
        let row = &self.table.teams[at];
        if row.has_own_budget() { Some(row.team) } else { self.above(row.team) }
    }
}

#[cfg(test)]
mod tests;
