//! Cost by month, quarter or year: planned, budget and baseline; and the changes between two days.

use std::path::Path;

use chrono::{Datelike, NaiveDate};
use headroom_analysis::{
    capacity::teams_below,
    cost::{BridgeCause, Costs, MonthCell, MonthTable, cost_bridge},
};
use headroom_hiring_export::{hiring_book, months_table, positions_table, words};
use headroom_model::{Approval, ApprovedPosition, Decimal6, Money, Plan, TeamId, money::divided};
use headroom_tabular::xlsx::{write_csv, write_xlsx};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use specta_typescript::Number;

use crate::{
    entities::id::Id,
    error::{Answer, AppError, ErrorKind},
    hidden_pay::{ShownAmount, total},
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

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoneyQuery {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub step: CostStep,
    /// Only this team, with its sub-teams.
    pub team: Option<Id>,
    /// The baseline to compare with.
    pub approval: Option<Id>,
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
    pub is_over: bool,
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
pub struct MoneyTeam {
    pub id: Option<Id>,
    pub name: String,
    pub depth: u32,
    pub cells: Vec<MoneyCell>,
    pub total: Option<ShownAmount>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoneyAnswer {
    pub currency: String,
    pub periods: Vec<CostPeriod>,
    /// The requested team, or the organisation.
    pub whole: Vec<MoneyCell>,
    /// Teams with a cost or a budget.
    pub teams: Vec<MoneyTeam>,
    /// What the cost leaves out, in words: the first ones, and their number.
    pub missing: Vec<String>,
    pub missing_count: u32,
    /// No position is filled or planned.
    pub is_empty: bool,
    pub hidden: bool,
}

const MISSING_SHOWN: usize = 5;

#[specta::specta]
pub fn hiring_money(app: &AppState, query: MoneyQuery) -> Answer<MoneyAnswer> {
    let plan = app.plan()?;
    if query.until < query.from {
        return Err(AppError::new(ErrorKind::Invalid, "the end date is before the start date"));
    }
    let costs = Costs::new(&plan, query.from, query.until);
    let table = MonthTable::new(&plan, &costs);
    let team = query.team.map(TeamId::from);
    let look = Look { costs: &costs, step: query.step, is_shown: app.pay.is_shown() };
    let groups = look.groups(&table);
    let approved = query.approval.and_then(|id| plan.approvals.get(id.into()));
    let approved = approved.map(|approval| approved_by_month(&plan, approval, &table, team));
    let start = team.and_then(|team| table.teams.iter().position(|row| row.team == Some(team)));
    let whole =
        start.map_or((&table.whole, &table.budget), |at| (&table.teams[at].whole, &table.teams[at].budget));
    let teams = table.teams.iter().enumerate().filter(|(at, row)| {
        let is_below = start.is_none_or(|start| {
            *at > start && table.teams[start + 1..=*at].iter().all(|row| row.depth > table.teams[start].depth)
        });
        is_below
            && (row.whole.iter().any(|cell| *cell != MonthCell::default())
                || row.budget.iter().any(Option::is_some))
    });
    let top = start.map_or(0, |at| table.teams[at].depth + 1);
    let teams = teams.map(|(_, row)| MoneyTeam {
        id: row.team.map(|team| team.into()),
        name: row.team.map_or_else(|| "No team".to_owned(), |team| plan.name_of(team.into())),
        depth: row.depth.saturating_sub(top) as u32,
        cells: groups.iter().map(|group| look.cell(group, &row.whole, &row.budget, None)).collect(),
        total: look.total(&row.whole),
    });
    let missing: Vec<String> =
        costs.missing.iter().take(MISSING_SHOWN).map(|row| words(&plan, row)).collect();
    let answer = MoneyAnswer {
        currency: costs.currency.to_string(),
        periods: groups.iter().map(|group| look.period(group, &table)).collect(),
        whole: groups.iter().map(|group| look.cell(group, whole.0, whole.1, approved.as_deref())).collect(),
        teams: teams.collect(),
        missing,
        missing_count: costs.missing.len() as u32,
        is_empty: costs.lines.is_empty(),
        hidden: !look.is_shown,
    };
    Ok(answer)
}

struct Look<'a> {
    costs: &'a Costs,
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

    fn cell(
        &self,
        group: &std::ops::Range<usize>,
        cells: &[MonthCell],
        budget: &[Option<i64>],
        approved: Option<&[(i64, i64)]>,
    ) -> MoneyCell {
        let cells = &cells[group.clone()];
        let sum = |of: &dyn Fn(&MonthCell) -> i64| cells.iter().map(of).fold(0, i64::saturating_add);
        let fewest = |of: &dyn Fn(&MonthCell) -> (i64, Decimal6)| {
            cells
                .iter()
                .map(of)
                .filter(|(cost, _)| *cost != 0)
                .map(|(_, heads)| heads)
                .min()
                .unwrap_or_default()
        };
        let (cost, planned) = (sum(&|cell| cell.cost), sum(&|cell| cell.planned_cost));
        let heads = fewest(&|cell| (cell.cost, cell.heads));
        let planned_heads = fewest(&|cell| (cell.planned_cost, cell.planned_heads));
        let budget = budget[group.clone()].iter().flatten().copied().reduce(i64::saturating_add);
        let last = cells.last().copied().unwrap_or_default();
        let approved = approved.map(|approved| {
            let months = &approved[group.clone()];
            let seats = months.iter().map(|(_, seats)| *seats).filter(|seats| *seats > 0).min().unwrap_or(0);
            let cost = months.iter().map(|(cost, _)| *cost).fold(0, i64::saturating_add);
            self.of_positions(cost, Decimal6::from_millionths(seats * 1_000_000))
        });
        MoneyCell {
            heads: last.heads.as_f64(),
            planned_heads: last.planned_heads.as_f64(),
            cost: self.of_positions(cost, heads),
            // The remainder of a total reveals as much as the part.
            planned_cost: self.of_positions(planned, planned_heads).filter(|_| {
                let rest = cells.iter().filter(|cell| cell.cost != cell.planned_cost);
                let rest = rest.map(|cell| cell.heads.millionths() - cell.planned_heads.millionths()).min();
                rest.is_none_or(|rest| {
                    self.of_positions(cost - planned, Decimal6::from_millionths(rest)).is_some()
                })
            }),
            budget: budget.map(|minor| self.money(minor)),
            approved: approved.flatten(),
            is_over: budget.is_some_and(|budget| cost > budget),
        }
    }

    fn total(&self, cells: &[MonthCell]) -> Option<ShownAmount> {
        let cost = cells.iter().map(|cell| cell.cost).fold(0, i64::saturating_add);
        let fewest =
            cells.iter().filter(|cell| cell.cost != 0).map(|cell| cell.heads).min().unwrap_or_default();
        self.of_positions(cost, fewest)
    }
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

/// A step of a waterfall chart.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoneyStep {
    pub id: String,
    pub title: String,
    #[specta(type = Number)]
    pub heads: f64,
    pub amount: Option<ShownAmount>,
    pub is_total: bool,
}

/// Headcount and annual cost at the rate of each day, from one day to another.
#[specta::specta]
pub fn hiring_between(
    app: &AppState,
    from: NaiveDate,
    until: NaiveDate,
    team: Option<Id>,
) -> Answer<Vec<MoneyStep>> {
    let plan = app.plan()?;
    let teams: Option<FxHashSet<TeamId>> = team.map(|team| teams_below(&plan, TeamId::from(team)));
    let found = cost_bridge(&plan, (from, until), teams.as_ref());
    let currency = headroom_analysis::cost::currency_of(&plan);
    let step = |id: &str, title: &str, pace: headroom_analysis::cost::Pace, is_total| MoneyStep {
        id: id.to_owned(),
        title: title.to_owned(),
        heads: pace.heads.as_f64(),
        // They add up, and most concern few positions.
        amount: app.pay.shown(Some(Money::new(pace.yearly, currency))),
        is_total,
    };
    let date = |day: NaiveDate| headroom_model::wording::date(day).to_string();
    let mut steps = vec![step("before", &date(from), found.before, true)];
    for change in BridgeCause::ALL {
        let pace = found.changes[change as usize];
        if pace != headroom_analysis::cost::Pace::default() {
            steps.push(step(change.title(), change.title(), pace, false));
        }
    }
    steps.push(step("after", &date(until), found.after, true));
    Ok(steps)
}

#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum SheetFormat {
    /// A workbook with formulas.
    Xlsx,
    /// Month by team.
    Months,
    /// A row per position and person.
    Seats,
}

/// Writes the hiring plan to a file, with all amounts.
#[specta::specta]
pub fn export_hiring(
    app: &AppState,
    format: SheetFormat,
    from: NaiveDate,
    until: NaiveDate,
    path: String,
) -> Answer<()> {
    let plan = app.plan()?;
    let path = Path::new(&path);
    if let SheetFormat::Xlsx = format {
        let title = app.with_store(|store, _| crate::state::plan_name(store.plan(), store.path()))?;
        return Ok(write_xlsx(&hiring_book(&plan, &title, from, until), path)?);
    }
    let costs = Costs::new(&plan, from, until);
    let table = MonthTable::new(&plan, &costs);
    let sheet = match format {
        SheetFormat::Seats => positions_table(&plan, &costs, &table),
        _ => months_table(&plan, &costs, &table),
    };
    Ok(write_csv(&sheet, path)?)
}
