//! The People view and the page of a person, with what depends on them.

pub mod person;
pub mod reliance;

use crate::command::{Command, commands};

pub(crate) const COMMANDS: &[Command] = commands![person::people_rows, person::person_page,];
