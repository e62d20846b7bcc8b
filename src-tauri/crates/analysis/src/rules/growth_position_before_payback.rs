//! Hires for growth where new customers do not pay.

use headroom_model::{Position, wording};

use super::support::{
    positions,
    unit_economics::{self, Asked, MONTHS, SAAS_METRICS, UnitEconomics},
};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Threshold},
    gates::words_of,
    metrics::value_words,
    schedule::Scheduler,
};

const TIMES: Threshold = Threshold {
    name: "times",
    default: 3,
    meaning: "Lifetime value over acquisition cost below which growth does not pay",
    source: "D. Skok, SaaS Metrics 2.0",
};

pub static RULE: Rule = Rule {
    id: "growth-position-before-payback",
    title: "Hire for growth that does not pay",
    severity: Severity::High,
    why: "In a segment that the team serves it takes too long until a new customer has paid back what winning them cost, or \
          customers bring too little before they leave. More people would lose more money, faster.",
    fix: "Let the position wait for the figures, put it on hold, or plan it for a team whose segments pay.",
    source: SAAS_METRICS,
    depends_on_date: true,
    thresholds: &[MONTHS, TIMES],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(unit_economics::gate_or_hold) };

/// Whether this rule is on and reports a position.
pub fn speaks_of(check: &RuleContext<'_>, economics: &UnitEconomics<'_>, position: &Position) -> bool {
    check.context.policy.severity(&RULE).is_some() && !against(check, economics, position).is_empty()
}

fn against(check: &RuleContext<'_>, economics: &UnitEconomics<'_>, position: &Position) -> Vec<Asked> {
    let threshold = |name| check.context.policy.threshold(&RULE, name);
    economics.against(position, threshold(MONTHS.name), threshold(TIMES.name))
}

/// What the hire would cost is not told: it would tell what people earn.
fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    let hires = unit_economics::growth_hires(check);
    if hires.is_empty() {
        return;
    }
    let Some(economics) = UnitEconomics::of(plan, day) else { return };
    let scheduler = Scheduler::new(plan, day);
    for position in hires {
        let against = against(check, &economics, position);
        if against.is_empty() {
            continue;
        }
        let reasons: Vec<String> = against.iter().map(|asked| reason(check, &economics, asked)).collect();
        let message = format!("{} is planned for growth, but {}", position.name(), wording::listed(&reasons));
        let open = positions::to_be_open_by(&scheduler, position);
        let figures = against.iter().map(|asked| words_of(plan, &asked.objective, &asked.reading));
        let parts = Some(parts(check, &economics, &against)).filter(|words| !words.is_empty());
        let evidence = open
            .into_iter()
            .chain(figures.map(|words| Evidence::words("Figures", words)))
            .chain(parts.map(|words| Evidence::words("Made of", words)));
        found.push(evidence.fold(Finding::of_position(check, position, message), Finding::with));
    }
}

/// `payback of Carriers is 21.4 months`.
fn reason(check: &RuleContext<'_>, economics: &UnitEconomics<'_>, asked: &Asked) -> String {
    let plan = check.context.snapshot.plan();
    let of = scope_words(asked, plan);
    let newest = asked.reading.periods.first().and_then(|period| period.value.as_ref().ok());
    let metric = plan.get(asked.objective.metric);
    let value = newest.map(|value| value_words(metric, None, value)).unwrap_or_default();
    if economics.is_payback(asked) {
        format!("payback{of} is {value}")
    } else {
        format!("lifetime value{of} is {value} times the acquisition cost")
    }
}

fn scope_words(asked: &Asked, plan: &headroom_model::Plan) -> String {
    let words = asked.scope.words(plan);
    if words.is_empty() { words } else { format!(" of {words}") }
}

/// What payback is made of, in each of these segments: `Carriers: Customer acquisition cost 7 013.33 EUR, …`.
fn parts(check: &RuleContext<'_>, economics: &UnitEconomics<'_>, against: &[Asked]) -> String {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    let mut told: Vec<String> = Vec::new();
    for asked in against {
        let Some(period) = asked.reading.periods.first().map(|reading| reading.period) else { continue };
        let part = |key: &&str| {
            let (metric, measured) = economics.over_three_months(key, &asked.scope)?;
            let value = measured.value(period, day).ok()?;
            Some(format!("{} {}", metric.name(), value_words(Some(metric), measured.amounts_in(), &value)))
        };
        let parts: Vec<String> = ["cac", "arpa", "margin"].iter().filter_map(part).collect();
        let words = asked.scope.words(plan);
        let words = if words.is_empty() { "Organisation".to_owned() } else { words };
        let line = format!("{words}: {}", parts.join(", "));
        if !parts.is_empty() && !told.contains(&line) {
            told.push(line);
        }
    }
    told.join("; ")
}
