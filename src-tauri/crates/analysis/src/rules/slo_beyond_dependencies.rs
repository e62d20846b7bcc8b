//! SLOs that are higher than what the hard dependencies of a service have kept.

use headroom_model::{EntityRef, ServiceIx};
use num_traits::One;
use rayon::prelude::*;

use super::support::error_budgets;
use crate::{
    check::{RuleCheck, RuleContext},
    error_budget::{ErrorBudget, WindowDays, percent_words},
    finding::{Evidence, Finding, Rule, Severity, Source},
    graph::{Reachability, nearest},
    metrics::ExactValue,
};

pub static RULE: Rule = Rule {
    id: "slo-beyond-dependencies",
    title: "SLO is beyond what its dependencies keep",
    severity: Severity::High,
    why: "Everything that it depends on was measured, and together it was up for less time than the SLO requires.",
    fix: "Lower its SLO, make its dependencies more reliable, or make it tolerate the loss of one.",
    source: Source {
        text: "B. Treynor et al.: The calculus of service availability; serial availability A = ∏ Aᵢ",
        url: "https://queue.acm.org/detail.cfm?id=3096459",
    },
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let plan = snapshot.plan();
    if check.shared.downtime(plan, check.context.asked_on).services().next().is_none() {
        return;
    }
    let budgets: Vec<(ServiceIx, &ErrorBudget)> = check
        .shared
        .budgets(plan, check.context.asked_on)
        .iter()
        .filter(|budget| budget.slo.is_availability)
        .filter_map(|budget| Some((snapshot.service_ix(budget.slo.service)?, budget)))
        .collect();
    let memory = || Reachability::new(snapshot.needs_graph());
    let of_budget = |reach: &mut Reachability<'_>, (at, budget)| finding(check, reach, at, budget);
    found.par_extend(budgets.into_par_iter().map_init(memory, of_budget).flatten_iter());
}

/// The bound is the product of the observed availability of all services that this one depends on and does not survive,
/// each counted once. A dependency of which a day of the window is not known leaves the bound unknown.
fn finding(
    check: &RuleContext<'_>,
    reach: &mut Reachability<'_>,
    at: ServiceIx,
    budget: &ErrorBudget,
) -> Option<Finding> {
    let (snapshot, day) = (check.context.snapshot, check.context.asked_on);
    let window = WindowDays::of(budget.slo.window, day)?;
    let downtime = check.shared.downtime(snapshot.plan(), day);
    let observed = |node: u32| {
        let service = snapshot.service(node as usize).id;
        downtime.of(service)?.availability(window.first, day.min(window.last))
    };
    let soft = check.shared.soft(snapshot);
    let may_take = |from: u32, to: u32| !soft.contains(&(from, to));
    let below: Vec<u32> = reach.from(at as u32, may_take).into_iter().collect();
    let kept: Vec<(u32, ExactValue)> =
        below.iter().map(|node| Some((*node, observed(*node)?))).collect::<Option<_>>()?;
    let product = kept.iter().fold(ExactValue::one(), |product, (_, kept)| product * kept);
    if kept.is_empty() || product >= budget.slo.target {
        return None;
    }
    let (weakest, _) = kept.iter().min_by(|(a, x), (b, y)| x.cmp(y).then(a.cmp(b)))?;
    let path = nearest(snapshot.needs_graph(), at as u32, may_take, |node| node == *weakest)?;
    let with_observed = |node: u32, kept: &ExactValue| {
        format!("{} ({})", snapshot.service(node as usize).name, percent_words(kept))
    };
    let message = format!(
        "{} has an SLO of {}, but what it depends on was up {} of that time",
        snapshot.service(at).name,
        error_budgets::asked(budget),
        percent_words(&product)
    );
    let reference = |node: u32| EntityRef::from(snapshot.service(node as usize).id);
    let factors: Vec<String> = kept.iter().take(12).map(|(node, kept)| with_observed(*node, kept)).collect();
    let finding = Finding::of_service(check, at, message)
        .with(Evidence::entities("Path to the weakest dependency", path.into_iter().map(reference)))
        .with(Evidence::words("Product of", factors.join(" × ")));
    Some(match budget.slo.id {
        Some(objective) => finding.about(snapshot.plan().key_of(objective.into())),
        None => finding,
    })
}
