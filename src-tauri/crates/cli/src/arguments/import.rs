//! Flags of `headroom import` and `import-profiles`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use headroom_figures_import::DeploymentsReading;
use headroom_model::{Currency, Decimal6};

use super::{Rules, format::one_of};

#[derive(Debug, Args)]
pub struct Import {
    /// Plan file
    pub plan: PathBuf,
    /// Files or folders to import
    #[arg(required = true)]
    pub source: Vec<PathBuf>,
    /// Format of the sources [default: detected]
    #[arg(long, value_parser = one_of(headroom_exchange::readable()))]
    pub format: Option<String>,
    /// Show what would change without changing anything
    #[arg(long)]
    pub dry_run: bool,
    /// End records that these sources no longer contain
    #[arg(long, alias = "complete")]
    pub full_sync: bool,
    /// CSV file (columns from,to) that maps unknown names
    #[arg(long, alias = "map", value_name = "FILE")]
    pub name_map: Option<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten, next_help_heading = "CODEOWNERS files")]
    pub rules: Rules,
    /// Folder depth of a service
    #[arg(long, default_value_t = 2, value_name = "FOLDERS")]
    pub depth: usize,
    /// Profile, by name or file [default: detected]
    #[arg(
        long,
        value_name = "NAME|FILE",
        conflicts_with = "format",
        help_heading = "HR exports and spreadsheets"
    )]
    pub profile: Option<String>,
    #[command(flatten)]
    pub answers: AnswersArg,
    /// Month in which fiscal years begin: 1, 4, 7 or 10
    #[arg(long, value_name = "MONTH", value_parser = fiscal_month, help_heading = "Figures of metrics")]
    pub fiscal_year: Option<u32>,
    #[command(flatten)]
    pub deployments: DeploymentsArg,
}

/// What a source of deployments leaves open.
#[derive(Debug, Args)]
#[command(next_help_heading = "Deployments")]
pub struct DeploymentsArg {
    /// Branch that is production, e.g. main
    #[arg(long, value_name = "NAME")]
    pub branch: Option<String>,
    /// Environment that is production, e.g. eu1
    #[arg(long, value_name = "NAME")]
    pub environment: Option<String>,
    /// ID of the service that is deployed, if not said
    #[arg(long, value_name = "ID")]
    pub service: Option<String>,
}

impl DeploymentsArg {
    pub fn reading(&self) -> DeploymentsReading {
        DeploymentsReading {
            environment: self.environment.clone(),
            branch: self.branch.clone(),
            service: self.service.clone(),
        }
    }
}

/// The month of a fiscal year whose quarters are those of the calendar.
fn fiscal_month(text: &str) -> Result<u32, String> {
    let month = text.parse().ok().filter(|month| [1, 4, 7, 10].contains(month));
    month.ok_or_else(|| "expected 1, 4, 7 or 10: other quarters are none of the calendar".to_owned())
}

/// What a table leaves open.
#[derive(Debug, Args)]
#[command(next_help_heading = "HR exports and spreadsheets")]
pub struct AnswersArg {
    /// Order of day and month in dates such as 03/04/2026
    #[arg(long, value_enum, value_name = "ORDER")]
    pub dates: Option<DateOrderArg>,
    /// Earliest year for two-digit years, e.g. 1970
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1900..=2100))]
    pub short_years: Option<i32>,
    /// Currency of amounts without one, e.g. EUR
    #[arg(long, value_name = "CODE")]
    pub currency: Option<Currency>,
    /// Currency meant by $ or ¥, e.g. CAD
    #[arg(long, value_name = "CODE")]
    pub dollar: Option<Currency>,
    /// Decimal separator where a number is ambiguous
    #[arg(long, value_enum, value_name = "MARK")]
    pub decimal: Option<DecimalMarkArg>,
    /// Whether salaries are per year or per month
    #[arg(long, alias = "pay", value_enum, value_name = "PERIOD")]
    pub pay_period: Option<PayPeriodArg>,
    /// Weekly hours of a full-time job, e.g. 40
    #[arg(long, value_name = "N")]
    pub full_time_hours: Option<Decimal6>,
    /// Share of full time that “part time” means, e.g. 0.5
    #[arg(long, value_name = "SHARE")]
    pub part_time: Option<Decimal6>,
    /// What to do with hidden rows and columns
    #[arg(long, value_enum, value_name = "ACTION")]
    pub hidden: Option<HiddenArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HiddenArg {
    #[value(name = "include", alias = "take")]
    Take,
    #[value(name = "skip", alias = "leave-out")]
    LeaveOut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DateOrderArg {
    DayFirst,
    MonthFirst,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DecimalMarkArg {
    Point,
    Comma,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PayPeriodArg {
    Year,
    Month,
}

#[derive(Debug, Args)]
pub struct Profiles {
    /// Plan that holds saved profiles
    pub plan: Option<PathBuf>,
    /// Print a profile as JSON: saved, built in or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub show: Option<String>,
    /// Infer a profile from the headers of these files
    #[arg(long, alias = "guess", value_name = "FILE", num_args = 1.., conflicts_with = "show")]
    pub infer: Vec<PathBuf>,
    /// Save the profile in the plan, or else as a file
    #[arg(long, value_name = "NAME|FILE")]
    pub save: Option<String>,
    /// Remove a saved profile
    #[arg(long, value_name = "NAME", requires = "plan", conflicts_with_all = ["show", "infer", "save"])]
    pub remove: Option<String>,
    /// Print the list as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub answers: AnswersArg,
}
