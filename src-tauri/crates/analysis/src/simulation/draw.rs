//! What chance gives.

use rand::{RngExt, rngs::ChaCha8Rng};
use rand_distr::{Distribution, Exp1, StandardNormal};

/// More refusals than anybody would bear; keeps a seat that nobody ever accepts from going on for ever.
const REFUSALS: u32 = 1_000;

/// Days until somebody is found, of whom it is known that it takes longer than `elapsed`.
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
        // At least every other one is.
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

/// How many turn an offer down before one accepts; none when nobody would.
pub fn refusals(rng: &mut ChaCha8Rng, acceptance: f64) -> Option<u32> {
    if acceptance >= 1.0 {
        return Some(0);
    }
    (0..REFUSALS).find(|_| rng.random::<f64>() < acceptance)
}

/// Months until somebody leaves.
pub fn stay(rng: &mut ChaCha8Rng, hazard: f64) -> f64 {
    if hazard <= 0.0 {
        return f64::INFINITY;
    }
    let length: f64 = Exp1.sample(rng);
    length / hazard
}

/// How many times as long as usual somebody learns.
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
    fn a_search_that_lasts_already_lasts_longer_and_keeps_its_shape() {
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
        // Hopeless as it is, it ends.
        assert!(fill(&mut rng, median, spread, 5_000.0) > 5_000.0);
    }

    #[test]
    fn nobody_who_never_accepts_is_waited_for() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        assert_eq!((refusals(&mut rng, 0.0), refusals(&mut rng, 1.0)), (None, Some(0)));
    }
}
