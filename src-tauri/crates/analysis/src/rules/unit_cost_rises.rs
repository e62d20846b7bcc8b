//! Cloud cost that grows faster than the customers for whom it is.

use headroom_model::{Metric, PeriodLength};
use num_bigint::BigInt;
use num_traits::Signed;

use super::support::cloud::BilledMonth;
use crate::{
    check::{RuleCheck, RuleContext},
    cloud_cost::last_of_month,
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
    metrics::{ExactValue, Figures, MeasuredMetric, Period, SeriesScope, metric_known_as},
};

pub static RULE: Rule = Rule {
    id: "unit-cost-rises",
    title: "Cloud cost per customer rises",
    severity: Severity::Medium,
    why: "What clouds cost grows faster than the number of customers, so that each of them earns less.",
    fix: "Look at the services whose cost grew most, and decide on a bet or a position for cost.",
    source: Source {
        text: "FinOps Foundation, Unit economics: cost beside the number of what it is for",
        url: "https://www.finops.org/framework/capabilities/unit-economics/",
    },
    depends_on_date: true,
    thresholds: &[
        Threshold {
            name: "percent",
            default: 10,
            meaning: "Rise of the cost per customer from which it is told (%)",
            source: "Headroom default: more than months differ by themselves",
        },
        Threshold {
            name: "months",
            default: 3,
            meaning: "Months between the two that are compared",
            source: "Headroom default: a quarter",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let Some(billed) = BilledMonth::newest(check) else { return };
    let plan = check.context.snapshot.plan();
    let Some(customers) = metric_known_as(plan, "customers") else { return };
    let figures = Figures::new(plan);
    let organisation = SeriesScope::default();
    let measured = MeasuredMetric::new(&figures, customers, &organisation, PeriodLength::Month);
    if !(measured.is_valid && measured.is_measured()) {
        return;
    }
    let back = i32::try_from(check.threshold("months")).unwrap_or(i32::MAX);
    let now = Period::of(PeriodLength::Month, last_of_month(billed.month));
    let each = |period: Period| each(check, &billed, &measured, period);
    let (Some(new), Some(old)) = (each(now), each(now.later(-back))) else { return };
    let limit = ExactValue::new(BigInt::from(100 + u64::from(check.threshold("percent"))), BigInt::from(100));
    if new <= &old * limit {
        return;
    }
    let rise = super::support::cloud::share_words(&(&new - &old), &old);
    let message = format!(
        "Cloud cost per customer has risen by {rise} in {} months, to {} in {}",
        check.threshold("months"),
        billed.amount(&new),
        billed.name()
    );
    let finding = Finding::of_metric(check, customers as &Metric, message);
    found.push(finding.with(Evidence::words("Before", billed.amount(&old))));
}

/// Cost of a month by the customers at its end; none if either is not known.
fn each(
    check: &RuleContext<'_>,
    billed: &BilledMonth,
    customers: &MeasuredMetric<'_>,
    period: Period,
) -> Option<ExactValue> {
    let month = period.first();
    if billed.costs.lines(month).is_empty() || !billed.costs.without_rate(month).is_empty() {
        return None;
    }
    let count = customers.value(period, check.context.asked_on).ok().filter(Signed::is_positive)?;
    let cost = billed.costs.total(month, billed.basis, |_| true);
    cost.is_positive().then(|| cost / count)
}
