//! Random draws of a simulation.

use rand::{RngExt, rngs::ChaCha8Rng};
use rand_distr::{Distribution, Exp1, StandardNormal};

/// Most declined offers, so that a position for which nobody accepts ends.
const REFUSALS: u32 = 1_000;

/// Days until a position is filled, given that it takes longer than `elapsed`.
pub fn fill(rng: &mut ChaCha8Rng, median: f64, spread: f64, elapsed: f64) -> f64 {
    if spread <= 0.0 || median <= 0.0 {
        return median.max(elapsed);
    }
    let z =
        if elapsed > 0.0 { above(rng, (elapsed / median).ln() / spread) } else { StandardNormal.sample(rng) };
    median * (spread * z).exp()
}

/// A standard normal number above `least`.
///
/// Source: C. Robert, Simulation of truncated normal variables, Statistics and Computing 5 (1995).
fn above(rng: &mut ChaCha8Rng, least: f64) -> f64 {
    if least <= 0.0 {
        // At least half of all draws are above.
        loop {
            let z: f64 = StandardNormal.sample(rng);
            if z > least {
                return z;
            }
        }
    }
    let rate = (least + (least * least + 4.0).sqrt()) / 2.0;
    loop {
        let step: f64 = Exp1.sample(rng);
        let z = least + step / rate;
        if rng.random::<f64>() <= (-(z - rate) * (z - rate) / 2.0).exp() {
            return z;
        }
    }
}

/// Declined offers before one is accepted; none if nobody would.
pub fn refusals(rng: &mut ChaCha8Rng, acceptance: f64) -> Option<u32> {
    if acceptance >= 1.0 {
        return Some(0);
    }
    (0..REFUSALS).find(|_| rng.random::<f64>() < acceptance)
}

/// The moment at which somebody leaves who is present at `from`, with hazards that hold from a moment on each.
pub fn leaves(rng: &mut ChaCha8Rng, hazards: &[(f64, f64)], mut from: f64) -> f64 {
    if hazards.iter().all(|(_, hazard)| *hazard <= 0.0) {
        return f64::INFINITY;
    }
    let mut left: f64 = Exp1.sample(rng);
    for (at, (_, hazard)) in hazards.iter().enumerate() {
        let ends = hazards.get(at + 1).map_or(f64::INFINITY, |(next, _)| *next);
        if ends <= from || *hazard <= 0.0 {
            from = from.max(ends);
            continue;
        }
        let last = from + left / hazard;
        if last <= ends {
            return last;
        }
        left -= (ends - from) * hazard;
        from = ends;
    }
    f64::INFINITY
}

/// Factor of the usual ramp-up time.
pub fn pace(rng: &mut ChaCha8Rng, spread: f64) -> f64 {
    if spread <= 0.0 {
        return 1.0;
    }
    let z: f64 = StandardNormal.sample(rng);
    (spread * z).exp()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn fill_given_elapsed_matches_conditional_distribution() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let (median, spread) = (58.0, 0.42);
        for elapsed in [20.0, 58.0, 150.0] {
            let of_all: Vec<f64> = (0..400_000)
                .map(|_| fill(&mut rng, median, spread, 0.0))
                .filter(|days| *days > elapsed)
                .collect();
            let known: Vec<f64> =
                (0..of_all.len()).map(|_| fill(&mut rng, median, spread, elapsed)).collect();
            assert!(known.iter().all(|days| *days > elapsed));
            let mean = |days: &[f64]| days.iter().sum::<f64>() / days.len() as f64;
            let error = median / (of_all.len() as f64).sqrt();
            assert!(
                (mean(&of_all) - mean(&known)).abs() < 4.0 * error,
                "{elapsed}: {} {}",
                mean(&of_all),
                mean(&known)
            );
        }
        // Terminates even far out in the tail.
        assert!(fill(&mut rng, median, spread, 5_000.0) > 5_000.0);
    }

    #[test]
    fn leaving_follows_piecewise_hazard() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        // Nobody up to the sixth month, then a tenth every month, and after a year nobody again.
        let hazards = [(0.0, 0.0), (6.0, 0.1), (12.0, 0.0)];
        let runs = 200_000;
        for from in [0.0, 8.0, 13.0] {
            let places: Vec<f64> = (0..runs).map(|_| leaves(&mut rng, &hazards, from)).collect();
            for at in [5.9, 7.0, 9.5, 12.0, 30.0_f64] {
                let exposed = (at.min(12.0) - from.max(6.0)).max(0.0);
                let gone = places.iter().filter(|place| **place <= at).count() as f64 / f64::from(runs);
                let exact = 1.0 - (-0.1 * exposed).exp();
                assert!(
                    (gone - exact).abs() < 4.0 * 0.5 / f64::from(runs).sqrt(),
                    "{from} {at}: {gone} {exact}"
                );
            }
        }
    }

    #[test]
    fn refusals_end_without_acceptance() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        assert_eq!((refusals(&mut rng, 0.0), refusals(&mut rng, 1.0)), (None, Some(0)));
    }
}
