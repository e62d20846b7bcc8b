//! Cutting cost: which planned hires are put on hold, or given up, so that a period costs so much less; cheapest first
//! by what that leaves uncovered.
//!
//! # Base
//!
//! An aim in percent is a share of what all positions of the scope cost in the period, people included: the figure that a
//! budget is compared with. Only planned hires are ever proposed. What people cost who are employed, or have an offer, is
//! the part of the base that stays; so an aim may be out of reach, and then everything that is possible is proposed.
//!
//! # What is cheapest
//!
//! [`Reopening`] takes the forecast with all planned hires, and again without those that are held: the days that only the
//! second has are what holding them reopens. Up to [`EXACT`] positions every choice is looked at, and no choice that saves
//! as much reopens fewer days. With more, positions are taken one at a time, whichever reopens least on top of those
//! before; then those are left out again that are not needed. That reaches every aim that can be reached, and reopens
//! nothing where those that close no gap save enough; otherwise another choice may reopen less.
//!
//! Tests: `choose.rs` against brute force; `tests.rs` against the plan in which the positions are held.

mod candidates;
mod choose;
mod reopening;
#[cfg(test)]
mod tests;

use headroom_model::{
    Draft, PositionId, Status,
    vacancy::{VacancyDecision, resolve_vacancy},
};
use rustc_hash::FxHashSet;

pub use candidates::{CutBase, CutCandidate, CutScope, planned_hires};
pub use choose::EXACT;
pub use reopening::Reopening;

use crate::{forecast::Added, hiring::Occupancy};
use choose::{CutOptions, choose, in_order};
use reopening::Harm;

/// A position that can be held, with what that saves and leaves uncovered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutLine {
    pub candidate: CutCandidate,
    pub is_held: bool,
    /// What it adds: of one that is held to those held above it, of another to all that are held.
    pub reopens: Vec<Added>,
}

/// Positions to hold, with what they save and leave uncovered together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CostCut {
    /// Those proposed first, cheapest first.
    pub lines: Vec<CutLine>,
    /// What those that are held save, in the smallest unit of the plan's currency.
    pub saves: i64,
    /// What they reopen together.
    pub reopens: Vec<Added>,
}

/// Proposes positions that save as much as `aim`; all of them if they save less together. With `held`, these are held and
/// not those proposed, in the same order.
pub fn cost_cut(
    reopening: &Reopening<'_>,
    candidates: &[CutCandidate],
    aim: i64,
    held: Option<&FxHashSet<PositionId>>,
) -> CostCut {
    let ids = |chosen: &[usize]| -> FxHashSet<PositionId> {
        chosen.iter().map(|at| candidates[*at].position).collect()
    };
    let savings: Vec<i64> = candidates.iter().map(|candidate| candidate.saves).collect();
    let harm = |chosen: &[usize]| reopening.harm(&ids(chosen));
    let is_near =
        |one: usize, other: usize| reopening.is_near(candidates[one].position, candidates[other].position);
    let options = CutOptions { savings: &savings, harm: &harm, is_near: &is_near };
    let proposed = choose(&options, aim);
    let (first, rest): (Vec<usize>, Vec<usize>) =
        (0..candidates.len()).partition(|at| proposed.binary_search(at).is_ok());
    let mut order = in_order(&options, &first);
    let beyond = |at: usize| harm(&[&proposed[..], &[at]].concat());
    let mut rest: Vec<(Harm, usize)> = rest.into_iter().map(|at| (beyond(at), at)).collect();
    rest.sort_by_key(|(harm, at)| (*harm, std::cmp::Reverse(savings[*at]), *at));
    order.extend(rest.into_iter().map(|(_, at)| at));
    let proposed = ids(&proposed);
    lines(reopening, order.into_iter().map(|at| candidates[at]), held.unwrap_or(&proposed))
}

fn lines(
    reopening: &Reopening<'_>,
    order: impl Iterator<Item = CutCandidate>,
    held: &FxHashSet<PositionId>,
) -> CostCut {
    let mut cut = CostCut::default();
    let mut above = FxHashSet::default();
    for candidate in order {
        let is_held = held.contains(&candidate.position);
        let mut reopens = Vec::new();
        if is_held {
            let before = above.clone();
            above.insert(candidate.position);
            reopens = reopening.between(&before, &above);
            cut.saves = cut.saves.saturating_add(candidate.saves);
        }
        cut.lines.push(CutLine { candidate, is_held, reopens });
    }
    for line in cut.lines.iter_mut().filter(|line| !line.is_held) {
        let mut with = above.clone();
        with.insert(line.candidate.position);
        line.reopens = reopening.between(&above, &with);
    }
    cut.reopens = reopening.between(&FxHashSet::default(), &above);
    cut
}

/// What becomes of a position that nobody is hired for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutWay {
    /// It remains, and nobody is hired until further notice.
    Hold,
    /// It is closed for good; one that somebody is in ends with that person's last day.
    Close,
}

/// Nobody is hired for these positions; `occupancies` are those of the plan. Gives how many change.
pub fn hold_positions(
    draft: &mut Draft<'_>,
    occupancies: &[Occupancy],
    positions: &[PositionId],
    way: CutWay,
) -> usize {
    let mut count = 0;
    for id in positions {
        let Some(row) = draft.get::<headroom_model::Position>(*id).cloned() else { continue };
        let those = occupancies.iter().filter(|it| it.position == *id && it.person.is_some());
        match (way, those.filter_map(|it| it.until).max()) {
            (CutWay::Close, Some(last)) => {
                resolve_vacancy(draft, &row, last, VacancyDecision::Close);
            }
            (CutWay::Close, None) => {
                draft.put(headroom_model::Position { status: Status::Closed, ..row });
            }
            (CutWay::Hold, _) => draft.put(headroom_model::Position { status: Status::Frozen, ..row }),
        }
        count += 1;
    }
    count
}
