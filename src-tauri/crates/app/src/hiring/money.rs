//! Cost by month, quarter or year: planned, budget and baseline; and budget against plan of each team.

use chrono::{Datelike, Months, NaiveDate};
use headroom_analysis::{
    assumptions::Assumptions,
    capacity::teams_below,
    cost::{BudgetLine, Costs, HeadcountBudgets, LineOf, MonthCell, MonthTable, budget_lines, headcount_day},
};
use headroom_hiring_export::words;
use headroom_model::{
    Approval, ApprovedPosition, DateRange, Decimal6, Entity, Money, Plan, TeamId, money::divided,
};
use serde::{Deserialize, Serialize};
use specta_typescript::Number;

use crate::{
    at::At,
    entities::id::Id,
    error::{Answer, AppError, ErrorKind},
    hidden_pay::{ShownAmount, total},
    hiring::{
        waiting_hires::{GateCounting, WaitingHires, counted, waiting_hires},
        wanted_teams::WantedTeams,
    },
    state::AppState,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum CostStep {
    #[default]
    Month,
    Quarter,
    Year,
}

impl CostStep {
    /// The ID of a month's period: `2027-03`, `2027-Q1`, `2027`.
    fn id(self, month: NaiveDate) -> String {
        match self {
            CostStep::Month => month.format("%Y-%m").to_string(),
            CostStep::Quarter => format!("{}-Q{}", month.year(), month.month0() / 3 + 1),
            CostStep::Year => month.year().to_string(),
        }
    }

    fn words(self, month: NaiveDate) -> (String, String) {
        match self {
            CostStep::Month => (month.format("%b %y").to_string(), month.format("%B %Y").to_string()),
            CostStep::Quarter => {
                let title = format!("Q{} {}", month.month0() / 3 + 1, month.year());
                (title.clone(), title)
            }
            CostStep::Year => (month.year().to_string(), month.year().to_string()),
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoneyQuery {
    /// The first and the last day; by default those of the year of the other one, or of the year with a budget.
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub step: CostStep,
    /// Only this team, with its sub-teams.
    pub team: Option<Id>,
    /// The baseline to compare with.
    pub approval: Option<Id>,
    /// How the gates of planned hires count.
    #[serde(default)]
    pub gates: GateCounting,
}

/// A line of budget against plan: the plan, the budget and the difference of all lines one deeper add up to it, exactly
/// while salaries are shown.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoneyLine {
    pub id: String,
    /// The team, if it is the line of one with those below it.
    pub team: Option<Id>,
    pub name: String,
    pub depth: u32,
    /// Whether the lines after it add up to it.
    pub is_group: bool,
    /// False for what is left of a budget: its positions have lines of their own.
    pub has_positions: bool,
    /// Cost of all periods.
    pub plan: Option<ShownAmount>,
    pub budget: Option<ShownAmount>,
    /// The part of the plan that the budget is for.
    pub budgeted: Option<ShownAmount>,
    /// The budget less that part.
    pub left: Option<ShownAmount>,
    pub is_over: bool,
    /// What must be known to read the difference; may be empty.
    pub note: String,
    /// The budget is for a part of the plan only: some months, or some teams.
    pub is_partial: bool,
    /// Positions on `heads_day`.
    #[specta(type = Number)]
    pub heads: f64,
    /// The headcount budget on that day, and the positions that it is for.
    pub heads_budget: Option<f64>,
    #[specta(type = Number)]
    pub budgeted_heads: f64,
    /// The last day of the latest month with a headcount budget, or of the period.
    pub heads_day: NaiveDate,
    pub cells: Vec<MoneyCell>,
}

/// A period of one team. While salaries are hidden, amounts follow [`super::pay`].
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoneyCell {
    /// Headcount on the last day: `12`, `4.5`.
    #[specta(type = Number)]
    pub heads: f64,
    #[specta(type = Number)]
    pub planned_heads: f64,
    pub cost: Option<ShownAmount>,
    /// The part of the cost for planned hires.
    pub planned_cost: Option<ShownAmount>,
    pub budget: Option<ShownAmount>,
    /// The approved cost.
    pub approved: Option<ShownAmount>,
    /// The budget less the cost that it is for. None without a budget, and where it would reveal a salary.
    pub left: Option<ShownAmount>,
    pub is_over: bool,
    /// What of the cost the budget is not for, in words: `budget for Jan–Feb only`; empty if it is for all.
    pub note: String,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CostPeriod {
    pub id: String,
    pub label: String,
    pub title: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoneyAnswer {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub currency: String,
    pub periods: Vec<CostPeriod>,
    /// The requested team, or the organisation.
    pub whole: Vec<MoneyCell>,
    /// Budget against plan: the whole first, then nested what adds up to it.
    pub lines: Vec<MoneyLine>,
    /// What the cost leaves out, in words: the first ones, and their number.
    pub missing: Vec<String>,
    pub missing_count: u32,
    /// Budgets that are left out because their currency has no rate.
    pub budgets_without_rate: u32,
    /// No position is filled or planned.
    pub is_empty: bool,
    pub hidden: bool,
    /// Hires that wait for a gate.
    pub waiting: WaitingHires,
}

const MISSING_SHOWN: usize = 5;

/// The year of a day; the next one if only that has a budget of money.
pub(crate) fn budget_year(plan: &Plan, day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let (this, next) = (year_of(day), year_of(day.checked_add_months(Months::new(12)).unwrap_or(day)));
    let has_budget = |(from, until): (NaiveDate, NaiveDate)| {
        let days = DateRange::new(Some(from), Some(until));
        let mut budgets = plan.budgets.iter().filter(|budget| budget.amount.is_some());
        budgets.any(|budget| budget.date_range().overlaps(&days))
    };
    if !has_budget(this) && has_budget(next) { next } else { this }
}

/// The first and last day of the year of a day.
fn year_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let end = |month, of| NaiveDate::from_ymd_opt(day.year(), month, of).unwrap_or(day);
    (end(1, 1), end(12, 31))
}

impl MoneyQuery {
    pub(super) fn days(&self, plan: &Plan, at: At) -> Answer<(NaiveDate, NaiveDate)> {
        let days = match (self.from, self.until) {
            (Some(from), Some(until)) => (from, until),
            (Some(from), None) => (from, year_of(from).1),
            (None, Some(until)) => (year_of(until).0, until),
            (None, None) => budget_year(plan, at.shown_day()),
        };
        if days.1 < days.0 {
            return Err(AppError::new(ErrorKind::Invalid, "the end date is before the start date"));
        }
        Ok(days)
    }
}

/// Cost, budget and headcount by period, and budget against plan of each team.
#[specta::specta]
pub fn hiring_money(app: &AppState, query: MoneyQuery, at: At) -> Answer<MoneyAnswer> {
    money_answer(app, query, at, app.pay.is_shown())
}

/// [`hiring_money`], with salaries shown or hidden.
pub(crate) fn money_answer(app: &AppState, query: MoneyQuery, at: At, is_shown: bool) -> Answer<MoneyAnswer> {
    let planned = app.plan()?;
    let (from, until) = query.days(&planned, at)?;
    let gated = counted(&planned, at.shown_day(), query.gates);
    let wanted = WantedTeams::new(&planned, query.team)?;
    let waiting = waiting_hires(&planned, &gated, &wanted, (from, until), is_shown);
    answer(&gated.plan, waiting, &query, is_shown)
}

/// [`hiring_money`] as planned, without a word about hires that wait: so nobody waits for the figures of their gates.
pub(crate) fn money_as_planned(
    app: &AppState,
    query: &MoneyQuery,
    at: At,
    is_shown: bool,
) -> Answer<MoneyAnswer> {
    let plan = app.plan()?;
    let (from, until) = query.days(&plan, at)?;
    answer(&plan, WaitingHires { from, until, ..WaitingHires::default() }, query, is_shown)
}

fn answer(plan: &Plan, waiting: WaitingHires, query: &MoneyQuery, is_shown: bool) -> Answer<MoneyAnswer> {
    let (from, until) = (waiting.from, waiting.until);
    let costs = Costs::new(plan, from, until);
    let table = MonthTable::new(plan, &costs);
    let team = query.team.map(TeamId::from);
    let look = Look { costs: &costs, months: &table.months, step: query.step, is_shown };
    let groups = look.groups(&table);
    let approved = query.approval.and_then(|id| plan.approvals.get(id.into()));
    let approved = approved.map(|approval| approved_by_month(plan, approval, &table, team));
    let lines = budget_lines(plan, &table, team);
    let whole = lines.first().ok_or_else(|| AppError::not_found("the team"))?;
    let heads_day = headcount_day(plan, &table, team).unwrap_or(costs.until);
    let headcounts = HeadcountBudgets::new(plan, &table, heads_day);
    let missing: Vec<String> = costs.missing.iter().take(MISSING_SHOWN).map(|row| words(plan, row)).collect();
    let answer = MoneyAnswer {
        from,
        until,
        currency: costs.currency.to_string(),
        periods: groups.iter().map(|group| look.period(group, &table)).collect(),
        whole: groups.iter().map(|group| look.cell(group, whole, approved.as_deref())).collect(),
        lines: lines.iter().map(|line| look.line(plan, &groups, line, (heads_day, &headcounts))).collect(),
        missing,
        missing_count: costs.missing.len() as u32,
        budgets_without_rate: table.budgets_without_rate.len() as u32,
        is_empty: costs.lines.is_empty(),
        hidden: !look.is_shown,
        waiting,
    };
    Ok(answer)
}

/// Cost and budget of the organisation.
pub(crate) struct OrganisationCosts {
    pub currency: String,
    pub months: Vec<MoneyCell>,
    /// The months of the period in each year.
    pub years: Vec<(CostPeriod, MoneyCell)>,
    /// All months of the period.
    pub whole: MoneyCell,
    /// The plan has a cost or a budget in the period.
    pub is_any: bool,
}

/// Cost and budget of the organisation in all months that these days touch, as [`hiring_money`] has them.
pub(crate) fn organisation_costs(
    app: &AppState,
    from: NaiveDate,
    until: NaiveDate,
) -> Answer<OrganisationCosts> {
    let (plan, occupancies) = (app.plan()?, app.occupancies()?);
    let costs = Costs::of(&plan, &Assumptions::new(&plan), occupancies.to_vec(), from, until);
    let table = MonthTable::new(&plan, &costs);
    let lines = budget_lines(&plan, &table, None);
    let line = lines.first().ok_or_else(|| AppError::not_found("the organisation"))?;
    let cells = |step: CostStep| {
        let look = Look { costs: &costs, months: &table.months, step, is_shown: app.pay.is_shown() };
        let groups = look.groups(&table);
        let cell = |group| (look.period(group, &table), look.cell(group, line, None));
        groups.iter().map(cell).collect::<Vec<_>>()
    };
    let look =
        Look { costs: &costs, months: &table.months, step: CostStep::Month, is_shown: app.pay.is_shown() };
    Ok(OrganisationCosts {
        currency: costs.currency.to_string(),
        months: cells(CostStep::Month).into_iter().map(|(_, cell)| cell).collect(),
        years: cells(CostStep::Year),
        whole: look.cell(&(0..table.months.len()), line, None),
        is_any: !costs.lines.is_empty() || table.budget.iter().any(Option::is_some),
    })
}

struct Look<'a> {
    costs: &'a Costs,
    months: &'a [NaiveDate],
    step: CostStep,
    is_shown: bool,
}

impl Look<'_> {
    /// The months of each period.
    fn groups(&self, table: &MonthTable) -> Vec<std::ops::Range<usize>> {
        let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
        for (at, month) in table.months.iter().enumerate() {
            match groups.last_mut() {
                Some(last) if self.step.id(table.months[last.start]) == self.step.id(*month) => {
                    last.end = at + 1
                }
                _ => groups.push(at..at + 1),
            }
        }
        groups
    }

    fn period(&self, group: &std::ops::Range<usize>, table: &MonthTable) -> CostPeriod {
        let first = table.months[group.start];
        let (label, title) = self.step.words(first);
        let until = headroom_analysis::cost::last_day(table.months[group.end - 1]);
        CostPeriod { id: self.step.id(first), label, title, from: first, until }
    }

    fn money(&self, minor: i64) -> ShownAmount {
        self.costs.money(minor).into()
    }

    fn of_positions(&self, minor: i64, seats: Decimal6) -> Option<ShownAmount> {
        total(self.costs.money(minor), seats, self.is_shown)
    }

    /// The cost of these months, unless it reveals a salary.
    fn cost(&self, cells: &[MonthCell], of: impl Fn(&MonthCell) -> (i64, Decimal6)) -> Option<ShownAmount> {
        let parts: Vec<(i64, Decimal6)> = cells.iter().map(of).collect();
        let cost = parts.iter().map(|(cost, _)| *cost).fold(0, i64::saturating_add);
        let fewest = parts.into_iter().filter(|(cost, _)| *cost != 0).map(|(_, heads)| heads).min();
        self.of_positions(cost, fewest.unwrap_or_default())
    }

    fn cell(
        &self,
        group: &std::ops::Range<usize>,
        line: &BudgetLine,
        approved: Option<&[(i64, i64)]>,
    ) -> MoneyCell {
        let cells = &line.cells[group.clone()];
        let last = cells.last().copied().unwrap_or_default();
        let approved = approved.map(|approved| {
            let months = &approved[group.clone()];
            let seats = months.iter().map(|(_, seats)| *seats).filter(|seats| *seats > 0).min().unwrap_or(0);
            let cost = months.iter().map(|(cost, _)| *cost).fold(0, i64::saturating_add);
            self.of_positions(cost, Decimal6::from_millionths(seats * 1_000_000))
        });
        let against =
            self.against(&line.budget_by_month[group.clone()], &line.budgeted_by_month[group.clone()]);
        MoneyCell {
            heads: last.heads.as_f64(),
            planned_heads: last.planned_heads.as_f64(),
            cost: self.cost(cells, |cell| (cell.cost, cell.heads)),
            // The remainder of a total reveals as much as the part.
            planned_cost: self.cost(cells, |cell| (cell.planned_cost, cell.planned_heads)).filter(|_| {
                let less = |of: Decimal6, part: Decimal6| {
                    Decimal6::from_millionths(of.millionths() - part.millionths())
                };
                let rest =
                    |cell: &MonthCell| (cell.cost - cell.planned_cost, less(cell.heads, cell.planned_heads));
                self.cost(cells, rest).is_some()
            }),
            budget: against.budget,
            approved: approved.flatten(),
            left: against.left,
            is_over: against.is_over,
            note: line.uncovered(self.months, group.clone()),
        }
    }

    /// The budget of these months against what it is for. The difference is that of the amounts as they are shown; none
    /// where rounding has turned it round.
    fn against(&self, budget: &[Option<i64>], budgeted: &[MonthCell]) -> Against {
        let budget = budget.iter().flatten().copied().reduce(i64::saturating_add);
        let cost = budgeted.iter().map(|cell| cell.cost).fold(0, i64::saturating_add);
        let shown = self.cost(budgeted, |cell| (cell.cost, cell.heads));
        let is_over = budget.is_some_and(|budget| cost > budget);
        let left = budget.zip(shown.as_ref()).and_then(|(budget, shown)| {
            let left = budget.saturating_sub(shown.text.parse::<Money>().ok()?.minor);
            ((left < 0) == is_over).then(|| self.money(left))
        });
        Against { budget: budget.map(|minor| self.money(minor)), budgeted: shown, left, is_over }
    }

    fn line(
        &self,
        plan: &Plan,
        groups: &[std::ops::Range<usize>],
        line: &BudgetLine,
        (heads_day, headcounts): (NaiveDate, &HeadcountBudgets<'_>),
    ) -> MoneyLine {
        let against = self.against(&line.budget_by_month, &line.budgeted_by_month);
        let (id, team) = match line.of {
            LineOf::Organisation => ("organisation".to_owned(), None),
            LineOf::Team(team) => (format!("team-{}", team.0), Some(team)),
            LineOf::Own(team) => (format!("own-{}", team.map_or(0, |team| team.0)), None),
            LineOf::Rest(team) => (format!("rest-{}", team.map_or(0, |team| team.0)), None),
        };
        let is_whole = matches!(line.of, LineOf::Organisation | LineOf::Team(_));
        let headcount = is_whole.then(|| headcounts.of(team)).flatten();
        let on_day = line.month_of(self.costs.from, heads_day);
        MoneyLine {
            id,
            team: team.map(Into::into),
            name: line.name(plan),
            depth: line.depth as u32,
            is_group: line.is_group,
            has_positions: !matches!(line.of, LineOf::Rest(_)),
            plan: self.cost(&line.cells, |cell| (cell.cost, cell.heads)),
            budget: against.budget,
            budgeted: against.budgeted,
            left: against.left,
            is_over: against.is_over,
            note: line.note(plan, self.months),
            is_partial: !line.uncovered(self.months, 0..self.months.len()).is_empty(),
            heads: on_day.heads.as_f64(),
            heads_budget: headcount.map(|it| it.budget.as_f64()),
            budgeted_heads: headcount.map_or(0.0, |it| it.heads.as_f64()),
            heads_day,
            cells: groups.iter().map(|group| self.cell(group, line, None)).collect(),
        }
    }
}

struct Against {
    budget: Option<ShownAmount>,
    budgeted: Option<ShownAmount>,
    left: Option<ShownAmount>,
    is_over: bool,
}

/// Approved cost by month, in days at a 365th of the annual cost, and the number of positions.
fn approved_by_month(
    plan: &Plan,
    approval: &Approval,
    table: &MonthTable,
    team: Option<TeamId>,
) -> Vec<(i64, i64)> {
    let below = team.map(|team| teams_below(plan, team));
    let is_meant = |position: &&ApprovedPosition| {
        let of = plan.find::<headroom_model::Team>(&position.team);
        below.as_ref().is_none_or(|below| of.is_some_and(|of| below.contains(&of)))
    };
    let seats: Vec<&ApprovedPosition> = approval.seats.iter().filter(is_meant).collect();
    let month = |first: &NaiveDate| {
        let last = headroom_analysis::cost::last_day(*first);
        seats.iter().fold((0_i64, 0_i64), |(cost, count), position| {
            let from = position.from.map_or(*first, |from| from.max(*first));
            let until = position.until.map_or(last, |until| until.min(last));
            let days = (until - from).num_days() + 1;
            let Some(yearly) = position.annual_cost.filter(|_| days > 0) else { return (cost, count) };
            let part = divided(i128::from(yearly.minor) * i128::from(days), 365);
            (cost.saturating_add(part), count + 1)
        })
    };
    table.months.iter().map(month).collect()
}
