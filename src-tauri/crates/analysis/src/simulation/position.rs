//! A position as the runs see it.

use std::sync::Arc;

use super::HireCost;
use crate::capacity::Curve;

/// A position for one person. Moments are months since the first day of the first month (see
/// [`crate::capacity::Months`]), days are counted from it.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulatedPosition {
    /// What it is known by in every plan: see [`super::Inputs::in_common`].
    pub identity: u64,
    /// Full-time equivalent.
    pub fte: f64,
    pub entry: PositionEntry,
    pub hiring: Hiring,
    /// Output by months since the start, less the mentoring it takes from colleagues.
    pub net: Curve,
    /// Hazards of leaving per month: each holds from its moment on, the first from the beginning.
    pub hazard: Vec<(f64, f64)>,
    /// The moment at which it ends in any case.
    pub ends: f64,
    /// Cost of the present incumbent in each month as a whole, in whole units of the plan's currency.
    pub cost: Vec<f64>,
    /// Cost of a new hire.
    pub hire_cost: Arc<HireCost>,
}

/// How a position is filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PositionEntry {
    /// Somebody is in it, or certainly will be at `from`; `since` is when ramp-up began, and `once` the one-off cost
    /// on the first day.
    There { from: f64, since: f64, once: f64 },
    /// Recruiting opens on this day, or has been open for `elapsed` days.
    Sought { opens: f64, elapsed: f64 },
    /// Somebody has an offer and would start on this day; if they decline, the next offer follows from `from` on.
    Offered { from: f64, starts: f64 },
}

/// Recruiting parameters of a position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hiring {
    /// Median, in days.
    pub time_to_fill: f64,
    /// Standard deviation of the logarithm.
    pub spread: f64,
    /// Probability that an offer is accepted.
    pub acceptance: f64,
    /// Days until the next offer.
    pub next_offer: f64,
    /// In days.
    pub notice: f64,
    /// Standard deviation of the logarithm of the ramp-up factor.
    pub ramp_spread: f64,
    /// Person-months of interviews for one hire.
    pub interviews: f64,
}

/// Standard deviation of a logarithm if one in ten is at `share` of the median or above; 0 for a share of 1 or less.
pub fn spread_of(share: f64) -> f64 {
    /// The 90th percentile of the standard normal distribution.
    const NINE_OF_TEN: f64 = 1.281_551_565_544_600_5;
    if share > 1.0 { share.ln() / NINE_OF_TEN } else { 0.0 }
}
