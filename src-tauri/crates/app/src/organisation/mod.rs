//! The Organisation view: the tree of teams, the page of a team, reporting lines.

pub mod reporting_lines;
pub mod team;
pub mod team_tree;

use self::{reporting_lines::*, team::*, team_tree::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    reporting_lines, staff, team_page, team_tree,
};
