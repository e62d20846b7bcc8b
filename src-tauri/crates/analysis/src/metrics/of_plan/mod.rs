//! What the plan says itself: headcount, effective capacity, on-call and cost, of the organisation and of each team with
//! those below it.
//!
//! Only people who are there count, never planned hires: no gate waits for those who wait for it. Everything is worked out
//! once for a state of the plan, and each value when it is first asked for.

mod capacity;
mod cloud;
mod cost;
mod on_call;
mod part;
#[cfg(test)]
mod tests;

use std::{
    collections::hash_map::Entry,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::NaiveDate;
use headroom_model::{DateRange, Entity, PeriodLength, PersonId, Plan, PlanMetric, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) use cost::people_cost_by_team;
pub(super) use part::PlanPart;

use self::{capacity::WorkingLine, cost::PeopleCosts, on_call::RotaIndex};
use super::{
    figures::{ExactValue, MissingReason},
    period::Period,
};
use crate::{
    assumptions::Assumptions,
    capacity::{HeadcountLine, Roster, headcount_lines, teams_below},
};

/// What is known by those who have once asked for it; others wait no longer than a look takes.
#[derive(Debug)]
struct Memo<K, V>(Mutex<FxHashMap<K, V>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    fn get(&self, key: K, make: impl FnOnce() -> V) -> V {
        if let Some(known) = self.lock().get(&key) {
            return known.clone();
        }
        // Nobody waits meanwhile: threads that share work may be the same one.
        let made = make();
        match self.lock().entry(key) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(free) => free.insert(made).clone(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Everybody who is there, on all days.
#[derive(Debug)]
pub(crate) struct PlanMetricIndex {
    lines: Vec<WorkingLine>,
    of_team: FxHashMap<TeamId, Vec<usize>>,
    rotas: RotaIndex,
    costs: PeopleCosts,
    scopes: Memo<Option<TeamId>, Arc<PlanScope>>,
}

impl PlanMetricIndex {
    /// That of a plan as it stands.
    pub fn of(plan: &Plan) -> Arc<Self> {
        plan.derived(Self::new)
    }

    fn new(plan: &Plan) -> Self {
        let assumptions = Assumptions::new(plan);
        let there = headcount_lines(plan, &assumptions).into_iter().filter(|head| !head.is_planned);
        let lines: Vec<WorkingLine> = there.map(|head| WorkingLine::new(plan, &assumptions, head)).collect();
        let mut of_team: FxHashMap<TeamId, Vec<usize>> = FxHashMap::default();
        for (at, line) in lines.iter().enumerate() {
            if let Some(team) = line.head.team {
                of_team.entry(team).or_default().push(at);
            }
        }
        Self {
            lines,
            of_team,
            rotas: RotaIndex::new(plan),
            costs: PeopleCosts::new(plan, &assumptions),
            scopes: Memo::default(),
        }
    }

    /// The teams that have ever had anybody.
    pub fn teams(&self) -> impl Iterator<Item = TeamId> {
        self.of_team.keys().copied()
    }

    /// The organisation, or a team with those below it.
    pub fn scope(&self, plan: &Plan, team: Option<TeamId>) -> Arc<PlanScope> {
        self.scopes.get(team, || Arc::new(PlanScope::new(self, plan, team)))
    }
}

/// The people of the organisation, or of a team with those below it.
#[derive(Debug)]
pub(crate) struct PlanScope {
    /// None: the organisation.
    teams: Option<FxHashSet<TeamId>>,
    /// Places of their lines in the index.
    lines: Vec<usize>,
    roster: Roster,
    /// When somebody is there who has no position, and so no pay.
    unpaid: Vec<DateRange>,
    first_known_day: Option<NaiveDate>,
    values: Memo<(PlanMetric, NaiveDate), Result<ExactValue, MissingReason>>,
}

/// Periods that are looked at where no day is known from which on somebody is there, and the most of all others.
const UNDATED: i32 = 60;
const MOST_PERIODS: i32 = 600;

impl PlanScope {
    fn new(index: &PlanMetricIndex, plan: &Plan, team: Option<TeamId>) -> Self {
        let teams = team.map(|team| teams_below(plan, team));
        let lines: Vec<usize> = match &teams {
            None => (0..index.lines.len()).collect(),
            Some(teams) => {
                let mut lines: Vec<usize> =
                    teams.iter().filter_map(|team| index.of_team.get(team)).flatten().copied().collect();
                lines.sort_unstable();
                lines
            }
        };
        let heads: Vec<HeadcountLine> = lines.iter().map(|at| index.lines[*at].head).collect();
        let roster = Roster::new(plan, &heads, teams.as_ref());
        let mut unpaid: Vec<DateRange> =
            heads.iter().filter(|head| head.position.is_none()).map(HeadcountLine::span).collect();
        if teams.is_none() {
            let placed: FxHashSet<PersonId> = heads.iter().filter_map(|head| head.person).collect();
            let nowhere =
                plan.people.iter().filter(|person| !person.unconfirmed && !placed.contains(&person.id));
            unpaid.extend(nowhere.map(Entity::date_range));
        }
        let first_known_day = roster.first_known_day();
        Self { teams, lines, roster, unpaid, first_known_day, values: Memo::default() }
    }

    /// The first day to look at, on a day: that on which the plan begins to say who is there.
    pub fn beginning(&self, length: PeriodLength, day: NaiveDate) -> NaiveDate {
        let back = |periods: i32| Period::of(length, day).later(-periods).first();
        let known = self.first_known_day.filter(|known| *known <= day);
        known.map_or_else(|| back(UNDATED), |known| known.max(back(MOST_PERIODS)))
    }

    /// The value of a period that is over.
    pub fn value(
        &self,
        index: &PlanMetricIndex,
        plan: &Plan,
        metric: PlanMetric,
        period: Period,
    ) -> Result<ExactValue, MissingReason> {
        if metric == PlanMetric::PeopleCost {
            return self.cost(index, plan, period);
        }
        let day = period.last();
        self.values.get((metric, day), || match metric {
            PlanMetric::Headcount => Ok(millionths(in_millionths(self.roster.on(day).people))),
            PlanMetric::EffectiveCapacity => {
                let lines = self.lines.iter().map(|at| &index.lines[*at]);
                Ok(millionths(lines.map(|line| line.capacity_on(day)).sum()))
            }
            PlanMetric::OnCallPeople => {
                let people = index.rotas.people(self.teams.as_ref(), day);
                people.map(|people| ExactValue::from_integer(people.into())).ok_or(MissingReason::NoRota)
            }
            PlanMetric::OnCallMargin => {
                let margin = index.rotas.margin(plan, self.teams.as_ref(), day);
                margin.map(|margin| ExactValue::from_integer(margin.into())).ok_or(MissingReason::NoRota)
            }
            PlanMetric::PeopleCost | PlanMetric::CloudCost => Err(MissingReason::Gap),
        })
    }
}

fn in_millionths(value: f64) -> i64 {
    (value * 1e6).round() as i64
}

fn millionths(value: i64) -> ExactValue {
    ExactValue::new(value.into(), 1_000_000.into())
}
