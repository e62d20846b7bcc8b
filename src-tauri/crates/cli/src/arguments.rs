//! The command line: commands in the order of the help, with their options under headings. Spellings of an earlier
//! version are hidden aliases. Doc comments here are the texts of the help.

/// Examples, shown below the options in the help of a command.
macro_rules! examples {
    ($line:literal) => { concat!("\u{1b}[1m\u{1b}[4mExample:\u{1b}[0m\n  ", $line) };
    ($($line:literal),+) => { concat!("\u{1b}[1m\u{1b}[4mExamples:\u{1b}[0m", $("\n  ", $line),+) };
}

mod checklist;
mod help;
mod merge;

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};
use clap_complete::Shell;
use headroom_diagram_export::DIAGRAM_FORMATS;
use headroom_model::{Currency, Decimal6};

pub use checklist::{ChecklistCommand, Checklists, ItemArgs, Start};
pub use help::parse;
pub use merge::{ConflictArgs, MergeArgs, SideArg};

/// Plan headcount, ownership and onboarding for growing engineering organisations.
#[derive(Debug, Parser)]
#[command(
    name = "headroom",
    version,
    arg_required_else_help = true,
    after_help = examples!(
        "headroom new demo.headroom --sample",
        "headroom findings demo.headroom",
        "headroom help import"
    )
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a plan
    #[command(after_help = examples!("headroom new acme.headroom", "headroom new demo.headroom --sample"))]
    New {
        /// Plan file to create
        plan: PathBuf,
        /// Fill it with the sample organisation
        #[arg(long)]
        sample: bool,
    },
    /// Import teams, people, services and owners from files
    #[command(after_help = examples!(
        "headroom import acme.headroom repositories/ --dry-run",
        "headroom import acme.headroom staff.xlsx --dates day-first --currency EUR"
    ))]
    Import(Import),
    /// Manage import profiles for HR exports and spreadsheets
    #[command(alias = "profiles", after_help = examples!(
        "headroom import-profiles",
        "headroom import-profiles acme.headroom --infer staff.csv --save staff"
    ))]
    ImportProfiles(Profiles),
    /// List findings, most severe first
    #[command(after_help = examples!(
        "headroom findings acme.headroom --deny high",
        "headroom findings acme.headroom --format sarif --sources ."
    ))]
    Findings(Findings),
    /// List the rules, or explain one of them
    #[command(after_help = examples!("headroom rules", "headroom rules unowned-service"))]
    Rules {
        /// ID of the rule to explain
        rule: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show the key figures of the organisation
    #[command(after_help = examples!("headroom stats acme.headroom --as-of 2027-03-01"))]
    Stats {
        /// Plan file
        plan: PathBuf,
        #[command(flatten)]
        day: Day,
        /// Print JSON, with every list in full
        #[arg(long)]
        json: bool,
    },
    /// Show a team, person, service, position or checklist
    #[command(after_help = examples!(
        "headroom show acme.headroom team payments",
        "headroom show acme.headroom checklist ada.okafor --json"
    ))]
    Show(ShowArguments),
    /// Find teams, people, services, positions and rules by name
    #[command(after_help = examples!("headroom search acme.headroom payment gateway"))]
    Search(SearchArguments),
    /// Forecast when gaps open and close, also if someone leaves
    #[command(after_help = examples!(
        "headroom forecast acme.headroom --to 2027-12-31",
        "headroom forecast acme.headroom --leaver ada.okafor=2027-03-31"
    ))]
    Forecast(Forecast),
    /// Suggest owners for unowned services, balanced by load
    #[command(after_help = examples!(
        "headroom suggest acme.headroom",
        "headroom suggest acme.headroom booking-api --apply"
    ))]
    Suggest(Suggest),
    /// Show which planned hires close which gaps, and when
    #[command(alias = "gaps", after_help = examples!(
        "headroom coverage acme.headroom",
        "headroom coverage acme.headroom --from 2027-01-01 --to 2027-12-31"
    ))]
    Coverage(Gaps),
    /// Show headcount, capacity, cost and budget by month and team
    #[command(alias = "plan", after_help = examples!(
        "headroom budget acme.headroom --from 2027-01-01 --to 2028-12-31",
        "headroom budget acme.headroom --format xlsx -o budget.xlsx"
    ))]
    Budget(HiringPlan),
    /// Run a Monte Carlo simulation of headcount, capacity and cost
    #[command(after_help = examples!(
        "headroom simulate acme.headroom --months 24",
        "headroom simulate acme.headroom --team payments --backfill"
    ))]
    Simulate(Simulate),
    /// Manage onboarding, handover and offboarding checklists
    #[command(after_help = examples!(
        "headroom checklist acme.headroom list",
        "headroom checklist acme.headroom start ada.okafor --on 2027-01-11"
    ))]
    Checklist(Checklists),
    /// Export the plan, or update the owners in existing files
    #[command(after_help = examples!(
        "headroom export acme.headroom out/ --format csv",
        "headroom export acme.headroom - --format backstage --against . --patch",
        "headroom export acme.headroom - --format mermaid --around booking-api"
    ))]
    Export(Export),
    /// Save a copy of the plan without salaries and other amounts
    #[command(after_help = examples!(
        "headroom redact acme.headroom shareable.headroom",
        "headroom redact acme.headroom --dry-run"
    ))]
    Redact(Redact),
    /// Look up who owns paths in a CODEOWNERS file
    #[command(after_help = examples!(
        "headroom codeowners .github/CODEOWNERS .",
        "git ls-files | headroom codeowners CODEOWNERS"
    ))]
    Codeowners {
        /// CODEOWNERS file
        file: PathBuf,
        /// Lists of paths, or folders [default: standard input]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        rules: Rules,
    },
    /// Show who changed what, newest first
    #[command(after_help = examples!("headroom history acme.headroom --changes -n 5"))]
    History {
        /// Plan file
        plan: PathBuf,
        /// Entries to show
        #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
        limit: u32,
        /// List the changes of each entry
        #[arg(long)]
        changes: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Merge a copy of the plan that was edited apart
    #[command(after_help = examples!(
        "headroom merge acme.headroom acme-ben.headroom --dry-run",
        "headroom merge acme.headroom acme-ben.headroom"
    ))]
    Merge(MergeArgs),
    /// List and decide the conflicts of merges
    #[command(after_help = examples!(
        "headroom conflicts acme.headroom",
        "headroom conflicts acme.headroom 1 3 --take theirs"
    ))]
    Conflicts(ConflictArgs),
    /// Undo the last change, or an earlier one
    #[command(after_help = examples!(
        "headroom undo acme.headroom",
        "headroom undo acme.headroom --operation 12"
    ))]
    Undo {
        /// Plan file
        plan: PathBuf,
        /// The change to undo: its number in `headroom history`
        #[arg(long, value_name = "NUMBER")]
        operation: Option<i64>,
    },
    /// Redo the last undone change
    #[command(after_help = examples!("headroom redo acme.headroom"))]
    Redo {
        /// Plan file
        plan: PathBuf,
    },
    /// Check a plan file, restore a backup or save a clean copy
    #[command(after_help = examples!(
        "headroom doctor acme.headroom",
        "headroom doctor acme.headroom --restore BACKUP"
    ))]
    Doctor {
        /// Plan file
        plan: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Restore a backup, after backing up the plan
        #[arg(long, value_name = "BACKUP")]
        restore: Option<PathBuf>,
        /// Copy only the plan's data to a new file; check that
        #[arg(long, value_name = "COPY", conflicts_with = "restore")]
        clean_copy: Option<PathBuf>,
    },
    /// Print shell completions
    #[command(after_help = examples!("headroom completions zsh > _headroom"))]
    Completions {
        /// Shell to complete for
        shell: Shell,
    },
}

#[derive(Debug, Args)]
pub struct Day {
    /// As-of date, e.g. 2027-03-12 [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<NaiveDate>,
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
pub struct Rules {
    /// Syntax of CODEOWNERS files [default: detected]
    #[arg(long, value_enum, value_name = "HOST")]
    pub dialect: Option<DialectArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DialectArg {
    Github,
    Gitlab,
}

impl Rules {
    pub fn dialect(&self) -> Option<headroom_exchange::Dialect> {
        self.dialect.map(|dialect| match dialect {
            DialectArg::Github => headroom_exchange::Dialect::GitHub,
            DialectArg::Gitlab => headroom_exchange::Dialect::GitLab,
        })
    }
}

#[derive(Debug, Args)]
pub struct Import {
    /// Plan file
    pub plan: PathBuf,
    /// Files or folders to import
    #[arg(required = true)]
    pub source: Vec<PathBuf>,
    /// Format [default: detected]
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

#[derive(Debug, Args)]
pub struct Export {
    /// Plan file
    pub plan: PathBuf,
    /// File or folder to write; - for standard output
    pub out: PathBuf,
    /// Format to write
    #[arg(long, value_parser = one_of(written()))]
    pub format: String,
    #[command(flatten)]
    pub day: Day,
    /// Imported file or folder whose owners to update
    #[arg(long, value_name = "SOURCE", help_heading = "Update existing files")]
    pub against: Option<PathBuf>,
    /// Write a patch for `git apply` instead of files
    #[arg(long, requires = "against", help_heading = "Update existing files")]
    pub patch: bool,
    /// Replace former names of owners by current ones
    #[arg(long, requires = "against", help_heading = "Update existing files")]
    pub current_names: bool,
    /// Print what changed and what did not as JSON
    #[arg(long, requires = "against", help_heading = "Update existing files")]
    pub json: bool,
    /// Repository folder, or a file that lists its paths
    #[arg(long, value_name = "PATH", help_heading = "CODEOWNERS files")]
    pub paths: Vec<PathBuf>,
    /// Organisation of teams that name none, e.g. acme
    #[arg(long, value_name = "NAME", help_heading = "CODEOWNERS files")]
    pub org: Option<String>,
    #[command(flatten, next_help_heading = "CODEOWNERS files")]
    pub rules: Rules,
    /// Only the checklists of this person
    #[arg(long, value_name = "PERSON", help_heading = "Checklists (ics, html, markdown)")]
    pub person: Option<String>,
    /// Only the items of this assignee: a person, team or role
    #[arg(long, alias = "for", value_name = "NAME", help_heading = "Checklists (ics, html, markdown)")]
    pub assignee: Option<String>,
    #[command(flatten)]
    pub picture: PictureArgs,
}

/// Amounts go, rates and dates remain; an amount in a text becomes “[removed]”. The copy has no history. An existing
/// file is not overwritten.
#[derive(Debug, Args)]
pub struct Redact {
    /// Plan file
    pub plan: PathBuf,
    /// Plan file to create
    #[arg(required_unless_present = "dry_run")]
    pub copy: Option<PathBuf>,
    /// Show what would be removed without writing a copy
    #[arg(long)]
    pub dry_run: bool,
    /// Print what was removed, field by field, as JSON
    #[arg(long)]
    pub json: bool,
}

/// What a diagram (dot, mermaid) shows; the whole plan when nothing is chosen.
#[derive(Debug, Args)]
#[command(next_help_heading = "Diagrams (dot, mermaid)")]
pub struct PictureArgs {
    /// Group services by owner or system
    #[arg(long, alias = "by", value_enum, value_name = "GROUP", default_value_t = Clusters::Owner)]
    pub group_by: Clusters,
    /// Collapse each group into one node
    #[arg(long, alias = "fold")]
    pub collapse: bool,
    /// Only this service, its dependencies and dependents
    #[arg(long, value_name = "SERVICE", group = "part")]
    pub around: Option<String>,
    /// How far to follow dependencies in both directions
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    pub steps: usize,
    /// Only services of this team and its sub-teams
    #[arg(long, value_name = "TEAM", group = "part")]
    pub team: Option<String>,
    /// Only services of this system
    #[arg(long, value_name = "SYSTEM", group = "part")]
    pub system: Option<String>,
    /// Include the neighbours of the team or system
    #[arg(long)]
    pub neighbours: bool,
    /// Hide services of this type (repeatable)
    #[arg(long, value_name = "TYPE")]
    pub hide: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Clusters {
    Owner,
    System,
    None,
}

#[derive(Debug, Args)]
pub struct Findings {
    /// Plan file
    pub plan: PathBuf,
    #[command(flatten)]
    pub day: Day,
    /// Only findings of this rule (repeatable)
    #[arg(long, value_name = "ID")]
    pub rule: Vec<String>,
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
    /// Person who leaves (repeatable) [default date: as planned, or in 90 days]
    #[arg(long, value_name = "PERSON[=DATE]")]
    pub leaver: Vec<LeaverArgument>,
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
    /// Only gaps of this team and its services, by team ID
    #[arg(long, value_name = "TEAM")]
    pub team: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    Xlsx,
    Csv,
    #[value(name = "positions-csv", alias = "seats-csv")]
    SeatsCsv,
}

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
            Some((person, day)) => (person, Some(self::day(day.trim())?)),
            None => (text, None),
        };
        Ok(Self { person: person.trim().to_owned(), last_day })
    }
}

/// Parses a date. A year before 1900 is a typing error.
fn day(text: &str) -> Result<NaiveDate, String> {
    let day: NaiveDate = text.parse().map_err(|_| format!("“{text}” is not a date like 2027-03-31"))?;
    match day.year() {
        1900..=9999 => Ok(day),
        year => Err(format!("“{text}” is in the year {year}; use a date like 2027-03-31")),
    }
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// Accepts the ID of one of the formats in a table.
/// IDs of everything that `export` writes.
fn written() -> impl Iterator<Item = &'static str> {
    let diagrams = DIAGRAM_FORMATS.iter().map(|format| format.id);
    headroom_exchange::writable().chain(diagrams).chain(["ics", "html"])
}

fn one_of(ids: impl Iterator<Item = &'static str>) -> PossibleValuesParser {
    PossibleValuesParser::new(ids.collect::<Vec<_>>())
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
