//! What the figures that are expected of a scenario are on a day, and whether they keep their bounds.
//!
//! Every figure is the one of the view that shows it. On a day that has not come, planned hires count; on one that has,
//! only what is there. Where the plan says too little to tell, the figure is unknown and keeps no bound: a cost without
//! somebody's pay would look like a low one.
//!
//! Tests: against figures worked out by hand in `tests.rs`.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use headroom_model::{
    Bound, BoundValue, EntityRef, ExpectedFigure, FigureScope, Kind, Money, Owner, Plan, PlanFigure, Service,
    Snapshot, Team, TeamId,
};
use rustc_hash::FxHashSet;

use crate::{
    assumptions::Assumptions,
    capacity::{Capacity, HeadcountLine, Months, Roster, headcount_lines, teams_below},
    cost::{CostByDay, Costs, Rates},
    coverage::hires,
    finding::{Finding, Rule},
    forecast::{ForecastParams, Gap, forecast},
};

/// The rule about figures that were not reached. Its findings are no figure themselves.
pub const MISSED: &str = "expected-figure-missed";

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FigureReading {
    /// People, full-time people, findings or gaps.
    Number(f64),
    /// In the plan's currency.
    Amount(Money),
}

/// A figure on its day.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureOutcome {
    /// Or why it is unknown: `the plan has no team “customs”`.
    pub reading: Result<FigureReading, String>,
    /// Whether it keeps its bound; none if it is unknown.
    pub is_kept: Option<bool>,
}

/// Counts the open findings of the day that are asked for.
pub type FindingCount<'a> = dyn Fn(&dyn Fn(&Finding) -> bool) -> usize + 'a;

/// The figure on the day of the snapshot, whether or not that is the day by which it is expected. `asked_on` is the last
/// day on which people could have acted, as in [`Context::asked_on`](crate::Context::asked_on); `rules` are all there are.
pub fn outcome(
    snapshot: &Snapshot,
    asked_on: NaiveDate,
    expected: &ExpectedFigure,
    rules: &[&'static Rule],
    findings: &FindingCount<'_>,
) -> FigureOutcome {
    let plan = snapshot.plan();
    let read = || {
        let scope = Scope::new(plan, &expected.scope)?;
        FigureDay { snapshot, plan, day: snapshot.day(), asked_on, scope }.read(expected, rules, findings)
    };
    let reading = read();
    let kept = || is_kept(snapshot, expected, reading.as_ref().ok()?);
    FigureOutcome { is_kept: kept(), reading }
}

/// What an expected figure is of, with the names of the plan: `Gaps of Customs`.
pub fn subject(plan: &Plan, expected: &ExpectedFigure, rules: &[&'static Rule]) -> String {
    let rule = rules.iter().find(|rule| rule.id == expected.rule);
    let named = |subject: Option<EntityRef>, key: &String| match subject {
        Some(subject) => plan.name_of(subject),
        None => key.clone(),
    };
    let scope = match &expected.scope {
        FigureScope::Organisation => String::new(),
        FigureScope::Team(key) => named(plan.find::<Team>(key).map(Into::into), key),
        FigureScope::Service(key) => named(plan.find::<Service>(key).map(Into::into), key),
    };
    expected.subject(rule.map_or(&expected.rule, |rule| rule.title), &scope)
}

/// None if the bound is in a currency that cannot be converted.
fn is_kept(snapshot: &Snapshot, expected: &ExpectedFigure, reading: &FigureReading) -> Option<bool> {
    let order = match (reading, expected.value) {
        // In millionths, as the bound is written: 2.9999999 people are three.
        (FigureReading::Number(number), BoundValue::Number(bound)) => {
            ((number * 1e6).round() as i64).cmp(&bound.millionths())
        }
        (FigureReading::Amount(amount), BoundValue::Amount(bound)) => {
            amount.minor.cmp(&converted(snapshot, bound)?)
        }
        _ => return None,
    };
    Some(match expected.bound {
        Bound::AtMost => order.is_le(),
        Bound::AtLeast => order.is_ge(),
    })
}

/// In the smallest unit of the plan's currency, at the rate of the day.
fn converted(snapshot: &Snapshot, amount: Money) -> Option<i64> {
    let rates = Rates::new(snapshot.plan());
    let rate = rates.on(amount.currency, snapshot.day())?;
    Some(rates.convert(amount, rate.rate, 1_000_000))
}

/// What is counted, found in the plan.
enum Scope {
    Organisation,
    /// A team and those below it.
    Teams(TeamId, FxHashSet<TeamId>),
    Service(EntityRef),
}

impl Scope {
    fn new(plan: &Plan, scope: &FigureScope) -> Result<Self, String> {
        match scope {
            FigureScope::Organisation => Ok(Self::Organisation),
            FigureScope::Team(key) => {
                let team = plan.find::<Team>(key).ok_or_else(|| missing(Kind::Team, key))?;
                Ok(Self::Teams(team, teams_below(plan, team)))
            }
            FigureScope::Service(key) => {
                let service = plan.find::<Service>(key).ok_or_else(|| missing(Kind::Service, key))?;
                Ok(Self::Service(service.into()))
            }
        }
    }

    fn teams(&self) -> Option<&FxHashSet<TeamId>> {
        match self {
            Scope::Teams(_, teams) => Some(teams),
            _ => None,
        }
    }

    fn has_team(&self, team: Option<TeamId>) -> bool {
        self.teams().is_none_or(|teams| team.is_some_and(|team| teams.contains(&team)))
    }
}

fn missing(kind: Kind, key: &str) -> String {
    format!("the plan has no {} “{key}”", kind.noun())
}

struct FigureDay<'a> {
    snapshot: &'a Snapshot,
    plan: &'a Plan,
    day: NaiveDate,
    asked_on: NaiveDate,
    scope: Scope,
}

impl FigureDay<'_> {
    fn read(
        &self,
        expected: &ExpectedFigure,
        rules: &[&'static Rule],
        findings: &FindingCount<'_>,
    ) -> Result<FigureReading, String> {
        let assumptions = Assumptions::new(self.plan);
        let number = match expected.figure {
            PlanFigure::Headcount => self.headcount(&headcount_lines(self.plan, &assumptions)),
            PlanFigure::Fte => self.fte(&headcount_lines(self.plan, &assumptions)),
            PlanFigure::AnnualCost => {
                return self.annual_cost(expected).map(FigureReading::Amount);
            }
            PlanFigure::Capacity => self.capacity(&assumptions),
            PlanFigure::Findings => self.findings(&expected.rule, rules, findings)? as f64,
            PlanFigure::Gaps => self.gaps() as f64,
        };
        Ok(FigureReading::Number(number))
    }

    fn has_planned_hires(&self) -> bool {
        self.day > self.asked_on
    }

    fn headcount(&self, heads: &[HeadcountLine]) -> f64 {
        let count = Roster::new(self.plan, heads, self.scope.teams()).on(self.day);
        if self.has_planned_hires() { count.total() } else { count.people }
    }

    fn fte(&self, heads: &[HeadcountLine]) -> f64 {
        let is_there = |head: &&HeadcountLine| {
            self.scope.has_team(head.team)
                && head.span().contains(self.day)
                && (!head.is_planned || self.has_planned_hires())
        };
        // In whole millionths, so that the sum does not depend on the order.
        let millionths: i64 = heads.iter().filter(is_there).map(|head| (head.fte * 1e6).round() as i64).sum();
        millionths as f64 / 1e6
    }

    fn annual_cost(&self, expected: &ExpectedFigure) -> Result<Money, String> {
        let mut costs = Costs::new(self.plan, self.day, self.day);
        if let Scope::Teams(team, _) = &self.scope {
            costs = costs.of_team(self.plan, *team);
        }
        if !costs.missing.is_empty() {
            return Err("the plan does not say what everybody costs".to_owned());
        }
        if let BoundValue::Amount(bound) = expected.value
            && converted(self.snapshot, bound).is_none()
        {
            let (from, into) = (bound.currency, costs.currency);
            return Err(format!("the plan has no exchange rate from {from} to {into} on that day"));
        }
        CostByDay::new(&costs).on(self.day).ok_or_else(|| "the day is out of range".to_owned())
    }

    fn capacity(&self, assumptions: &Assumptions<'_>) -> f64 {
        let heads: Vec<HeadcountLine> = headcount_lines(self.plan, assumptions)
            .into_iter()
            .filter(|head| !head.is_planned || self.has_planned_hires())
            .collect();
        let months = Months::new(self.day, 1);
        let capacity = Capacity::new(self.plan, assumptions, &heads, months, self.asked_on);
        capacity.sum(|team| self.scope.has_team(team)).iter().map(crate::capacity::Month::capacity).sum()
    }

    fn findings(
        &self,
        rule: &str,
        rules: &[&'static Rule],
        findings: &FindingCount<'_>,
    ) -> Result<usize, String> {
        if !rule.is_empty() && !rules.iter().any(|known| known.id == rule) {
            return Err(format!("there is no rule “{rule}”"));
        }
        Ok(findings(&|finding| {
            let is_asked = if rule.is_empty() { finding.rule.id != MISSED } else { finding.rule.id == rule };
            is_asked && self.has_finding(finding)
        }))
    }

    fn has_finding(&self, finding: &Finding) -> bool {
        match &self.scope {
            Scope::Service(service) => finding.subject == *service,
            scope => scope.has_team(finding.team),
        }
    }

    fn gaps(&self) -> usize {
        let params = ForecastParams::new(self.plan, self.day, self.day).asked_on(self.asked_on);
        let coming = if self.has_planned_hires() { hires(self.plan, &params) } else { Vec::new() };
        let gaps = forecast(self.plan, &params.with(&coming));
        gaps.iter().filter(|gap| gap.is_open_on(self.day) && self.has_gap(gap)).count()
    }

    fn has_gap(&self, gap: &Gap) -> bool {
        match &self.scope {
            Scope::Organisation => true,
            Scope::Service(service) => gap.subject == *service,
            Scope::Teams(_, teams) if gap.subject.kind == Kind::Team => {
                teams.contains(&gap.subject.id.into())
            }
            Scope::Teams(_, teams) => {
                let snapshot = self.snapshot;
                let at = snapshot.service_ix(gap.subject.id.into());
                let mut owners = at.into_iter().flat_map(|at| snapshot.owners(at));
                owners.any(|owner| matches!(owner, Owner::Team(team) if teams.contains(team)))
            }
        }
    }
}
