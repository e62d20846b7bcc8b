//! Budgets of teams that add up to more than the budget of the team, or organisation, above them.

use headroom_model::{EntityRef, Snapshot, TeamIx};

use crate::{
    check::{RuleCheck, RuleContext},
    cost::{Excess, excesses},
    finding::{Evidence, Finding, Rule, Severity, Source},
};

/// PLAN-04.
pub static RULE: Rule = Rule {
    id: "budget-over-parent",
    title: "Sub-team budgets exceed the parent",
    severity: Severity::High,
    why: "Budgets that don’t add up are two different plans: the team that spends first leaves the others short.",
    fix: "Lower the sub-team budgets, or raise the parent’s.",
    source: Source {
        text: "Frappe HR: a staffing plan must not exceed the parent company’s, in headcount or cost",
        url: "https://github.com/frappe/hrms/blob/develop/hrms/hr/doctype/staffing_plan/staffing_plan.py",
    },
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

/// One finding per parent and period. The organisation has no page, so its findings are about the largest team below.
fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let plan = snapshot.plan();
    if plan.budgets.len() < 2 {
        return;
    }
    for excess in excesses(plan).iter().filter(|excess| excess.until >= snapshot.day()) {
        let Some(at) = subject(snapshot, excess) else { continue };
        let teams = excess.below.iter().filter_map(|id| plan.budgets.get(*id)?.team).map(EntityRef::from);
        let evidence = Evidence::entities("Sub-team budgets", teams);
        let kind = match excess.amount {
            crate::cost::TooMuch::Money { .. } => "money",
            crate::cost::TooMuch::Positions { .. } => "seats",
        };
        let above = excess.above.map_or("", |team| plan.key_of(team.into()));
        let about = format!("{above}:{kind}:{}:{}", excess.from, excess.until);
        found.push(Finding::of_team(check, at, excess.words(plan)).with(evidence).about(&about));
    }
}

fn subject(snapshot: &Snapshot, excess: &Excess) -> Option<TeamIx> {
    let plan = snapshot.plan();
    let below = excess.below.iter().filter_map(|id| plan.budgets.get(*id));
    let size = |budget: &headroom_model::Budget| (budget.amount.map(|amount| amount.minor), budget.seats);
    let place =
        |budget: &headroom_model::Budget| budget.team.map(|team| std::cmp::Reverse(plan.place_of(team)));
    let largest = below.max_by_key(|budget| (size(budget), place(budget)));
    snapshot.team_ix(excess.above.or(largest?.team)?)
}
