//! The hiring plan as a workbook and as tables.

use std::path::Path;

use headroom_analysis::cost::{Costs, MonthTable};
use headroom_hiring_export::{book_of, budget_table, months_table, positions_table};
use headroom_model::TeamId;
use headroom_tabular::xlsx::{write_csv, write_xlsx};
use serde::Deserialize;

use crate::{
    at::At,
    error::Answer,
    hiring::{money::MoneyQuery, waiting_hires::counted},
    state::AppState,
};

#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum SheetFormat {
    /// A workbook with formulas.
    Xlsx,
    /// Budget against plan by team.
    Budget,
    /// Month by team.
    Months,
    /// A row per position and person.
    Seats,
}

/// Writes the hiring plan of a team, or of all, to a file, with all amounts, as the query asks for it.
#[specta::specta]
pub fn export_hiring(
    app: &AppState,
    format: SheetFormat,
    query: MoneyQuery,
    path: String,
    at: At,
) -> Answer<()> {
    let planned = app.plan()?;
    let (from, until) = query.days(&planned, at)?;
    let plan = counted(&planned, at.shown_day(), query.gates).plan;
    let (team, path) = (query.team, Path::new(&path));
    let costs = Costs::new(&plan, from, until);
    let table = MonthTable::new(&plan, &costs);
    let team = team.map(TeamId::from);
    if let SheetFormat::Budget = format {
        return Ok(write_csv(&budget_table(&plan, &costs, &table, team), path)?);
    }
    let (costs, table) = match team {
        Some(team) => (costs.of_team(&plan, team), table.of_team(team)),
        None => (costs, table),
    };
    match format {
        SheetFormat::Xlsx => {
            let title = app.with_store(|store, _| crate::state::plan_name(store.plan(), store.path()))?;
            write_xlsx(&book_of(&plan, &title, &costs, &table), path)?;
        }
        SheetFormat::Seats => write_csv(&positions_table(&plan, &costs, &table), path)?,
        SheetFormat::Budget | SheetFormat::Months => write_csv(&months_table(&plan, &costs, &table), path)?,
    }
    Ok(())
}
