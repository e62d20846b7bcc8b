//! The rules that make findings, one file each, named after the id of its rule.
//!
//! A rule is a static [`Rule`] with id, title, severity, reason, fix, source, thresholds, a `check` and optional
//! remedies. To add one, add a file and a line in [`RULES`]; window, command line, `headroom rules` and the policy
//! follow. Ids never change: policies, suppressions and other tools refer to them. This is why some of them, and the
//! files named after them, keep older words (`seat`, `starter`, `leaver`).
//!
//! A check is a pure function of a snapshot, its facts and the policy. Findings must not depend on the order of rows
//! or on numeric ids; their ids are made of keys and dates. A rule that looks at the date sets `depends_on_date`; the
//! findings of all others are reused until the next of the [`crate::EventDates`]. On a future date, a rule that waits
//! for somebody to act compares with `Context::asked_on`, since nobody can have acted after today.
//!
//! What several rules share is in `support`. Tests: `tests/all/{rules,rules_hiring,rules_onboarding}.rs`, and
//! `tests/all/turns.rs` for reuse across dates.

mod assigned_twice;
mod availability_unreachable;
mod budget_over_parent;
mod bus_factor_one;
mod collaboration_outlived;
mod cycle_across_teams;
mod cycle_in_team;
mod dangling_dependency;
mod duplicated_work;
mod empty_team_owns;
mod first_day_not_ready;
mod fragile_articulation;
mod generalists_in_a_row;
mod leaver_leaves_nobody;
mod leaver_leaves_one;
mod leaver_undecided;
mod mentors_short;
mod no_backup_owner;
mod not_in_graph;
mod on_call_understaffed;
mod owned_by_person;
mod owner_by_former_name;
mod owner_team_empty;
mod ownership_unconfirmed;
mod person_on_many_teams;
mod person_share;
mod seat_incomplete;
mod seat_not_opened;
mod seat_planned_twice;
mod seat_reason_gone;
mod self_dependency;
mod several_owners;
mod sources_disagree;
mod specialist_too_early;
mod starter_without_buddy;
mod starter_without_checklist;
mod support;
mod team_over_load;
mod team_too_large;
mod team_too_small;
mod team_without_lead;
mod template_stale;
mod tier_inversion;
mod undeclared_interaction;
mod unknown_member;
mod unknown_owner;
mod unowned_service;

use headroom_model::wording::count_of;
use headroom_model::{
    Dependency, Draft, Entity, EntityRef, Owner, Ownership, PersonIx, Service, ServiceIx, Slo, Snapshot,
    TeamId, TeamIx, role, transfer_ownership,
};

use crate::{
    assign::{Candidate, Candidates},
    coverage_severity::CoverageState,
    finding::{Context, Evidence, Finding, Remedy},
    policy::Policy,
    rule::{Rule, RuleContext, Severity, Source, Threshold},
};

use support::{cycles, leaving, new_hires, positions};

pub(crate) use bus_factor_one::RULE as ONE_PERSON;
pub(crate) use dangling_dependency::RULE as DANGLING;
pub use on_call_understaffed::{critical as on_call_services, policy as on_call_policy};
pub(crate) use owner_team_empty::{RULE as NOBODY, many_dependents};
pub use team_over_load::limit as load_limit;
pub use team_too_small::limit as smallest_team;
pub use template_stale::limit as template_review_limit;
pub(crate) use unowned_service::RULE as UNOWNED;

/// All rules, in the order in which they are listed.
pub static RULES: &[&Rule] = &[
    &unowned_service::RULE,
    &unknown_owner::RULE,
    &owner_team_empty::RULE,
    &owned_by_person::RULE,
    &bus_factor_one::RULE,
    &several_owners::RULE,
    &sources_disagree::RULE,
    &owner_by_former_name::RULE,
    &ownership_unconfirmed::RULE,
    &no_backup_owner::RULE,
    &leaver_leaves_nobody::RULE,
    &leaver_leaves_one::RULE,
    &dangling_dependency::RULE,
    &self_dependency::RULE,
    &cycle_in_team::RULE,
    &cycle_across_teams::RULE,
    &fragile_articulation::RULE,
    &tier_inversion::RULE,
    &availability_unreachable::RULE,
    &not_in_graph::RULE,
    &duplicated_work::RULE,
    &undeclared_interaction::RULE,
    &collaboration_outlived::RULE,
    &on_call_understaffed::RULE,
    &team_over_load::RULE,
    &team_too_large::RULE,
    &team_too_small::RULE,
    &team_without_lead::RULE,
    &unknown_member::RULE,
    &person_on_many_teams::RULE,
    &person_share::RULE,
    &empty_team_owns::RULE,
    &leaver_undecided::RULE,
    &seat_incomplete::RULE,
    &assigned_twice::RULE,
    &mentors_short::RULE,
    &budget_over_parent::RULE,
    &seat_not_opened::RULE,
    &seat_planned_twice::RULE,
    &seat_reason_gone::RULE,
    &specialist_too_early::RULE,
    &generalists_in_a_row::RULE,
    &starter_without_checklist::RULE,
    &starter_without_buddy::RULE,
    &first_day_not_ready::RULE,
    &template_stale::RULE,
];

pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// Adds a finding. If another one has the same id, because the rows are equal in all that ids are made of, a number
/// is added to the id.
fn add_apart(found: &mut Vec<Finding>, finding: Finding) {
    // Findings with the same subject are neighbours.
    let of_subject = || found.iter().rev().take_while(|known| known.subject == finding.subject);
    let is_taken = |id: &str| of_subject().any(|known| known.id == id);
    let others = (2..).map(|number| format!("{}/{number}", finding.id));
    let id = std::iter::once(finding.id.clone()).chain(others).find(|id| !is_taken(id));
    found.push(Finding { id: id.unwrap_or_default(), ..finding });
}

/// Remedies that transfer a service to each of the best candidate teams. A person who owned it becomes its backup.
fn to_a_team(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let (service, day) = (snapshot.service(at), snapshot.day());
    let persons: Vec<Owner> =
        snapshot.owners(at).into_iter().filter(|owner| matches!(owner, Owner::Person(_))).collect();
    let remedy = |candidate: Candidate| {
        let mut draft = Draft::new(snapshot.plan());
        transfer_ownership(&mut draft, service.id, Some(Owner::Team(candidate.team)), role::OWNER, day);
        for owner in &persons {
            let id = draft.new_id::<Ownership>();
            let (service, owner, role) = (service.id, *owner, role::BACKUP.to_owned());
            let (from, confirmed) = (Some(day), Some(day));
            draft.put(Ownership { id, service, owner, role, from, confirmed, ..Ownership::default() });
        }
        let team = snapshot.plan().name_of(candidate.team.into());
        Remedy::new(format!("Assign to {team}"), draft.finish()).because(candidate.reasons_in_words())
    };
    Candidates::new(context).of(at).into_iter().take(3).map(remedy).collect()
}

/// The teams of a person, without duplicates.
fn teams_of(snapshot: &Snapshot, at: PersonIx) -> Vec<TeamId> {
    let mut teams: Vec<TeamId> = snapshot.memberships(at).map(|membership| membership.team).collect();
    teams.sort_unstable_by_key(|team| snapshot.team_ix(*team));
    teams.dedup();
    teams
}

/// One remedy that ends dependencies with the day before the snapshot's.
fn end_dependencies<'a>(
    snapshot: &Snapshot,
    rows: impl Iterator<Item = &'a Dependency>,
    label: &str,
) -> Vec<Remedy> {
    let mut draft = Draft::new(snapshot.plan());
    for row in rows {
        let until = row.date_range().ended_before(snapshot.day()).until;
        draft.put(Dependency { until, ..row.clone() });
    }
    vec![Remedy::new(label, draft.finish())]
}
