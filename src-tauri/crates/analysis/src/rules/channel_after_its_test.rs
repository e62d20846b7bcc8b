//! Channels on which money is still spent after the test of them was to be decided, or that have long cost too much.

use headroom_model::{Bet, Metric, PeriodLength, same_word, wording::date};
use num_bigint::BigInt;

use super::support::{
    spend::{self, Spend},
    unit_economics::SAAS_METRICS,
};
use crate::{
    bets::bet_on,
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Threshold},
    metrics::{ExactValue, Figures, MeasuredMetric, SeriesScope, metric_known_as, period_name, value_words},
};

pub static RULE: Rule = Rule {
    id: "channel-after-its-test",
    title: "Channel goes on after its test",
    severity: Severity::Medium,
    why: "New channels are tested with small amounts, by a day. What is spent after that day without a decision, or while \
          customers cost more than they bring, is no test any more.",
    fix: "Decide the bet on the channel, or stop spending on it.",
    source: SAAS_METRICS,
    depends_on_date: true,
    thresholds: &[
        Threshold {
            name: "times",
            default: 3,
            meaning: "Lifetime value over acquisition cost below which a channel does not pay",
            source: "D. Skok, SaaS Metrics 2.0",
        },
        Threshold {
            name: "months",
            default: 6,
            meaning: "Months running in which it has to be below",
            source: "Headroom default: two quarters",
        },
    ],
};

/// Without a remedy: the bet has one of its own, and what is spent is decided elsewhere.
pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    let Some(spend) = metric_known_as(plan, "spend") else { return };
    let figures = Figures::new(plan);
    for scope in spend::scopes(&figures, spend) {
        let is_channel = SeriesScope { channel: scope.channel.clone(), ..SeriesScope::default() } == scope;
        if scope.channel.is_empty() || !is_channel {
            continue;
        }
        let finding = after_its_bet(check, &figures, spend, &scope)
            .or_else(|| does_not_pay(check, &figures, spend, &scope));
        found.extend(finding);
    }
}

/// Spend in a period that began after the day of an undecided bet on the channel.
fn after_its_bet(
    check: &RuleContext<'_>,
    figures: &Figures<'_>,
    spend: &Metric,
    scope: &SeriesScope,
) -> Option<Finding> {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    let is_of = |bet: &&Bet| {
        let is_overdue = bet.decide_by.is_some_and(|by| by < day) && !bet.is_decided(day);
        is_overdue && same_word(&bet.channel, &scope.channel)
    };
    let mut overdue: Vec<&Bet> = plan.bets.iter().filter(is_of).collect();
    overdue.sort_by_key(|bet| (bet.decide_by, &bet.key));
    let bet = *overdue.first()?;
    let by = bet.decide_by?;
    let of_scope = Spend::new(figures, spend, scope)?;
    let newest = of_scope.newest(day).filter(|newest| newest.first() > by)?;
    let amount = of_scope
        .measured
        .value(newest, day)
        .ok()
        .filter(|amount| *amount > ExactValue::from_integer(BigInt::from(0)))?;
    let message = format!(
        "{} is still spent on in {}, though bet “{}” was to be decided by {}",
        scope.channel,
        period_name(newest),
        bet.name,
        date(by)
    );
    let finding = Finding::of_metric(check, spend, message).about(&scope.key(plan));
    let spent = value_words(Some(spend), of_scope.currency, &amount);
    let over = bet_on(plan, bet.id, day).map(|reading| reading.words(bet)).unwrap_or_default();
    Some(
        finding
            .with(Evidence::entities("Bet", [bet.id.into()]))
            .with(Evidence::words("Stands", over))
            .with(Evidence::words("Spent", spent)),
    )
}

/// Lifetime value below so many times the cost, in each of the newest months.
fn does_not_pay(
    check: &RuleContext<'_>,
    figures: &Figures<'_>,
    spend: &Metric,
    scope: &SeriesScope,
) -> Option<Finding> {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    let ratio = metric_known_as(plan, "ltv-cac")?;
    let measured = MeasuredMetric::new(figures, ratio, scope, PeriodLength::Month);
    let months = check.threshold("months") as usize;
    if !measured.is_valid || !measured.is_measured() || months == 0 {
        return None;
    }
    let bar = ExactValue::from_integer(BigInt::from(check.threshold("times")));
    let periods: Vec<_> = measured.periods_until(day, months).collect();
    let below = |period: &crate::metrics::Period| {
        let value = measured.value(*period, day).ok().filter(|value| *value < bar)?;
        Some(format!("{} {}", period_name(*period), value_words(Some(ratio), None, &value)))
    };
    let words: Vec<String> = periods.iter().map(below).collect::<Option<_>>()?;
    if words.len() < months {
        return None;
    }
    let message = format!(
        "Customers of {} have brought less than {} times what they cost for {months} months",
        scope.channel,
        check.threshold("times")
    );
    let finding = Finding::of_metric(check, spend, message).about(&scope.key(plan));
    Some(finding.with(Evidence::words("Lifetime value over cost", words.join(" · "))))
}
