//! Flags of `headroom scenario`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use super::SideArg;

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
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Add a scenario, from the plan as it is or from another one
    New(NewScenario),
    /// Show what a scenario is about, and what it changes
    Show {
        /// Key or name of the scenario
        name: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List what scenarios change, by team
    Diff {
        /// Keys or names of scenarios
        #[arg(required = true)]
        names: Vec<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Compare scenarios, and the plan, by their figures
    Compare(CompareScenarios),
    /// Take what the plan has done since into a scenario
    Rebase {
        /// Key or name of the scenario
        name: String,
        /// Decide all conflicts for one side: the scenario (ours) or the plan (theirs)
        #[arg(long, value_enum)]
        take: Option<SideArg>,
    },
    /// Merge a scenario into the plan
    Merge(MergeScenario),
    /// Drop a scenario; it is kept, and can be opened again
    Drop {
        /// Key or name of the scenario
        name: String,
        /// Why
        #[arg(long, default_value = "", hide_default_value = true)]
        outcome: String,
    },
    /// Open a scenario again that was dropped
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
    /// Key of the person who decides
    #[arg(long, value_name = "PERSON")]
    pub owner: Option<String>,
    /// Day by which it is decided
    #[arg(long, value_name = "DATE")]
    pub decide_by: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub struct MergeScenario {
    /// Key or name of the scenario
    pub name: String,
    /// Show what it would change, without changing the plan
    #[arg(long)]
    pub dry_run: bool,
    /// Decide all conflicts for one side: the plan (ours) or the scenario (theirs)
    #[arg(long, value_enum)]
    pub take: Option<SideArg>,
    /// How the decision is explained
    #[arg(long, default_value = "", hide_default_value = true)]
    pub outcome: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CompareScenarios {
    /// Keys or names of scenarios; “plan” is the plan itself, which is the first unless it is named
    #[arg(required = true)]
    pub names: Vec<String>,
    /// First day [default: today]
    #[arg(long, value_name = "DATE")]
    pub from: Option<NaiveDate>,
    /// Last day [default: a year after the first]
    #[arg(long, value_name = "DATE")]
    pub to: Option<NaiveDate>,
    /// Date of the figures that are not over the period [default: the last day]
    #[arg(long, value_name = "DATE")]
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
    /// Format: a document to decide by, a workbook, or the figures as CSV
    #[arg(long, value_enum, default_value = "md", hide_default_value = true)]
    pub format: ComparisonFormatArg,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ComparisonFormatArg {
    /// Markdown
    Md,
    /// Workbook
    Xlsx,
    /// Figures only
    Csv,
}
