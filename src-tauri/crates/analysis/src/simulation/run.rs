//! The runs of a simulation.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use rand::{SeedableRng, rngs::ChaCha8Rng};
use rayon::prelude::*;

use super::{Inputs, Options, PercentileBand, PositionEntry, SimulatedPosition, sampling};

/// Length of an average month, in days.
const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// Progress of a simulation, and whether to cancel it; shared with another thread.
#[derive(Debug, Default)]
pub struct RunProgress {
    done: AtomicU32,
    is_cancelled: AtomicBool,
}

impl RunProgress {
    /// Number of finished runs.
    pub fn done(&self) -> u32 {
        self.done.load(Ordering::Relaxed)
    }

    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }
}

/// Result of a simulation by month.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Full-time equivalent, on average over the month.
    pub headcount: Vec<PercentileBand>,
    /// Capacity left for the work itself, in person-months.
    pub capacity: Vec<PercentileBand>,
    /// Cost, in whole units of the plan's currency.
    pub cost: Vec<PercentileBand>,
}

/// Headcount of all months, then capacity, then cost.
type Row = Vec<f64>;

/// Runs the plan; none if it was cancelled.
pub fn simulate(inputs: &Inputs, options: Options, watch: &RunProgress) -> Option<Outcome> {
    let one = |number: u32| {
        if watch.is_cancelled() {
            return None;
        }
        let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
        rng.set_stream(number.into());
        let row = Run::new(inputs, options, rng).done();
        watch.done.fetch_add(1, Ordering::Relaxed);
        Some(row)
    };
    let rows: Vec<Row> = (0..options.runs).into_par_iter().map(one).collect::<Option<_>>()?;
    let count = inputs.months.len();
    let column = |at: usize| PercentileBand::of(rows.iter().map(|row| row[at]).collect());
    let mut bands: Vec<PercentileBand> = (0..3 * count).into_par_iter().map(column).collect();
    let cost = bands.split_off(2 * count);
    let capacity = bands.split_off(count);
    Some(Outcome { headcount: bands, capacity, cost })
}

struct Run<'a> {
    inputs: &'a Inputs,
    options: Options,
    rng: ChaCha8Rng,
    count: usize,
    /// Differences between one month and the next, added up at the end.
    steps: Row,
    /// Values of single months, added to those.
    row: Row,
}

impl<'a> Run<'a> {
    fn new(inputs: &'a Inputs, options: Options, rng: ChaCha8Rng) -> Self {
        let count = inputs.months.len();
        Self { inputs, options, rng, count, steps: vec![0.0; 2 * (count + 1)], row: vec![0.0; 3 * count] }
    }

    fn done(mut self) -> Row {
        let inputs = self.inputs;
        for position in &inputs.seats {
            if inputs.is_common {
                self.rng.set_word_pos(first_draw(position.identity));
            }
            self.position(position);
        }
        for metric in 0..2 {
            let mut level = 0.0;
            for at in 0..self.count {
                level += self.steps[metric * (self.count + 1) + at];
                self.row[metric * self.count + at] += level;
            }
        }
        self.row
    }

    fn position(&mut self, position: &SimulatedPosition) {
        let Some((mut from, mut since)) = self.entry(position) else { return };
        let mut cost = match position.entry {
            PositionEntry::There { .. } => &position.cost,
            PositionEntry::Sought { .. } | PositionEntry::Offered { .. } => {
                position.hire_cost.months_from(from)
            }
        };
        let end = position.ends.min(self.count as f64);
        while from < end {
            let leaves = sampling::leaves(&mut self.rng, &position.hazard, from.max(self.inputs.from));
            let is_settled = from.max(0.0) - since >= position.net.settles_after() as f64;
            let pace =
                if is_settled { 1.0 } else { sampling::pace(&mut self.rng, position.hiring.ramp_spread) };
            self.occupancy(position, cost, (from, leaves.min(position.ends)), since, pace);
            if leaves >= end || !self.options.replaces_leavers {
                return;
            }
            // The successor is recruited from that day on.
            let Some(days) = self.hire(position, 0.0) else { return };
            let accepts = leaves + days / DAYS_A_MONTH;
            self.interviews(position, leaves, accepts);
            from = accepts + position.hiring.notice / DAYS_A_MONTH;
            since = from;
            cost = position.hire_cost.months_from(from);
            self.pay(position, from, position.hire_cost.once_at(from));
        }
    }

    /// When somebody starts, and when ramp-up counts from; none if nobody ever does.
    fn entry(&mut self, position: &SimulatedPosition) -> Option<(f64, f64)> {
        let starts = match position.entry {
            PositionEntry::There { from, since, once } => {
                self.pay(position, from, once);
                return Some((from, since));
            }
            PositionEntry::Sought { opens, elapsed } => {
                let accepts = opens + self.hire(position, elapsed)?;
                self.interviews(position, self.inputs.place(opens), self.inputs.place(accepts));
                accepts + position.hiring.notice
            }
            PositionEntry::Offered { from, starts } => {
                match sampling::refusals(&mut self.rng, position.hiring.acceptance)? {
                    0 => starts,
                    refusals => starts.max(
                        from + f64::from(refusals) * position.hiring.next_offer + position.hiring.notice,
                    ),
                }
            }
        };
        let place = self.inputs.place(starts);
        self.pay(position, place, position.hire_cost.once_at(place));
        Some((place, place))
    }

    /// Days from opening to acceptance.
    fn hire(&mut self, position: &SimulatedPosition, elapsed: f64) -> Option<f64> {
        let hiring = &position.hiring;
        let fill = sampling::fill(&mut self.rng, hiring.time_to_fill, hiring.spread, elapsed);
        let refusals = sampling::refusals(&mut self.rng, hiring.acceptance)?;
        Some(fill + f64::from(refusals) * hiring.next_offer)
    }

    /// Adds one-off cost at a start.
    fn pay(&mut self, position: &SimulatedPosition, place: f64, once: f64) {
        if (0.0..self.count as f64).contains(&place) && place < position.ends {
            self.row[2 * self.count + place as usize] += once;
        }
    }

    /// Adds interviews, spread evenly over the days from opening to acceptance.
    fn interviews(&mut self, position: &SimulatedPosition, opens: f64, accepts: f64) {
        let length = accepts - opens;
        if position.hiring.interviews <= 0.0 || length <= 0.0 {
            return;
        }
        for at in months_in(opens, accepts, self.count) {
            let part = accepts.min(at as f64 + 1.0) - opens.max(at as f64);
            self.row[self.count + at] -= position.hiring.interviews * part / length;
        }
    }

    fn occupancy(
        &mut self,
        position: &SimulatedPosition,
        cost: &[f64],
        (from, to): (f64, f64),
        since: f64,
        pace: f64,
    ) {
        let (from, to) = (from.max(0.0), to.min(self.count as f64));
        if to <= from {
            return;
        }
        // In the months between these two the incumbent is present throughout; from `steady` on output is constant.
        let settled = since + pace * position.net.settles_after() as f64;
        let whole = (from.ceil() as usize, to.floor() as usize);
        let steady = (settled.max(from).ceil() as usize).min(self.count);
        self.level(0, whole, position.fte);
        self.level(self.count + 1, (steady, whole.1), position.fte * position.net.last());
        for at in months_in(from, to, self.count) {
            let (a, b) = (from.max(at as f64), to.min(at as f64 + 1.0));
            self.row[2 * self.count + at] += cost.get(at).unwrap_or(&0.0) * (b - a);
            if at < whole.0 || at >= whole.1 {
                self.row[at] += position.fte * (b - a);
            }
            if at < steady || at >= whole.1 {
                let net = position.net.between((a - since) / pace, (b - since) / pace);
                self.row[self.count + at] += position.fte * pace * net;
            }
        }
    }

    fn level(&mut self, metric: usize, months: (usize, usize), value: f64) {
        if months.0 < months.1 {
            self.steps[metric + months.0] += value;
            self.steps[metric + months.1] -= value;
        }
    }
}

/// Where in the stream of a run the draws of a position begin: far more than one ever takes before those of the next.
fn first_draw(identity: u64) -> u128 {
    u128::from(identity >> 16) << 16
}

/// Months that a range of moments touches.
fn months_in(from: f64, to: f64, count: usize) -> std::ops::Range<usize> {
    let last = to.min(count as f64).ceil().max(0.0) as usize;
    (from.max(0.0) as usize).min(last)..last
}
