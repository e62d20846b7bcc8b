//! Helpers of the rules about growth: what a new customer costs and brings, in the segments that a team serves.

use chrono::NaiveDate;
use headroom_model::{
    ComparisonOperator, Draft, ExactDecimal, Metric, MetricValue, Objective, Plan, Position, Status, Team,
    reason, same_word,
};

use super::positions;
use crate::{
    check::RuleContext,
    context::Context,
    finding::{Finding, Remedy, Source, Threshold},
    gates::{ObjectiveReading, PeriodVerdict, condition_of, put_objective, reading_on, same_objective},
    metrics::{Figures, MeasuredMetric, SeriesScope, metric_known_as},
};

pub const SAAS_METRICS: Source = Source {
    text: "D. Skok, SaaS Metrics 2.0: cost of acquisition is paid back within 12 months, lifetime value is three times of it",
    url: "https://www.forentrepreneurs.com/saas-metrics-2/",
};

pub const MONTHS: Threshold = Threshold {
    name: "months",
    default: 12,
    meaning: "Payback from which growth does not pay (months)",
    source: "D. Skok, SaaS Metrics 2.0",
};

pub(crate) use crate::metrics::three_months;

/// The planned hires for growth. An offer that is out is not taken back.
pub fn growth_hires<'a>(check: &RuleContext<'a>) -> Vec<&'a Position> {
    let coming = positions::coming_hires(check).into_iter().map(|one| one.position);
    coming.filter(|row| row.status != Status::Offered && same_word(&row.reason, reason::GROWTH)).collect()
}

/// Payback, and lifetime value over acquisition cost, of the segments of a plan.
pub struct UnitEconomics<'p> {
    plan: &'p Plan,
    figures: Figures<'p>,
    day: NaiveDate,
    payback: Option<&'p Metric>,
    ratio: Option<&'p Metric>,
}

/// Something that is asked of a segment, with how it stands.
pub struct Asked {
    pub objective: Objective,
    pub scope: SeriesScope,
    pub reading: ObjectiveReading,
}

impl Asked {
    /// Whether each of its periods is known and fails. One of several may be an exception.
    fn fails_throughout(&self) -> bool {
        let periods = &self.reading.periods;
        periods.len() == self.objective.periods as usize
            && periods.iter().all(|period| period.verdict == PeriodVerdict::Fail)
    }
}

impl<'p> UnitEconomics<'p> {
    /// None if a plan has neither.
    pub fn of(plan: &'p Plan, day: NaiveDate) -> Option<Self> {
        let (payback, ratio) = (metric_known_as(plan, "payback"), metric_known_as(plan, "ltv-cac"));
        (payback.is_some() || ratio.is_some()).then(|| Self {
            plan,
            figures: Figures::new(plan),
            day,
            payback,
            ratio,
        })
    }

    /// Payback under so many months, in each segment of a hire that is measured. It is taken over three months, for a month
    /// with few new customers swings; where it has figures of its own, which cannot be added up, it is asked of three months
    /// running.
    pub fn payback(&self, position: &Position, months: u32) -> Vec<Asked> {
        let Some(metric) = self.payback else { return Vec::new() };
        let (_, three) = three_months(metric.period);
        let (periods, over) = if metric.is_derived() { (1, three) } else { (three, 1) };
        let op = ComparisonOperator::Less;
        let like = Objective { op, value: number(months), periods, over, ..Objective::default() };
        self.asked(metric, position, &like)
    }

    /// Lifetime value of so many times the cost, in three months running: a rate of three months is not that of one.
    fn ratio(&self, position: &Position, times: u32) -> Vec<Asked> {
        let Some(metric) = self.ratio else { return Vec::new() };
        let (_, periods) = three_months(metric.period);
        let op = ComparisonOperator::AtLeast;
        self.asked(metric, position, &Objective { op, value: number(times), periods, ..Objective::default() })
    }

    fn asked(&self, metric: &Metric, position: &Position, like: &Objective) -> Vec<Asked> {
        let (length, _) = three_months(metric.period);
        let asked = |scope: SeriesScope| {
            let objective = Objective {
                metric: metric.id,
                period: (length != metric.period).then_some(length),
                segment: scope.segment.clone(),
                ..like.clone()
            };
            let reading = reading_on(&self.figures, &objective, self.day);
            Asked { objective, scope, reading }
        };
        self.scopes(metric, position).into_iter().map(asked).collect()
    }

    /// Whose figures say whether a hire pays: those of the segments that its team serves, as far as they are measured; of
    /// the organisation, if the team serves none.
    fn scopes(&self, metric: &Metric, position: &Position) -> Vec<SeriesScope> {
        let team = position.team.and_then(|team| self.plan.get::<Team>(team));
        let served = team.filter(|team| !team.segment.trim().is_empty());
        let is_asked = |scope: &&SeriesScope| match served {
            Some(team) => scope.is_segment() && team.serves(&scope.segment),
            None => scope.is_organisation(),
        };
        let parts = self.figures.parts.of(metric.id).metrics;
        let mut scopes: Vec<SeriesScope> = Vec::new();
        for scope in parts.iter().flat_map(|part| self.figures.scopes(*part)).filter(is_asked) {
            let measured = MeasuredMetric::new(&self.figures, metric, scope, metric.period);
            if !scopes.contains(scope) && measured.is_valid && measured.is_measured() {
                scopes.push(scope.clone());
            }
        }
        scopes.sort_by(|a, b| a.segment.cmp(&b.segment));
        scopes
    }

    /// What speaks against hiring for growth now: payback that is too long, or customers that bring too little, in a
    /// segment of the team. Nothing about a hire that waits for one of these figures: its gate names the segment.
    pub fn against(&self, position: &Position, months: u32, times: u32) -> Vec<Asked> {
        let is_decided = !matches!(position.status, Status::Planned | Status::Approved)
            || position.waived_on.is_some_and(|waived| waived <= self.day)
            || position.waits_for.iter().any(|id| self.is_about_pay_off(*id));
        if is_decided {
            return Vec::new();
        }
        let mut asked = self.payback(position, months);
        asked.extend(self.ratio(position, times));
        asked.retain(Asked::fails_throughout);
        asked
    }

    fn is_about_pay_off(&self, id: headroom_model::ObjectiveId) -> bool {
        let metric = self.plan.get::<Objective>(id).map(|row| row.metric);
        [self.payback, self.ratio].into_iter().flatten().any(|known| metric == Some(known.id))
    }

    /// Whether this is payback, and not the ratio.
    pub fn is_payback(&self, asked: &Asked) -> bool {
        self.payback.is_some_and(|payback| payback.id == asked.objective.metric)
    }

    /// A measured metric of these in a scope, over its last three months.
    pub fn over_three_months(
        &self,
        key: &str,
        scope: &SeriesScope,
    ) -> Option<(&'p Metric, MeasuredMetric<'_>)> {
        let metric = metric_known_as(self.plan, key)?;
        let (length, periods) = three_months(metric.period);
        let measured = MeasuredMetric::new(&self.figures, metric, scope, length);
        let over = if metric.is_derived() { periods } else { 1 };
        (measured.is_valid && measured.is_measured()).then(|| (metric, measured.taken_over(over)))
    }
}

fn number(number: u32) -> MetricValue {
    ExactDecimal::from(number).into()
}

/// Remedies of a hire for growth: to wait for payback under the months of the rule, one for each of its segments, to be
/// closed, or put on hold.
pub fn gate_or_hold(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let months = context.policy.threshold(finding.rule, MONTHS.name);
    let position = positions::position_of(context, finding);
    let mut remedies = position.map(|row| gates(context, row, months)).unwrap_or_default();
    remedies.extend(positions::close_or_hold(context, finding));
    remedies
}

fn gates(context: &Context<'_>, position: &Position, months: u32) -> Vec<Remedy> {
    let plan = context.snapshot.plan();
    let Some(economics) = UnitEconomics::of(plan, context.asked_on) else { return Vec::new() };
    // One more of several of which one is enough would lower the bar.
    if position.waits_any && !position.waits_for.is_empty() {
        return Vec::new();
    }
    let gate = |asked: Asked| {
        let mut draft = Draft::new(plan);
        let label = format!("Wait for {}", condition_of(plan, &asked.objective));
        let known = same_objective(plan, &asked.objective);
        let id = known.unwrap_or_else(|| put_objective(&mut draft, asked.objective));
        let waits_for = position.waits_for.iter().copied().chain([id]).collect();
        draft.put(Position { waits_for, ..position.clone() });
        Remedy::new(label, draft.finish())
    };
    economics.payback(position, months).into_iter().map(gate).collect()
}
