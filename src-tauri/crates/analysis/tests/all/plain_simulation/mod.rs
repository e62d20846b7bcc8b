//! A plain simulation for comparison: one thread, month after month, its own generator, every value sorted. The
//! reference for the results in tests and for the speed in the benchmark.

use headroom_analysis::{
    capacity::Curve,
    simulation::{Inputs, Options, PositionEntry, SimulatedPosition},
};

/// G. Steele and others, SplitMix64, 2014.
struct Numbers(u64);

impl Numbers {
    /// Uniform between zero and one, without either.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// G. Box and M. Muller, 1958.
    fn normal(&mut self) -> f64 {
        (-2.0 * self.next().ln()).sqrt() * (std::f64::consts::TAU * self.next()).cos()
    }

    fn refusals(&mut self, acceptance: f64) -> f64 {
        let mut count = 0.0;
        while self.next() > acceptance {
            count += 1.0;
        }
        count
    }

    fn fill(&mut self, position: &SimulatedPosition, elapsed: f64) -> f64 {
        let hiring = &position.hiring;
        loop {
            let days = hiring.time_to_fill * (hiring.spread * self.normal()).exp();
            if days > elapsed {
                return days + self.refusals(hiring.acceptance) * hiring.next_offer;
            }
        }
    }
}

/// Sorted values of all runs, for headcount, then capacity, then cost of each month.
pub fn plain(inputs: &Inputs, options: Options) -> Vec<Vec<f64>> {
    let count = inputs.months.len();
    let mut numbers = Numbers(options.seed);
    let mut values = vec![Vec::new(); 3 * count];
    for _ in 0..options.runs {
        let mut row = vec![0.0; 3 * count];
        for position in &inputs.seats {
            run(inputs, position, &mut numbers, &mut row);
        }
        values.iter_mut().zip(row).for_each(|(values, value)| values.push(value));
    }
    values.iter_mut().for_each(|values| values.sort_by(f64::total_cmp));
    values
}

fn run(inputs: &Inputs, position: &SimulatedPosition, numbers: &mut Numbers, row: &mut [f64]) {
    let count = inputs.months.len();
    let (from, since) = match position.entry {
        PositionEntry::There { from, since, .. } => (from, since),
        PositionEntry::Sought { opens, elapsed } => {
            let accepts = opens + numbers.fill(position, elapsed);
            interviews(inputs, position, opens, accepts, row);
            let place = inputs.place(accepts + position.hiring.notice);
            (place, place)
        }
        PositionEntry::Offered { from, starts } => {
            let refusals = numbers.refusals(position.hiring.acceptance);
            let later = from + refusals * position.hiring.next_offer + position.hiring.notice;
            let place = inputs.place(if refusals > 0.0 { starts.max(later) } else { starts });
            (place, place)
        }
    };
    let is_new = !matches!(position.entry, PositionEntry::There { .. });
    // Only the first hazard counts: attrition does not change over time here.
    let leaves = match position.hazard[0].1 {
        0.0 => f64::INFINITY,
        hazard => from.max(inputs.from) - numbers.next().ln() / hazard,
    };
    // Somebody who has ramped up at the usual pace stays ramped up.
    let has_learned = from.max(0.0) - since >= position.net.settles_after() as f64;
    let pace = if has_learned { 1.0 } else { (position.hiring.ramp_spread * numbers.normal()).exp() };
    let end = leaves.min(position.ends);
    for at in 0..count {
        let (a, b) = (from.max(at as f64), end.min(at as f64 + 1.0));
        if b > a {
            row[at] += position.fte * (b - a);
            row[count + at] +=
                position.fte * pace * area(&position.net, (a - since) / pace, (b - since) / pace);
            let months = if is_new { position.hire_cost.months_from(from) } else { &position.cost };
            row[2 * count + at] += months[at] * (b - a);
        }
        if is_new && from >= at as f64 && from < at as f64 + 1.0 && from < position.ends {
            row[2 * count + at] += position.hire_cost.once_at(from);
        }
    }
}

fn interviews(inputs: &Inputs, position: &SimulatedPosition, opens: f64, accepts: f64, row: &mut [f64]) {
    let count = inputs.months.len();
    let (from, to) = (inputs.place(opens), inputs.place(accepts));
    for at in 0..count {
        let part = to.min(at as f64 + 1.0) - from.max(at as f64);
        if part > 0.0 {
            row[count + at] -= position.hiring.interviews * part / (to - from);
        }
    }
}

/// Area below a curve, month by month.
fn area(curve: &Curve, from: f64, to: f64) -> f64 {
    let mut sum = 0.0;
    let mut at = from;
    while at < to {
        let next = (at.floor() + 1.0).min(to);
        sum += curve.at((at + next) / 2.0) * (next - at);
        at = next;
    }
    sum
}
