//! Cloud cost that names a team which has ended, or none that the plan has.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use headroom_model::{
    CostLine, CostRule, Draft, Entity, Kind, Owner, Ownership, Plan, Snapshot, Team, TeamId, wording::date,
};
use num_traits::{Signed, Zero};
use rustc_hash::FxHashMap;

use super::support::cloud::{BilledMonth, FINOPS};
use crate::{
    check::{RuleCheck, RuleContext},
    cloud_cost::{CloudCosts, CostReason, OwnedLine},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity},
    metrics::ExactValue,
};

pub static RULE: Rule = Rule {
    id: "spend-of-a-team-that-is-gone",
    title: "Cloud cost of a team that is gone",
    severity: Severity::High,
    why: "The label of what runs there names a team that has ended, or one that nobody knows. It costs on, and nobody \
          looks at it.",
    fix: "Make a cost rule that gives it to the team that took over, name the former name as an alias, or switch it off.",
    source: FINOPS,
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let Some(billed) = BilledMonth::newest(check) else { return };
    ended_teams(check, &billed, found);
    unknown_names(check, &billed, found);
}

fn ended_teams(check: &RuleContext<'_>, billed: &BilledMonth, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    let ended = billed.costs.by(billed.month, billed.basis, |line| line.owner.ended.and(line.owner.team));
    let mut ended: Vec<(&Team, ExactValue)> =
        ended.into_iter().filter_map(|(team, amount)| Some((plan.get::<Team>(team)?, amount))).collect();
    ended.retain(|(_, amount)| amount.is_positive());
    ended.sort_by_cached_key(|(team, _)| (team.name.clone(), team.key.clone()));
    for (team, amount) in ended {
        let day = team.date_range().until.map(|day| date(day).to_string()).unwrap_or_default();
        let message = format!(
            "{} ended on {day} and still costs {} in {}",
            team.name,
            billed.amount(&amount),
            billed.name()
        );
        let is_its = |line: &OwnedLine| line.owner.team == Some(team.id) && line.owner.ended.is_some();
        let finding = Finding {
            id: format!("{}/{}", check.rule.id, team.key),
            rule: check.rule,
            severity: check.severity,
            subject: team.id.into(),
            message,
            evidence: Vec::new(),
            team: successor(check.context.snapshot, team),
            weight: 0,
            day: None,
        };
        found.push(finding.with(since(billed, is_its)));
    }
}

fn unknown_names(check: &RuleContext<'_>, billed: &BilledMonth, found: &mut Vec<Finding>) {
    let unknown = |line: &OwnedLine| {
        line.owner.unknown.clone().filter(|_| line.owner.reason == CostReason::UnknownName)
    };
    let names: BTreeMap<(String, String), ExactValue> =
        billed.costs.by(billed.month, billed.basis, unknown).into_iter().collect();
    for ((label, value), amount) in names.into_iter().filter(|(_, amount)| amount.is_positive()) {
        let is_its = |line: &OwnedLine| {
            line.owner.unknown.as_ref().is_some_and(|(own, named)| *own == label && *named == value)
        };
        let Some(line) = billed.largest(check, is_its) else { continue };
        let message = format!(
            "“{value}” of label {label} is no team of the plan and costs {} in {}",
            billed.amount(&amount),
            billed.name()
        );
        let finding = Finding::of_cost(check, line, &format!("{label}={value}"), message);
        found.push(finding.with(since(billed, is_its)));
    }
}

/// Since when it costs, and how much that is.
fn since(billed: &BilledMonth, is_its: impl Fn(&OwnedLine) -> bool) -> Evidence {
    let months: Vec<(NaiveDate, ExactValue)> = billed
        .costs
        .months()
        .filter(|month| *month <= billed.month)
        .map(|month| (month, billed.costs.total(month, billed.basis, &is_its)))
        .filter(|(_, amount)| !amount.is_zero())
        .collect();
    let all: ExactValue = months.iter().map(|(_, amount)| amount).sum();
    let first = months.first().map(|(month, _)| month.format("%B %Y").to_string()).unwrap_or_default();
    Evidence::words("Since", format!("{first}: {}", billed.amount(&all)))
}

/// The team that owns most of the services that another had to its end; or else the one above it.
fn successor(snapshot: &Snapshot, gone: &Team) -> Option<TeamId> {
    let plan = snapshot.plan();
    let mut counts: FxHashMap<TeamId, usize> = FxHashMap::default();
    let had = plan.ownerships.iter().filter(|row| row.owner == Owner::Team(gone.id) && row.is_accountable());
    for at in had.filter_map(|row: &Ownership| snapshot.service_ix(row.service)) {
        for owner in snapshot.owners(at) {
            if let Owner::Team(team) = owner
                && *team != gone.id
            {
                *counts.entry(*team).or_default() += 1;
            }
        }
    }
    let most = counts.into_iter().max_by(|one, other| {
        one.1.cmp(&other.1).then_with(|| plan.key_of(other.0.into()).cmp(plan.key_of(one.0.into())))
    });
    most.map(|(team, _)| team).or(gone.parent.filter(|parent| snapshot.team_ix(*parent).is_some()))
}

/// A cost rule that gives what names the team to the one that took over.
fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let plan = snapshot.plan();
    let gone =
        (finding.subject.kind == Kind::Team).then(|| plan.get::<Team>(finding.subject.id.into())).flatten();
    let Some((gone, team)) = gone.and_then(|gone| Some((gone, successor(snapshot, gone)?))) else {
        return Vec::new();
    };
    let labels = labels_of(plan, gone.id);
    if labels.is_empty() {
        return Vec::new();
    }
    let mut draft = Draft::new(plan);
    for (label, value) in labels {
        let id = draft.new_id::<CostRule>();
        let from = gone.date_range().until.and_then(|last| last.succ_opt());
        draft.put(CostRule { id, label, value, team: Some(team), from, ..CostRule::default() });
    }
    vec![Remedy::new(format!("Give its cost to {}", plan.name_of(team.into())), draft.finish())]
}

/// The labels by which costs after its end are those of a team.
fn labels_of(plan: &Plan, team: TeamId) -> Vec<(String, String)> {
    let costs = CloudCosts::of(plan);
    let of_team = |line: &&OwnedLine| {
        line.owner.team == Some(team) && line.owner.ended.is_some() && line.owner.rule.is_none()
    };
    let lines = costs.months().collect::<Vec<_>>();
    let lines = lines.iter().flat_map(|month| costs.lines(*month)).filter(of_team);
    let mut labels: Vec<(String, String)> = lines
        .filter_map(|line| crate::cloud_cost::team_label(plan.get::<CostLine>(line.id)?))
        .map(|(label, value)| (label.to_owned(), value.to_owned()))
        .collect();
    labels.sort();
    labels.dedup();
    labels
}
