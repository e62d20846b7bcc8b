//! Gaps on a day, at the end of each month, and the days on which people are missing.

use chrono::NaiveDate;
use headroom_model::Plan;

use super::Period;
use crate::{
    capacity::Months,
    coverage::{gap_kind_spec, hires},
    forecast::{ForecastParams, Gap, forecast},
};

/// The gaps of a period, as the forecast shows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GapFigures {
    /// Gaps that are open on the day compared.
    pub on_day: u32,
    /// Gaps that are open on the last day of each month.
    pub by_month: Vec<u32>,
    /// Days of the period on which people are missing, for all services and teams together: what
    /// [`crate::coverage`] calls uncovered, if planned hires count.
    pub uncovered_days: u32,
}

impl GapFigures {
    pub(super) fn new(plan: &Plan, period: Period, day: NaiveDate, months: &Months) -> Self {
        let last = months.last_day(months.len() - 1);
        let (first, last) = (period.from.min(day), last.max(day));
        let params = ForecastParams::new(plan, first, last).asked_on(period.asked_on);
        let coming = if period.planned_hires { hires(plan, &params) } else { Vec::new() };
        let gaps = forecast(plan, &params.with(&coming));
        let open_on = |day: NaiveDate| gaps.iter().filter(|gap| gap.is_open_on(day)).count() as u32;
        let closable = gaps.iter().filter(|gap| gap_kind_spec(gap.kind).is_some());
        Self {
            on_day: open_on(day),
            by_month: (0..months.len()).map(|at| open_on(months.last_day(at))).collect(),
            uncovered_days: closable.map(|gap| days_in(gap, period)).sum(),
        }
    }
}

/// The days of the period on which a gap is open.
fn days_in(gap: &Gap, period: Period) -> u32 {
    let after = period.until.succ_opt().unwrap_or(period.until);
    let from = gap.opens.map_or(period.from, |opens| opens.max(period.from));
    let until = gap.closes.map_or(after, |closes| closes.min(after));
    u32::try_from((until - from).num_days()).unwrap_or(0)
}
