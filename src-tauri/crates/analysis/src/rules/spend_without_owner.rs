//! Cloud cost of a month that no team answers for.

use num_traits::Signed;

use super::support::cloud::{BilledMonth, FINOPS, is_above, share_words};
use crate::{
    check::{RuleCheck, RuleContext},
    cloud_cost::left_over,
    finding::{Evidence, Finding, Rule, Severity, Threshold},
};

/// What is named of it.
const NAMED: usize = 10;

pub static RULE: Rule = Rule {
    id: "spend-without-owner",
    title: "Cloud cost without a team",
    severity: Severity::Medium,
    why: "Nobody lowers a cost without an owner. Part of what clouds cost names no team, by label or by cost rule.",
    fix: "Make a cost rule for the largest parts, or label what runs there with a team. Bills that are imported already \
          follow a new rule.",
    source: FINOPS,
    depends_on_date: true,
    thresholds: &[Threshold {
        name: "percent",
        default: 10,
        meaning: "Share of a month’s cost without a team from which it is told (%)",
        source: "Common practice: 90 % or more is allocated; idle shares of clusters are counted apart",
    }],
};

/// Without a remedy: which team it is has to be chosen.
pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let Some(billed) = BilledMonth::newest(check) else { return };
    let is_used = |line: &crate::cloud_cost::OwnedLine| line.class != headroom_model::ChargeClass::Idle;
    let used = billed.total(is_used);
    let lacking = billed.total(|line| is_used(line) && line.owner.team.is_none());
    if !lacking.is_positive() || !is_above(&lacking, &used, check.threshold("percent")) {
        return;
    }
    let Some(line) = billed.largest(check, |line| is_used(line) && line.owner.team.is_none()) else { return };
    let message = format!(
        "{} of the cloud cost of {} ({}) has no team",
        share_words(&lacking, &used),
        billed.name(),
        billed.amount(&lacking)
    );
    let left = left_over(&billed.costs, check.context.snapshot.plan(), billed.month, billed.basis);
    let parts = left.iter().take(NAMED).map(|left| {
        let what = match &left.rule {
            Some(rule) => format!("{} {}", rule.label, rule.value),
            None => left.class.word().to_owned(),
        };
        format!("{what}: {}", billed.amount(&left.amount))
    });
    let parts: Vec<String> = parts.collect();
    let finding = Finding::of_cost(check, line, "clouds", message);
    found.push(finding.with(Evidence::words("Most expensive", parts.join(" · "))));
}
