//! Flags of `headroom merge` and `conflicts`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use headroom_model::merge::Choice;

/// Whose change is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SideArg {
    // What the plan has.
    Ours,
    // What the copy has.
    Theirs,
}

impl SideArg {
    pub fn choice(self) -> Choice {
        match self {
            SideArg::Ours => Choice::Ours,
            SideArg::Theirs => Choice::Theirs,
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            SideArg::Ours => "the plan stays as it is",
            SideArg::Theirs => "taken from the copy",
        }
    }
}

#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Plan file
    pub plan: PathBuf,
    /// Copy of the plan that was edited apart
    pub copy: PathBuf,
    /// Show what it would change, without changing the plan
    #[arg(long)]
    pub dry_run: bool,
    /// Decide all conflicts for one side; else they stay open, with exit code 1
    #[arg(long, value_enum)]
    pub take: Option<SideArg>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ConflictArgs {
    /// Plan file
    pub plan: PathBuf,
    /// Numbers of the conflicts to decide; all if none is named
    pub numbers: Vec<usize>,
    /// Side to decide for
    #[arg(long, value_enum)]
    pub take: Option<SideArg>,
    /// Print JSON
    #[arg(long, conflicts_with = "take")]
    pub json: bool,
}
