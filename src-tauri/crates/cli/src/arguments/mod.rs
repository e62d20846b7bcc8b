//! The command line: commands in the order of the help, with their options under headings; a file for each family of
//! commands. Spellings of an earlier version are hidden aliases. Doc comments here are the texts of the help.

/// Examples, shown below the options in the help of a command.
macro_rules! examples {
    ($line:literal) => { concat!("\u{1b}[1m\u{1b}[4mExample:\u{1b}[0m\n  ", $line) };
    ($($line:literal),+) => { concat!("\u{1b}[1m\u{1b}[4mExamples:\u{1b}[0m", $("\n  ", $line),+) };
}

mod analysis;
mod checklist;
mod codeowners;
mod cost;
mod day;
mod dora;
mod export;
mod format;
mod help;
mod import;
mod incidents;
mod merge;
mod metrics;
mod planning;
mod practices;
mod scenario;
mod staffing;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::Shell;

pub use analysis::{
    Compare, Deny, Findings, Forecast, LeaverArgument, Output, OverviewArguments, PlaybookArguments,
    PlaybookFormatArg, SearchArguments, ShowArguments, ShownType,
};
pub use checklist::{ChecklistCommand, Checklists, ItemArgs, Start};
pub use codeowners::Rules;
pub use cost::{CostArguments, CostBy};
pub use day::Day;
pub use dora::DoraArguments;
pub use export::{Clusters, Export, PictureArgs, Redact};
pub use help::parse;
pub use import::{AnswersArg, DateOrderArg, DecimalMarkArg, HiddenArg, Import, PayPeriodArg, Profiles};
pub use incidents::{ActionsArguments, IncidentsArguments};
pub use merge::{ConflictArgs, MergeArgs, SideArg};
pub use metrics::{DimensionArg, MetricsArguments};
pub use planning::{Gaps, HiringPlan, PlanFormat, Simulate, Suggest};
pub use practices::PracticesArguments;
pub use scenario::{
    CompareScenarios, ComparisonFormatArg, MergeScenario, NewScenario, ScenarioCommand, Scenarios,
};

pub use staffing::StaffingArguments;

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
    /// Read and change a scenario, not the plan
    #[arg(long, global = true, value_name = "NAME")]
    pub scenario: Option<String>,
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
        "headroom findings acme.headroom --open --deny high",
        "headroom findings acme.headroom --deny low --baseline findings.json",
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
    /// Show the overview: organisation, team, domain or person
    #[command(after_help = examples!(
        "headroom overview acme.headroom > overview.md",
        "headroom overview acme.headroom --team payments --as-of 2027-03-01",
        "headroom overview acme.headroom --person ada.okafor"
    ))]
    Overview(OverviewArguments),
    /// Write the ten sections of scaling for a monthly review
    #[command(after_help = examples!(
        "headroom playbook acme.headroom",
        "headroom playbook acme.headroom --as-of 2027-03-01 --format pdf -o march.pdf",
        "headroom playbook acme.headroom --segment Shippers -o shippers.md"
    ))]
    Playbook(PlaybookArguments),
    /// Compare two days: who joined, left or moved
    #[command(after_help = examples!(
        "headroom compare acme.headroom --from 2027-01-01 --to 2027-07-01",
        "headroom compare acme.headroom --to 2027-12-31 --team payments --json"
    ))]
    Compare(Compare),
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
    /// Show the figures of metrics, and what follows from them
    #[command(after_help = examples!(
        "headroom metrics acme.headroom",
        "headroom metrics acme.headroom payback --as-of 2027-03-12 --json",
        "headroom metrics acme.headroom --by segment --month 2027-02 --months 3"
    ))]
    Metrics(MetricsArguments),
    /// List positions that wait for objectives, and how they stand
    #[command(after_help = examples!(
        "headroom gates acme.headroom",
        "headroom gates acme.headroom --as-of 2027-03-12 --json"
    ))]
    Gates {
        /// Plan file
        plan: PathBuf,
        #[command(flatten)]
        day: Day,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Calculate how many people support needs for calls or tickets
    #[command(after_help = examples!(
        "headroom staffing --calls 360 --in-minutes 30 --handle-seconds 240",
        "headroom staffing --tickets 2000 --handle-minutes 18 --hours 130",
        "headroom staffing acme.headroom --team support --as-of 2027-03-12"
    ))]
    Staffing(StaffingArguments),
    /// List bets: past their day, to be decided, running and decided
    #[command(after_help = examples!(
        "headroom bets acme.headroom",
        "headroom bets acme.headroom --as-of 2027-03-12 --json"
    ))]
    Bets {
        /// Plan file
        plan: PathBuf,
        #[command(flatten)]
        day: Day,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show SLOs and what is left of their error budgets
    #[command(after_help = examples!(
        "headroom slo acme.headroom",
        "headroom slo acme.headroom --as-of 2027-03-12 --json"
    ))]
    Slo {
        /// Plan file
        plan: PathBuf,
        #[command(flatten)]
        day: Day,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List incidents, and how long repairs took
    #[command(after_help = examples!(
        "headroom incidents acme.headroom",
        "headroom incidents acme.headroom --by team --as-of 2027-03-12 --json",
        "headroom incidents acme.headroom 2027-03-12-till-down --review"
    ))]
    Incidents(IncidentsArguments),
    /// List actions of incidents and bets, and whose they are
    #[command(after_help = examples!(
        "headroom actions acme.headroom",
        "headroom actions acme.headroom --team payments --overdue",
        "headroom actions acme.headroom --lost --as-of 2027-03-12 --json"
    ))]
    Actions(ActionsArguments),
    /// Show practices: levels, what is required, whose job it is
    #[command(after_help = examples!(
        "headroom practices acme.headroom --tier 1",
        "headroom practices acme.headroom --add-built-in",
        "headroom practices acme.headroom --as-of 2027-03-12 --json"
    ))]
    Practices(PracticesArguments),
    /// Show what clouds cost, whose that is and who pays in the end
    #[command(after_help = examples!(
        "headroom cost acme.headroom --month 2027-02 --by service",
        "headroom cost acme.headroom --chargeback --json",
        "headroom cost --source bill.csv --tag business_unit --json"
    ))]
    Cost(CostArguments),
    /// Show deployments, lead time, failures and recovery
    #[command(after_help = examples!(
        "headroom dora acme.headroom --service quay-till --from 2027-01-01",
        "headroom dora --source ../quay-till --branch main --json"
    ))]
    Dora(DoraArguments),
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
    /// Branch the plan: add, compare, merge and drop scenarios
    #[command(after_help = examples!(
        "headroom scenario acme.headroom new \"Split Payments\" --decide-by 2027-02-01",
        "headroom scenario acme.headroom compare split-payments",
        "headroom scenario acme.headroom merge split-payments --dry-run"
    ))]
    Scenario(Scenarios),
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
        "headroom redact acme.headroom board.headroom --keep-ratios",
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
