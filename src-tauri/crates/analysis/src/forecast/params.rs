//! The parameters of a forecast, and the planned hires that it counts.

use chrono::NaiveDate;
use headroom_model::{PersonId, Plan, PositionId, ServiceId, TeamId};

use crate::{
    coverage_severity::SeverityScale,
    on_call::{Rota, on_call_policy},
    policy::{Policy, load_limit, smallest_team},
};

/// A planned hire, from the day on which they are productive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hire {
    pub position: PositionId,
    /// The person, if known. On days on which they are members or responders themselves, the hire adds nobody.
    pub person: Option<PersonId>,
    pub team: Option<TeamId>,
    /// The first productive day, and the last day if there is one.
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    /// The service that the position is for: the hire is a responder of it, whoever owns it.
    pub service: Option<ServiceId>,
    /// The services of their team that they are a responder of; none means all, as for any member.
    pub of_team: Option<Vec<ServiceId>>,
}

/// The parameters of a forecast.
#[derive(Debug, Clone)]
pub struct ForecastParams<'a> {
    /// The first day of the period.
    pub from: NaiveDate,
    /// The last day of the period, included.
    pub until: NaiveDate,
    /// Planned hires to count in addition to the people of the plan.
    pub hires: &'a [Hire],
    /// The day from which the remaining steps of hiring are scheduled: no planned hire starts sooner than those steps
    /// take from then on. None: all start as planned.
    pub today: Option<NaiveDate>,
    /// How many people on-call takes.
    pub rota: Rota,
    /// The lowest tier that needs on-call: 2 means tiers 1 and 2.
    pub on_call_tier: u8,
    /// The limit of service load, in tenths of a point per person.
    pub load_limit: u32,
    /// The minimum size of a team, in people.
    pub smallest_team: u32,
    /// The severity of each gap.
    pub scale: SeverityScale,
}

impl<'a> ForecastParams<'a> {
    /// For a period, with the thresholds and severities of the plan's policy and without planned hires.
    pub fn new(plan: &Plan, from: NaiveDate, until: NaiveDate) -> Self {
        let policy = Policy::from_plan(plan);
        let (rota, on_call_tier) = on_call_policy(&policy);
        Self {
            from,
            until: until.max(from),
            hires: &[],
            today: None,
            rota,
            on_call_tier,
            load_limit: load_limit(&policy),
            smallest_team: smallest_team(&policy),
            scale: SeverityScale::new(&policy),
        }
    }

    /// Schedules the remaining steps of hires from this day.
    pub fn asked_on(self, today: NaiveDate) -> Self {
        Self { today: Some(today), ..self }
    }

    /// Counts these planned hires.
    pub fn with(self, hires: &'a [Hire]) -> Self {
        Self { hires, ..self }
    }
}
