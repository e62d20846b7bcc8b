//! Flags of `headroom staffing`.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use headroom_model::Decimal6;

use super::Day;

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("load").required(true).args(["plan", "calls", "tickets"])))]
pub struct StaffingArguments {
    /// Plan file: the need of teams by month, and who will be there
    pub plan: Option<PathBuf>,
    /// Only this team, by team ID
    #[arg(long, value_name = "TEAM", requires = "plan")]
    pub team: Option<String>,
    #[command(flatten)]
    pub day: Day,
    /// Calls in a stretch of time
    #[arg(long, value_name = "N", value_parser = number, requires = "handle_seconds", help_heading = "Calls")]
    pub calls: Option<Decimal6>,
    /// Minutes in which the calls come
    #[arg(long, value_name = "MINUTES", value_parser = number, default_value = "60", help_heading = "Calls")]
    pub in_minutes: Decimal6,
    /// Average time for a call, with the work after it
    #[arg(long, value_name = "SECONDS", value_parser = number, help_heading = "Calls")]
    pub handle_seconds: Option<Decimal6>,
    /// Seconds within which calls are to be answered
    #[arg(long, value_name = "SECONDS", value_parser = number, default_value = "20", help_heading = "Calls")]
    pub answer_within: Decimal6,
    /// Share of calls to be answered in that time
    #[arg(long, value_name = "SHARE", value_parser = number, default_value = "80%", help_heading = "Calls")]
    pub target: Decimal6,
    /// Tickets in a month
    #[arg(
        long,
        value_name = "N",
        value_parser = number,
        requires_all = ["handle_minutes", "hours"],
        help_heading = "Tickets"
    )]
    pub tickets: Option<Decimal6>,
    /// Average time for a ticket, all replies together
    #[arg(long, value_name = "MINUTES", value_parser = number, help_heading = "Tickets")]
    pub handle_minutes: Option<Decimal6>,
    /// Working hours of a person in a month
    #[arg(long, value_name = "HOURS", value_parser = number, help_heading = "Tickets")]
    pub hours: Option<Decimal6>,
    /// Share of the time at work that can go into tickets
    #[arg(long, value_name = "SHARE", value_parser = number, default_value = "85%", help_heading = "Tickets")]
    pub occupancy: Decimal6,
    /// Share of working hours for holidays, illness, training and meetings
    #[arg(long, value_name = "SHARE", value_parser = number, default_value = "30%")]
    pub shrinkage: Decimal6,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Parses a number or a share that is not negative.
fn number(text: &str) -> Result<Decimal6, String> {
    let number: Decimal6 = text.parse().map_err(|why| format!("“{text}” {why}"))?;
    if number < Decimal6::ZERO { Err(format!("“{text}” is negative")) } else { Ok(number) }
}
