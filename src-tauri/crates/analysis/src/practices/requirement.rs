//! What objectives ask of a practice: of a service, of a team, or of all services of a tier.

use chrono::{Datelike, Months, NaiveDate};
use headroom_model::{
    Entity, ExactDecimal, Metric, MetricId, Objective, ObjectiveId, Plan, Service, ServiceId, TeamId,
};
use rustc_hash::FxHashMap;

use super::PracticeSubjectId;
use crate::metrics::{Period, exact};

/// A level that is required from a day on.
#[derive(Debug, Clone, PartialEq)]
pub struct RequiredLevel {
    pub objective: ObjectiveId,
    pub value: ExactDecimal,
    /// The first day on which it holds; none: it always has.
    pub from: Option<NaiveDate>,
}

/// Of whom a level is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum RequiredOf {
    Service(ServiceId),
    Team(TeamId),
    Tier(u8),
}

impl RequiredOf {
    fn of(row: &Objective) -> Option<Self> {
        match (row.service, row.team, row.tier) {
            (Some(service), ..) => Some(RequiredOf::Service(service)),
            (None, Some(team), _) => Some(RequiredOf::Team(team)),
            (None, None, Some(tier)) => Some(RequiredOf::Tier(tier)),
            (None, None, None) => None,
        }
    }
}

/// The requirements of a plan, by practice and of whom they are.
#[derive(Debug)]
pub struct PracticeRequirements<'p> {
    plan: &'p Plan,
    of: FxHashMap<(MetricId, RequiredOf), Vec<&'p Objective>>,
}

impl<'p> PracticeRequirements<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        let mut of: FxHashMap<_, Vec<&Objective>> = FxHashMap::default();
        for row in plan.objectives.iter().filter(|row| is_requirement(plan, row)) {
            if let Some(whose) = RequiredOf::of(row) {
                of.entry((row.metric, whose)).or_default().push(row);
            }
        }
        Self { plan, of }
    }

    /// All that is ever asked of a practice of something, in no order.
    fn asked(&self, metric: MetricId, subject: PracticeSubjectId) -> Vec<&'p Objective> {
        let whose = match subject {
            PracticeSubjectId::Team(team) => vec![RequiredOf::Team(team)],
            PracticeSubjectId::Service(service) => {
                let tier = self.plan.get::<Service>(service).and_then(|row| row.tier);
                [Some(RequiredOf::Service(service)), tier.map(RequiredOf::Tier)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
        };
        let rows = whose.into_iter().filter_map(|whose| self.of.get(&(metric, whose)));
        rows.flatten().copied().collect()
    }

    /// The highest level that is required on a day.
    pub fn on(&self, metric: MetricId, subject: PracticeSubjectId, day: NaiveDate) -> Option<RequiredLevel> {
        let asked = self.asked(metric, subject).into_iter();
        highest(asked.filter(|row| row.date_range().contains(day)))
    }

    /// The first higher level that is required from a later day on, up to this one.
    pub fn next(
        &self,
        metric: MetricId,
        subject: PracticeSubjectId,
        (day, until): (NaiveDate, NaiveDate),
    ) -> Option<RequiredLevel> {
        let now = self.on(metric, subject, day).map(|required| exact(required.value));
        let is_later = |row: &&Objective| row.from.is_some_and(|from| day < from && from <= until);
        let is_more = |row: &&Objective| now.as_ref().is_none_or(|now| exact(row.value.number) > *now);
        let later: Vec<&Objective> =
            self.asked(metric, subject).into_iter().filter(is_later).filter(is_more).collect();
        let first = later.iter().filter_map(|row| row.from).min()?;
        highest(later.into_iter().filter(|row| row.from == Some(first)))
    }

    /// Whether anything is required of a practice on a day or later.
    pub fn is_asked_from(&self, metric: MetricId, subject: PracticeSubjectId, day: NaiveDate) -> bool {
        self.asked(metric, subject).into_iter().any(|row| row.until.is_none_or(|until| until >= day))
    }

    /// The teams of which something is required.
    pub fn teams(&self) -> impl Iterator<Item = TeamId> {
        self.of.keys().filter_map(|(_, whose)| match whose {
            RequiredOf::Team(team) => Some(*team),
            RequiredOf::Service(_) | RequiredOf::Tier(_) => None,
        })
    }
}

/// Whether an objective asks for a level or score of at least something.
pub(super) fn is_requirement(plan: &Plan, row: &Objective) -> bool {
    use headroom_model::entity::ComparisonOperator::{AtLeast, More};
    let is_practice = plan.get::<Metric>(row.metric).is_some_and(|metric| metric.practice_scale().is_some());
    is_practice && matches!(row.op, AtLeast | More)
}

fn highest<'p>(rows: impl Iterator<Item = &'p Objective>) -> Option<RequiredLevel> {
    let rows = rows.max_by(|one, other| {
        let values = exact(one.value.number).cmp(&exact(other.value.number));
        values.then_with(|| other.key.cmp(&one.key))
    });
    rows.map(|row| RequiredLevel { objective: row.id, value: row.value.number, from: row.from })
}

/// The last day of the quarter after that of a day.
pub(super) fn end_of_next_quarter(day: NaiveDate) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1).unwrap_or(day);
    let after = first.checked_add_months(Months::new(6)).and_then(|after| after.pred_opt());
    after.unwrap_or(Period::of(headroom_model::PeriodLength::Quarter, day).last())
}
