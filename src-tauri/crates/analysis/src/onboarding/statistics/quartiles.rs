//! Quartiles.

use crate::simulation::quantile;

/// Quartiles, minimum and maximum of some values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quartiles {
    /// The number of values. With fewer than four, the quartiles say no more than the values.
    pub count: u32,
    pub least: f64,
    pub first_quartile: f64,
    pub median: f64,
    pub third_quartile: f64,
    pub most: f64,
}

impl Quartiles {
    /// None without values. Quartiles are interpolated (R. Hyndman and Y. Fan, Sample quantiles in statistical
    /// packages, The American Statistician 50, 1996, type 7).
    pub fn of(values: impl IntoIterator<Item = i64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().map(|value| value as f64).collect();
        if values.is_empty() {
            return None;
        }
        let [least, first_quartile, median, third_quartile, most] =
            [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| quantile(&mut values, share));
        let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
        Some(Self { count, least, first_quartile, median, third_quartile, most })
    }
}
