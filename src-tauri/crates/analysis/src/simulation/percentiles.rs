//! Percentiles of simulated values.

use serde::Serialize;

/// Percentiles of the runs: one in ten is below `p10`, half below `p50`, one in ten above `p90`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct PercentileBand {
    pub p10: f64,
    pub p50: f64,
    pub p90: f64,
    pub mean: f64,
}

impl PercentileBand {
    /// Percentiles of one value per run, interpolated between two (R. Hyndman and Y. Fan, Sample quantiles in
    /// statistical packages, 1996, type 7).
    pub fn of(mut values: Vec<f64>) -> Self {
        if values.is_empty() {
            return Self::default();
        }
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|share| quantile(&mut values, share));
        Self { p10, p50, p90, mean }
    }
}

/// Quantile of at least one value, type 7 as in [`PercentileBand::of`]. Reorders the values.
pub(crate) fn quantile(values: &mut [f64], share: f64) -> f64 {
    let place = share * (values.len() - 1) as f64;
    let below = place.floor() as usize;
    let (_, at, above) = values.select_nth_unstable_by(below, f64::total_cmp);
    let at = *at;
    match above.iter().copied().min_by(f64::total_cmp) {
        Some(next) => at + (next - at) * (place - below as f64),
        None => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_interpolated() {
        let fan = PercentileBand::of((1..=10).rev().map(f64::from).collect());
        assert_eq!(fan, PercentileBand { p10: 1.9, p50: 5.5, p90: 9.1, mean: 5.5 });
        assert_eq!(PercentileBand::of(vec![3.0]), PercentileBand { p10: 3.0, p50: 3.0, p90: 3.0, mean: 3.0 });
        assert_eq!(PercentileBand::of(Vec::new()), PercentileBand::default());
    }
}
