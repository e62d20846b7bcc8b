//! Incidents: what was disturbed, when, and how it was repaired. No person is named in one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::incident_time::IncidentTime;

/// A moment in the course of an incident, in the order in which they usually come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentMoment {
    /// The fault occurs.
    Started,
    /// The team becomes aware of it.
    Detected,
    /// It is declared an incident.
    Declared,
    /// The service is fully functional again.
    Repaired,
    /// What caused it is fixed, too.
    Resolved,
}

impl IncidentMoment {
    pub const ALL: [IncidentMoment; 5] = [
        IncidentMoment::Started,
        IncidentMoment::Detected,
        IncidentMoment::Declared,
        IncidentMoment::Repaired,
        IncidentMoment::Resolved,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            IncidentMoment::Started => "started",
            IncidentMoment::Detected => "detected",
            IncidentMoment::Declared => "declared",
            IncidentMoment::Repaired => "repaired",
            IncidentMoment::Resolved => "resolved",
        }
    }
}

/// What is uncertain about times in the source of an incident, so that no duration is calculated from them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeWarning {
    pub moment: IncidentMoment,
    pub words: String,
}

json_value!(Vec<TimeWarning>, "[]", is_empty: Vec::is_empty, FieldType::Structure, MergeRule::Single,
    |warnings, _| {
        let words = warnings.iter().map(|warning| format!("{}: {}", warning.moment.word(), warning.words));
        words.collect::<Vec<_>>().join("; ")
    },
    check: |warnings| warnings.iter().try_for_each(|warning| TextLimit::Long.check(&warning.words)));

json_value!(Vec<ServiceId>, "[]", is_empty: Vec::is_empty, FieldType::References(Kind::Service), MergeRule::Set,
    |services, names| listed(services, names),
    references: |services, visit| services.iter().for_each(|service| visit((*service).into())));

entity! {
    /// A disturbance of services, and what was made of it.
    pub struct Incident: IncidentId {
        /// The key by which people and other tools know it; never changes.
        key: String, "ID", required();
        title: String, "title", required();
        services: Vec<ServiceId>, "services";
        /// What the source says is affected and the plan does not know as a service.
        unmatched: Vec<String>, "other services";
        /// 1 (worst) to 4; none if unknown.
        severity: Option<u8>, "severity";
        started: Option<IncidentTime>, "started";
        detected: Option<IncidentTime>, "detected";
        declared: Option<IncidentTime>, "declared";
        repaired: Option<IncidentTime>, "repaired";
        resolved: Option<IncidentTime>, "resolved";
        /// Times of the source that no duration is calculated from.
        warnings: Vec<TimeWarning>, "uncertain times";
        /// As the source states it, which need not be by the clock.
        stated_repair_minutes: Option<u64>, "stated minutes to repair";
        /// These count support hours only.
        repair_in_support_hours: bool, "repair stated in support hours";
        stated_resolve_minutes: Option<u64>, "stated minutes to resolve";
        resolve_in_support_hours: bool, "resolution stated in support hours";
        minutes_down: Option<u64>, "minutes down";
        cause: String, "cause", long();
        /// The review, as Markdown.
        review: String, "review", long();
        review_link: String, "link to the review", long();
        reviewed: Option<NaiveDate>, "reviewed on";
        link: String, "link", long();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        extra: Extra, "other source data";
    }
}

impl Entity for Incident {
    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn called(&self) -> Option<&str> {
        Some(&self.title)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if self.severity.is_some_and(|severity| !(1..=4).contains(&severity)) {
            return Err(FieldError::new("severity", "must be 1, 2, 3 or 4"));
        }
        Ok(())
    }
}

impl Incident {
    pub fn time(&self, moment: IncidentMoment) -> Option<IncidentTime> {
        match moment {
            IncidentMoment::Started => self.started,
            IncidentMoment::Detected => self.detected,
            IncidentMoment::Declared => self.declared,
            IncidentMoment::Repaired => self.repaired,
            IncidentMoment::Resolved => self.resolved,
        }
    }

    /// Whether the source leaves warning about a time, so that nothing is calculated from it.
    pub fn is_uncertain(&self, moment: IncidentMoment) -> bool {
        self.warnings.iter().any(|warning| warning.moment == moment)
    }

    /// Whether it was looked back at by a day. A review that does not say when it was written was there on all days.
    pub fn is_reviewed(&self, day: NaiveDate) -> bool {
        self.reviewed.map_or(!self.review.is_empty() || !self.review_link.is_empty(), |on| on <= day)
    }

    /// The earliest day that is known of it, of times without warning if there are any.
    pub fn day(&self) -> Option<NaiveDate> {
        let known = |moment: &IncidentMoment| self.time(*moment);
        let all = IncidentMoment::ALL;
        let sure = all.iter().filter(|moment| !self.is_uncertain(**moment)).filter_map(known).min();
        sure.or_else(|| all.iter().find_map(known)).map(IncidentTime::day)
    }
}
