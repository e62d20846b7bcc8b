//! What people who are there cost in a month, as the budget has it.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use headroom_model::{DateRange, PeriodLength, Plan, TeamId};
use num_traits::Zero;
use rustc_hash::FxHashMap;

use super::{Memo, PlanMetric, PlanMetricIndex, PlanScope};
use crate::{
    assumptions::Assumptions,
    cost::{Costs, Line, last_day, months_between},
    hiring::{Occupancy, occupancies},
    metrics::{ExactValue, MissingReason, Period},
};

/// Cost of those who are in positions, a year at a time.
#[derive(Debug)]
pub(super) struct PeopleCosts {
    /// Without planned hires.
    occupancies: Vec<Occupancy>,
    years: Memo<i32, Arc<CostYear>>,
}

/// Cost of each team alone in the months of a year.
type CostYear = FxHashMap<Option<TeamId>, [MonthCost; 12]>;

#[derive(Debug, Clone, Copy, Default)]
struct MonthCost {
    /// In the smallest unit of the plan's currency.
    minor: i64,
    missing: Option<MissingReason>,
}

impl MonthCost {
    fn add(&mut self, other: Self) {
        self.minor = self.minor.saturating_add(other.minor);
        self.missing = match (self.missing, other.missing) {
            (Some(MissingReason::NoPay), _) | (_, Some(MissingReason::NoPay)) => Some(MissingReason::NoPay),
            (own, other) => own.or(other),
        };
    }
}

impl PeopleCosts {
    pub fn new(plan: &Plan, assumptions: &Assumptions<'_>) -> Self {
        let mut occupancies = occupancies(plan, assumptions);
        occupancies.retain(|occupancy| !occupancy.is_planned(plan));
        Self { occupancies, years: Memo::default() }
    }

    fn year(&self, plan: &Plan, year: i32) -> Arc<CostYear> {
        self.years.get(year, || Arc::new(self.cost_year(plan, year)))
    }

    fn cost_year(&self, plan: &Plan, year: i32) -> CostYear {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        let Some((from, until)) = day(1, 1).zip(day(12, 31)) else { return CostYear::default() };
        let costs = Costs::of(plan, &Assumptions::new(plan), self.occupancies.clone(), from, until);
        let mut found = CostYear::default();
        for line in &costs.lines {
            let position = plan.positions.get(costs.occupancies[line.occupancy].position);
            let of_team = found.entry(position.and_then(|position| position.team)).or_default();
            for (cell, month) in of_team.iter_mut().zip(months_between(from, until)) {
                if line.days_in(month) > 0 {
                    cell.add(MonthCost { minor: line.cost_in(month), missing: missing(line) });
                }
            }
        }
        found
    }
}

fn missing(line: &Line) -> Option<MissingReason> {
    match (&line.pay, &line.rate) {
        (None, _) => Some(MissingReason::NoPay),
        (Some(_), None) => Some(MissingReason::NoRate),
        (Some(_), Some(_)) => None,
    }
}

/// What the people of each team cost in a month, without those of teams below it. Pay that is not known makes all of it
/// unknown.
pub(crate) fn people_cost_by_team(
    plan: &Plan,
    month: NaiveDate,
) -> Result<Vec<(Option<TeamId>, ExactValue)>, MissingReason> {
    if plan.hides_pay() {
        return Err(MissingReason::Hidden);
    }
    let index = PlanMetricIndex::of(plan);
    let year = index.costs.year(plan, month.year());
    let scale = headroom_model::currency_of(plan).scale();
    let of_team = |(team, months): (&Option<TeamId>, &[MonthCost; 12])| {
        let cost = months[month.month0() as usize];
        let value = ExactValue::new(cost.minor.into(), scale.into());
        cost.missing.map_or_else(|| Ok((*team, value)), Err)
    };
    let costs: Result<Vec<_>, MissingReason> = year.iter().map(of_team).collect();
    Ok(costs?.into_iter().filter(|(_, cost)| !cost.is_zero()).collect())
}

impl PlanScope {
    /// The cost of a period of whole months. It is not known as long as the pay of somebody is not.
    pub(super) fn cost(
        &self,
        index: &PlanMetricIndex,
        plan: &Plan,
        period: Period,
    ) -> Result<ExactValue, MissingReason> {
        match period.length {
            PeriodLength::Day | PeriodLength::Week => return Err(MissingReason::Straddles),
            PeriodLength::Month | PeriodLength::Quarter => {}
        }
        let months = months_between(period.first(), period.last());
        months
            .into_iter()
            .try_fold(ExactValue::zero(), |sum, month| Ok(sum + self.cost_of_month(index, plan, month)?))
    }

    fn cost_of_month(
        &self,
        index: &PlanMetricIndex,
        plan: &Plan,
        month: NaiveDate,
    ) -> Result<ExactValue, MissingReason> {
        self.values.get((PlanMetric::PeopleCost, month), || {
            let days = DateRange::new(Some(month), Some(last_day(month)));
            if self.unpaid.iter().any(|unpaid| unpaid.overlaps(&days)) {
                return Err(MissingReason::NoPay);
            }
            let year = index.costs.year(plan, month.year());
            let is_here = |team: &Option<TeamId>| match &self.teams {
                None => true,
                Some(teams) => team.is_some_and(|team| teams.contains(&team)),
            };
            let mut sum = MonthCost::default();
            for (_, months) in year.iter().filter(|(team, _)| is_here(team)) {
                sum.add(months[month.month0() as usize]);
            }
            let scale = headroom_model::currency_of(plan).scale();
            sum.missing.map_or_else(|| Ok(ExactValue::new(sum.minor.into(), scale.into())), Err)
        })
    }
}
