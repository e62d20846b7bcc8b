//! Helpers of the rules about what clouds cost.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{CostLine, Money};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use crate::{
    chargeback::rounded,
    check::RuleContext,
    cloud_cost::{CloudCosts, CostBasis, OwnedLine},
    finding::{Finding, Source},
    metrics::ExactValue,
};

pub const FINOPS: Source = Source {
    text: "FinOps Foundation, Allocation: most of the cost belongs to somebody who can act on it",
    url: "https://www.finops.org/framework/capabilities/allocation/",
};

/// The newest month of bills that is over.
pub struct BilledMonth {
    pub costs: Arc<CloudCosts>,
    pub basis: CostBasis,
    pub month: NaiveDate,
}

impl BilledMonth {
    /// None if there is no bill by the day.
    pub fn newest(check: &RuleContext<'_>) -> Option<Self> {
        let plan = check.context.snapshot.plan();
        if plan.cost_lines.is_empty() {
            return None;
        }
        let costs = CloudCosts::of(plan);
        let month = costs.newest_month(check.context.asked_on)?;
        Some(Self { basis: CostBasis::of(plan), costs, month })
    }

    pub fn total(&self, counts: impl Fn(&OwnedLine) -> bool) -> ExactValue {
        self.costs.total(self.month, self.basis, counts)
    }

    /// In words: `1 234.56 EUR`.
    pub fn amount(&self, value: &ExactValue) -> String {
        let scale = ExactValue::from_integer(self.costs.currency.scale().into());
        Money::new(rounded(&(value * scale)).to_i64().unwrap_or(i64::MAX), self.costs.currency).spoken()
    }

    pub fn name(&self) -> String {
        self.month.format("%B %Y").to_string()
    }

    /// The most expensive line of some, by which they are named.
    pub fn largest<'p>(
        &self,
        check: &RuleContext<'p>,
        counts: impl Fn(&OwnedLine) -> bool,
    ) -> Option<&'p CostLine> {
        let plan = check.context.snapshot.plan();
        let lines = self.costs.lines(self.month).iter().filter(|line| counts(line));
        let mut lines: Vec<&CostLine> = lines.filter_map(|line| plan.get::<CostLine>(line.id)).collect();
        let size = |line: &CostLine| crate::metrics::exact(line.billed).abs();
        lines.sort_by(|one, other| {
            let text = |line: &CostLine| {
                (
                    line.provider.clone(),
                    line.account.clone(),
                    line.namespace.clone(),
                    line.labels.clone(),
                    line.class,
                    line.currency,
                )
            };
            size(other).cmp(&size(one)).then_with(|| text(one).cmp(&text(other)))
        });
        lines.first().copied()
    }
}

/// Whether a part is more than so many percent of the whole.
pub fn is_above(part: &ExactValue, whole: &ExactValue, percent: u32) -> bool {
    whole.is_positive()
        && part * ExactValue::from_integer(BigInt::from(100))
            > whole * ExactValue::from_integer(BigInt::from(percent))
}

/// `12.6 %`.
pub fn share_words(part: &ExactValue, whole: &ExactValue) -> String {
    let share = (part / whole).to_f64().unwrap_or_default();
    format!("{:.1} %", share * 100.0)
}

impl Finding {
    /// A finding about costs, named by the most expensive of their lines.
    pub fn of_cost(check: &RuleContext<'_>, line: &CostLine, what: &str, message: String) -> Self {
        Self {
            id: format!("{}/{what}", check.rule.id),
            rule: check.rule,
            severity: check.severity,
            subject: line.id.into(),
            message,
            evidence: Vec::new(),
            team: None,
            weight: 0,
            day: None,
        }
    }
}
