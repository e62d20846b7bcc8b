//! Mean and median times to repair and to resolve: by the clock and as stated, never mixed.

use std::collections::BTreeMap;

use headroom_model::Incident;

use super::time_warnings::{IncidentTimes, StepDuration};

/// What is known of durations, in minutes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DurationSummary {
    /// Of how many incidents.
    pub count: usize,
    pub mean: Option<f64>,
    /// The middle one, or the mean of the middle two.
    pub median: Option<f64>,
}

impl DurationSummary {
    fn of(mut minutes: Vec<u64>) -> Self {
        minutes.sort_unstable();
        let count = minutes.len();
        if count == 0 {
            return Self::default();
        }
        let sum: u128 = minutes.iter().map(|one| u128::from(*one)).sum();
        let middle = (minutes[(count - 1) / 2] as f64 + minutes[count / 2] as f64) / 2.0;
        Self { count, mean: Some(sum as f64 / count as f64), median: Some(middle) }
    }
}

/// The times of several incidents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RepairTimes {
    pub incidents: usize,
    /// With something uncertain about their times.
    pub uncertain: usize,
    pub repair_by_clock: DurationSummary,
    pub repair_stated: DurationSummary,
    pub resolution_by_clock: DurationSummary,
    pub resolution_stated: DurationSummary,
}

impl RepairTimes {
    pub fn of<'i>(incidents: impl IntoIterator<Item = &'i Incident>) -> Self {
        let times: Vec<IncidentTimes> = incidents.into_iter().map(IncidentTimes::of).collect();
        let clock = |step: fn(&IncidentTimes) -> StepDuration| {
            DurationSummary::of(times.iter().filter_map(|one| step(one).by_clock).map(u64::from).collect())
        };
        let stated = |step: fn(&IncidentTimes) -> StepDuration| {
            DurationSummary::of(times.iter().filter_map(|one| step(one).stated).collect())
        };
        Self {
            incidents: times.len(),
            uncertain: times.iter().filter(|one| !one.warnings.is_empty()).count(),
            repair_by_clock: clock(|one| one.repair),
            repair_stated: stated(|one| one.repair),
            resolution_by_clock: clock(|one| one.resolution),
            resolution_stated: stated(|one| one.resolution),
        }
    }
}

/// The times of incidents by what `group` says of each: service, team, month. One may be in several groups, or in none.
pub fn repair_times<'i, G: Ord>(
    incidents: impl IntoIterator<Item = &'i Incident>,
    group: impl Fn(&'i Incident) -> Vec<G>,
) -> BTreeMap<G, RepairTimes> {
    let mut groups: BTreeMap<G, Vec<&Incident>> = BTreeMap::new();
    for incident in incidents {
        for group in group(incident) {
            groups.entry(group).or_default().push(incident);
        }
    }
    groups.into_iter().map(|(group, incidents)| (group, RepairTimes::of(incidents))).collect()
}

/// `5 h 9 min`, `2 d 3 h`, `12 min`.
pub fn duration_words(minutes: u64) -> String {
    let (days, hours, rest) = (minutes / 1440, minutes % 1440 / 60, minutes % 60);
    let parts = match (days, hours, rest) {
        (0, 0, rest) => vec![(rest, "min")],
        (0, hours, rest) => vec![(hours, "h"), (rest, "min")],
        (days, hours, _) => vec![(days, "d"), (hours, "h")],
    };
    let is_shown = |(at, (number, _)): &(usize, (u64, &str))| *at == 0 || *number > 0;
    let words =
        parts.into_iter().enumerate().filter(is_shown).map(|(_, (number, unit))| format!("{number} {unit}"));
    words.collect::<Vec<_>>().join(" ")
}

/// From when to when the durations are, to be shown beside them.
pub const REPAIR_DEFINITION: &str = "Time to repair: from when it was detected until it worked again. Time to resolve: from \
    when it was detected until its cause was fixed. By the clock unless stated; incidents with uncertain times are left out.";
