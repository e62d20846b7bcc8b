//! Segments and channels in which more spend brings too few new customers.

use headroom_model::{Metric, Plan};
use num_bigint::BigInt;
use num_traits::Zero;

use super::support::spend::{self, Spend};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
    metrics::{
        ExactValue, Figures, MeasuredMetric, Period, SeriesScope, metric_known_as, period_name, value_words,
    },
};

pub static RULE: Rule = Rule {
    id: "volume-does-not-pay",
    title: "More spend brings too few customers",
    severity: Severity::High,
    why: "Spend rose against the quarter before, and the customers that came for it cost more than a fair share of what they \
          bring, or did not come at all. A loss on each is not made good by more of them.",
    fix: "Stop the channel, or bet on price or onboarding before more is spent.",
    source: Source {
        text: "Marginal and average cost of acquisition: OutPoint",
        url: "https://www.outpoint.app/blog/marginal-cac-vs-average-cac-customer-acquisition-costs",
    },
    depends_on_date: true,
    thresholds: &[
        Threshold {
            name: "times",
            default: 3,
            meaning: "How many times its cost a new customer has to bring",
            source: "D. Skok, SaaS Metrics 2.0",
        },
        Threshold {
            name: "percent",
            default: 5,
            meaning: "Rise of spend from which it is looked at (%)",
            source: "Headroom default: less is no attempt to grow",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

/// Spend and new customers of three months, and of the three before.
struct Quarters {
    newest: Period,
    months: i32,
    spend: [ExactValue; 2],
    new: [ExactValue; 2],
}

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    let (Some(spend), Some(new)) = (metric_known_as(plan, "spend"), metric_known_as(plan, "new-customers"))
    else {
        return;
    };
    let ltv = metric_known_as(plan, "ltv");
    let figures = Figures::new(plan);
    for scope in spend::scopes(&figures, spend) {
        let Some(of_scope) = Spend::new(&figures, spend, &scope) else { continue };
        let Some(quarters) = quarters(check, &figures, &of_scope, new) else { continue };
        let rise = &quarters.spend[1] - &quarters.spend[0];
        let counts = whole(check.threshold("percent")) * &quarters.spend[0] / whole(100);
        if rise <= ExactValue::zero() || rise < counts {
            continue;
        }
        let more = &quarters.new[1] - &quarters.new[0];
        let words = Words { plan, spend, scope: &scope, of_scope: &of_scope };
        let message = if more <= ExactValue::zero() {
            Some(words.nobody_came(&quarters, new))
        } else {
            let each = &rise / &more;
            let bring = ltv.and_then(|ltv| best(check, &figures, &of_scope, ltv, &quarters));
            let is_dear = |bring: &ExactValue| &each * whole(check.threshold("times")) > *bring;
            bring.filter(is_dear).map(|bring| words.too_dear(&each, &bring))
        };
        let Some(message) = message else { continue };
        let finding = Finding::of_metric(check, spend, message).about(&scope.key(plan));
        let evidence = [(1, "Newest three months"), (0, "Three months before")]
            .map(|(at, label)| Evidence::words(label, words.quarter(&quarters, at, new)));
        found.push(evidence.into_iter().fold(finding, Finding::with));
    }
}

fn whole(number: u32) -> ExactValue {
    ExactValue::from_integer(BigInt::from(number))
}

fn quarters(
    check: &RuleContext<'_>,
    figures: &Figures<'_>,
    spend: &Spend<'_>,
    new: &Metric,
) -> Option<Quarters> {
    let day = check.context.asked_on;
    let new = MeasuredMetric::new(figures, new, spend.scope, spend.length);
    if !(new.is_valid && new.is_measured()) {
        return None;
    }
    let (spend_of, new) = (spend.measured.clone().taken_over(spend.three), new.taken_over(spend.three));
    let newest = spend.newest(day)?;
    let months = i32::try_from(spend.three).ok()?;
    let of = |measured: &MeasuredMetric<'_>| {
        let value = |period| measured.value(period, day).ok();
        Some([value(newest.later(-months))?, value(newest)?])
    };
    Some(Quarters { newest, months, spend: of(&spend_of)?, new: of(&new)? })
}

/// The highest lifetime value of the newest three months: that of one month swings. None if one of them has none; where
/// nobody leaves, a customer may bring any sum.
fn best(
    check: &RuleContext<'_>,
    figures: &Figures<'_>,
    spend: &Spend<'_>,
    ltv: &Metric,
    quarters: &Quarters,
) -> Option<ExactValue> {
    let measured = MeasuredMetric::new(figures, ltv, spend.scope, spend.length).in_currency(spend.currency?);
    if !(measured.is_valid && measured.is_measured()) {
        return None;
    }
    let periods = (0..quarters.months).map(|back| quarters.newest.later(-back));
    let values: Option<Vec<ExactValue>> =
        periods.map(|period| measured.value(period, check.context.asked_on).ok()).collect();
    values?.into_iter().max()
}

/// What is said of a scope.
struct Words<'w> {
    plan: &'w Plan,
    spend: &'w Metric,
    scope: &'w SeriesScope,
    of_scope: &'w Spend<'w>,
}

impl Words<'_> {
    fn scope(&self) -> String {
        spend::scope_words(self.plan, self.scope)
    }

    fn amount(&self, value: &ExactValue) -> String {
        value_words(Some(self.spend), self.of_scope.currency, value)
    }

    fn nobody_came(&self, quarters: &Quarters, new: &Metric) -> String {
        let count = |value| value_words(Some(new), None, value);
        format!(
            "{} on {} rose from {} to {} in three months, and new customers did not: {} after {}",
            self.spend.name(),
            self.scope(),
            self.amount(&quarters.spend[0]),
            self.amount(&quarters.spend[1]),
            count(&quarters.new[1]),
            count(&quarters.new[0])
        )
    }

    fn too_dear(&self, each: &ExactValue, bring: &ExactValue) -> String {
        format!(
            "The last new customers of {} cost {} each, and bring {} at most",
            self.scope(),
            self.amount(each),
            self.amount(bring)
        )
    }

    /// `Aug 2026 to Oct 2026: 57 120 EUR for 12 new customers`.
    fn quarter(&self, quarters: &Quarters, at: usize, new: &Metric) -> String {
        let back = if at == 0 { quarters.months } else { 0 };
        let last = quarters.newest.later(-back);
        let first = last.later(1 - quarters.months);
        let periods = if first == last {
            period_name(last)
        } else {
            format!("{} to {}", period_name(first), period_name(last))
        };
        let count = value_words(Some(new), None, &quarters.new[at]);
        format!("{periods}: {} for {count} new customers", self.amount(&quarters.spend[at]))
    }
}
