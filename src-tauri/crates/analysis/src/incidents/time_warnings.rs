//! What is uncertain about the times of an incident, and the durations that are not.

use headroom_model::{Incident, IncidentMoment, IncidentTime};

/// Two moments further apart are uncertain.
const LONGEST_DAYS: i64 = 30;

/// The moments that come one after the other.
const ORDER: [(IncidentMoment, IncidentMoment); 7] = [
    (IncidentMoment::Started, IncidentMoment::Detected),
    (IncidentMoment::Started, IncidentMoment::Repaired),
    (IncidentMoment::Detected, IncidentMoment::Declared),
    (IncidentMoment::Detected, IncidentMoment::Repaired),
    (IncidentMoment::Detected, IncidentMoment::Resolved),
    (IncidentMoment::Repaired, IncidentMoment::Resolved),
    (IncidentMoment::Declared, IncidentMoment::Resolved),
];

/// A duration of an incident, in minutes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StepDuration {
    /// By the clock; none if a time lacks or is uncertain.
    pub by_clock: Option<u32>,
    /// As the source states it.
    pub stated: Option<u64>,
    /// What is stated counts support hours only.
    pub in_support_hours: bool,
}

impl StepDuration {
    /// Whether clock and statement are more than a minute apart; none if either is not known.
    pub fn disagrees(self) -> Option<bool> {
        Some(u64::from(self.by_clock?).abs_diff(self.stated?) > 1)
    }
}

/// The times of an incident, looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncidentTimes {
    /// What is uncertain, in words: `resolved before repaired`.
    pub warnings: Vec<String>,
    /// From detected to repaired.
    pub repair: StepDuration,
    /// From detected to resolved.
    pub resolution: StepDuration,
}

impl IncidentTimes {
    pub fn of(incident: &Incident) -> Self {
        let mut warnings: Vec<String> = incident
            .warnings
            .iter()
            .map(|warning| format!("{}: {}", warning.moment.word(), warning.words))
            .collect();
        let mut uncertain: Vec<IncidentMoment> =
            incident.warnings.iter().map(|warning| warning.moment).collect();
        for (first, second) in ORDER {
            let (Some(one), Some(other)) = (incident.time(first), incident.time(second)) else { continue };
            if is_before(other, one) {
                warnings.push(format!("{} before {}", second.word(), first.word()));
                uncertain.extend([first, second]);
            }
            if is_far_apart(one, other) {
                warnings.push(format!(
                    "{} more than {LONGEST_DAYS} days after {}",
                    second.word(),
                    first.word()
                ));
                uncertain.push(second);
            }
        }
        let by_clock = |end: IncidentMoment| {
            let is_sure = [IncidentMoment::Detected, end].iter().all(|moment| !uncertain.contains(moment));
            incident.detected.filter(|_| is_sure)?.minutes_until(incident.time(end)?)
        };
        Self {
            repair: StepDuration {
                by_clock: by_clock(IncidentMoment::Repaired),
                stated: incident.stated_repair_minutes,
                in_support_hours: incident.repair_in_support_hours,
            },
            resolution: StepDuration {
                by_clock: by_clock(IncidentMoment::Resolved),
                stated: incident.stated_resolve_minutes,
                in_support_hours: incident.resolve_in_support_hours,
            },
            warnings,
        }
    }
}

/// Days alone are compared as days.
fn is_before(one: IncidentTime, other: IncidentTime) -> bool {
    match (one.time(), other.time()) {
        (Some(one), Some(other)) => one < other,
        _ => one.day() < other.day(),
    }
}

fn is_far_apart(one: IncidentTime, other: IncidentTime) -> bool {
    let days = match (one.time(), other.time()) {
        (Some(one), Some(other)) => (other - one).num_days(),
        _ => (other.day() - one.day()).num_days(),
    };
    days > LONGEST_DAYS
}
