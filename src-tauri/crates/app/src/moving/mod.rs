//! Moving a person, a position or a team to another team: what can go along, and the move with its effect.
//!
//! Services change their owner in `ownership/assign.rs`.

pub mod change;
pub mod cost_cut;
pub mod form;
pub mod location;
pub mod measures;
pub mod several;
pub mod split;
pub mod subject;

use self::{change::*, cost_cut::*, form::*, location::*, measures::*, several::*, split::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    team_move_form, team_move_preview, move_to_team, move_several_preview, move_several,
    measure_preview, take_measure, cost_cut, location_form, suggested_split, adjusted_split, split_preview, split_team,
};
