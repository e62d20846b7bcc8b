use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use rand::{SeedableRng, rngs::ChaCha8Rng};
use rayon::prelude::*;

use super::{Entry, Fan, Inputs, Options, Seat, draw};

/// The average month, in days.
const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// How far a simulation has come, and whether it is to stop; looked at and set from another thread.
#[derive(Debug, Default)]
pub struct Watch {
    done: AtomicU32,
    is_cancelled: AtomicBool,
}

impl Watch {
    /// Runs that are done.
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

/// What the runs came to, month by month.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Full-time people, on average over the month.
    pub headcount: Vec<Fan>,
    /// Person-months that are left for the work itself.
    pub capacity: Vec<Fan>,
    /// In whole units of the plan's currency.
    pub cost: Vec<Fan>,
}

/// Headcount, capacity and cost of the months, one after the other.
type Row = Vec<f64>;

/// Runs the plan; none when it was cancelled.
pub fn simulate(inputs: &Inputs, options: Options, watch: &Watch) -> Option<Outcome> {
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
    let column = |at: usize| Fan::of(rows.iter().map(|row| row[at]).collect());
    let mut fans: Vec<Fan> = (0..3 * count).into_par_iter().map(column).collect();
    let cost = fans.split_off(2 * count);
    let capacity = fans.split_off(count);
    Some(Outcome { headcount: fans, capacity, cost })
}

struct Run<'a> {
    inputs: &'a Inputs,
    options: Options,
    rng: ChaCha8Rng,
    count: usize,
    /// What each month has more than the one before, summed up at the end.
    steps: Row,
    /// What single months have besides.
    row: Row,
}

impl<'a> Run<'a> {
    fn new(inputs: &'a Inputs, options: Options, rng: ChaCha8Rng) -> Self {
        let count = inputs.months.len();
        Self { inputs, options, rng, count, steps: vec![0.0; 2 * (count + 1)], row: vec![0.0; 3 * count] }
    }

    fn done(mut self) -> Row {
        let inputs = self.inputs;
        inputs.seats.iter().for_each(|seat| self.seat(seat));
        for metric in 0..2 {
            let mut level = 0.0;
            for at in 0..self.count {
                level += self.steps[metric * (self.count + 1) + at];
                self.row[metric * self.count + at] += level;
            }
        }
        self.row
    }

    fn seat(&mut self, seat: &Seat) {
        let Some((mut from, mut since)) = self.entry(seat) else { return };
        let mut cost = match seat.entry {
            Entry::There { .. } => &seat.cost,
            Entry::Sought { .. } | Entry::Offered { .. } => seat.hire_cost.months_from(from),
        };
        let end = seat.ends.min(self.count as f64);
        while from < end {
            let leaves = draw::leaves(&mut self.rng, &seat.hazard, from.max(self.inputs.from));
            let is_settled = from.max(0.0) - since >= seat.net.settles_after() as f64;
            let pace = if is_settled { 1.0 } else { draw::pace(&mut self.rng, seat.hiring.ramp_spread) };
            self.stay(seat, cost, (from, leaves.min(seat.ends)), since, pace);
            if leaves >= end || !self.options.replaces_leavers {
                return;
            }
            // Whoever comes next is sought from that day on.
            let Some(days) = self.hire(seat, 0.0) else { return };
            let accepts = leaves + days / DAYS_A_MONTH;
            self.interviews(seat, leaves, accepts);
            from = accepts + seat.hiring.notice / DAYS_A_MONTH;
            since = from;
            cost = seat.hire_cost.months_from(from);
            self.pay(seat, from, seat.hire_cost.once_at(from));
        }
    }

    /// When somebody starts, and from when the ramp counts; none when nobody ever does.
    fn entry(&mut self, seat: &Seat) -> Option<(f64, f64)> {
        let starts = match seat.entry {
            Entry::There { from, since, once } => {
                self.pay(seat, from, once);
                return Some((from, since));
            }
            Entry::Sought { opens, elapsed } => {
                let accepts = opens + self.hire(seat, elapsed)?;
                self.interviews(seat, self.inputs.place(opens), self.inputs.place(accepts));
                accepts + seat.hiring.notice
            }
            Entry::Offered { from, starts } => match draw::refusals(&mut self.rng, seat.hiring.acceptance)? {
                0 => starts,
                refusals => {
                    starts.max(from + f64::from(refusals) * seat.hiring.next_offer + seat.hiring.notice)
                }
            },
        };
        let place = self.inputs.place(starts);
        self.pay(seat, place, seat.hire_cost.once_at(place));
        Some((place, place))
    }

    /// Days from the opening until somebody accepts.
    fn hire(&mut self, seat: &Seat, elapsed: f64) -> Option<f64> {
        let hiring = &seat.hiring;
        let fill = draw::fill(&mut self.rng, hiring.time_to_fill, hiring.spread, elapsed);
        let refusals = draw::refusals(&mut self.rng, hiring.acceptance)?;
        Some(fill + f64::from(refusals) * hiring.next_offer)
    }

    /// What is paid when somebody starts.
    fn pay(&mut self, seat: &Seat, place: f64, once: f64) {
        if (0.0..self.count as f64).contains(&place) && place < seat.ends {
            self.row[2 * self.count + place as usize] += once;
        }
    }

    /// Interviews are spread evenly over the days until somebody accepts.
    fn interviews(&mut self, seat: &Seat, opens: f64, accepts: f64) {
        let length = accepts - opens;
        if seat.hiring.interviews <= 0.0 || length <= 0.0 {
            return;
        }
        for at in months_in(opens, accepts, self.count) {
            let part = accepts.min(at as f64 + 1.0) - opens.max(at as f64);
            self.row[self.count + at] -= seat.hiring.interviews * part / length;
        }
    }

    fn stay(&mut self, seat: &Seat, cost: &[f64], (from, to): (f64, f64), since: f64, pace: f64) {
        let (from, to) = (from.max(0.0), to.min(self.count as f64));
        if to <= from {
            return;
        }
        // From this month on, and before that one, somebody is there throughout and gives always the same.
        let settled = since + pace * seat.net.settles_after() as f64;
        let whole = (from.ceil() as usize, to.floor() as usize);
        let steady = (settled.max(from).ceil() as usize).min(self.count);
        self.level(0, whole, seat.fte);
        self.level(self.count + 1, (steady, whole.1), seat.fte * seat.net.last());
        for at in months_in(from, to, self.count) {
            let (a, b) = (from.max(at as f64), to.min(at as f64 + 1.0));
            self.row[2 * self.count + at] += cost.get(at).unwrap_or(&0.0) * (b - a);
            if at < whole.0 || at >= whole.1 {
                self.row[at] += seat.fte * (b - a);
            }
            if at < steady || at >= whole.1 {
                let net = seat.net.between((a - since) / pace, (b - since) / pace);
                self.row[self.count + at] += seat.fte * pace * net;
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

/// The months that a stretch of them touches.
fn months_in(from: f64, to: f64, count: usize) -> std::ops::Range<usize> {
    let last = to.min(count as f64).ceil().max(0.0) as usize;
    (from.max(0.0) as usize).min(last)..last
}
