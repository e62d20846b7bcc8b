//! Clusters of which much is paid for and used by nobody.

use std::collections::BTreeMap;

use headroom_model::{ChargeClass, CostLine};
use num_traits::Signed;

use super::support::cloud::{BilledMonth, is_above, share_words};
use crate::{
    check::{RuleCheck, RuleContext},
    cloud_cost::OwnedLine,
    finding::{Finding, Rule, Severity, Source, Threshold},
    metrics::ExactValue,
};

pub static RULE: Rule = Rule {
    id: "idle",
    title: "Idle share of a cluster",
    severity: Severity::Low,
    why: "Much of what a cluster costs is used by no workload.",
    fix: "Lower what workloads request, use smaller or fewer machines, or let the cluster scale by itself.",
    source: Source {
        text: "OpenCost: idle cost is what is paid for and not used",
        url: "https://opencost.io/docs/specification",
    },
    depends_on_date: true,
    thresholds: &[Threshold {
        name: "percent",
        default: 30,
        meaning: "Idle share of a cluster’s month from which it is told (%)",
        source: "Headroom default",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let Some(billed) = BilledMonth::newest(check) else { return };
    let plan = check.context.snapshot.plan();
    let cluster = |line: &OwnedLine| {
        let line = plan.get::<CostLine>(line.id)?;
        Some((line.provider.to_string(), line.account.to_string()))
    };
    let of = |counts: &dyn Fn(&OwnedLine) -> bool| -> BTreeMap<(String, String), ExactValue> {
        billed
            .costs
            .by(billed.month, billed.basis, |line| cluster(line).filter(|_| counts(line)))
            .into_iter()
            .collect()
    };
    let all = of(&|_| true);
    for (whose, idle) in of(&|line| line.class == ChargeClass::Idle) {
        let Some(whole) = all.get(&whose).filter(|whole| whole.is_positive()) else { continue };
        if !is_above(&idle, whole, check.threshold("percent")) {
            continue;
        }
        let is_its =
            |line: &OwnedLine| line.class == ChargeClass::Idle && cluster(line).as_ref() == Some(&whose);
        let Some(line) = billed.largest(check, is_its) else { continue };
        let name = if whose.1.is_empty() { &whose.0 } else { &whose.1 };
        let message = format!(
            "{} of {name} was idle in {} ({})",
            share_words(&idle, whole),
            billed.name(),
            billed.amount(&idle)
        );
        found.push(Finding::of_cost(check, line, &format!("{}/{}", whose.0, whose.1), message));
    }
}
