mod checklist;

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};
use clap_complete::Shell;
use headroom_model::{Currency, Fraction};

pub use checklist::{Checklist, Checklists, Item, Start};

/// Plan the growth of an engineering organisation: who owns what, what is wrong, and on what date.
#[derive(Debug, Parser)]
#[command(name = "headroom", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new plan
    New {
        plan: PathBuf,
        /// Fill it with the sample organisation
        #[arg(long)]
        sample: bool,
    },
    /// Bring in an organisation from files, as one step that can be undone
    Import(Import),
    /// How the columns of HR exports and spreadsheets become people, positions and teams
    #[command(alias = "import-profiles")]
    Profiles(Profiles),
    /// The organisation in figures
    Stats {
        plan: PathBuf,
        #[command(flatten)]
        day: Day,
        /// As JSON, with every list in full
        #[arg(long)]
        json: bool,
    },
    /// What is wrong, worst first
    Findings(Findings),
    /// When gaps open and close, and what happens if somebody leaves
    Forecast(Forecast),
    /// The hiring plan month by month and team by team: seats, cost, budget
    Plan(HiringPlan),
    /// What headcount, capacity and cost may come to by month, by many runs with chance in them
    Simulate(Simulate),
    /// Which planned seats close which gap, from what day, and what stays open
    Gaps(Gaps),
    /// Who could own the services that nobody owns, balanced over the teams
    Suggest(Suggest),
    /// The rules, or one of them explained
    Rules {
        /// The rule to explain
        rule: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Checklists of people who join, move, take over or leave
    Checklist(Checklists),
    /// Write the plan in another format, or bring files that are there up to the plan's owners
    Export(Export),
    /// Write a copy of the plan without any amount of money, and say what was removed
    Redact(Redact),
    /// Who changed what, field by field, newest first
    History {
        plan: PathBuf,
        /// How many entries
        #[arg(long, short = 'n', default_value_t = 20)]
        limit: u32,
        /// The changes of each entry, too
        #[arg(long)]
        changes: bool,
        #[arg(long)]
        json: bool,
    },
    /// Take back the newest change
    Undo { plan: PathBuf },
    /// Make again what was taken back
    Redo { plan: PathBuf },
    /// Examine a plan file: integrity, versions, backups
    Doctor {
        plan: PathBuf,
        #[arg(long)]
        json: bool,
        /// Put the contents of this backup in place of the plan's, after a backup of those
        #[arg(long, value_name = "BACKUP")]
        restore: Option<PathBuf>,
        /// Make this plan of the rows alone, without whatever else somebody has put into the file, and examine it
        #[arg(long, value_name = "COPY", conflicts_with = "restore")]
        clean_copy: Option<PathBuf>,
    },
    /// Who owns these paths by a CODEOWNERS file, and which line decides, one JSON object a line
    Codeowners {
        /// The CODEOWNERS file
        file: PathBuf,
        /// Files that list paths, or folders to walk; paths from standard input when there are none
        paths: Vec<PathBuf>,
        #[command(flatten)]
        rules: Rules,
    },
    /// Print completions for a shell
    Completions { shell: Shell },
}

#[derive(Debug, Args)]
pub struct Day {
    /// The day to look at, as 2027-03-12; today when not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub struct Rules {
    /// Whose rules a CODEOWNERS file follows; told by where it lies and what it says when not given
    #[arg(long, value_enum, value_name = "HOST")]
    pub dialect: Option<Dialect>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dialect {
    Github,
    Gitlab,
}

impl Rules {
    pub fn dialect(&self) -> Option<headroom_exchange::Dialect> {
        self.dialect.map(|dialect| match dialect {
            Dialect::Github => headroom_exchange::Dialect::GitHub,
            Dialect::Gitlab => headroom_exchange::Dialect::GitLab,
        })
    }
}

#[derive(Debug, Args)]
pub struct Import {
    pub plan: PathBuf,
    /// Files or folders
    #[arg(required = true)]
    pub source: Vec<PathBuf>,
    /// What the sources are; told from their looks when not given, and a folder may be of several
    #[arg(long, value_parser = one_of(headroom_exchange::readable()))]
    pub format: Option<String>,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The sources hold everything: what came from them before and is not there now has ended
    #[arg(long)]
    pub complete: bool,
    /// A CSV file with the columns from and to: what names that the sources do not explain really mean
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// How many folders deep a service of a CODEOWNERS file is
    #[arg(long, default_value_t = 2, value_name = "FOLDERS")]
    pub depth: usize,
    #[command(flatten)]
    pub rules: Rules,
    /// How the columns of a table become fields: a profile of the plan, a built-in one (see `headroom profiles`), or a
    /// file; told from the headers when not given
    #[arg(long, value_name = "NAME|FILE", conflicts_with = "format")]
    pub profile: Option<String>,
    #[command(flatten)]
    pub answers: Answers,
    #[arg(long)]
    pub json: bool,
}

/// What a table does not say by itself.
#[derive(Debug, Args)]
pub struct Answers {
    /// Which number of 03/04/2026 is the day
    #[arg(long, value_enum, value_name = "ORDER")]
    pub dates: Option<DateOrder>,
    /// The first of the hundred years that two digits stand for
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1900..=2100))]
    pub short_years: Option<i32>,
    /// The currency of amounts that name none
    #[arg(long, value_name = "CODE")]
    pub currency: Option<Currency>,
    /// Which currency $ is, or ¥
    #[arg(long, value_name = "CODE")]
    pub dollar: Option<Currency>,
    /// Which mark begins the decimals of a number that could mean two things
    #[arg(long, value_enum, value_name = "MARK")]
    pub decimal: Option<DecimalMark>,
    /// Whether amounts are a year's or a month's
    #[arg(long, value_enum, value_name = "PERIOD")]
    pub pay: Option<PayPeriod>,
    /// How many hours a week are full time, where a table tells working time in hours
    #[arg(long, value_name = "HOURS")]
    pub full_time_hours: Option<Fraction>,
    /// The share of full time that “part time” stands for
    #[arg(long, value_name = "SHARE")]
    pub part_time: Option<Fraction>,
    /// What becomes of rows and columns that a workbook hides
    #[arg(long, value_enum, value_name = "DECISION")]
    pub hidden: Option<Hidden>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Hidden {
    Take,
    LeaveOut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DecimalMark {
    Point,
    Comma,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PayPeriod {
    Year,
    Month,
}

#[derive(Debug, Args)]
pub struct Profiles {
    /// The plan whose profiles to list, show, save or remove
    pub plan: Option<PathBuf>,
    /// Print this profile as JSON: one of the plan, a built-in one, or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub show: Option<String>,
    /// Make a profile of the words in the headers of these files, for you to correct
    #[arg(long, alias = "infer", value_name = "FILE", num_args = 1.., conflicts_with = "show")]
    pub guess: Vec<PathBuf>,
    /// Keep the profile shown or made in the plan under this name; without a plan, in this file
    #[arg(long, value_name = "NAME|FILE")]
    pub save: Option<String>,
    /// Remove this profile from the plan
    #[arg(long, value_name = "NAME", requires = "plan", conflicts_with_all = ["show", "guess", "save"])]
    pub remove: Option<String>,
    #[command(flatten)]
    pub answers: Answers,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Export {
    pub plan: PathBuf,
    /// A folder (csv, markdown of templates) or a file (the other formats); with --against the folder that the changed files are written
    /// below; - writes a patch or a picture to standard output
    pub out: PathBuf,
    #[arg(long, value_parser = one_of(headroom_exchange::writable().chain(["ics", "html"])))]
    pub format: String,
    /// The checklists of this person (ics, html, markdown)
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    /// What somebody has to do in checklists: IT, People Ops, a person, a team, or another name (ics, html, markdown)
    #[arg(long = "for", value_name = "WHO")]
    pub for_whom: Option<String>,
    #[command(flatten)]
    pub day: Day,
    /// A file or folder as it was imported: only the owners in it change, and only where the plan has others
    #[arg(long, value_name = "SOURCE")]
    pub against: Option<PathBuf>,
    /// Write a patch for `git apply` or `patch -p1` in the source's folder, in place of the files
    #[arg(long, requires = "against")]
    pub patch: bool,
    /// Where the source calls an owner by a former name, write the present one
    #[arg(long, requires = "against")]
    pub current_names: bool,
    /// What is changed and what is not, as JSON
    #[arg(long, requires = "against")]
    pub json: bool,
    /// For codeowners: the repository's folder, or a list of its paths
    #[arg(long, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// For codeowners: the organisation of teams whose key names none
    #[arg(long, value_name = "NAME")]
    pub org: Option<String>,
    #[command(flatten)]
    pub rules: Rules,
    #[command(flatten)]
    pub picture: Picture,
}

/// Amounts go, rates and days stay; an amount in a text becomes “[removed]”. The copy has no history, and where there
/// is a file already nothing is written.
#[derive(Debug, Args)]
pub struct Redact {
    pub plan: PathBuf,
    /// The new plan file
    #[arg(required_unless_present = "dry_run")]
    pub copy: Option<PathBuf>,
    /// Only say what would be removed
    #[arg(long)]
    pub dry_run: bool,
    /// What was removed, field by field, as JSON
    #[arg(long)]
    pub json: bool,
}

/// What a picture (dot, mermaid) shows; the whole plan when nothing is chosen.
#[derive(Debug, Args)]
#[command(next_help_heading = "Pictures (dot, mermaid)")]
pub struct Picture {
    /// What services are put together by
    #[arg(long, value_enum, default_value_t = Clusters::Owner)]
    pub by: Clusters,
    /// Draw owners or systems in place of their services, with the number of dependencies between
    #[arg(long)]
    pub fold: bool,
    /// Only this service, with what needs it and what it needs
    #[arg(long, value_name = "SERVICE", group = "part")]
    pub around: Option<String>,
    /// How many steps up and down around the service
    #[arg(long, value_name = "STEPS", default_value_t = 1, requires = "around")]
    pub steps: usize,
    /// Only what this team and the teams below it own
    #[arg(long, value_name = "TEAM", group = "part")]
    pub team: Option<String>,
    /// Only this system
    #[arg(long, value_name = "SYSTEM", group = "part")]
    pub system: Option<String>,
    /// With what is next to the team or system
    #[arg(long)]
    pub neighbours: bool,
    /// Leave out services of this kind, and draw what they carry dashed; may be given several times
    #[arg(long, value_name = "KIND")]
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
    pub plan: PathBuf,
    #[command(flatten)]
    pub day: Day,
    /// Only this rule; may be given several times
    #[arg(long, value_name = "ID")]
    pub rule: Vec<String>,
    #[arg(long, value_enum, default_value_t = Output::Text)]
    pub format: Output,
    /// For sarif: files or folders that define the plan's entities, so that each finding names a file and line
    #[arg(long, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// Exit with 1 when there is a finding of this severity or worse
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub deny: Option<Deny>,
    /// How many findings of a rule the text lists; 0 for all
    #[arg(long, default_value_t = 10)]
    pub limit: usize,
}

#[derive(Debug, Args)]
pub struct Forecast {
    pub plan: PathBuf,
    #[command(flatten)]
    pub day: Day,
    /// The last day to look at; when not given a year from the first, or from the day on which somebody leaves later
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<NaiveDate>,
    /// What if this person leaves, with this last day: ada.okafor=2027-03-31; without one, on the planned last day or
    /// else in 90 days; may be given several times
    #[arg(long, value_name = "PERSON[=DATE]")]
    pub leaver: Vec<LeaverArgument>,
    /// Without the seats that are planned: only with the people who are there
    #[arg(long)]
    pub without_seats: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Gaps {
    pub plan: PathBuf,
    #[command(flatten)]
    pub day: Day,
    /// The first day to look at; the day of --as-of when not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// The last day to look at; a year from the first when not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
    /// Only gaps of this team and of what it owns, by its id
    #[arg(long, value_name = "TEAM")]
    pub team: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Simulate {
    pub plan: PathBuf,
    /// How many runs
    #[arg(long, default_value_t = 10_000, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=200_000))]
    pub runs: u32,
    /// The same seed gives the same answer
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = seed)]
    pub seed: u64,
    /// The day from which chance counts, in the first month; today when not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// How many months
    #[arg(long, default_value_t = 36, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=120))]
    pub months: u32,
    /// Only this team and the teams below it
    #[arg(long, value_name = "TEAM")]
    pub team: Option<String>,
    /// Whoever leaves is followed by somebody who is sought from that day on
    #[arg(long)]
    pub replace: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct HiringPlan {
    pub plan: PathBuf,
    /// The first month is that of this day; the present one when not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// The last month is that of this day; a year's months when not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
    /// Only this team, with the teams below it
    #[arg(long, value_name = "TEAM")]
    pub team: Option<String>,
    #[arg(long, group = "written")]
    pub json: bool,
    /// Write a file: xlsx with formulas, csv month by team, seats-csv one row a seat and person
    #[arg(long, value_enum, requires = "out", group = "written")]
    pub format: Option<PlanFormat>,
    /// The file; - is standard output (CSV, JSON)
    #[arg(long, short = 'o', value_name = "FILE", requires = "written")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    Xlsx,
    Csv,
    SeatsCsv,
}

#[derive(Debug, Args)]
pub struct Suggest {
    pub plan: PathBuf,
    /// Services by id; all without an owner when none is named
    pub service: Vec<String>,
    #[command(flatten)]
    pub day: Day,
    /// Hand them over as suggested, as one step that can be undone
    #[arg(long)]
    pub apply: bool,
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

/// A day as it is typed. A year before 1900 is one of which half was left out.
fn day(text: &str) -> Result<NaiveDate, String> {
    let day: NaiveDate = text.parse().map_err(|_| format!("“{text}” is not a date such as 2027-03-31"))?;
    match day.year() {
        1900..=9999 => Ok(day),
        year => Err(format!("“{text}” is in the year {year}; write a date such as 2027-03-31")),
    }
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// One of the formats in the table, by its id.
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
