use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use headroom_model::Occasion;

/// People and templates are named by id, name or e-mail address; items by their number, or by a part of their title with
/// --person.
#[derive(Debug, Args)]
pub struct Checklists {
    pub plan: PathBuf,
    #[command(subcommand)]
    pub what: Checklist,
}

#[derive(Debug, Subcommand)]
pub enum Checklist {
    /// Every checklist: how far it is, and what holds it up
    List {
        #[command(flatten)]
        day: super::Day,
        #[arg(long)]
        json: bool,
    },
    /// The checklist of one person, item by item
    Show {
        person: String,
        #[command(flatten)]
        day: super::Day,
        #[arg(long)]
        json: bool,
    },
    /// Make a checklist for somebody, of the templates that fit
    Start(Start),
    /// Move the start of somebody's checklist, and all days that are counted from it
    Move {
        person: String,
        #[arg(long, value_name = "DATE")]
        to: NaiveDate,
        /// Move what the plan has on that day, too: the person's own first or last day, on teams, in a seat, as owner
        #[arg(long)]
        with_plan: bool,
    },
    /// Tick an item
    Done {
        #[command(flatten)]
        item: Item,
        /// When it was done; today when not given
        #[arg(long, value_name = "DATE", value_parser = super::day)]
        on: Option<NaiveDate>,
        /// Who did it; whoever is at the keyboard when not given
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// A note to keep with it
        #[arg(long)]
        note: Option<String>,
    },
    /// Say that an item does not apply
    Skip {
        #[command(flatten)]
        item: Item,
        #[arg(long)]
        why: String,
    },
    /// Say what is in an item's way
    Block {
        #[command(flatten)]
        item: Item,
        #[arg(long)]
        by: String,
    },
    /// Take back that an item is done, skipped or blocked
    Open {
        #[command(flatten)]
        item: Item,
    },
    /// Write somebody's checklist as a plan of its own that holds nothing else, for them to tick in
    HandOut {
        /// Whose checklist
        #[arg(required_unless_present = "for_whom")]
        person: Option<String>,
        /// What somebody has to do in all checklists instead: IT, People Ops, a person, a team, or another name
        #[arg(long = "for", value_name = "WHO", conflicts_with = "person")]
        for_whom: Option<String>,
        /// The new plan file
        #[arg(long, short = 'o', value_name = "FILE")]
        out: PathBuf,
    },
    /// Take back a file that was handed out: states, notes and feedback of its items, and nothing else
    TakeBack {
        file: PathBuf,
        /// Show what would be taken, and take nothing
        #[arg(long)]
        dry_run: bool,
        /// Numbers of items on which both sides differ and the file's word counts
        #[arg(long, value_name = "ITEM", value_delimiter = ',')]
        theirs: Vec<u32>,
        /// The file's word counts wherever both sides differ
        #[arg(long)]
        theirs_all: bool,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub struct Start {
    pub person: String,
    /// The day it counts from; as the plan has it when not given
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// Of this template, or these; of all that fit when not given
    #[arg(long = "template", value_name = "TEMPLATE")]
    pub templates: Vec<String>,
    #[arg(long, value_name = "PERSON")]
    pub buddy: Option<String>,
    /// Whoever is in the seat above when not given
    #[arg(long, value_name = "PERSON")]
    pub manager: Option<String>,
    /// join, move, take-over or leave
    #[arg(long, default_value = "join", value_parser = super::one_of(Occasion::ALL.into_iter().map(Occasion::word)))]
    pub occasion: String,
    /// The service that is taken over
    #[arg(long, value_name = "SERVICE")]
    pub service: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Item {
    pub item: String,
    /// Whose checklist it is in, when it is named by its title
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
}
