use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use headroom_model::LifecycleEvent;

/// People and templates are named by id, name or e-mail address; items by their number, or by a part of their title with
/// --person.
#[derive(Debug, Args)]
pub struct Checklists {
    /// Plan file
    pub plan: PathBuf,
    #[command(subcommand)]
    pub what: ChecklistCommand,
}

#[derive(Debug, Subcommand)]
pub enum ChecklistCommand {
    /// List all checklists with their progress
    #[command(after_help = examples!("headroom checklist acme.headroom list"))]
    List {
        #[command(flatten)]
        day: super::Day,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show the checklists of a person, item by item
    #[command(after_help = examples!("headroom checklist acme.headroom show ada.okafor"))]
    Show {
        /// Person by ID, name or e-mail address
        person: String,
        #[command(flatten)]
        day: super::Day,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Start a checklist for a person from the matching templates
    #[command(after_help = examples!(
        "headroom checklist acme.headroom start ada.okafor --on 2027-01-11",
        "headroom checklist acme.headroom start ada.okafor --type offboarding"
    ))]
    Start(Start),
    /// Move the start of a checklist and every due date that depends on it
    #[command(after_help = examples!("headroom checklist acme.headroom move ada.okafor --on 2027-02-01"))]
    Move {
        /// Person by ID, name or e-mail address
        person: String,
        /// New start date
        #[arg(long, alias = "to", value_name = "DATE")]
        on: NaiveDate,
        /// Move what the plan has on the old date, too, e.g. a first day
        #[arg(long)]
        with_plan: bool,
    },
    /// Mark an item as done
    #[command(after_help = examples!(
        "headroom checklist acme.headroom done 1042",
        "headroom checklist acme.headroom done laptop --person ada.okafor --by IT"
    ))]
    Done {
        #[command(flatten)]
        item: ItemArgs,
        /// Date it was done [default: today]
        #[arg(long, value_name = "DATE", value_parser = super::day::day)]
        on: Option<NaiveDate>,
        /// Who did it [default: you]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Note to keep with the item
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// Skip an item that does not apply
    #[command(after_help = examples!("headroom checklist acme.headroom skip 1042 --reason \"works remotely\""))]
    Skip {
        #[command(flatten)]
        item: ItemArgs,
        /// Why it does not apply
        #[arg(long, alias = "why", value_name = "TEXT")]
        reason: String,
    },
    /// Mark an item as blocked
    #[command(after_help = examples!("headroom checklist acme.headroom block 1042 --reason \"no account yet\""))]
    Block {
        #[command(flatten)]
        item: ItemArgs,
        /// What is blocking it
        #[arg(long, alias = "by", value_name = "TEXT")]
        reason: String,
    },
    /// Reopen an item that is done, skipped or blocked
    #[command(after_help = examples!("headroom checklist acme.headroom open 1042"))]
    Open {
        #[command(flatten)]
        item: ItemArgs,
    },
    /// Share a checklist as a file that can be merged back
    #[command(alias = "hand-out", after_help = examples!(
        "headroom checklist acme.headroom export ada.okafor -o ada.headroom",
        "headroom checklist acme.headroom export --assignee IT -o it.headroom"
    ))]
    Export {
        /// Person whose checklist to share
        #[arg(required_unless_present = "assignee")]
        person: Option<String>,
        /// Share the items of a person, team or role instead
        #[arg(long, alias = "for", value_name = "NAME", conflicts_with = "person")]
        assignee: Option<String>,
        /// Plan file to create
        #[arg(long, short = 'o', value_name = "FILE")]
        out: PathBuf,
    },
    /// Merge back the status, notes and feedback of a shared file
    #[command(alias = "take-back", after_help = examples!(
        "headroom checklist acme.headroom merge ada.headroom --dry-run",
        "headroom checklist acme.headroom merge ada.headroom --theirs 1042,1043"
    ))]
    Merge {
        /// Shared file to merge back
        file: PathBuf,
        /// Show what would be merged without changing anything
        #[arg(long)]
        dry_run: bool,
        /// Items in conflict for which the file's version counts
        #[arg(long, value_name = "ITEM", value_delimiter = ',')]
        theirs: Vec<u64>,
        /// Use the file's version for all conflicts
        #[arg(long)]
        theirs_all: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub struct Start {
    /// Person by ID, name or e-mail address
    pub person: String,
    /// Type
    #[arg(long = "type", alias = "occasion", value_enum, value_name = "TYPE", default_value_t = ChecklistType::Onboarding)]
    pub kind: ChecklistType,
    /// Start date or last day [default: from the plan]
    #[arg(long, value_name = "DATE", value_parser = super::day::day)]
    pub on: Option<NaiveDate>,
    /// Template (repeatable) [default: all that match]
    #[arg(long = "template", value_name = "TEMPLATE")]
    pub templates: Vec<String>,
    /// Service to hand over, for type handover
    #[arg(long, value_name = "SERVICE")]
    pub service: Option<String>,
    /// Buddy of the person
    #[arg(long, value_name = "PERSON")]
    pub buddy: Option<String>,
    /// Manager [default: from the reporting line]
    #[arg(long, value_name = "PERSON")]
    pub manager: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The types of checklists as the window names them; the words of files are aliases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChecklistType {
    #[value(alias = "join")]
    Onboarding,
    #[value(alias = "move")]
    Transfer,
    #[value(alias = "take-over")]
    Handover,
    #[value(alias = "leave")]
    Offboarding,
}

impl From<ChecklistType> for LifecycleEvent {
    fn from(kind: ChecklistType) -> Self {
        match kind {
            ChecklistType::Onboarding => LifecycleEvent::Join,
            ChecklistType::Transfer => LifecycleEvent::Move,
            ChecklistType::Handover => LifecycleEvent::TakeOver,
            ChecklistType::Offboarding => LifecycleEvent::Leave,
        }
    }
}

#[derive(Debug, Args)]
pub struct ItemArgs {
    /// Item by number, or with --person by part of its title
    pub item: String,
    /// Person whose checklist has the item
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
}
