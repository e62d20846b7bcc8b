//! How often is deployed: weeks with deployments, and the bucket of Four Keys.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

use crate::median::{Median, median};

/// Days that end with the last deployment, of which the bucket is told.
const DAYS: u64 = 91;

/// How often is deployed, as Four Keys has it: by the days with a deployment in the week in the middle.
#[derive(Debug, Clone, PartialEq)]
pub struct DeploymentFrequency {
    /// Days with a deployment of each whole week from Monday, the oldest first.
    pub weeks: Vec<i64>,
    pub median: Option<Median>,
    pub bucket: FrequencyBucket,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrequencyBucket {
    Daily,
    Weekly,
    MonthlyOrLess,
}

impl FrequencyBucket {
    pub const fn words(self) -> &'static str {
        match self {
            FrequencyBucket::Daily => "Daily",
            FrequencyBucket::Weekly => "Weekly",
            FrequencyBucket::MonthlyOrLess => "Monthly or less",
        }
    }

    /// At least three days of a week, or one.
    fn of(days_a_week: Option<Median>) -> Self {
        match days_a_week {
            Some(days) if days.halves >= 6 => FrequencyBucket::Daily,
            Some(days) if days.halves >= 2 => FrequencyBucket::Weekly,
            _ => FrequencyBucket::MonthlyOrLess,
        }
    }
}

impl DeploymentFrequency {
    /// That of the 91 days up to the last one with a deployment; none without any.
    pub fn of(days: &BTreeSet<NaiveDate>) -> Option<Self> {
        let last = *days.last()?;
        let weeks = weeks_with_deployments(days, last - Days::new(DAYS - 1), last);
        let median = median_of(&weeks);
        Some(Self { weeks, median, bucket: FrequencyBucket::of(median) })
    }
}

pub(super) fn median_of(weeks: &[i64]) -> Option<Median> {
    median(weeks)
}

/// Days with a deployment in each whole week from Monday to Sunday.
pub(super) fn weeks_with_deployments(
    days: &BTreeSet<NaiveDate>,
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<i64> {
    let until_monday = (7 - u64::from(first.weekday().num_days_from_monday())) % 7;
    let mondays = std::iter::successors(first.checked_add_days(Days::new(until_monday)), |monday| {
        monday.checked_add_days(Days::new(7))
    });
    let weeks = mondays.map_while(|monday| Some((monday, monday.checked_add_days(Days::new(6))?)));
    let whole = weeks.take_while(|(_, sunday)| *sunday <= last);
    whole.map(|(monday, sunday)| days.range(monday..=sunday).count() as i64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frequency(days: &[&str]) -> DeploymentFrequency {
        DeploymentFrequency::of(&days.iter().map(|day| day.parse().unwrap()).collect()).unwrap()
    }

    #[test]
    fn one_deployment_has_twelve_weeks_behind_it() {
        // A Sunday: the 91 days are thirteen whole weeks.
        let found = frequency(&["2026-11-29"]);
        assert_eq!(found.weeks, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(found.bucket, FrequencyBucket::MonthlyOrLess);
    }

    #[test]
    fn a_day_in_most_weeks_is_weekly_and_three_are_daily() {
        let end: NaiveDate = "2026-11-29".parse().unwrap();
        let every = |days: &[u64]| {
            let all = (0..13).flat_map(|week| days.iter().map(move |day| end - Days::new(week * 7 + day)));
            DeploymentFrequency::of(&all.collect()).unwrap().bucket
        };
        assert_eq!(every(&[0]), FrequencyBucket::Weekly);
        assert_eq!(every(&[0, 1]), FrequencyBucket::Weekly);
        assert_eq!(every(&[0, 2, 4]), FrequencyBucket::Daily);
    }
}
