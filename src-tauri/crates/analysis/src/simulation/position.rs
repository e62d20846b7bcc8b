use std::sync::Arc;

use super::HireCost;
use crate::capacity::Curve;

/// A seat for one person, as the runs need it. Places are months from the first day of the first month, see
/// [`crate::capacity::Months`]; `day` numbers are days from it.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulatedPosition {
    /// Full-time people.
    pub fte: f64,
    pub entry: PositionEntry,
    pub hiring: Hiring,
    /// What somebody gives so many months after the start, less what colleagues give up to help.
    pub net: Curve,
    /// Of those in the group, so many leave every instant, in months: each figure from its place on, the first from
    /// the beginning.
    pub hazard: Vec<(f64, f64)>,
    /// The place at which it is over in any case.
    pub ends: f64,
    /// What a whole month of whoever is there now costs, month by month, in whole units of the plan's currency.
    pub cost: Vec<f64>,
    /// What whoever is hired costs.
    pub hire_cost: Arc<HireCost>,
}

/// How a seat comes to be taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PositionEntry {
    /// Somebody is in it, or surely will be from the place on; `since` is the place from which the ramp counts, and
    /// `once` what is paid on the first day.
    There { from: f64, since: f64, once: f64 },
    /// Somebody is sought from this day on. `elapsed` days of it have passed in vain already.
    Sought { opens: f64, elapsed: f64 },
    /// Somebody has an offer and would start on this day; if it is turned down, the next offer follows from `from` on.
    Offered { from: f64, starts: f64 },
}

/// How long hiring takes, and what it takes from colleagues.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hiring {
    /// Days: the median.
    pub time_to_fill: f64,
    /// Of the logarithm.
    pub spread: f64,
    pub acceptance: f64,
    /// Days.
    pub next_offer: f64,
    /// Days.
    pub notice: f64,
    /// Of the logarithm of the pace.
    pub ramp_spread: f64,
    /// Person-months of interviews for one hire.
    pub interviews: f64,
}

/// The standard deviation of a logarithm of which one in ten lies at `share` of the median or above. No spread below
/// a whole share.
pub fn spread_of(share: f64) -> f64 {
    /// The ninth tenth of the standard normal distribution.
    const NINE_OF_TEN: f64 = 1.281_551_565_544_600_5;
    if share > 1.0 { share.ln() / NINE_OF_TEN } else { 0.0 }
}
