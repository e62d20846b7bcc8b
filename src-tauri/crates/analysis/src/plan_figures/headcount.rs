//! Headcount and positions on a day.

use chrono::NaiveDate;

use crate::{
    capacity::{HeadcountLine, Roster},
    day_view::DayView,
    hiring::{Occupancy, PositionStatus, PositionStatuses},
};

/// Headcount and positions on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Headcount {
    /// People, each once, planned hires included if they count.
    pub people: f64,
    /// Planned hires among them.
    pub planned: f64,
    /// Full-time equivalent of the same.
    pub fte: f64,
    /// Positions that somebody is in.
    pub filled: usize,
    /// Positions that somebody is wanted for and nobody is in yet.
    pub open: usize,
}

impl Headcount {
    pub(super) fn new(
        view: &DayView,
        occupancies: &[Occupancy],
        heads: &[HeadcountLine],
        roster: &Roster,
        planned_hires: bool,
    ) -> Self {
        let day = view.snapshot.day();
        let positions = PositionStatuses::new(&view.snapshot, occupancies);
        let count = |status| positions.count(status);
        let is_there =
            |head: &&HeadcountLine| head.span().contains(day) && (planned_hires || !head.is_planned);
        Self {
            people: people(roster, day, planned_hires),
            planned: if planned_hires { roster.on(day).planned } else { 0.0 },
            fte: sum(heads.iter().filter(is_there).map(|head| head.fte)),
            filled: count(PositionStatus::Filled),
            open: count(PositionStatus::Planned) + count(PositionStatus::Vacant),
        }
    }
}

/// The sum in whole millionths, so that it does not depend on the order.
fn sum(fte: impl Iterator<Item = f64>) -> f64 {
    let millionths: i64 = fte.map(|fte| (fte * 1e6).round() as i64).sum();
    millionths as f64 / 1e6
}

/// People on a day, with planned hires if they count.
pub(super) fn people(roster: &Roster, day: NaiveDate, planned_hires: bool) -> f64 {
    let count = roster.on(day);
    if planned_hires { count.total() } else { count.people }
}
