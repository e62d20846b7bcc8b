//! What a hire that waits for its gate leaves open meanwhile.

use std::{cmp::Reverse, sync::Arc};

use chrono::{Months, NaiveDate};
use headroom_model::{Draft, Plan, Position, PositionId};

use super::opening::Opening;
use crate::{
    coverage::{CoverageReport, GapCoverage, cover_gaps},
    forecast::ForecastParams,
};

/// How far beyond the delayed hire gaps are looked at.
const MONTHS_BEYOND: u32 = 6;

/// A gap that stays open longer because a hire comes later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelayedGap {
    /// As it is with the delayed hire.
    pub coverage: GapCoverage,
    /// More uncovered days than as planned.
    pub more_days: u32,
}

/// The gaps that stay open longer if this hire is opened so, and all others are as planned; the longest first.
pub fn delayed_gaps(
    plan: &Arc<Plan>,
    position: PositionId,
    opening: Opening,
    day: NaiveDate,
) -> Vec<DelayedGap> {
    let Some(row) = plan.get::<Position>(position) else { return Vec::new() };
    let mut draft = Draft::new(plan);
    draft.put(Position { start: Some(opening.start), ..row.clone() });
    let Ok(delayed) = draft.outcome() else { return Vec::new() };
    let until = opening.productive.max(day).checked_add_months(Months::new(MONTHS_BEYOND)).unwrap_or(day);
    let report = |plan: &Plan| cover_gaps(plan, &ForecastParams::new(plan, day, until).asked_on(day));
    let (planned, delayed) = (report(plan), report(&delayed));
    let more = |coverage: GapCoverage| {
        let more_days = coverage.uncovered_days.checked_sub(days_of(&planned, &coverage))?;
        (more_days > 0).then_some(DelayedGap { coverage, more_days })
    };
    let mut gaps: Vec<DelayedGap> = delayed.gaps.into_iter().filter_map(more).collect();
    gaps.sort_by_key(|gap| Reverse((gap.coverage.severity, gap.more_days)));
    gaps
}

/// The uncovered days of the same gap in another report.
fn days_of(report: &CoverageReport, gap: &GapCoverage) -> u32 {
    let is_same = |other: &&GapCoverage| {
        (other.gap.subject, other.gap.kind, other.gap.opens) == (gap.gap.subject, gap.gap.kind, gap.gap.opens)
    };
    report.gaps.iter().find(is_same).map_or(0, |other| other.uncovered_days)
}
