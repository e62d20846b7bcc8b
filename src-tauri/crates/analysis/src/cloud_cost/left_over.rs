//! What has no team, by money, with the cost rule that would give it one.

use chrono::NaiveDate;
use headroom_model::{ChargeClass, CostLine, CostRule, Plan};
use num_traits::Signed;
use rustc_hash::FxHashMap;

use super::{
    CloudCosts, CostBasis, CostReason, is_share_of_cluster,
    owner::{bare, field_of},
    sums::CurrencySums,
};
use crate::metrics::ExactValue;

/// What a new rule would look at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleHint {
    pub label: String,
    pub value: String,
}

/// Cost without a team that one rule would give to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOver {
    pub amount: ExactValue,
    pub reason: CostReason,
    /// None: nothing in the lines could be told apart by a rule.
    pub rule: Option<RuleHint>,
    /// What class of charge it is, where that is all that is known.
    pub class: ChargeClass,
    pub lines: usize,
}

/// What has no team in a month, the most expensive first. Idle shares of clusters are no team's fault and left out.
pub fn left_over(costs: &CloudCosts, plan: &Plan, month: NaiveDate, basis: CostBasis) -> Vec<LeftOver> {
    type Group = (Option<RuleHint>, CostReason, ChargeClass);
    let mut groups: FxHashMap<Group, (CurrencySums, usize)> = FxHashMap::default();
    for owned in costs.lines(month).iter().filter(|line| line.owner.team.is_none()) {
        let Some(line) = plan.get::<CostLine>(owned.id) else { continue };
        let hint = hint(line);
        let class = if hint.is_some() { ChargeClass::Usage } else { owned.class };
        let group = groups.entry((hint, owned.owner.reason, class)).or_default();
        group.0.add(owned.currency, owned.amount(basis));
        group.1 += 1;
    }
    let one = |((rule, reason, class), (sums, lines)): (Group, (CurrencySums, usize))| LeftOver {
        amount: costs.value(&sums, month),
        reason,
        rule,
        class,
        lines,
    };
    let mut left: Vec<LeftOver> =
        groups.into_iter().map(one).filter(|left| left.class != ChargeClass::Idle).collect();
    left.sort_by(|one, other| {
        let size = other.amount.abs().cmp(&one.amount.abs());
        size.then_with(|| one.rule.cmp(&other.rule)).then_with(|| one.reason.cmp(&other.reason))
    });
    left
}

/// Labels that say where something runs and not whose it is.
const LABELS_OF_PLACES: [&str; 2] = ["environment", "env"];

/// What tells the line apart from others best.
fn hint(line: &CostLine) -> Option<RuleHint> {
    if is_share_of_cluster(line.class) {
        return None;
    }
    let label = line.label_pairs().filter(|(label, value)| {
        !LABELS_OF_PLACES.contains(&bare(label).as_str()) && !value.starts_with('(')
    });
    let first = label.min_by_key(|(label, _)| (place(label), label.len()));
    if let Some((label, value)) = first {
        return Some(RuleHint { label: label.to_owned(), value: value.to_owned() });
    }
    let field = ["namespace", "account"].into_iter().find(|field| !field_of(line, field).is_empty())?;
    Some(RuleHint { label: field.to_owned(), value: field_of(line, field).to_owned() })
}

/// Labels that name an owner first.
fn place(label: &str) -> usize {
    const ORDER: [&str; 12] = [
        "team",
        "owner",
        "squad",
        "service",
        "app",
        "application",
        "component",
        "businessunit",
        "department",
        "costcenter",
        "project",
        "product",
    ];
    ORDER.iter().position(|known| *known == bare(label)).unwrap_or(ORDER.len())
}

impl RuleHint {
    /// The rule, for which a team or a service has to be chosen.
    pub fn rule(&self) -> CostRule {
        CostRule { label: self.label.clone(), value: self.value.clone(), ..CostRule::default() }
    }
}
