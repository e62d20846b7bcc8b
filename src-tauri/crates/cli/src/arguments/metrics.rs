//! Flags of `headroom metrics`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use headroom_app::metrics::unit_economics::MetricDimension;

use super::{Day, day::day};

#[derive(Debug, Args)]
pub struct MetricsArguments {
    /// Plan file
    pub plan: PathBuf,
    /// ID of a metric; all if omitted
    pub metric: Option<String>,
    #[command(flatten)]
    pub day: Day,
    /// Side by side: segment, market or channel
    #[arg(long, value_name = "SCOPE", conflicts_with = "metric", hide_possible_values = true)]
    pub by: Option<DimensionArg>,
    /// Month of these, e.g. 2027-02 [default: the newest]
    #[arg(long, value_name = "MONTH", value_parser = month, requires = "by")]
    pub month: Option<NaiveDate>,
    /// Months up to that one over which MRR moved, at most 12
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..=12),
        default_value = "1",
        requires = "by"
    )]
    pub months: u32,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DimensionArg {
    Segment,
    Market,
    Channel,
}

impl From<DimensionArg> for MetricDimension {
    fn from(by: DimensionArg) -> Self {
        match by {
            DimensionArg::Segment => MetricDimension::Segment,
            DimensionArg::Market => MetricDimension::Market,
            DimensionArg::Channel => MetricDimension::Channel,
        }
    }
}

/// Parses a month, or any date in it.
pub(super) fn month(text: &str) -> Result<NaiveDate, String> {
    let date = if text.len() == "2027-02".len() { format!("{text}-01") } else { text.to_owned() };
    day(&date).map_err(|_| format!("“{text}” is not a month like 2027-02"))
}
