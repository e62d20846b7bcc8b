//! Helpers of the rules about SLOs and error budgets.

use headroom_model::{Owner, ServiceId, ServiceIx, reason, same_word};

use super::positions;
use crate::{
    check::RuleContext,
    error_budget::{self, BudgetReading, ErrorBudget, budget_words, percent_words, window_words},
    finding::{Evidence, Source, Threshold},
};

pub const BUDGET_POLICY: Source = Source {
    text: "Site Reliability Workbook, example error budget policy",
    url: "https://sre.google/workbook/error-budget-policy/",
};

pub const TIER: Threshold = Threshold {
    name: "tier",
    default: 2,
    meaning: "Lowest tier checked (1–4)",
    source: "Headroom default: tiers 1 and 2 hurt customers when they fail",
};

/// A budget with what the day shows of it.
pub struct MeasuredBudget<'c> {
    pub at: ServiceIx,
    pub budget: &'c ErrorBudget,
    pub reading: &'c BudgetReading,
}

/// Of each service that is there and measured, the budget of which most is spent: the strictest of its SLOs.
pub fn strictest<'c>(check: &'c RuleContext<'_>) -> Vec<MeasuredBudget<'c>> {
    let snapshot = check.context.snapshot;
    let budgets = check.shared.budgets(snapshot.plan(), check.context.asked_on);
    let measured = |(service, budget): (ServiceId, &'c ErrorBudget)| {
        let reading = budget.reading.as_ref().ok().filter(|reading| reading.spent.is_some())?;
        Some(MeasuredBudget { at: snapshot.service_ix(service)?, budget, reading })
    };
    error_budget::strictest(budgets).into_iter().filter_map(measured).collect()
}

/// Whether a budget of an important service is spent, and nobody is to be hired who would help.
pub fn is_left_alone(check: &RuleContext<'_>, measured: &MeasuredBudget<'_>, tier: u32) -> bool {
    let service = check.context.snapshot.service(measured.at);
    let is_important = service.tier.is_some_and(|own| u32::from(own) <= tier);
    measured.reading.is_exhausted == Some(true) && is_important && !has_help_coming(check, measured.at)
}

/// Whether somebody is to be hired for the service or its owners, for being on call, owning or reliability.
fn has_help_coming(check: &RuleContext<'_>, at: ServiceIx) -> bool {
    let snapshot = check.context.snapshot;
    let service = snapshot.service(at).id;
    let owners = snapshot.owners(at);
    positions::coming_hires(check).iter().map(|one| one.position).any(|position| {
        let is_of_owner = position.team.is_some_and(|team| owners.contains(&Owner::Team(team)));
        let helps = [reason::ON_CALL, reason::OWNERSHIP_GAP, "reliability"];
        (position.service == Some(service) || is_of_owner)
            && helps.iter().any(|helps| same_word(&position.reason, helps))
    })
}

/// `99.9% over 30 days`.
pub fn asked(budget: &ErrorBudget) -> String {
    format!("{} over {}", percent_words(&budget.slo.target), window_words(&budget.slo))
}

pub fn evidence(budget: &ErrorBudget) -> Evidence {
    Evidence::words("Error budget", budget_words(budget))
}
