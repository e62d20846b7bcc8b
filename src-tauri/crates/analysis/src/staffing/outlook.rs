//! The support of a team in the months to come: the work that its tickets and calls make, and who will be there to do
//! it.

use chrono::{Months as CalendarMonths, NaiveDate};
use headroom_model::{Metric, PeriodLength, Plan, Position, PositionId, TeamId};

use super::team_volume::{NoVolume, TeamVolume, metric_keys, team_volumes, values_of};
use crate::{
    assumptions::{Assumptions, Subject},
    capacity::{Capacity, HeadcountLine, Months, headcount_lines, teams_below},
    lead_times::Lead,
    metrics::{ExactValue, Figures, Period, SeriesScope, approximate},
};

/// How many months before the day are looked at, and how many from its month on.
const MONTHS_BEFORE: u32 = 6;
const MONTHS_AHEAD: usize = 12;
/// Figures of a month that is over for longer say nothing of those to come.
const FRESH_MONTHS: u32 = 3;
const WEEKS_A_MONTH: f64 = 52.0 / 12.0;
const MINUTES_AN_HOUR: f64 = 60.0;
/// A difference that is only one of floating-point numbers.
const NOTHING: f64 = 1e-9;

/// Why nothing can be said of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSupportOutlook {
    #[error("no figures of its tickets or calls by month")]
    NoFigures,
    #[error("the newest figures of its tickets or calls are older than {FRESH_MONTHS} months")]
    Old,
    #[error("nothing gives the time that a ticket or call takes; add an assumption of the type handle-time")]
    NoHandleTime,
}

/// A month of the support of a team.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SupportMonth {
    pub first: NaiveDate,
    /// Tickets and calls.
    pub volume: f64,
    /// Whether the volume is measured; otherwise it is on the line through the last six figures.
    pub is_measured: bool,
    pub work_hours: f64,
    /// Hours that a full-time person has for tickets and calls.
    pub hours_each: f64,
    /// Full-time people that the work needs.
    pub needed: f64,
    /// Full-time people who are there, less ramp-up, mentoring and interviews, with planned hires.
    pub available: f64,
    /// Share of the tickets solved in it that were solved at first contact; none if it is not measured.
    pub first_contact: Option<f64>,
}

impl SupportMonth {
    pub fn falls_short(&self) -> bool {
        self.needed > self.available + NOTHING
    }

    /// Share of their hours that those who are there need; endless if nobody is.
    pub fn load(&self) -> f64 {
        if self.needed <= NOTHING { 0.0 } else { self.needed / self.available }
    }

    /// Tickets and calls for each full-time person; none if nobody is there.
    pub fn volume_each(&self) -> Option<f64> {
        (self.available > NOTHING).then(|| self.volume / self.available)
    }
}

/// The support of a team on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct SupportOutlook {
    pub team: TeamId,
    /// The last day of the newest month with a figure.
    pub figures_until: NaiveDate,
    /// Of each channel, in minutes.
    pub handle_minutes: Vec<f64>,
    /// The last months before the one of the day that have figures, then that month and the eleven after it.
    pub months: Vec<SupportMonth>,
    /// How many of the months are over.
    pub over: usize,
}

impl SupportOutlook {
    /// The months from that of the day on.
    pub fn coming(&self) -> &[SupportMonth] {
        &self.months[self.over..]
    }

    /// The first of so many months running that fall short, among the first ones.
    pub fn first_short(&self, running: usize, within: usize) -> Option<&SupportMonth> {
        let coming = &self.coming()[..within.min(self.coming().len())];
        let runs = coming.windows(running.max(1)).find(|months| months.iter().all(SupportMonth::falls_short));
        runs.and_then(<[SupportMonth]>::first)
    }
}

/// What is read of a plan once for all teams.
pub struct SupportForecast<'p> {
    plan: &'p Plan,
    day: NaiveDate,
    figures: Figures<'p>,
    assumptions: Assumptions<'p>,
    heads: Vec<HeadcountLine>,
    months: Months,
}

impl<'p> SupportForecast<'p> {
    /// The support of a plan on a day; none if no team has figures of tickets or calls.
    pub fn new(plan: &'p Plan, day: NaiveDate) -> Option<Self> {
        let metrics: Vec<_> =
            metric_keys().chain(["fcr"]).filter_map(|key| plan.find::<Metric>(key)).collect();
        let figures = Figures::new(plan);
        let mut scopes = metrics.iter().flat_map(|metric| figures.scopes(*metric));
        if !scopes.any(|scope| scope.team.is_some()) {
            return None;
        }
        drop(scopes);
        let assumptions = Assumptions::new(plan);
        let heads = headcount_lines(plan, &assumptions);
        let first = day.checked_sub_months(CalendarMonths::new(MONTHS_BEFORE)).unwrap_or(day);
        let months = Months::new(first, MONTHS_BEFORE as usize + MONTHS_AHEAD);
        Some(Self { plan, day, figures, assumptions, heads, months })
    }

    /// The teams that something can be said of, in the order of the plan.
    pub fn outlooks(&self) -> Vec<SupportOutlook> {
        let mut teams: Vec<TeamId> = self.plan.teams.iter().map(|team| team.id).collect();
        teams.sort_by_key(|team| self.plan.place_of(*team));
        teams.into_iter().filter_map(|team| self.outlook(team).ok()).collect()
    }

    /// The support of a team.
    ///
    /// # Errors
    /// [`NoSupportOutlook`] if nothing can be said of it.
    pub fn outlook(&self, team: TeamId) -> Result<SupportOutlook, NoSupportOutlook> {
        self.outlook_without(team, &[])
    }

    /// The same if nobody were hired for these positions.
    ///
    /// # Errors
    /// [`NoSupportOutlook`] if nothing can be said of the team.
    pub fn outlook_without(
        &self,
        team: TeamId,
        without: &[PositionId],
    ) -> Result<SupportOutlook, NoSupportOutlook> {
        let volumes = team_volumes(&self.figures, &self.assumptions, self.plan, team, self.day);
        let volumes = volumes.map_err(|why| match why {
            NoVolume::NoFigures => NoSupportOutlook::NoFigures,
            NoVolume::NoHandleTime => NoSupportOutlook::NoHandleTime,
        })?;
        let until = volumes.iter().filter_map(TeamVolume::until).min().ok_or(NoSupportOutlook::NoFigures)?;
        let is_fresh =
            until.checked_add_months(CalendarMonths::new(FRESH_MONTHS)).is_some_and(|end| end >= self.day);
        if !is_fresh {
            return Err(NoSupportOutlook::Old);
        }
        let available = self.available(team, without);
        let first_contact = self.first_contact(team);
        let all = (0..self.months.len()).filter_map(|at| {
            let month = self.month(team, &volumes, self.months.first_day(at), available[at])?;
            let number = Period::of(PeriodLength::Month, month.first).number;
            let share = first_contact.iter().find(|(known, _)| *known == number);
            let month = SupportMonth { first_contact: share.map(|(_, share)| approximate(share)), ..month };
            let is_over = at < MONTHS_BEFORE as usize;
            (month.is_measured || !is_over).then_some((month, is_over))
        });
        let (months, over): (Vec<SupportMonth>, Vec<bool>) = all.unzip();
        let over = over.into_iter().filter(|is_over| *is_over).count();
        let handle_minutes = volumes.iter().map(|volume| volume.handle_minutes).collect();
        Ok(SupportOutlook { team, figures_until: until, handle_minutes, months, over })
    }

    /// The shares of tickets that were solved at first contact, by number of the month.
    fn first_contact(&self, team: TeamId) -> Vec<(i32, ExactValue)> {
        let scope = SeriesScope { team: Some(team), ..SeriesScope::default() };
        values_of(&self.figures, self.plan, "fcr", &scope, self.day)
    }

    /// Full-time people of a team and those below it, month by month.
    fn available(&self, team: TeamId, without: &[PositionId]) -> Vec<f64> {
        let below = teams_below(self.plan, team);
        let is_there = |head: &&HeadcountLine| {
            head.team.is_some_and(|team| below.contains(&team))
                && !(head.is_planned && head.position.is_some_and(|position| without.contains(&position)))
        };
        let heads: Vec<HeadcountLine> = self.heads.iter().filter(is_there).copied().collect();
        let capacity = Capacity::new(self.plan, &self.assumptions, &heads, self.months.clone(), self.day);
        capacity.sum(|_| true).iter().map(|month| month.capacity().max(0.0)).collect()
    }

    fn month(
        &self,
        team: TeamId,
        volumes: &[TeamVolume],
        first: NaiveDate,
        available: f64,
    ) -> Option<SupportMonth> {
        let (mut volume, mut is_measured, mut minutes) = (0.0, true, 0.0);
        for channel in volumes {
            let (of_month, measured) = channel.of_month(first)?;
            volume += of_month;
            is_measured &= measured;
            minutes += of_month * channel.handle_minutes;
        }
        let subject = Subject { team: Some(team), ..Subject::default() };
        let number = |kind| self.assumptions.number(kind, subject, first).as_f64();
        let hours_each =
            number("week") * WEEKS_A_MONTH * number("support-occupancy") * (1.0 - number("shrinkage"));
        let work_hours = minutes / MINUTES_AN_HOUR;
        (hours_each > 0.0).then(|| SupportMonth {
            first,
            volume,
            is_measured,
            work_hours,
            hours_each,
            needed: work_hours / hours_each,
            available,
            first_contact: None,
        })
    }
}

/// The last day to open a position of a team for somebody to be productive on a day.
pub fn open_by(plan: &Plan, team: TeamId, need_by: NaiveDate) -> NaiveDate {
    let position = Position { team: Some(team), ..Position::default() };
    Lead::of(&Assumptions::new(plan), &position, need_by).back_from(need_by).open
}
