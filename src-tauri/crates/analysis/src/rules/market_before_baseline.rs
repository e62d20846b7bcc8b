//! Bets on a market that begin before the services behind them have the baselines.

use headroom_model::{Bet, Metric, MetricId, Owner, Plan, ServiceIx, TeamId, wording::date};

use super::support::practices::{self, PRODUCTION_READINESS};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Threshold},
    metrics::{ExactValue, exact},
    practices::{PracticeCell, PracticeSubjectId, Standing, why_words},
};

pub static RULE: Rule = Rule {
    id: "market-before-baseline",
    title: "Market begins before the baselines are there",
    severity: Severity::High,
    why: "A bet on a market begins soon, and a service of its team lacks the security or compliance baseline with which \
          a new market is safe.",
    fix: "Reach the baselines first, or begin later.",
    source: PRODUCTION_READINESS,
    depends_on_date: true,
    thresholds: &[
        Threshold {
            name: "days",
            default: 90,
            meaning: "Days until the first day",
            source: "Headroom default: a quarter",
        },
        Threshold {
            name: "level",
            default: 2,
            meaning: "Level of the baselines where none is required",
            source: "Headroom default: as of tier 2",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(practices::action) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let baselines = baselines(snapshot.plan());
    let (asked_on, days) = (check.context.asked_on, i64::from(check.threshold("days")));
    let begins = |bet: &&Bet| {
        let is_soon = bet.from.is_some_and(|from| (0..=days).contains(&(from - asked_on).num_days()));
        is_soon && !bet.market.is_empty() && !bet.is_decided(asked_on)
    };
    if baselines.is_empty() {
        return;
    }
    for bet in snapshot.plan().bets.iter().filter(begins) {
        let (Some(team), Some(from)) = (bet.team, bet.from) else { continue };
        for at in services_of(check, team) {
            let lacking: Vec<String> =
                baselines.iter().filter_map(|metric| lacking(check, at, *metric)).collect();
            if lacking.is_empty() {
                continue;
            }
            let name = &snapshot.service(at).name;
            let message = format!(
                "{} begins on {}, and {name} is not ready for it: {}",
                bet.market,
                date(from),
                lacking.join(", ")
            );
            let mut finding = Finding::of_service(check, at, message).about(&bet.key);
            finding.day = Some(from);
            found.push(finding.with(Evidence::entities("Bet", [bet.id.into()])));
        }
    }
}

fn baselines(plan: &Plan) -> Vec<MetricId> {
    let is_baseline =
        |metric: &&&Metric| metric.known_practice().is_some_and(|known| known.is_market_baseline);
    plan.in_order::<Metric>().iter().filter(is_baseline).map(|metric| metric.id).collect()
}

fn services_of(check: &RuleContext<'_>, team: TeamId) -> Vec<ServiceIx> {
    let snapshot = check.context.snapshot;
    (0..snapshot.service_count()).filter(|at| snapshot.owners(*at).contains(&Owner::Team(team))).collect()
}

/// What a service lacks of a baseline, in words; none if it has it, or need not have it.
fn lacking(check: &RuleContext<'_>, at: ServiceIx, metric: MetricId) -> Option<String> {
    let subject = PracticeSubjectId::Service(check.context.snapshot.service(at).id);
    let rows = &practices::matrix(check).rows;
    let row = rows.iter().find(|row| row.subject == subject);
    let cell: Option<&PracticeCell> = row.and_then(|row| row.cells.iter().find(|cell| cell.metric == metric));
    let name = practices::name_of(check, metric);
    let Some(cell) = cell else { return Some(format!("{name} was never looked at")) };
    let usual = ExactValue::from_integer(check.threshold("level").into());
    let required = cell.required.as_ref().map_or(usual, |required| exact(required.value));
    match cell.reading.standing {
        Standing::NotApplicable => None,
        Standing::Unknown(why) => Some(format!("{name} {}", why_words(why))),
        Standing::Value(value) if exact(value) < required => Some(format!("{name} is at {value}")),
        Standing::Value(_) => None,
    }
}
