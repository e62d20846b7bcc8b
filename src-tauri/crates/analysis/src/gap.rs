//! Gaps: what a service or team lacks on some days, by kind, and how far a service is covered.
//!
//! A kind of gap and the rule that finds it on a date are one thing seen twice, so the severity of the rule is said
//! here: [`GapKind::severity`]. [`crate::coverage_severity`] says what a policy makes of it.

use chrono::NaiveDate;
use headroom_model::EntityRef;
use serde::Serialize;

use crate::finding::Severity;

/// The kinds of gap. The names in JSON are part of the command line's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GapKind {
    /// A service without an accountable owner.
    Unowned,
    /// A service whose owners have no responder.
    Nobody,
    /// A service with one responder: a single point of failure.
    OnePerson,
    /// A service with a broken dependency: the target is not in service or not defined.
    Dangling,
    /// A team that owns services and has no members.
    TeamEmpty,
    /// A team that owns services and has one member.
    TeamOnePerson,
    /// A team that owns services of a critical tier and cannot staff on-call.
    OnCall,
    /// A team whose service load is over the limit.
    OverLoad,
    /// A team that has members, but fewer than the minimum size.
    TooSmall,
}

impl GapKind {
    pub const ALL: [GapKind; 9] = [
        GapKind::Unowned,
        GapKind::Nobody,
        GapKind::OnePerson,
        GapKind::Dangling,
        GapKind::TeamEmpty,
        GapKind::TeamOnePerson,
        GapKind::OnCall,
        GapKind::OverLoad,
        GapKind::TooSmall,
    ];

    /// The words for it, as the end of a sentence about its subject.
    pub fn words(self) -> &'static str {
        match self {
            GapKind::Unowned => "has no owner",
            GapKind::Nobody => "has no one who can support it",
            GapKind::OnePerson => "has a single expert",
            GapKind::Dangling => "has a broken dependency",
            GapKind::TeamEmpty => "owns services but has no members",
            GapKind::TeamOnePerson => "owns services but has one member",
            GapKind::OnCall => "can’t staff on-call",
            GapKind::OverLoad => "is over its load limit",
            GapKind::TooSmall => "is below the minimum size",
        }
    }

    /// The state of coverage of a service with such a gap; none for kinds that are not about its owners.
    pub(crate) fn coverage(self) -> Option<CoverageState> {
        match self {
            GapKind::Unowned => Some(CoverageState::Unowned),
            GapKind::Nobody => Some(CoverageState::Nobody),
            GapKind::OnePerson => Some(CoverageState::OnePerson),
            _ => None,
        }
    }

    /// Id of the rule that finds such a gap on a date.
    pub fn rule(self) -> &'static str {
        match self {
            GapKind::Unowned => "unowned-service",
            GapKind::Nobody => "owner-team-empty",
            // A team of one is a service of one person, seen from the team.
            GapKind::OnePerson | GapKind::TeamOnePerson => "bus-factor-one",
            GapKind::Dangling => "dangling-dependency",
            GapKind::TeamEmpty => "empty-team-owns",
            GapKind::OnCall => "on-call-understaffed",
            GapKind::OverLoad => "team-over-load",
            GapKind::TooSmall => "team-too-small",
        }
    }

    /// Severity of that rule, unless a policy sets another.
    pub const fn severity(self) -> Severity {
        match self {
            GapKind::Unowned
            | GapKind::Nobody
            | GapKind::OnePerson
            | GapKind::TeamEmpty
            | GapKind::TeamOnePerson
            | GapKind::OnCall => Severity::High,
            GapKind::Dangling | GapKind::OverLoad => Severity::Medium,
            GapKind::TooSmall => Severity::Low,
        }
    }
}

/// How far a service is covered, where that is fewer than two responders. The greater, the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverageState {
    /// One responder; a backup owner has somebody else.
    OnePersonWithBackup,
    OnePerson,
    /// It has an owner, but no responder.
    Nobody,
    Unowned,
}

impl CoverageState {
    /// The kind of gap that this is.
    pub(crate) fn kind(self) -> GapKind {
        match self {
            CoverageState::OnePersonWithBackup | CoverageState::OnePerson => GapKind::OnePerson,
            CoverageState::Nobody => GapKind::Nobody,
            CoverageState::Unowned => GapKind::Unowned,
        }
    }

    pub fn is_covered(self) -> bool {
        self < CoverageState::Nobody
    }
}

/// A range of days on which something is missing for a service or team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// A service or a team.
    pub subject: EntityRef,
    pub kind: GapKind,
    /// The first day of the gap; none if it is open on the first day of the forecast.
    pub opens: Option<NaiveDate>,
    /// The first day after the gap; none if it is open on the last day of the forecast.
    pub closes: Option<NaiveDate>,
    /// What opens it by joining, leaving, beginning or ending: people, owners or dependencies.
    pub because: Vec<EntityRef>,
    /// The responders, or members, that are left when it opens, planned hires included.
    pub people: Vec<EntityRef>,
    /// How many people are missing on the worst of its days; 0 if the gap is not about people.
    pub lack: u32,
    /// The severity on the day on which it opens, the same as that of the finding about it.
    pub severity: Severity,
}

/// The identity of a gap: two forecasts have the same gap if these are equal.
pub type GapKey = (EntityRef, GapKind, Option<NaiveDate>, Option<NaiveDate>);

impl Gap {
    pub fn key(&self) -> GapKey {
        (self.subject, self.kind, self.opens, self.closes)
    }

    /// Whether it is open on a day of the forecast.
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.opens.is_none_or(|opens| opens <= day) && self.closes.is_none_or(|closes| closes > day)
    }
}
