//! Flags of `headroom scenario`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use headroom_model::ExpectedFigure;

use super::{SideArg, day::day};

#[derive(Debug, Args)]
pub struct Scenarios {
    /// Plan file
    pub plan: PathBuf,
    #[command(subcommand)]
    pub command: ScenarioCommand,
}

#[derive(Debug, Subcommand)]
pub enum ScenarioCommand {
    /// List the scenarios, those to be decided soonest first
    #[command(after_help = examples!("headroom scenario acme.headroom list"))]
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Add a scenario, from the plan as it is or from another one
    #[command(after_help = examples!("headroom scenario acme.headroom new \"Split Payments\" --decide-by 2027-02-01", "headroom scenario acme.headroom new Cheaper --from split-payments"))]
    New(NewScenario),
    /// Show what a scenario is about, and what it changes
    #[command(after_help = examples!("headroom scenario acme.headroom show split-payments"))]
    Show {
        /// Key or name of the scenario
        name: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List what scenarios change, by team
    #[command(after_help = examples!("headroom scenario acme.headroom diff split-payments hire-two"))]
    Diff {
        /// Keys or names of scenarios
        #[arg(required = true)]
        names: Vec<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Compare scenarios, and the plan, by their figures
    #[command(after_help = examples!("headroom scenario acme.headroom compare split-payments --to 2027-12-31", "headroom scenario acme.headroom compare hire-two --format xlsx -o bet.xlsx"))]
    Compare(CompareScenarios),
    /// Take what the plan has done since into a scenario
    #[command(after_help = examples!("headroom scenario acme.headroom rebase split-payments --take ours"))]
    Rebase {
        /// Key or name of the scenario
        name: String,
        /// Decide all conflicts for one side: the scenario (ours) or the plan (theirs)
        #[arg(long, value_enum)]
        take: Option<SideArg>,
    },
    /// Merge a scenario into the plan
    #[command(after_help = examples!("headroom scenario acme.headroom merge split-payments --dry-run", "headroom scenario acme.headroom merge split-payments --take theirs"))]
    Merge(MergeScenario),
    /// Drop a scenario; it is kept, and can be opened again
    #[command(after_help = examples!("headroom scenario acme.headroom drop split-payments --outcome \"Too dear\""))]
    Drop {
        /// Key or name of the scenario
        name: String,
        /// Why
        #[arg(long, default_value = "", hide_default_value = true)]
        outcome: String,
    },
    /// Open a scenario again that was dropped
    #[command(after_help = examples!("headroom scenario acme.headroom reopen split-payments"))]
    Reopen {
        /// Key or name of the scenario
        name: String,
    },
}

#[derive(Debug, Args)]
pub struct NewScenario {
    /// Name of the scenario
    pub name: String,
    /// Scenario whose changes it begins with [default: none]
    #[arg(long, value_name = "NAME")]
    pub from: Option<String>,
    /// What it is about
    #[arg(long, value_name = "TEXT")]
    pub about: Option<String>,
    /// What is believed: “two more on-call engineers close the gap by June”
    #[arg(long, value_name = "TEXT")]
    pub hypothesis: Option<String>,
    /// What would show that it worked
    #[arg(long, value_name = "TEXT")]
    pub success: Option<String>,
    /// The same as a figure, such as “gaps for team customs at most 0 by 2027-06-01”; may be given several times
    #[arg(long, value_name = "FIGURE")]
    pub expect: Vec<ExpectedFigure>,
    /// Key of the person who decides
    #[arg(long, value_name = "PERSON")]
    pub owner: Option<String>,
    /// Day by which it is decided
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub decide_by: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub struct MergeScenario {
    /// Key or name of the scenario
    pub name: String,
    /// Show what it would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Decide all conflicts for the plan (ours) or the scenario (theirs)
    #[arg(long, value_enum)]
    pub take: Option<SideArg>,
    /// Merge although people or positions are on no team
    #[arg(long)]
    pub unplaced: bool,
    /// How the decision is explained
    #[arg(long, default_value = "", hide_default_value = true)]
    pub outcome: String,
    /// Who has signed it off, if the plan asks for it
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub signed_off_by: String,
    /// The day of the sign-off [default: today]
    #[arg(long, value_name = "DATE", value_parser = day, requires = "signed_off_by")]
    pub signed_off: Option<NaiveDate>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CompareScenarios {
    /// Keys or names of scenarios; “plan” is the plan itself
    #[arg(required = true)]
    pub names: Vec<String>,
    /// First day [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// Last day [default: a year after the first]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
    /// Date of what is not over the period [default: --to]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<NaiveDate>,
    /// Include salaries: exact amounts, also of few positions
    #[arg(long)]
    pub with_pay: bool,
    /// Leave planned hires out
    #[arg(long)]
    pub no_planned_hires: bool,
    /// Print JSON
    #[arg(long, conflicts_with_all = ["format", "out"])]
    pub json: bool,
    /// Document to decide by, workbook, or figures as CSV
    #[arg(long, value_enum, default_value = "md", hide_default_value = true)]
    pub format: ComparisonFormatArg,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ComparisonFormatArg {
    Md,
    Xlsx,
    Csv,
}
