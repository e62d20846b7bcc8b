//! `headroom metrics --by`: unit economics side by side and how MRR moved, as the window has them.

use std::process::ExitCode;

use headroom_app::{
    entities::entity::NamedEntity,
    metrics::{
        markets::{MarketRow, MarketShortlist, market_shortlist},
        mrr_waterfall::MrrWaterfall,
        unit_economics::{
            EconomicsCell, UnitEconomicsPage, UnitEconomicsQuery, UnitEconomicsRow, whole_unit_economics,
        },
    },
};

use super::{Outcome, open_app, print_json, search::print_columns};
use crate::{
    arguments::{DimensionArg, MetricsArguments},
    screen::{QUIET, STRONG, println},
};

pub fn run(arguments: &MetricsArguments, by: DimensionArg) -> Outcome {
    let app = open_app(&arguments.plan)?;
    let query =
        UnitEconomicsQuery { by: Some(by.into()), month: arguments.month, months: Some(arguments.months) };
    let (page, rows) = whole_unit_economics(&app, &query, arguments.day.at())?;
    let shortlist = market_shortlist(&app, by.into(), arguments.day.at())?;
    if arguments.json {
        let mut value = serde_json::to_value(&page)?;
        value["rows"] = serde_json::to_value(&rows)?;
        value["shortlist"] = serde_json::to_value(&shortlist)?;
        print_json(&value)?;
        return Ok(ExitCode::SUCCESS);
    }
    let month = page.months.iter().find(|month| Some(month.first) == page.month);
    let Some(month) = month else {
        println!("no figures by this date");
        print_shortlist(&shortlist);
        return Ok(ExitCode::SUCCESS);
    };
    println!("{STRONG}Unit economics by {}, {}{STRONG:#}", page.by.word(), month.name);
    print_columns(&figures(&page, &rows));
    for narrower in &page.narrower {
        println!("  {QUIET}{narrower}: in no column, since it is not a {} alone{QUIET:#}", page.by.word());
    }
    let moved: Vec<&MrrWaterfall> = page.waterfalls.iter().filter(|one| one.is_measured).collect();
    if let Some(first) = moved.first() {
        println!("\n{STRONG}How MRR moved, {}{STRONG:#}", first.span);
        print_columns(&movements(&page, &moved));
    }
    print_shortlist(&shortlist);
    Ok(ExitCode::SUCCESS)
}

/// The markets, channels or segments in the order in which they have shown that they pay.
fn print_shortlist(shortlist: &MarketShortlist) {
    if shortlist.rows.is_empty() {
        return;
    }
    println!("\n{STRONG}Shortlist of {}s{STRONG:#}", shortlist.by.word());
    let names = |entities: &[NamedEntity]| {
        entities.iter().map(|entity| entity.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let head = ["", "payback", "bets", "teams", "people", "to hire"].map(str::to_owned).to_vec();
    let line = |row: &MarketRow| {
        vec![
            format!("  {}", row.name),
            row.payback.clone().unwrap_or_else(|| "not known".to_owned()),
            names(&row.open_bets),
            names(&row.teams),
            row.filled.to_string(),
            row.to_hire.len().to_string(),
        ]
    };
    print_columns(&std::iter::once(head).chain(shortlist.rows.iter().map(line)).collect::<Vec<_>>());
    println!("  {QUIET}{}{QUIET:#}", shortlist.order);
}

/// A line for each metric below that of its section, with the titles above.
fn figures(page: &UnitEconomicsPage, rows: &[UnitEconomicsRow]) -> Vec<Vec<String>> {
    let titles = page.columns.iter().map(|column| column.title.clone());
    let mut lines: Vec<Vec<String>> = vec![std::iter::once(String::new()).chain(titles).collect()];
    for (at, row) in rows.iter().enumerate() {
        if at == 0 || rows[at - 1].section != row.section {
            lines.push(vec![row.section.clone()]);
        }
        let cells = row.cells.iter().map(cell_words);
        lines.push(std::iter::once(format!("  {}", row.metric.name)).chain(cells).collect());
    }
    lines
}

/// With what is asked of it: `23.43 months ✗`.
fn cell_words(cell: &EconomicsCell) -> String {
    let marks = cell.objectives.iter().map(|objective| match objective.state.as_str() {
        "met" => " ✓",
        "not-met" => " ✗",
        _ => " ?",
    });
    cell.words.clone() + &marks.collect::<String>()
}

/// A line for each step, with a column for each scope.
fn movements(page: &UnitEconomicsPage, moved: &[&MrrWaterfall]) -> Vec<Vec<String>> {
    let title = |one: &&MrrWaterfall| {
        let column = page.columns.iter().find(|column| column.id == one.column);
        column.map(|column| column.title.clone()).unwrap_or_default()
    };
    let titles = moved.iter().map(title);
    let mut lines: Vec<Vec<String>> = vec![std::iter::once(String::new()).chain(titles).collect()];
    // Whoever has most has all of them: only reactivation may be missing.
    let steps = moved.iter().max_by_key(|one| one.steps.len()).map(|one| &one.steps);
    for step in steps.into_iter().flatten() {
        let cells = moved.iter().map(|one| {
            one.steps
                .iter()
                .find(|other| other.id == step.id)
                .map_or_else(|| "–".to_owned(), |step| step.words.clone())
        });
        lines.push(std::iter::once(format!("  {}", step.title)).chain(cells).collect());
    }
    lines
}
