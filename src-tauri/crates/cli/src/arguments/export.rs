//! Flags of `headroom export` and `redact`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{
    Day, Rules,
    format::{one_of, written},
};

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

/// Amounts go, rates and dates remain; an amount in a text becomes “[removed]”. So do ratios of money, such as payback
/// and net revenue retention: whoever knows one amount can work out others with them. The copy has no history. An
/// existing file is not overwritten.
#[derive(Debug, Args)]
pub struct Redact {
    /// Plan file
    pub plan: PathBuf,
    /// Plan file to create
    #[arg(required_unless_present = "dry_run")]
    pub copy: Option<PathBuf>,
    /// Keep figures and objectives that are ratios of money
    #[arg(long)]
    pub keep_ratios: bool,
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
