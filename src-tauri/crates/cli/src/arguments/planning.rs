//! Flags of `headroom suggest`, `coverage`, `budget` and `simulate`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use headroom_analysis::gates::GateView;

use super::{Day, day::day};

#[derive(Debug, Args)]
pub struct Suggest {
    /// Plan file
    pub plan: PathBuf,
    /// Service IDs [default: all unowned services]
    pub service: Vec<String>,
    #[command(flatten)]
    pub day: Day,
    /// Assign the suggested owners, as one undoable step
    #[arg(long)]
    pub apply: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Gaps {
    /// Plan file
    pub plan: PathBuf,
    #[command(flatten)]
    pub day: Day,
    /// First date of the period [default: the as-of date]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// Last date of the period [default: one year later]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
    /// How gates count
    #[arg(long, value_name = "VIEW", value_enum, default_value = "as-they-stand")]
    pub gates: GateChoice,
    /// Only gaps of this team and its services, by team ID
    #[arg(long, value_name = "TEAM")]
    pub team: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct HiringPlan {
    /// Plan file
    pub plan: PathBuf,
    /// First month, as any date in it [default: this month]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// Last month, as any date in it [default: 12 months]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
    /// How gates count
    #[arg(long, value_name = "VIEW", value_enum, default_value = "as-planned")]
    pub gates: GateChoice,
    /// Only this team and its sub-teams
    #[arg(long, value_name = "TEAM")]
    pub team: Option<String>,
    /// Print or write JSON
    #[arg(long, group = "written")]
    pub json: bool,
    /// Write a workbook with formulas, or a table
    #[arg(long, value_enum, requires = "out", group = "written")]
    pub format: Option<PlanFormat>,
    /// File to write; - for standard output (not xlsx)
    #[arg(long, short = 'o', value_name = "FILE", requires = "written")]
    pub out: Option<PathBuf>,
}

/// How hires count that wait for a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GateChoice {
    /// Whatever they wait for
    AsPlanned,
    /// From the earliest day on which their gate could be met
    AsTheyStand,
    /// From the day to which the lines through the last figures lead
    Trend,
}

impl From<GateChoice> for GateView {
    fn from(choice: GateChoice) -> Self {
        match choice {
            GateChoice::AsPlanned => GateView::AsPlanned,
            GateChoice::AsTheyStand => GateView::AsTheyStand,
            GateChoice::Trend => GateView::AtTrend,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    Xlsx,
    Csv,
    BudgetCsv,
    #[value(name = "positions-csv", alias = "seats-csv")]
    SeatsCsv,
}

#[derive(Debug, Args)]
pub struct Simulate {
    /// Plan file
    pub plan: PathBuf,
    /// First date [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// Months to simulate
    #[arg(long, value_name = "N", default_value_t = 36, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=120))]
    pub months: u32,
    /// Only this team and its sub-teams
    #[arg(long, value_name = "TEAM")]
    pub team: Option<String>,
    /// Backfill everyone who leaves
    #[arg(long, alias = "replace")]
    pub backfill: bool,
    /// Number of runs
    #[arg(long, value_name = "N", default_value_t = 10_000, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=200_000))]
    pub runs: u32,
    /// Random seed, for repeatable results
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = seed)]
    pub seed: u64,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}
