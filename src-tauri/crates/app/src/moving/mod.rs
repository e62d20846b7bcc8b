//! Moving a person, a position or a team to another team: what can go along, and the move with its effect.
//!
//! Services change their owner in `ownership/assign.rs`.

pub mod change;
pub mod form;
pub mod several;
pub mod split;
pub mod subject;

use self::{change::*, form::*, several::*, split::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    team_move_form, team_move_preview, move_to_team, move_several_preview, move_several,
    suggested_split, adjusted_split, split_preview, split_team,
};
