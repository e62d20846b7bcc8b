//! The figures by which plans are compared: of one day, of each month of a period, and against another plan.
//!
//! Every figure is the one of the view that shows it, calculated by the same code; here they are only brought
//! together. They are counts, full-time equivalents, days and shares. Money is in [`crate::cost`], chance in
//! [`crate::simulation`].
//!
//! - [`DayFigures`]: headcount and positions (`headcount.rs`), findings, what crosses teams (`coupling.rs`), sizes, spans
//!   and layers (`structure.rs`), on-call.
//! - [`MonthFigures`], and the gaps of the period (`gaps.rs`).
//! - [`PlanMoves`]: who changes team or manager, and what changes owner, against another plan.
//!
//! Tests: against values worked out by hand in `tests.rs`.

mod coupling;
mod gaps;
mod headcount;
mod moves;
mod structure;
#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;

use crate::{
    assumptions::Assumptions,
    capacity::{Capacity, HeadcountLine, MonthStaffing, Months, Roster, headcount_lines, staffing_on},
    day_view::DayView,
    finding::Severity,
    hiring::Occupancy,
};

pub use coupling::Coupling;
pub use gaps::GapFigures;
pub use headcount::Headcount;
pub use moves::{PlanMoves, moves};
pub use structure::Structure;

/// The period of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first and the last day.
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// Whether planned hires count.
    pub planned_hires: bool,
    /// The day on which it is asked: what is still to be done for a hire is done from then on.
    pub asked_on: NaiveDate,
}

impl Period {
    /// All months that it touches.
    pub fn months(&self) -> Months {
        let until = self.until.max(self.from);
        let count =
            (until.year() - self.from.year()) * 12 + until.month0() as i32 - self.from.month0() as i32;
        Months::new(self.from, usize::try_from(count).unwrap_or(0) + 1)
    }
}

/// The figures of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFigures {
    pub day: DayFigures,
    pub months: Vec<MonthFigures>,
    /// Days on which something is missing that people could do, for all services and teams together.
    pub uncovered_days: u32,
}

/// The figures of a day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DayFigures {
    pub headcount: Headcount,
    /// Open findings by severity, in the order of [`Severity::ALL`].
    pub findings: [usize; Severity::ALL.len()],
    pub gaps: u32,
    pub coupling: Coupling,
    pub structure: Structure,
    pub on_call: OnCall,
}

/// Teams that need an on-call rota, and those of them that can staff it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OnCall {
    pub teams: u32,
    pub staffed: u32,
}

/// The figures of a month.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct MonthFigures {
    /// People on the last day, planned hires included if they count.
    pub people: f64,
    /// Full-time equivalent, on average over the month. Planned hires are in it, as in [`Capacity`].
    pub fte: f64,
    /// Capacity left for the work itself, in full-time people.
    pub capacity: f64,
    /// On the last day.
    pub on_call: OnCall,
    /// Gaps that are open on the last day.
    pub gaps: u32,
}

impl PlanFigures {
    /// The figures of the view's day, and of the period. `occupancies` are those of the whole plan.
    pub fn new(view: &DayView, occupancies: &[Occupancy], period: Period) -> Self {
        let (plan, day, months) = (view.snapshot.plan(), view.snapshot.day(), period.months());
        let assumptions = Assumptions::new(plan);
        let heads = headcount_lines(plan, &assumptions);
        let gaps = || GapFigures::new(plan, period, day, &months);
        let rest = || {
            let on_call = on_call(view, &heads, &assumptions, period, &months);
            let capacity =
                Capacity::new(plan, &assumptions, &heads, months.clone(), period.from).sum(|_| true);
            (on_call, capacity)
        };
        let (gaps, (on_call, capacity)) = rayon::join(gaps, rest);
        let roster = Roster::new(plan, &heads, None);
        let month = |(at, row): (usize, &crate::capacity::Month)| MonthFigures {
            people: headcount::people(&roster, months.last_day(at), period.planned_hires),
            fte: row.headcount,
            capacity: row.capacity(),
            on_call: on_call[at],
            gaps: gaps.by_month[at],
        };
        let day = DayFigures {
            headcount: Headcount::new(view, occupancies, &heads, &roster, period.planned_hires),
            findings: Severity::ALL
                .map(|severity| view.open_findings().filter(|finding| finding.severity == severity).count()),
            gaps: gaps.on_day,
            coupling: Coupling::new(&view.snapshot, &view.facts),
            structure: Structure::new(&view.snapshot),
            on_call: on_call[months.len()],
        };
        let months = capacity.iter().enumerate().map(month).collect();
        Self { day, months, uncovered_days: gaps.uncovered_days }
    }
}

/// On-call at the end of each month, and last on the day of the view.
fn on_call(
    view: &DayView,
    heads: &[HeadcountLine],
    assumptions: &Assumptions<'_>,
    period: Period,
    months: &Months,
) -> Vec<OnCall> {
    let plan = view.snapshot.plan();
    let days = (0..months.len()).map(|at| months.last_day(at)).chain([view.snapshot.day()]);
    let days: Vec<NaiveDate> = days.collect();
    let staffing: FxHashMap<_, Vec<MonthStaffing>> = staffing_on(plan, assumptions, heads, &days);
    let mut found = vec![OnCall::default(); days.len()];
    for (team, rows) in staffing {
        if plan.teams.get(team).is_none_or(|team| team.unconfirmed) {
            continue;
        }
        for (on_call, row) in found.iter_mut().zip(rows).filter(|(_, row)| row.critical > 0) {
            let is_staffed = if period.planned_hires { row.is_staffed_with_hires } else { row.is_staffed };
            on_call.teams += 1;
            on_call.staffed += u32::from(is_staffed);
        }
    }
    found
}
