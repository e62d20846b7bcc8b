//! Flags of `headroom findings`, `show`, `search` and `forecast`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use headroom_app::playbook::PlaybookFormat;

use super::{Day, day::day, planning::GateChoice};

#[derive(Debug, Args)]
pub struct Findings {
    /// Plan file
    pub plan: PathBuf,
    #[command(flatten)]
    pub day: Day,
    /// Only findings of this rule (repeatable)
    #[arg(long, value_name = "ID")]
    pub rule: Vec<String>,
    /// Only open findings: neither accepted nor snoozed
    #[arg(long)]
    pub open: bool,
    /// Findings to list per rule; 0 lists all
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Output format
    #[arg(long, value_enum, default_value_t = Output::Text, help_heading = "Continuous integration")]
    pub format: Output,
    /// For sarif: file or folder that defines entities
    #[arg(long, value_name = "SOURCE", help_heading = "Continuous integration")]
    pub sources: Vec<PathBuf>,
    /// Exit with 1 if a finding is this severe or worse
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Continuous integration")]
    pub deny: Option<Deny>,
    /// Earlier output (json or sarif): deny only what is new or worse since
    #[arg(long, value_name = "FILE", help_heading = "Continuous integration")]
    pub baseline: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    Text,
    Json,
    Sarif,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Deny {
    Low,
    Medium,
    High,
    Critical,
}

#[derive(Debug, Args)]
pub struct OverviewArguments {
    /// Plan file
    pub plan: PathBuf,
    /// Only this team and those below it: its ID or name
    #[arg(long, conflicts_with_all = ["domain", "person"])]
    pub team: Option<String>,
    /// Only this domain and the teams that own its services: its ID or name
    #[arg(long, conflicts_with = "person")]
    pub domain: Option<String>,
    /// What this person has to do with: teams, services, checklist items, findings, reports
    #[arg(long)]
    pub person: Option<String>,
    #[command(flatten)]
    pub day: Day,
    /// Include salaries
    #[arg(long)]
    pub with_pay: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct PlaybookArguments {
    /// Plan file
    pub plan: PathBuf,
    /// Only figures of this segment, and teams that serve it
    #[arg(long, value_name = "NAME")]
    pub segment: Option<String>,
    /// Only figures of this market
    #[arg(long, value_name = "NAME")]
    pub market: Option<String>,
    /// Only this team and those below it: its ID or name
    #[arg(long)]
    pub team: Option<String>,
    #[command(flatten)]
    pub day: Day,
    /// Print JSON
    #[arg(long, conflicts_with_all = ["format", "out"])]
    pub json: bool,
    /// Output format
    #[arg(long, value_enum, default_value = "md", hide_default_value = true)]
    pub format: PlaybookFormatArg,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlaybookFormatArg {
    Md,
    Html,
    Pdf,
}

impl From<PlaybookFormatArg> for PlaybookFormat {
    fn from(format: PlaybookFormatArg) -> Self {
        match format {
            PlaybookFormatArg::Md => Self::Markdown,
            PlaybookFormatArg::Html => Self::Html,
            PlaybookFormatArg::Pdf => Self::Pdf,
        }
    }
}

#[derive(Debug, Args)]
pub struct Compare {
    /// Plan file
    pub plan: PathBuf,
    /// The earlier date [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// The later date
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: NaiveDate,
    /// Only this team and its sub-teams: ID or name
    #[arg(long)]
    pub team: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ShowArguments {
    /// Plan file
    pub plan: PathBuf,
    /// Page
    #[arg(value_enum, value_name = "TYPE")]
    pub what: ShownType,
    /// Its ID or name; the person’s for a checklist
    pub name: String,
    #[command(flatten)]
    pub day: Day,
    /// Include salaries
    #[arg(long)]
    pub with_pay: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ShownType {
    Team,
    Person,
    Service,
    Position,
    Checklist,
}

#[derive(Debug, Args)]
pub struct SearchArguments {
    /// Plan file
    pub plan: PathBuf,
    /// Part of a name or ID
    #[arg(required = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub day: Day,
    /// How many are listed; 0 lists all
    #[arg(long, short = 'n', default_value_t = 20)]
    pub limit: u32,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Forecast {
    /// Plan file
    pub plan: PathBuf,
    #[command(flatten)]
    pub day: Day,
    /// Last date [default: one year after --as-of or the last departure]
    #[arg(long, alias = "until", value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
    /// Forecast without planned hires
    #[arg(long, alias = "without-seats")]
    pub no_planned_hires: bool,
    /// How gates of planned hires count
    #[arg(long, value_name = "VIEW", value_enum, default_value = "as-they-stand")]
    pub gates: GateChoice,
    /// Person who leaves (repeatable) [default date: as planned, or in 90 days]
    #[arg(long, value_name = "PERSON[=DATE]")]
    pub leaver: Vec<LeaverArgument>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `ada.okafor=2027-03-31`, or `ada.okafor`.
#[derive(Debug, Clone)]
pub struct LeaverArgument {
    pub person: String,
    pub last_day: Option<NaiveDate>,
}

impl std::str::FromStr for LeaverArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (person, last_day) = match text.rsplit_once('=') {
            Some((person, last_day)) => (person, Some(day(last_day.trim())?)),
            None => (text, None),
        };
        Ok(Self { person: person.trim().to_owned(), last_day })
    }
}
