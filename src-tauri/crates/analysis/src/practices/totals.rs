//! Sums over a matrix: how many levels are low, old or unknown, and how scores stand.

use headroom_model::{Metric, Plan, PracticeScale};
use num_traits::Zero;

use super::{
    matrix::{PracticeCell, PracticeMatrix, PracticeState, PracticeSubjectId},
    reading::Standing,
};
use crate::metrics::{ExactValue, exact};

/// Sums over the levels and scores of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeTotals {
    pub levels: LevelTotals,
    pub scores: ScoreTotals,
}

/// Sums over practices that are levels. Counted are pairs of a practice and whom somebody has looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LevelTotals {
    pub pairs: usize,
    pub not_applicable: usize,
    /// Looked at, and not known now.
    pub unknown: usize,
    /// Older than 90 days.
    pub stale_90: usize,
    /// Older than 180 days.
    pub stale_180: usize,
    pub below_2: usize,
    /// By states, of all pairs of the matrix.
    pub states: Vec<(PracticeState, usize)>,
}

/// Sums over practices that are scores of 0 to 10.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreTotals {
    pub pairs: usize,
    pub unknown: usize,
    pub stale_90: Vec<PracticeSubjectId>,
    pub stale_180: Vec<PracticeSubjectId>,
    pub below_5: Vec<PracticeSubjectId>,
    pub below_7: Vec<PracticeSubjectId>,
    /// Half a point or more below the score before.
    pub dropped: Vec<PracticeSubjectId>,
    /// Of the scores that are known.
    pub mean: Option<ExactValue>,
}

const ALL_STATES: [PracticeState; 6] = [
    PracticeState::Met,
    PracticeState::Below,
    PracticeState::Unknown,
    PracticeState::Stale,
    PracticeState::NotRequired,
    PracticeState::NotApplicable,
];

fn is_older(cell: &PracticeCell, days: i64) -> bool {
    cell.reading.age_days > Some(days)
}

fn is_below(cell: &PracticeCell, bar: i64) -> bool {
    cell.reading.value().is_some_and(|value| exact(value) < ExactValue::from_integer(bar.into()))
}

fn has_fallen(cell: &PracticeCell) -> bool {
    let half = ExactValue::new(1.into(), 2.into());
    cell.reading.change().is_some_and(|change| change <= -half)
}

impl PracticeTotals {
    pub fn new(plan: &Plan, matrix: &PracticeMatrix) -> Self {
        let of_scale = |scale: PracticeScale| -> Vec<(PracticeSubjectId, &PracticeCell)> {
            let is_of = |cell: &PracticeCell| {
                plan.get::<Metric>(cell.metric).is_some_and(|metric| metric.practice_scale() == Some(scale))
            };
            matrix.cells().filter(|(_, cell)| is_of(cell)).map(|(row, cell)| (row.subject, cell)).collect()
        };
        Self {
            levels: LevelTotals::new(&of_scale(PracticeScale::Level)),
            scores: ScoreTotals::new(&of_scale(PracticeScale::Score)),
        }
    }
}

impl LevelTotals {
    fn new(cells: &[(PracticeSubjectId, &PracticeCell)]) -> Self {
        let looked_at = || cells.iter().map(|(_, cell)| *cell).filter(|cell| cell.reading.on.is_some());
        let count = |is_so: &dyn Fn(&PracticeCell) -> bool| looked_at().filter(|cell| is_so(cell)).count();
        let states =
            ALL_STATES.map(|state| (state, cells.iter().filter(|(_, cell)| cell.state == state).count()));
        Self {
            pairs: looked_at().count(),
            not_applicable: count(&|cell| cell.reading.standing == Standing::NotApplicable),
            unknown: count(&|cell| matches!(cell.reading.standing, Standing::Unknown(_))),
            stale_90: count(&|cell| is_older(cell, 90)),
            stale_180: count(&|cell| is_older(cell, 180)),
            below_2: count(&|cell| is_below(cell, 2)),
            states: states.to_vec(),
        }
    }
}

impl ScoreTotals {
    fn new(cells: &[(PracticeSubjectId, &PracticeCell)]) -> Self {
        let looked_at: Vec<_> = cells.iter().filter(|(_, cell)| cell.reading.on.is_some()).collect();
        let those = |is_so: &dyn Fn(&PracticeCell) -> bool| {
            looked_at.iter().filter(|(_, cell)| is_so(cell)).map(|(subject, _)| *subject).collect()
        };
        let values: Vec<ExactValue> =
            looked_at.iter().filter_map(|(_, cell)| cell.reading.value()).map(exact).collect();
        let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
        let sum = values.into_iter().fold(ExactValue::zero(), |sum, value| sum + value);
        Self {
            pairs: looked_at.len(),
            unknown: looked_at.iter().filter(|(_, cell)| cell.state == PracticeState::Unknown).count(),
            stale_90: those(&|cell| is_older(cell, 90)),
            stale_180: those(&|cell| is_older(cell, 180)),
            below_5: those(&|cell| is_below(cell, 5)),
            below_7: those(&|cell| is_below(cell, 7)),
            dropped: those(&has_fallen),
            mean: (count > 0).then(|| sum / ExactValue::from_integer(count.into())),
        }
    }
}
