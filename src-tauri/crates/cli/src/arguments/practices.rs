//! Flags of `headroom practices`.

use std::path::PathBuf;

use clap::Args;

use super::Day;

#[derive(Debug, Args)]
pub struct PracticesArguments {
    /// Plan file
    pub plan: PathBuf,
    /// ID of a service
    #[arg(long, value_name = "SERVICE")]
    pub service: Option<String>,
    /// ID of a team: it and the services it owns
    #[arg(long, value_name = "TEAM")]
    pub team: Option<String>,
    /// Services of this tier, 1 to 4
    #[arg(long, value_name = "TIER", value_parser = clap::value_parser!(u8).range(1..=4))]
    pub tier: Option<u8>,
    /// ID of a practice
    #[arg(long, value_name = "PRACTICE")]
    pub practice: Option<String>,
    #[command(flatten)]
    pub day: Day,
    /// Add the built-in practices and what tiers 1 and 2 need of them
    #[arg(long)]
    pub add_built_in: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
