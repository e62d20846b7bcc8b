//! Flags of `headroom scenario`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

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
    /// Merge although people or positions are on no team
    #[arg(long)]
    pub unplaced: bool,
    /// How the decision is explained
    #[arg(long, default_value = "", hide_default_value = true)]
    pub outcome: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
