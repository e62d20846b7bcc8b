//! The rules that make findings, one file each, named after the id of its rule; and running them on a day.
//!
//! A rule is a static [`Rule`], which says what is wrong and why, and a [`RuleCheck`] with its `check` and optional
//! remedies. To add one, add a file and a line in `CHECKS`; window, command line, `headroom rules` and the policy
//! follow. Ids never change: policies, suppressions and other tools refer to them. This is why some of them, and the
//! files named after them, keep older words (`seat`, `starter`, `leaver`).
//!
//! A check is a pure function of a snapshot, its facts and the policy. Findings must not depend on the order of rows
//! or on numeric ids; their ids are made of keys and dates. A rule that looks at the date sets `depends_on_date`; the
//! findings of all others are reused until the next of the [`crate::EventDates`]. On a future date, a rule that waits
//! for somebody to act compares with [`Context::asked_on`], since nobody can have acted after today.
//!
//! Nothing below knows which rules there are. The forecast, coverage and capacity read the thresholds that they share
//! with rules from the policy, and the rules list them from there ([`crate::policy`]); the severity of a kind of gap
//! and of its rule is said once, in [`crate::gap`].
//!
//! What several rules share is in `support`. Tests: `tests/all/{rules,rules_hiring,rules_onboarding}.rs`, and
//! `tests/all/turns.rs` for reuse across dates.

mod action_lost_its_owner;
mod action_overdue;
mod assigned_twice;
mod availability_unreachable;
mod bet_moved;
mod bet_past_its_day;
mod bet_team_leaves;
mod bet_without_criterion;
mod budget_burns;
mod budget_over_parent;
mod budget_spent_nobody_comes;
mod bus_factor_one;
mod channel_after_its_test;
mod collaboration_outlived;
mod cycle_across_teams;
mod cycle_in_team;
mod dangling_dependency;
mod duplicated_work;
mod empty_team_owns;
mod expected_figure_missed;
mod first_day_not_ready;
mod fit_not_shown;
mod fragile_articulation;
mod gate_closed_again;
mod gate_lapsed;
mod gate_opens_too_late;
mod generalists_in_a_row;
mod growth_position_before_payback;
mod growth_position_without_gate;
mod idle;
mod incident_without_review;
mod leaver_leaves_nobody;
mod leaver_leaves_one;
mod leaver_undecided;
mod market_before_baseline;
mod mentors_short;
mod no_backup_owner;
mod not_in_graph;
mod on_call_understaffed;
mod opened_by_exchange_rate;
mod owned_by_person;
mod owner_by_former_name;
mod owner_team_empty;
mod ownership_unconfirmed;
mod person_on_many_teams;
mod person_share;
mod position_in_unproven_market;
mod position_left_behind;
mod practice_below_tier;
mod practice_fell;
mod practice_owner_gone;
mod practice_unknown;
mod same_again;
mod scenario_behind;
mod scenario_holds;
mod scenario_undecided;
mod scenarios_overlap;
mod seat_incomplete;
mod seat_not_opened;
mod seat_planned_twice;
mod seat_reason_gone;
mod self_dependency;
mod several_owners;
mod signal_missing;
mod slo_beyond_dependencies;
mod slo_unmeasured;
mod sources_disagree;
mod specialist_too_early;
mod spend_of_a_team_that_is_gone;
mod spend_without_owner;
mod starter_without_buddy;
mod starter_without_checklist;
mod support;
mod support_falls_short;
mod support_hire_not_needed;
mod team_over_load;
mod team_too_large;
mod team_too_small;
mod team_without_lead;
mod template_stale;
mod tier_inversion;
mod train_rather_than_hire;
mod undeclared_interaction;
mod unit_cost_rises;
mod unknown_member;
mod unknown_owner;
mod unowned_service;
mod volume_does_not_pay;

use std::cmp::Reverse;

use rayon::prelude::*;

use crate::{
    check::{RuleCache, RuleCheck, RuleContext},
    context::Context,
    coverage_severity::{Importance, SeverityScale},
    finding::{Finding, Remedy, Rule},
    onboarding::checkout::is_checked_out,
    responders::Responders,
};

pub use template_stale::limit as template_review_limit;

/// All rules with their functions, in the order in which they are listed.
const CHECKS: &[&RuleCheck] = &[
    &unowned_service::CHECK,
    &unknown_owner::CHECK,
    &owner_team_empty::CHECK,
    &owned_by_person::CHECK,
    &bus_factor_one::CHECK,
    &several_owners::CHECK,
    &sources_disagree::CHECK,
    &owner_by_former_name::CHECK,
    &ownership_unconfirmed::CHECK,
    &no_backup_owner::CHECK,
    &leaver_leaves_nobody::CHECK,
    &leaver_leaves_one::CHECK,
    &dangling_dependency::CHECK,
    &self_dependency::CHECK,
    &cycle_in_team::CHECK,
    &cycle_across_teams::CHECK,
    &fragile_articulation::CHECK,
    &tier_inversion::CHECK,
    &availability_unreachable::CHECK,
    &slo_beyond_dependencies::CHECK,
    &budget_spent_nobody_comes::CHECK,
    &budget_burns::CHECK,
    &slo_unmeasured::CHECK,
    &practice_below_tier::CHECK,
    &practice_unknown::CHECK,
    &practice_fell::CHECK,
    &practice_owner_gone::CHECK,
    &market_before_baseline::CHECK,
    &not_in_graph::CHECK,
    &duplicated_work::CHECK,
    &undeclared_interaction::CHECK,
    &collaboration_outlived::CHECK,
    &on_call_understaffed::CHECK,
    &team_over_load::CHECK,
    &team_too_large::CHECK,
    &team_too_small::CHECK,
    &team_without_lead::CHECK,
    &unknown_member::CHECK,
    &person_on_many_teams::CHECK,
    &person_share::CHECK,
    &empty_team_owns::CHECK,
    &leaver_undecided::CHECK,
    &seat_incomplete::CHECK,
    &assigned_twice::CHECK,
    &position_left_behind::CHECK,
    &mentors_short::CHECK,
    &budget_over_parent::CHECK,
    &spend_without_owner::CHECK,
    &spend_of_a_team_that_is_gone::CHECK,
    &unit_cost_rises::CHECK,
    &idle::CHECK,
    &seat_not_opened::CHECK,
    &seat_planned_twice::CHECK,
    &seat_reason_gone::CHECK,
    &support_falls_short::CHECK,
    &support_hire_not_needed::CHECK,
    &train_rather_than_hire::CHECK,
    &growth_position_without_gate::CHECK,
    &growth_position_before_payback::CHECK,
    &volume_does_not_pay::CHECK,
    &fit_not_shown::CHECK,
    &signal_missing::CHECK,
    &gate_opens_too_late::CHECK,
    &gate_closed_again::CHECK,
    &gate_lapsed::CHECK,
    &opened_by_exchange_rate::CHECK,
    &specialist_too_early::CHECK,
    &generalists_in_a_row::CHECK,
    &starter_without_checklist::CHECK,
    &starter_without_buddy::CHECK,
    &first_day_not_ready::CHECK,
    &template_stale::CHECK,
    &scenario_undecided::CHECK,
    &scenario_behind::CHECK,
    &scenarios_overlap::CHECK,
    &scenario_holds::CHECK,
    &expected_figure_missed::CHECK,
    &same_again::CHECK,
    &action_lost_its_owner::CHECK,
    &action_overdue::CHECK,
    &incident_without_review::CHECK,
    &bet_past_its_day::CHECK,
    &bet_without_criterion::CHECK,
    &bet_moved::CHECK,
    &bet_team_leaves::CHECK,
    &channel_after_its_test::CHECK,
    &position_in_unproven_market::CHECK,
];

/// All rules, in the order in which they are listed.
pub static RULES: &[&Rule] = &{
    let mut rules = [CHECKS[0].rule; CHECKS.len()];
    let mut at = 1;
    while at < rules.len() {
        rules[at] = CHECKS[at].rule;
        at += 1;
    }
    rules
};

pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// Whether findings of a rule have remedies that can be applied at once.
pub fn has_remedies(rule: &Rule) -> bool {
    check_of(rule).is_some_and(|check| check.remedies.is_some())
}

/// Remedies of a finding that can be applied at once.
pub fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let remedies = check_of(finding.rule).and_then(|check| check.remedies);
    remedies.map(|remedies| remedies(context, finding)).unwrap_or_default()
}

fn check_of(rule: &Rule) -> Option<&'static RuleCheck> {
    CHECKS.iter().copied().find(|check| check.rule.id == rule.id)
}

/// All findings, by severity, then by number of dependents, then by ID.
pub fn findings(context: &Context<'_>) -> Vec<Finding> {
    sorted(found_by(CHECKS, context))
}

/// As [`findings`], reusing those of another date between the same event dates.
pub(crate) fn findings_renewed(context: &Context<'_>, known: &[Finding]) -> Vec<Finding> {
    let by_day: Vec<&RuleCheck> = CHECKS.iter().copied().filter(|check| check.rule.depends_on_date).collect();
    let mut lists = found_by(&by_day, context);
    lists.push(known.iter().filter(|finding| !finding.rule.depends_on_date).cloned().collect());
    sorted(lists)
}

/// The findings of one rule, or of all but [`expected_figure_missed`], unsorted.
fn findings_of(rule: &str, context: &Context<'_>) -> Vec<Finding> {
    let is_asked = |check: &&RuleCheck| match rule {
        "" => check.rule.id != expected_figure_missed::RULE.id,
        rule => check.rule.id == rule,
    };
    let checks: Vec<&RuleCheck> = CHECKS.iter().copied().filter(is_asked).collect();
    found_by(&checks, context).concat()
}

/// The findings of each rule.
fn found_by(checks: &[&RuleCheck], context: &Context<'_>) -> Vec<Vec<Finding>> {
    // A shared checklist file has no organisation to check.
    if is_checked_out(context.snapshot.plan()) {
        return Vec::new();
    }
    let responders = Responders::new(context.snapshot);
    let shared = RuleCache::default();
    let scale = SeverityScale::new(context.policy);
    let importance = Importance::known(context.snapshot, context.facts, context.policy);
    let given = |rule: &'static Rule, severity| RuleContext {
        rule,
        severity,
        context,
        responders: &responders,
        shared: &shared,
        scale: &scale,
        importance: &importance,
    };
    let look = |check: &&RuleCheck| {
        let mut found = Vec::new();
        if let Some(severity) = context.policy.severity(check.rule) {
            (check.check)(&given(check.rule, severity), &mut found);
        }
        found
    };
    checks.par_iter().map(look).collect()
}

/// All findings of the lists, in their order. Places are sorted, since findings are large.
fn sorted(lists: Vec<Vec<Finding>>) -> Vec<Finding> {
    let places =
        lists.iter().enumerate().flat_map(|(list, found)| (0..found.len()).map(move |at| (list, at)));
    let key = |(list, at): (usize, usize)| {
        let finding = &lists[list][at];
        (Reverse((finding.severity, finding.weight)), (list, at))
    };
    let id = |(list, at): (usize, usize)| &lists[list][at].id;
    let mut order: Vec<_> = places.map(key).collect();
    // IDs are unique, so the order is always the same.
    order.par_sort_unstable_by(|(a, one), (b, other)| a.cmp(b).then_with(|| id(*one).cmp(id(*other))));
    let mut lists: Vec<Vec<Option<Finding>>> =
        lists.into_iter().map(|found| found.into_iter().map(Some).collect()).collect();
    let mut all = Vec::with_capacity(order.len());
    all.extend(order.into_iter().filter_map(|(_, (list, at))| lists[list][at].take()));
    all
}

#[cfg(test)]
mod tests {
    use headroom_model::Plan;

    use super::*;
    use crate::{
        coverage::GAP_KINDS,
        gap::GapKind,
        on_call::on_call_policy,
        policy::{Policy, load_limit, many_dependents, smallest_team},
    };

    #[test]
    fn missed_figures_are_those_that_no_figure_counts() {
        assert_eq!(expected_figure_missed::RULE.id, crate::expected_figures::MISSED);
    }

    #[test]
    fn gap_kinds_and_rules_agree() {
        for kind in GapKind::ALL {
            assert_eq!(rule(kind.rule()).map(|rule| rule.severity), Some(kind.severity()), "{kind:?}");
        }
        let mut others = GAP_KINDS.iter().flat_map(|spec| spec.others);
        assert!(others.all(|id| rule(id).is_some()));
    }

    #[test]
    fn thresholds_below_the_rules_are_those_of_the_rules() {
        let mut plan = Plan::default();
        let keys = [
            "on-call-understaffed.people",
            "on-call-understaffed.each-of-two",
            "on-call-understaffed.tier",
            "team-over-load.tenths",
            "team-too-small.people",
            "owner-team-empty.dependents",
        ];
        for (value, key) in (101..).zip(keys) {
            let change = Policy::change(&plan, RULES, &format!("rule.{key}"), &format!("{value}"));
            plan.apply(&change.unwrap()).unwrap();
        }
        let policy = Policy::from_plan(&plan);
        let (rota, tier) = on_call_policy(&policy);
        assert_eq!([rota.one_site, rota.each_of_two, tier.into()], [101, 102, 103]);
        assert_eq!([load_limit(&policy), smallest_team(&policy), many_dependents(&policy)], [104, 105, 106]);
    }
}
