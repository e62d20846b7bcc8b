//! The sheet of teams by month: cost, positions and budget, as sums of the other sheets.

use chrono::NaiveDate;
use headroom_analysis::{
    capacity::Month,
    cost::{Line, TeamRow, days_of},
};
use headroom_model::TeamId;
use headroom_tabular::xlsx::{NumberFormat, Sheet, XlsxCell, XlsxColumn, column_name};

use crate::{
    ExportSource, budgets,
    capacity::{CapacityTable, hundredths},
    months, team_number, yearly,
};

const HEAD: usize = 3;
/// Columns before the first month: team number, name, block, sum of all months.
const BEFORE: usize = 4;

/// A block of rows: one for each team and one for the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Whole,
    Own,
    Seats,
    FullTime,
    Capacity,
    Budget,
    Left,
}

impl Block {
    const ALL: [Block; 7] = [
        Block::Whole,
        Block::Own,
        Block::Seats,
        Block::FullTime,
        Block::Capacity,
        Block::Budget,
        Block::Left,
    ];

    fn title(self) -> &'static str {
        match self {
            Block::Whole => "Cost incl. sub-teams",
            Block::Own => "Cost, team only",
            Block::Seats => "Positions at month end, team only",
            Block::FullTime => "Average FTE, team only",
            Block::Capacity => "Capacity (FTE), team only",
            Block::Budget => "Budget",
            Block::Left => "Budget remaining",
        }
    }
}

pub(crate) fn sheet(source: &ExportSource<'_>) -> Sheet {
    let mut rows = months::head(&source.table.months, BEFORE);
    let capacities = CapacityTable::new(source.plan, source.table);
    for block in Block::ALL {
        for at in 0..=source.table.teams.len() {
            let team = source.table.teams.get(at).filter(|_| block == Block::Capacity);
            rows.push(match team {
                Some(team) => capacity_row(source, at, &capacities.own(team.team)),
                None => row(source, &Results::new(source, &capacities, block, at), block, at),
            });
        }
    }
    let widths = [8, 30, 38, 15].into_iter().chain(source.table.months.iter().map(|_| 14));
    Sheet {
        name: "Teams".to_owned(),
        columns: widths.map(|width| XlsxColumn::new("", width)).collect(),
        has_titles: false,
        fixed_rows: HEAD as u32,
        fixed_columns: 3,
        rows,
    }
}

/// The row of a team in a block, counted from one. The organisation comes after the last team.
fn row_of(source: &ExportSource<'_>, block: Block, team: usize) -> usize {
    let nth = Block::ALL.into_iter().position(|known| known == block).unwrap_or(0);
    HEAD + 1 + nth * (source.table.teams.len() + 1) + team
}

/// The cells before the months, without the sum.
fn before(source: &ExportSource<'_>, block: Block, at: usize) -> Vec<XlsxCell> {
    let team = source.table.teams.get(at);
    let name = team.map_or_else(
        || source.whole_name().to_owned(),
        |row| "  ".repeat(row.depth) + &source.team_name(row.team),
    );
    vec![
        team.map_or(XlsxCell::Empty, |row| {
            XlsxCell::Number(team_number(source.plan, row.team), NumberFormat::Plain)
        }),
        if team.is_none() { XlsxCell::Heading(name) } else { XlsxCell::text(name) },
        XlsxCell::text(block.title()),
    ]
}

/// Values: capacity is an area under curves, for which there is no formula.
fn capacity_row(source: &ExportSource<'_>, at: usize, months: &[Month]) -> Vec<XlsxCell> {
    let mut cells = before(source, Block::Capacity, at);
    cells.push(XlsxCell::Empty);
    cells.extend(
        months.iter().map(|month| XlsxCell::Number(hundredths(month.capacity()), NumberFormat::Decimals(2))),
    );
    cells
}

fn row(source: &ExportSource<'_>, results: &Results, block: Block, at: usize) -> Vec<XlsxCell> {
    let own = row_of(source, block, at);
    let count = source.table.months.len();
    let look = match block {
        Block::Seats | Block::FullTime | Block::Capacity => NumberFormat::Decimals(2),
        _ => source.look(),
    };
    let mut cells = before(source, block, at);
    let (first, last) = (column_name(BEFORE), column_name(BEFORE + count.saturating_sub(1)));
    cells.push(match block {
        Block::Seats | Block::FullTime | Block::Capacity => XlsxCell::Empty,
        Block::Budget | Block::Left => {
            XlsxCell::formula(unless_empty(&[format!("{first}{own}:{last}{own}")]), look, results.sum())
        }
        _ => XlsxCell::formula(format!("SUM({first}{own}:{last}{own})"), look, results.sum().unwrap_or(0.0)),
    });
    for nth in 0..count {
        let formula = formula(source, block, at, nth);
        cells.push(match formula.is_empty() {
            true => XlsxCell::Empty,
            false => XlsxCell::formula(formula, look, results.0[nth]),
        });
    }
    cells
}

/// The results of a row's formulas by month; none for an empty cell.
struct Results(Vec<Option<f64>>);

impl Results {
    fn new(source: &ExportSource<'_>, capacities: &CapacityTable<'_>, block: Block, at: usize) -> Self {
        let table = source.table;
        let team = table.teams.get(at);
        let own = |month: usize| team.map_or(&table.whole[month], |team| &team.own[month]);
        let whole = |month: usize| team.map_or(&table.whole[month], |team| &team.whole[month]);
        let budget = |month: usize| team.map_or(table.budget[month], |team| team.budget[month]);
        let amount = |minor: i64| Some(source.amount(minor));
        let of = |month: usize| match block {
            Block::Whole => amount(whole(month).cost),
            Block::Own => team.and_then(|_| amount(own(month).cost)),
            Block::Seats => Some(own(month).heads.as_f64()),
            Block::FullTime => Some(full_time(source, team.map(|team| team.team), table.months[month])),
            // Of the organisation: the values in the rows of the teams.
            Block::Capacity => {
                let capacity = |team: &TeamRow| hundredths(capacities.own(team.team)[month].capacity());
                Some(table.teams.iter().map(capacity).sum())
            }
            Block::Budget => budget(month).and_then(amount),
            Block::Left => {
                let budgeted = team.map_or(&table.budgeted[month], |team| &team.budgeted[month]);
                budget(month).and_then(|budget| amount(budget.saturating_sub(budgeted.cost)))
            }
        };
        Self((0..table.months.len()).map(of).collect())
    }

    /// None if there is nothing to sum.
    fn sum(&self) -> Option<f64> {
        let values: Vec<f64> = self.0.iter().copied().flatten().collect();
        (!values.is_empty()).then(|| values.iter().sum())
    }
}

/// FTE of a team alone, or of all, on average over a month.
fn full_time(source: &ExportSource<'_>, team: Option<Option<TeamId>>, month: NaiveDate) -> f64 {
    let is_of_team = |line: &&Line| {
        let position = source.plan.positions.get(source.costs.occupancies[line.occupancy].position);
        team.is_none_or(|team| position.and_then(|position| position.team) == team)
    };
    let lines = source.costs.lines.iter().filter(is_of_team);
    let days: i64 = lines.map(|line| line.fte.millionths() * line.days_in(month)).sum();
    days as f64 / 1e6 / days_of(month) as f64
}

fn formula(source: &ExportSource<'_>, block: Block, at: usize, nth: usize) -> String {
    let column = column_name(BEFORE + nth);
    let cell = |block: Block, team: usize| format!("{column}{}", row_of(source, block, team));
    let sum = |block: Block, teams: &mut dyn Iterator<Item = usize>| {
        teams.map(|team| cell(block, team)).collect::<Vec<_>>().join("+")
    };
    let teams = &source.table.teams;
    let top = || (0..teams.len()).filter(|at| teams[*at].depth == 0);
    let number = format!("$A{}", row_of(source, block, at));
    // What the teams below have and have left is theirs alone.
    let below = |block: Block, teams: &mut dyn Iterator<Item = usize>| {
        let parts = teams.filter(|at| has_budget(source, *at)).map(|team| cell(block, team));
        unless_empty(&parts.collect::<Vec<_>>())
    };
    let remaining = || format!("{}-{}", cell(Block::Budget, at), cell(Block::Whole, at));
    let Some(team) = teams.get(at) else {
        // The organisation.
        return match block {
            Block::Whole => sum(Block::Whole, &mut top()),
            Block::Own => String::new(),
            Block::Seats | Block::FullTime | Block::Capacity => {
                format!(
                    "SUM({column}{}:{column}{})",
                    row_of(source, block, 0),
                    row_of(source, block, teams.len() - 1)
                )
            }
            Block::Budget if has_own_budget(&source.table.own_budget) => {
                let own = OwnBudget::new(source, "0", nth);
                own.or_else(&own.amount, &below(block, &mut top()))
            }
            Block::Left if has_own_budget(&source.table.own_budget) => {
                OwnBudget::new(source, "0", nth).or_else(&remaining(), &below(block, &mut top()))
            }
            Block::Budget | Block::Left => below(block, &mut top()),
        };
    };
    let end = months::row_of(source.costs.lines.len().saturating_sub(1));
    let (lines, start) = (source.costs.lines.len() + 1, months::row_of(0));
    let of_line = |column: &str| format!("Yearly!${column}$2:${column}${lines}");
    match block {
        _ if source.costs.lines.is_empty()
            && matches!(block, Block::Own | Block::Seats | Block::FullTime) =>
        {
            "0".to_owned()
        }
        Block::Whole => {
            let below = sum(Block::Whole, &mut team.children.iter().copied());
            let own = cell(Block::Own, at);
            if below.is_empty() { own } else { format!("{own}+{below}") }
        }
        Block::Own => {
            let (month, team) = (months::column_of(nth), months::TEAM);
            format!(
                "SUMIFS(Months!{month}${start}:{month}${end},Months!${team}${start}:${team}${end},{number})"
            )
        }
        Block::Seats => {
            let (first, last) = (of_line(yearly::FIRST_DAY), of_line(yearly::LAST_DAY));
            format!(
                "SUMIFS({},{},{number},{first},\"<=\"&{column}$2,{last},\">=\"&{column}$2)",
                of_line(yearly::PEOPLE),
                of_line(yearly::TEAM)
            )
        }
        Block::FullTime => {
            let month = months::column_of(nth);
            let days = format!("Days!{month}${start}:{month}${end}");
            let (team, fte) = (of_line(yearly::TEAM), of_line(yearly::FTE));
            format!("SUMPRODUCT(({team}={number})*{fte}*{days})/({column}$2-{column}$1+1)")
        }
        Block::Budget if team.has_own_budget() => {
            let own = OwnBudget::new(source, &number, nth);
            own.or_else(&own.amount, &below(block, &mut team.children.iter().copied()))
        }
        Block::Left if team.has_own_budget() => {
            let children = below(block, &mut team.children.iter().copied());
            OwnBudget::new(source, &number, nth).or_else(&remaining(), &children)
        }
        Block::Budget | Block::Left => below(block, &mut team.children.iter().copied()),
        // Values: see `capacity_row`.
        Block::Capacity => String::new(),
    }
}

fn has_own_budget(months: &[Option<i64>]) -> bool {
    months.iter().any(Option::is_some)
}

fn has_budget(source: &ExportSource<'_>, at: usize) -> bool {
    source.table.teams[at].budget.iter().any(Option::is_some)
}

/// The sum of cells, empty if all of them are: a month without a budget has none, rather than one of 0.
fn unless_empty(cells: &[String]) -> String {
    /// A function takes 255 arguments at most.
    const AT_ONCE: usize = 200;
    if cells.is_empty() {
        return String::new();
    }
    let each = |function: &str| {
        let parts = cells.chunks(AT_ONCE).map(|cells| format!("{function}({})", cells.join(",")));
        parts.collect::<Vec<_>>().join("+")
    };
    format!("IF({}=0,\"\",{})", each("COUNT"), each("SUM"))
}

/// The budgets of a team itself in a month, as formulas.
struct OwnBudget {
    /// How many have a day in it.
    count: String,
    amount: String,
}

impl OwnBudget {
    fn new(source: &ExportSource<'_>, number: &str, nth: usize) -> Self {
        let end = budgets::row_of(source.budgets.len().saturating_sub(1));
        let rows = |column: &str| format!("Budgets!${column}${}:${column}${end}", budgets::row_of(0));
        let month = column_name(BEFORE + nth);
        let (team, rate, first, last) =
            (rows("A"), rows(budgets::RATE), rows(budgets::FIRST_DAY), rows(budgets::LAST_DAY));
        let column = budgets::column_of(nth);
        let amounts = format!("Budgets!{column}${}:{column}${end}", budgets::row_of(0));
        Self {
            count: format!(
                "COUNTIFS({team},{number},{rate},\">0\",{first},\"<=\"&{month}$2,{last},\">=\"&{month}$1)"
            ),
            amount: format!("SUMIFS({amounts},{team},{number})"),
        }
    }

    /// This formula in a month with a budget of the team itself; in another one that of the teams below, or nothing.
    fn or_else(&self, with_own: &str, below: &str) -> String {
        let below = if below.is_empty() { "\"\"" } else { below };
        format!("IF({}=0,{below},{with_own})", self.count)
    }
}
