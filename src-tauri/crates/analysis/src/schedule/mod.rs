//! Schedule of a position: by when it must be approved, opened and accepted for somebody to be productive in time,
//! and when they will be.
//!
//! The last day of each step is the need-by date less ramp-up, notice, time to fill and approval ([`Lead`]), in
//! calendar days from the assumptions of the first day. What people do, they do on working days: the last day to act
//! is the last working day on or before the one calculated, and work starts on the first working day on or after
//! today ([`Calendar`]).
//!
//! From today on a hire starts as planned, or as soon as the remaining steps take. It is behind schedule
//! ([`State::Late`]) if it is productive after the need-by date, and at risk ([`State::DueSoon`]) from `warning-time`
//! days before the last day of the next step. A position whose incumbent leaves is scheduled for the next one, if it
//! is to be backfilled.
//!
//! Due dates of checklists use the same calendar but are calculated in [`crate::onboarding`]. Tests in `tests.rs`:
//! worked examples and brute force over two centuries of dates.

mod calendar;
mod holidays;

use chrono::NaiveDate;
use headroom_model::{PersonId, Plan, Position, PositionId, Status};
use rustc_hash::FxHashMap;

use crate::{
    assumptions::{Assumptions, Subject},
    hiring::{Occupancy, PositionCalendar, occupancies},
};

pub use crate::lead_times::{Latest, Lead, days_after, latest_start, ramp};
pub use calendar::{Calendar, WorkingWeek};
pub use holidays::{HolidayLines, read_holidays};

/// Whether a position will be productive when needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Somebody is in it.
    Filled,
    /// On hold or cancelled.
    Stopped,
    /// There is no need-by date.
    NoNeedBy,
    InTime,
    /// In time, but the last day of the next step is at most `warning-time` days away (an assumption of the plan).
    DueSoon,
    /// Productive this many calendar days after the need-by date.
    Late(i64),
}

/// Schedule of one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub position: PositionId,
    pub lead: Lead,
    /// Last calendar day of each step; none without a need-by date.
    pub reckoned: Option<Latest>,
    /// The same, moved to the last working day on or before.
    pub latest: Option<Latest>,
    /// Planned first day.
    pub planned_start: Option<NaiveDate>,
    /// First day as things stand today.
    pub start: Option<NaiveDate>,
    /// First day on which the incumbent is productive.
    pub productive: Option<NaiveDate>,
    /// Incumbent, now or in the future.
    pub person: Option<PersonId>,
    pub state: State,
}

/// A phase of a hire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phase {
    /// `approval`, `recruiting`, `notice`, `ramp`.
    pub name: &'static str,
    /// First day, and first day of the next phase.
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Schedule {
    /// Remaining phases up to the first day, then ramp-up.
    pub fn phases(&self, status: Status) -> Vec<Phase> {
        let (Some(start), Some(productive)) = (self.start, self.productive) else { return Vec::new() };
        let ramp = Phase { name: "ramp", from: start, until: productive };
        if self.state == State::Filled {
            return vec![ramp];
        }
        let accept = days_after(start, -self.lead.notice);
        let open = days_after(accept, -self.lead.time_to_fill);
        let approval = Phase { name: "approval", from: days_after(open, -self.lead.approval), until: open };
        let recruiting = Phase { name: "recruiting", from: open, until: accept };
        let notice = Phase { name: "notice", from: accept, until: start };
        let done = match status {
            Status::Planned => 0,
            Status::Approved | Status::Open => 1,
            _ => 2,
        };
        [approval, recruiting, notice, ramp].into_iter().skip(done).filter(|it| it.from < it.until).collect()
    }

    /// Name and last day of the next step: `approve`, `open`, `accept`, `start`.
    pub fn next_step(&self, status: Status) -> Option<(&'static str, NaiveDate)> {
        let latest = self.latest.filter(|_| !matches!(self.state, State::Filled | State::Stopped))?;
        Some(match status {
            Status::Planned => ("approve", latest.approve),
            Status::Approved => ("open", latest.open),
            Status::Open => ("accept", latest.accept),
            _ => ("start", latest.start),
        })
    }
}

/// Calculates the schedules of a plan as of today.
pub struct Scheduler<'a> {
    pub calendar: Calendar,
    pub assumptions: Assumptions<'a>,
    today: NaiveDate,
    occupancies: FxHashMap<PositionId, Vec<Occupancy>>,
}

impl<'a> Scheduler<'a> {
    pub fn new(plan: &'a Plan, today: NaiveDate) -> Self {
        let assumptions = Assumptions::new(plan);
        let mut by_position: FxHashMap<PositionId, Vec<Occupancy>> = FxHashMap::default();
        for occupancy in occupancies(plan, &assumptions) {
            by_position.entry(occupancy.position).or_default().push(occupancy);
        }
        Self { calendar: Calendar::new(plan), assumptions, today, occupancies: by_position }
    }

    /// Schedule of one position. While the plan can be kept, somebody starts on the planned first day, else as soon
    /// as the remaining steps take.
    pub fn of(&self, position: &Position) -> Schedule {
        let occupancies = self.occupancies.get(&position.id).map_or(&[][..], Vec::as_slice);
        let has_ended = |occupancy: &&Occupancy| occupancy.until.is_some_and(|until| until < self.today);
        let named = || occupancies.iter().filter(|occupancy| occupancy.person.is_some());
        let taken = named().filter(|occupancy| !has_ended(occupancy)).min_by_key(|occupancy| occupancy.from);
        let planned_start = occupancies
            .iter()
            .find(|occupancy| occupancy.person.is_none())
            .and_then(|occupancy| occupancy.from);
        let is_next_wanted = taken.is_none_or(|occupancy| self.is_left(position, occupancy, planned_start));
        // While somebody remains, the dates are theirs; after that only later dates count.
        let last = named().map(|occupancy| occupancy.until).max().flatten().filter(|_| is_next_wanted);
        let next = PositionCalendar::of(position, last);
        let subject = Subject::position(position, None);
        let in_time = next.need_by.map(|need_by| latest_start(&self.assumptions, subject, need_by));
        let lead_on = |start| Lead::of(&self.assumptions, position, start);
        let reckoned = in_time.map(|start| lead_on(start).before(start));
        let latest = reckoned.map(|days| self.worked(days, &position.location));
        let going_to_start = planned_start.or_else(|| {
            position.status.is_wanted().then(|| next.planned_start(&self.assumptions, position)).flatten()
        });
        let mut schedule = Schedule {
            position: position.id,
            lead: lead_on(going_to_start.or(in_time).unwrap_or(self.today)),
            reckoned,
            latest,
            planned_start: going_to_start,
            start: None,
            productive: None,
            person: taken.and_then(|occupancy| occupancy.person),
            state: State::Stopped,
        };
        match taken {
            // A departure from a position that is still wanted makes room for the next.
            Some(occupancy) if !is_next_wanted => {
                schedule.start = occupancy.from;
                if let Some(from) = occupancy.from {
                    self.ramp_up(&mut schedule, Subject::position(position, occupancy.person), from);
                }
                schedule.state = State::Filled;
            }
            _ if position.pooled || !position.status.is_wanted() => {}
            _ => self.plan_remaining_steps(position, next.need_by, &mut schedule),
        }
        schedule
    }

    fn is_left(&self, position: &Position, occupancy: &Occupancy, planned: Option<NaiveDate>) -> bool {
        position.status.is_wanted() && occupancy.until.is_some() && planned.is_some()
    }

    /// Adds ramp-up from the first day, by the assumptions of that day.
    fn ramp_up(&self, schedule: &mut Schedule, subject: Subject<'_>, start: NaiveDate) -> NaiveDate {
        schedule.lead.ramp = ramp(&self.assumptions, subject, start);
        let productive = days_after(start, schedule.lead.ramp);
        schedule.productive = Some(productive);
        productive
    }

    /// Plans the remaining steps from today on.
    fn plan_remaining_steps(&self, position: &Position, need_by: Option<NaiveDate>, schedule: &mut Schedule) {
        let status = position.status;
        let soonest_step = match status {
            Status::Planned | Status::Approved => self.calendar.on_or_after(self.today, &position.location),
            _ => self.today,
        };
        let soonest = days_after(soonest_step, schedule.lead.until_start(status));
        let start = match (schedule.planned_start, status) {
            (Some(planned), _) => planned.max(soonest),
            (None, Status::Open) => days_after(soonest, schedule.lead.time_to_fill),
            (None, _) => soonest,
        };
        schedule.start = Some(start);
        let productive = self.ramp_up(schedule, Subject::position(position, None), start);
        schedule.state = match need_by {
            None => State::NoNeedBy,
            Some(need_by) if productive > need_by => State::Late((productive - need_by).num_days()),
            Some(_) => {
                schedule.state = State::InTime;
                let warning =
                    self.assumptions.days("warning-time", Subject::position(position, None), self.today);
                let is_near = |(_, last): (_, NaiveDate)| (last - self.today).num_days() <= warning;
                match schedule.next_step(status).is_some_and(is_near) {
                    true => State::DueSoon,
                    false => State::InTime,
                }
            }
        };
    }

    fn worked(&self, days: Latest, location: &str) -> Latest {
        let last = |day| self.calendar.on_or_before(day, location);
        Latest {
            approve: last(days.approve),
            open: last(days.open),
            accept: last(days.accept),
            start: last(days.start),
        }
    }
}

#[cfg(test)]
mod tests;
