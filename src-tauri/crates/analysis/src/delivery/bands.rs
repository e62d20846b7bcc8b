//! Where published bands put a figure. Bands are data of a year: they change, and those of 2024 are not in order.

use num_traits::ToPrimitive;

use crate::metrics::ExactValue;

const DAY: f64 = 24.0;
const WEEK: f64 = 7.0 * DAY;
const MONTH: f64 = 30.0 * DAY;
const HALF_YEAR: f64 = 182.0 * DAY;

/// What a band is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandedFigure {
    /// Deployments a day; the published *on demand* is one a day or more.
    Frequency,
    LeadTime,
    ChangeFailureRate,
    Recovery,
}

/// Bands as they were published in a year: the limits up to which a figure is elite, high and medium. Of frequency, hours
/// between two deployments.
#[derive(Debug, Clone, Copy)]
pub struct BandYear {
    pub year: i32,
    pub source: &'static str,
    frequency: [f64; 3],
    lead_time: [f64; 3],
    recovery: [f64; 3],
    failure_rate: FailureBands,
}

#[derive(Debug, Clone, Copy)]
enum FailureBands {
    UpTo([f64; 3]),
    /// What each cluster had, since they are not in order.
    Points([(f64, &'static str); 4]),
}

const DEVLAKE: &str = "https://github.com/apache/incubator-devlake (benchmarks of 2021 and 2023)";

/// The newest at the end.
pub const BAND_YEARS: [BandYear; 3] = [
    BandYear {
        year: 2021,
        source: DEVLAKE,
        frequency: [DAY, MONTH, HALF_YEAR],
        lead_time: [1.0, WEEK, HALF_YEAR],
        recovery: [1.0, DAY, WEEK],
        failure_rate: FailureBands::UpTo([0.15, 0.20, 0.30]),
    },
    BandYear {
        year: 2023,
        source: DEVLAKE,
        frequency: [DAY, WEEK, MONTH],
        lead_time: [DAY, WEEK, MONTH],
        recovery: [1.0, DAY, WEEK],
        failure_rate: FailureBands::UpTo([0.05, 0.10, 0.15]),
    },
    BandYear {
        year: 2024,
        source: "https://redmonk.com/rstephens/2024/11/26/dora2024",
        frequency: [DAY, WEEK, MONTH],
        lead_time: [DAY, WEEK, MONTH],
        recovery: [1.0, DAY, WEEK],
        failure_rate: FailureBands::Points([
            (0.05, "elite"),
            (0.10, "medium"),
            (0.20, "high"),
            (0.40, "low"),
        ]),
    },
];

/// The year of the bands that are shown unless another is asked for: the newest that are in order.
pub const USUAL_YEAR: i32 = 2023;

impl BandYear {
    pub fn of(year: i32) -> Option<&'static BandYear> {
        BAND_YEARS.iter().find(|bands| bands.year == year)
    }

    /// The band of a figure: deployments a day, hours, or a share.
    pub fn band(&self, figure: BandedFigure, value: &ExactValue) -> Option<String> {
        let value = value.to_f64()?;
        let up_to = |limits: [f64; 3], value: f64, is_inclusive: bool| {
            let is_within = |limit: &f64| if is_inclusive { value <= *limit } else { value < *limit };
            let at = limits.iter().position(is_within).unwrap_or(3);
            Some(["elite", "high", "medium", "low"][at].to_owned())
        };
        match figure {
            BandedFigure::Frequency if value <= 0.0 => Some("low".to_owned()),
            BandedFigure::Frequency => up_to(self.frequency, DAY / value, true),
            BandedFigure::LeadTime => up_to(self.lead_time, value, false),
            BandedFigure::Recovery => up_to(self.recovery, value, false),
            BandedFigure::ChangeFailureRate => match self.failure_rate {
                FailureBands::UpTo(limits) => up_to(limits, value, true),
                FailureBands::Points(points) => Some(between(points, value)),
            },
        }
    }
}

/// The cluster at a point, or those on both sides of it.
fn between(points: [(f64, &'static str); 4], value: f64) -> String {
    let after = points.iter().position(|(point, _)| value <= *point);
    match after {
        Some(0) => points[0].1.to_owned(),
        Some(at) if points[at].0 > value => format!("between {} and {}", points[at - 1].1, points[at].1),
        Some(at) => points[at].1.to_owned(),
        None => points[3].1.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn band(year: i32, figure: BandedFigure, numer: i64, denom: i64) -> String {
        let value = ExactValue::new(numer.into(), denom.into());
        BandYear::of(year).unwrap().band(figure, &value).unwrap()
    }

    #[test]
    fn bands_are_of_their_year() {
        use BandedFigure as F;
        // 46 deployments in 30 days, 4 failed, 9 hours, 40 minutes.
        assert_eq!(band(2024, F::Frequency, 46, 30), "elite");
        assert_eq!(band(2024, F::LeadTime, 9, 1), "elite");
        assert_eq!(band(2024, F::Recovery, 40, 60), "elite");
        assert_eq!(band(2024, F::ChangeFailureRate, 4, 46), "between elite and medium");
        assert_eq!(band(2023, F::ChangeFailureRate, 4, 46), "high");
        assert_eq!(band(2021, F::ChangeFailureRate, 4, 46), "elite");
        assert_eq!(band(2024, F::ChangeFailureRate, 15, 100), "between medium and high");
        assert_eq!(band(2024, F::ChangeFailureRate, 20, 100), "high");
        assert_eq!(band(2021, F::LeadTime, 24, 1), "high");
        assert_eq!(band(2023, F::Frequency, 1, 31), "low");
        assert_eq!(band(2021, F::Frequency, 1, 31), "medium");
        assert_eq!(band(2023, F::Frequency, 0, 1), "low");
    }
}
