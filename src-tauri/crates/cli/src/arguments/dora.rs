//! Flags of `headroom dora`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::{Day, day::day, import::DeploymentsArg};

#[derive(Debug, Args)]
pub struct DoraArguments {
    /// Plan file
    #[arg(required_unless_present = "source")]
    pub plan: Option<PathBuf>,
    /// Files, folder or repository to measure without a plan
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with_all = ["plan", "team", "from", "to", "as_of"])]
    pub source: Vec<PathBuf>,
    /// Only this team, by ID
    #[arg(long, value_name = "ID", conflicts_with = "service")]
    pub team: Option<String>,
    /// First day of the months that are shown
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// Last day of these
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
    /// Year of the bands: 2021, 2023 or 2024
    #[arg(long, value_name = "YEAR", value_parser = band_year, default_value = "2023")]
    pub bands: i32,
    #[command(flatten)]
    pub day: Day,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub deployments: DeploymentsArg,
}

fn band_year(text: &str) -> Result<i32, String> {
    let year =
        text.parse().ok().filter(|year| headroom_analysis::delivery::bands::BandYear::of(*year).is_some());
    year.ok_or_else(|| "expected 2021, 2023 or 2024: no other year has bands here".to_owned())
}
