//! Flags of `headroom incidents` and `headroom actions`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use headroom_app::incidents::repair::RepairGroup;

use super::Day;

#[derive(Debug, Args)]
pub struct IncidentsArguments {
    /// Plan file
    pub plan: PathBuf,
    /// ID of an incident; all if omitted
    pub incident: Option<String>,
    #[command(flatten)]
    pub day: Day,
    /// Times to repair by service, team, month or quarter
    #[arg(long, value_name = "GROUP", conflicts_with = "incident", hide_possible_values = true)]
    pub by: Option<RepairGroupArg>,
    /// Print the review as Markdown, or the template of one
    #[arg(long, requires = "incident", conflicts_with = "json")]
    pub review: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RepairGroupArg {
    Service,
    Team,
    Month,
    Quarter,
}

impl From<RepairGroupArg> for RepairGroup {
    fn from(by: RepairGroupArg) -> Self {
        match by {
            RepairGroupArg::Service => RepairGroup::Service,
            RepairGroupArg::Team => RepairGroup::Team,
            RepairGroupArg::Month => RepairGroup::Month,
            RepairGroupArg::Quarter => RepairGroup::Quarter,
        }
    }
}

#[derive(Debug, Args)]
pub struct ActionsArguments {
    /// Plan file
    pub plan: PathBuf,
    #[command(flatten)]
    pub day: Day,
    /// Only those of a team on that day: its ID or name
    #[arg(long)]
    pub team: Option<String>,
    /// Only those of a person and their teams: an ID or name
    #[arg(long, conflicts_with = "team")]
    pub person: Option<String>,
    /// Only open ones past their due date
    #[arg(long)]
    pub overdue: bool,
    /// Only open ones whose owner does not know of them
    #[arg(long)]
    pub lost: bool,
    /// Done and dropped ones, too
    #[arg(long)]
    pub closed: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
