//! Recruiting funnel: candidates needed at each stage, recruiter capacity, and requisitions open at a time.
//!
//! Conversion rates are assumptions and may differ by team, level or location ([`stages`]). Each stage is rounded up
//! to whole candidates on the one after it. Dates of a hire are in [`crate::schedule`]; interview hours that
//! colleagues spend are in [`crate::capacity`]. Tests are worked examples of the sources.

use chrono::NaiveDate;

use crate::assumptions::{Assumptions, Subject};

/// A stage of the funnel, from the offer back to the application.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stage {
    /// Kind of the assumption with its conversion rate.
    pub kind: &'static str,
    pub title: &'static str,
    /// Fraction that reaches the next stage.
    pub conversion: f64,
    /// Number of candidates needed.
    pub count: u64,
}

const STAGES: [(&str, &str); 4] = [
    ("offer-acceptance", "Offers"),
    ("interview-pass", "Interviewed"),
    ("screen-pass", "Screened"),
    ("application-pass", "Applications"),
];

/// Candidates needed at a stage for `wanted` at the next, rounded up; none if the conversion rate is zero.
pub fn upstream(wanted: u64, conversion: f64) -> Option<u64> {
    if conversion <= 0.0 || conversion.is_nan() {
        return (wanted == 0).then_some(0);
    }
    // 26 at 52 % are 50, not 51 for a rounding error.
    Some((wanted as f64 / conversion - 1e-9).ceil().max(0.0) as u64)
}

/// Stages for a number of hires, each rounded up on the one after it, by the assumptions of the subject. Ends at a
/// stage with a conversion rate of zero.
pub fn stages(assumptions: &Assumptions<'_>, subject: Subject<'_>, day: NaiveDate, hires: u64) -> Vec<Stage> {
    let mut wanted = hires;
    let mut found = Vec::new();
    for (kind, title) in STAGES {
        let conversion = assumptions.number(kind, subject, day).as_f64();
        let Some(count) = upstream(wanted, conversion) else { break };
        found.push(Stage { kind, title, conversion, count });
        wanted = count;
    }
    found
}

/// Recruiter capacity of a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recruiting {
    pub recruiters: f64,
    /// Working days of the period.
    pub days: f64,
    /// Hours a day.
    pub hours: f64,
    /// Fraction of time present, without holidays and illness.
    pub utilisation: f64,
    /// Fraction of that spent on administration, meetings and projects.
    pub other: f64,
    /// Hours that a requisition takes in the period.
    pub hours_a_requisition: f64,
}

impl Recruiting {
    /// Capacity of a month, by the plan's assumptions.
    pub fn of_a_month(assumptions: &Assumptions<'_>, day: NaiveDate) -> Self {
        let number = |kind| assumptions.number(kind, Subject::default(), day).as_f64();
        Self {
            recruiters: number("recruiters"),
            days: number("recruiter-days"),
            hours: number("week") / 5.0,
            utilisation: number("recruiter-utilisation"),
            other: number("recruiter-other"),
            hours_a_requisition: number("requisition-hours"),
        }
    }

    /// Recruiting hours in the period.
    pub fn hours_available(&self) -> f64 {
        self.recruiters * self.days * self.hours * self.utilisation * (1.0 - self.other)
    }

    /// Requisitions that the recruiters can handle in the period.
    pub fn requisitions(&self) -> f64 {
        if self.hours_a_requisition > 0.0 {
            self.hours_available() / self.hours_a_requisition
        } else {
            f64::INFINITY
        }
    }

    /// Capacity above (positive) or missing below (negative) a number of requisitions.
    pub fn gap(&self, requisitions: f64) -> f64 {
        self.requisitions() - requisitions
    }
}

/// Requisitions open at any time: hires per day times days to fill (Little's law).
pub fn open_requisitions(hires: f64, days: f64, time_to_fill: f64) -> f64 {
    hires / days * time_to_fill
}

#[cfg(test)]
mod tests {
    use headroom_model::Plan;

    use super::*;

    #[test]
    fn stages_match_documented_example() {
        let plan = Plan::default();
        let assumptions = Assumptions::new(&plan);
        let stages = stages(&assumptions, Subject::default(), "2027-01-01".parse().unwrap(), 10);
        assert_eq!(stages.iter().map(|stage| stage.count).collect::<Vec<_>>(), [13, 26, 87, 870]);
    }

    #[test]
    fn upstream_rounds_up_only_fractions() {
        assert_eq!([upstream(26, 0.52), upstream(3, 0.3), upstream(0, 0.1)], [Some(50), Some(10), Some(0)]);
        assert_eq!([upstream(1, 0.0), upstream(0, 0.0)], [None, Some(0)]);
    }

    #[test]
    fn recruiter_capacity_matches_published_example() {
        let recruiting = Recruiting {
            recruiters: 3.0,
            days: 20.0,
            hours: 8.0,
            utilisation: 0.82,
            other: 0.25,
            hours_a_requisition: 26.0,
        };
        assert_eq!(format!("{:.1}", recruiting.hours_available()), "295.2");
        assert_eq!(format!("{:.2}", recruiting.requisitions()), "11.35");
        assert_eq!(format!("{:+.2}", recruiting.gap(10.0)), "+1.35");
    }

    #[test]
    fn open_requisitions_match_published_example() {
        assert_eq!(format!("{:.1}", open_requisitions(5.0, 30.0, 58.0)), "9.7");
    }
}
