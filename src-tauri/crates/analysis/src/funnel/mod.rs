//! What it takes to hire: candidates at each stage, recruiters, requisitions that are open at a time.

use chrono::NaiveDate;

use crate::assumptions::{Assumptions, Subject};

/// A stage of hiring, from the offer back to the application.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stage {
    /// The kind of assumption that says how many of it go on.
    pub kind: &'static str,
    pub title: &'static str,
    /// The share that goes on to the next stage.
    pub conversion: f64,
    /// How many it takes.
    pub count: u64,
}

const STAGES: [(&str, &str); 4] = [
    ("offer-acceptance", "Offers"),
    ("interview-pass", "Interviewed"),
    ("screen-pass", "Screened"),
    ("application-pass", "Applications"),
];

/// How many it takes of a stage so that `wanted` go on, rounded up. None where nobody ever goes on.
///
/// Source: <https://dianewilkinson.github.io/tools/calculator/playbook>.
pub fn upstream(wanted: u64, conversion: f64) -> Option<u64> {
    if conversion <= 0.0 || conversion.is_nan() {
        return (wanted == 0).then_some(0);
    }
    // 26 of 52 % are 50 and not, for a last digit of a fraction, 51.
    Some((wanted as f64 / conversion - 1e-9).ceil().max(0.0) as u64)
}

/// The stages for so many hires, each rounded up on the one after it, by the assumptions of the subject. Ends where
/// nobody goes on.
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

/// Recruiters and their time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recruiting {
    pub recruiters: f64,
    /// Working days of the period.
    pub days: f64,
    /// Hours a day.
    pub hours: f64,
    /// The share of time in which somebody is there at all: holidays, illness.
    pub utilisation: f64,
    /// The share of that which goes to administration, meetings and projects.
    pub other: f64,
    /// Hours that one requisition takes in the period.
    pub hours_a_requisition: f64,
}

impl Recruiting {
    /// Of a month, by the plan's assumptions.
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

    /// Hours of recruiting in the period.
    pub fn hours_available(&self) -> f64 {
        self.recruiters * self.days * self.hours * self.utilisation * (1.0 - self.other)
    }

    /// Requisitions that the recruiters can carry in the period.
    ///
    /// Source: <https://codingace.net/hrp/recruiter_capacity.html>.
    pub fn requisitions(&self) -> f64 {
        if self.hours_a_requisition > 0.0 {
            self.hours_available() / self.hours_a_requisition
        } else {
            f64::INFINITY
        }
    }

    /// What is left above, or missing below, so many requisitions.
    pub fn gap(&self, requisitions: f64) -> f64 {
        self.requisitions() - requisitions
    }
}

/// Requisitions that are open at any time: hires a day times the days that it takes to fill one (J. Little's law).
///
/// Source: <https://www.headcount365.com/podcast/forecasting-recruiting-capacity>.
pub fn open_requisitions(hires: f64, days: f64, time_to_fill: f64) -> f64 {
    hires / days * time_to_fill
}

#[cfg(test)]
mod tests {
    use headroom_model::Plan;

    use super::*;

    #[test]
    fn ten_hires_take_870_applications() {
        let plan = Plan::default();
        let assumptions = Assumptions::new(&plan);
        let stages = stages(&assumptions, Subject::default(), "2027-01-01".parse().unwrap(), 10);
        assert_eq!(stages.iter().map(|stage| stage.count).collect::<Vec<_>>(), [13, 26, 87, 870]);
    }

    #[test]
    fn what_divides_evenly_is_not_rounded_up() {
        assert_eq!([upstream(26, 0.52), upstream(3, 0.3), upstream(0, 0.1)], [Some(50), Some(10), Some(0)]);
        assert_eq!([upstream(1, 0.0), upstream(0, 0.0)], [None, Some(0)]);
    }

    #[test]
    fn three_recruiters_carry_11_35_requisitions() {
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
    fn five_hires_a_month_keep_9_7_requisitions_open() {
        assert_eq!(format!("{:.1}", open_requisitions(5.0, 30.0, 58.0)), "9.7");
    }
}
