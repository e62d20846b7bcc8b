//! Services whose SLO is higher than the product of the SLOs of their hard dependencies.

use headroom_model::{EntityRef, ServiceIx, Slo};
use rayon::prelude::*;

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
    graph::{Reachability, nearest},
};

pub static RULE: Rule = Rule {
    id: "availability-unreachable",
    title: "SLO can’t be met",
    severity: Severity::High,
    why: "The SLOs of everything it depends on, multiplied, allow less availability than its own SLO requires.",
    fix: "Lower its SLO, raise the SLOs of its dependencies, or make the service tolerate the loss of one.",
    source: Source {
        text: "B. Treynor et al.: The calculus of service availability; serial availability A = ∏ Aᵢ",
        url: "https://queue.acm.org/detail.cfm?id=3096459",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let promised: Vec<ServiceIx> =
        (0..snapshot.service_count()).filter(|at| snapshot.service(*at).objective.is_some()).collect();
    if promised.len() > 1 {
        let memory = || Reachability::new(snapshot.needs_graph());
        let of_service = |reach: &mut Reachability<'_>, at: ServiceIx| finding(check, reach, at);
        found.par_extend(promised.into_par_iter().map_init(memory, of_service).flatten_iter());
    }
}

/// The bound is the product of the SLOs of all services that this one depends on and does not survive, each counted
/// once: serial availability with independent failures.
fn finding(check: &RuleContext<'_>, reach: &mut Reachability<'_>, at: ServiceIx) -> Option<Finding> {
    let snapshot = check.context.snapshot;
    let (forward, soft) = (snapshot.needs_graph(), check.shared.soft(snapshot));
    let may_take = |from: u32, to: u32| !soft.contains(&(from, to));
    let own = snapshot.service(at).objective?;
    let below: Vec<(u32, Slo)> = reach
        .from(at as u32, may_take)
        .into_iter()
        .filter_map(|node| Some((node, snapshot.service(node as usize).objective?)))
        .collect();
    let product: f64 = below.iter().map(|(_, objective)| objective.fraction()).product();
    // The finest SLO is a millionth.
    if below.is_empty() || product >= own.fraction() - 0.5e-6 {
        return None;
    }
    let (weakest, _) = below.iter().copied().min_by_key(|(node, objective)| (*objective, *node))?;
    let path = nearest(forward, at as u32, may_take, |node| node == weakest)?;
    let with_promise = |node: &u32| {
        let service = snapshot.service(*node as usize);
        match service.objective {
            Some(objective) => format!("{} ({objective}%)", service.name),
            None => service.name.clone(),
        }
    };
    let message = format!(
        "{} has an SLO of {own}%, but its dependencies allow at most {:.2}%: {}",
        snapshot.service(at).name,
        product * 100.0,
        path.iter().map(with_promise).collect::<Vec<_>>().join(" → ")
    );
    let reference = |node: u32| EntityRef::from(snapshot.service(node as usize).id);
    let factors: Vec<String> = below.iter().take(12).map(|(node, _)| with_promise(node)).collect();
    Some(
        Finding::of_service(check, at, message)
            .with(Evidence::entities("Path to the weakest dependency", path.into_iter().map(reference)))
            .with(Evidence::words("Product of", factors.join(" × "))),
    )
}
