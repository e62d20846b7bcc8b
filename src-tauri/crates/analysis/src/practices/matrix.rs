//! Services and teams against practices on a day.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    DateRange, Entity, EntityRef, Metric, MetricId, Plan, Service, ServiceId, Snapshot, Team, TeamId,
};
use rustc_hash::FxHashSet;

use super::{
    reading::{PracticeReading, Standing, reading_until},
    requirement::{PracticeRequirements, RequiredLevel, end_of_next_quarter},
};
use crate::{
    metrics::{FigureIndex, SeriesScope, exact},
    policy::{Policy, oldest_practice},
};

/// Whose practices they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PracticeSubjectId {
    Service(ServiceId),
    Team(TeamId),
}

impl PracticeSubjectId {
    pub fn scope(self) -> SeriesScope {
        match self {
            PracticeSubjectId::Service(service) => {
                SeriesScope { service: Some(service), ..SeriesScope::default() }
            }
            PracticeSubjectId::Team(team) => SeriesScope::of_team(Some(team)),
        }
    }

    pub fn service(self) -> Option<ServiceId> {
        match self {
            PracticeSubjectId::Service(service) => Some(service),
            PracticeSubjectId::Team(_) => None,
        }
    }
}

impl From<PracticeSubjectId> for EntityRef {
    fn from(subject: PracticeSubjectId) -> Self {
        match subject {
            PracticeSubjectId::Service(service) => service.into(),
            PracticeSubjectId::Team(team) => team.into(),
        }
    }
}

/// How a practice stands to what is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PracticeState {
    Below,
    Unknown,
    /// It would do, and is too old to be relied on.
    Stale,
    Met,
    /// The level is known, and nothing is required.
    NotRequired,
    NotApplicable,
}

impl PracticeState {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            PracticeState::Below => "below",
            PracticeState::Unknown => "unknown",
            PracticeState::Stale => "stale",
            PracticeState::Met => "met",
            PracticeState::NotRequired => "not-required",
            PracticeState::NotApplicable => "not-applicable",
        }
    }
}

/// One practice of a service or team.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeCell {
    pub metric: MetricId,
    pub reading: PracticeReading,
    pub state: PracticeState,
    /// What is required on the day.
    pub required: Option<RequiredLevel>,
    /// The next higher level that is required until the end of the next quarter.
    pub next: Option<RequiredLevel>,
}

impl PracticeCell {
    /// Whether the level is below what is required by the end of the next quarter, or not known.
    pub fn is_to_do(&self) -> bool {
        let most = self.next.as_ref().or(self.required.as_ref());
        match (self.reading.standing, most) {
            (Standing::NotApplicable, _) | (_, None) => false,
            (Standing::Unknown(_), Some(_)) => true,
            (Standing::Value(value), Some(most)) => exact(value) < exact(most.value),
        }
    }
}

/// The practices of a service or team.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeRow {
    pub subject: PracticeSubjectId,
    pub tier: Option<u8>,
    /// Those that were looked at or that something is required of, in the order of the matrix.
    pub cells: Vec<PracticeCell>,
}

/// All practices of a plan on a day.
#[derive(Debug, Clone)]
pub struct PracticeMatrix {
    pub day: NaiveDate,
    /// The last day of the next quarter.
    pub until: NaiveDate,
    /// From which age on a level is stale.
    pub oldest_days: u32,
    pub practices: Vec<MetricId>,
    /// By name.
    pub rows: Vec<PracticeRow>,
}

impl PracticeMatrix {
    pub fn new(snapshot: &Snapshot) -> Self {
        let plan = snapshot.plan();
        let (day, until) = (snapshot.day(), end_of_next_quarter(snapshot.day()));
        let oldest_days = oldest_practice(&Policy::from_plan(plan));
        let practices: Vec<&Metric> = plan
            .in_order::<Metric>()
            .into_iter()
            .filter(|metric| metric.practice_scale().is_some())
            .collect();
        let reader = Reader {
            index: FigureIndex::of(plan),
            requirements: PracticeRequirements::new(plan),
            practices: practices.iter().map(|metric| metric.id).collect(),
            day,
            until,
            oldest_days,
        };
        let rows = if practices.is_empty() { Vec::new() } else { reader.rows(plan) };
        Self { day, until, oldest_days, practices: reader.practices, rows }
    }

    pub fn cells(&self) -> impl Iterator<Item = (&PracticeRow, &PracticeCell)> {
        self.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)))
    }
}

struct Reader<'p> {
    index: Arc<FigureIndex>,
    requirements: PracticeRequirements<'p>,
    practices: Vec<MetricId>,
    day: NaiveDate,
    until: NaiveDate,
    oldest_days: u32,
}

impl Reader<'_> {
    fn rows(&self, plan: &Plan) -> Vec<PracticeRow> {
        let is_there = |days: DateRange| days.contains(self.day);
        let services = plan.in_order::<Service>().into_iter().filter(|row| is_there(row.date_range()));
        let services = services.map(|row| self.row(PracticeSubjectId::Service(row.id), row.tier));
        let looked_at = self.practices.iter().flat_map(|metric| self.index.of_metric(*metric));
        let teams: FxHashSet<TeamId> =
            looked_at.filter_map(|(scope, _)| scope.team).chain(self.requirements.teams()).collect();
        let teams = plan.in_order::<Team>().into_iter().filter(|row| teams.contains(&row.id));
        let teams = teams.filter(|row| is_there(row.date_range()));
        let teams = teams.map(|row| self.row(PracticeSubjectId::Team(row.id), None));
        services.chain(teams).filter(|row| !row.cells.is_empty()).collect()
    }

    fn row(&self, subject: PracticeSubjectId, tier: Option<u8>) -> PracticeRow {
        let scope = subject.scope();
        let cells = self.practices.iter().filter_map(|metric| self.cell(*metric, subject, &scope));
        PracticeRow { subject, tier, cells: cells.collect() }
    }

    fn cell(
        &self,
        metric: MetricId,
        subject: PracticeSubjectId,
        scope: &SeriesScope,
    ) -> Option<PracticeCell> {
        let series = self.index.of_scope(metric, scope);
        let reading =
            series.map_or_else(PracticeReading::never, |series| reading_until(series, self.day, self.day));
        let required = self.requirements.on(metric, subject, self.day);
        let next = self.requirements.next(metric, subject, (self.day, self.until));
        let state = self.state(&reading, required.as_ref());
        (reading.on.is_some() || self.requirements.is_asked_from(metric, subject, self.day))
            .then_some(PracticeCell { metric, reading, state, required, next })
    }

    /// A level that is too low stays so however old it is.
    fn state(&self, reading: &PracticeReading, required: Option<&RequiredLevel>) -> PracticeState {
        let value = match reading.standing {
            Standing::NotApplicable => return PracticeState::NotApplicable,
            Standing::Unknown(_) => return PracticeState::Unknown,
            Standing::Value(value) => exact(value),
        };
        let is_stale = reading.age_days > Some(self.oldest_days.into());
        match required {
            Some(required) if value < exact(required.value) => PracticeState::Below,
            _ if is_stale => PracticeState::Stale,
            Some(_) => PracticeState::Met,
            None => PracticeState::NotRequired,
        }
    }
}
