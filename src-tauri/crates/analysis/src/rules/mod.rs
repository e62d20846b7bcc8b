//! The rules, one file each. A new one is a file here and a line in [`RULES`].

mod assigned_twice;
mod availability;
mod budget_over_parent;
mod bus_factor_one;
mod cycle_across_teams;
mod cycle_in_team;
mod cycles;
mod dangling_dependency;
mod duplicated_work;
mod empty_team_owns;
mod first_day_not_ready;
mod fragile_articulation;
mod generalists_in_a_row;
mod interaction_outlived;
mod leaver_undecided;
mod leaves_nobody;
mod leaves_one;
mod leaving;
mod mentors_short;
mod no_backup;
mod not_in_graph;
mod on_call;
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
mod seats;
mod self_dependency;
mod several_owners;
mod sources_disagree;
mod specialist_early;
mod starter_without_buddy;
mod starter_without_checklist;
mod starting;
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

use headroom_model::{
    Availability, Dependency, Draft, Entity, EntityRef, Owner, Ownership, PersonIx, Service, ServiceIx,
    Snapshot, TeamId, TeamIx, hand_over, role,
};

use crate::{
    assign::{Candidate, Candidates},
    coverage_severity::CoverageState,
    finding::{Context, Evidence, Finding, Remedy},
    policy::Policy,
    rule::{Check, Rule, Severity, Source, Threshold},
};

pub(crate) use bus_factor_one::RULE as ONE_PERSON;
pub(crate) use dangling_dependency::RULE as DANGLING;
pub use on_call::{critical as on_call_services, policy as on_call_policy};
pub(crate) use owner_team_empty::{RULE as NOBODY, many_dependents};
pub use team_over_load::limit as load_limit;
pub use team_too_small::limit as smallest_team;
pub use template_stale::limit as template_review_limit;
pub(crate) use unowned_service::RULE as UNOWNED;

/// Every rule, in the order in which they are listed.
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
    &no_backup::RULE,
    &leaves_nobody::RULE,
    &leaves_one::RULE,
    &dangling_dependency::RULE,
    &self_dependency::RULE,
    &cycle_in_team::RULE,
    &cycle_across_teams::RULE,
    &fragile_articulation::RULE,
    &tier_inversion::RULE,
    &availability::RULE,
    &not_in_graph::RULE,
    &duplicated_work::RULE,
    &undeclared_interaction::RULE,
    &interaction_outlived::RULE,
    &on_call::RULE,
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
    &specialist_early::RULE,
    &generalists_in_a_row::RULE,
    &starter_without_checklist::RULE,
    &starter_without_buddy::RULE,
    &first_day_not_ready::RULE,
    &template_stale::RULE,
];

/// The rules that do not ask which day it is, only what there is on it: their findings hold until something begins or
/// ends. A rule that is not named here is looked at anew on each day.
pub static STEADY: &[&str] = &[
    unowned_service::RULE.id,
    unknown_owner::RULE.id,
    owner_team_empty::RULE.id,
    owned_by_person::RULE.id,
    bus_factor_one::RULE.id,
    several_owners::RULE.id,
    sources_disagree::RULE.id,
    owner_by_former_name::RULE.id,
    no_backup::RULE.id,
    dangling_dependency::RULE.id,
    self_dependency::RULE.id,
    cycle_in_team::RULE.id,
    cycle_across_teams::RULE.id,
    fragile_articulation::RULE.id,
    tier_inversion::RULE.id,
    availability::RULE.id,
    not_in_graph::RULE.id,
    duplicated_work::RULE.id,
    undeclared_interaction::RULE.id,
    on_call::RULE.id,
    team_over_load::RULE.id,
    team_too_large::RULE.id,
    team_too_small::RULE.id,
    team_without_lead::RULE.id,
    unknown_member::RULE.id,
    person_on_many_teams::RULE.id,
    person_share::RULE.id,
    empty_team_owns::RULE.id,
    assigned_twice::RULE.id,
];

pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// Adds a finding. Where others have its id already, since rows are alike in whatever ids are made of, it is told apart
/// by its number among them.
fn add_apart(found: &mut Vec<Finding>, finding: Finding) {
    // Those of one subject come one after the other.
    let of_subject = || found.iter().rev().take_while(|known| known.subject == finding.subject);
    let is_taken = |id: &str| of_subject().any(|known| known.id == id);
    let others = (2..).map(|number| format!("{}/{number}", finding.id));
    let id = std::iter::once(finding.id.clone()).chain(others).find(|id| !is_taken(id));
    found.push(Finding { id: id.unwrap_or_default(), ..finding });
}

/// `one member`, `3 members`.
fn count_of(count: usize, noun: &str) -> String {
    if count == 1 { format!("one {noun}") } else { format!("{count} {noun}s") }
}

/// Gives a service to a team for which most speaks, from the day on; a person who owned it becomes its backup.
fn to_a_team(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let (service, day) = (snapshot.service(at), snapshot.day());
    let persons: Vec<Owner> =
        snapshot.owners(at).into_iter().filter(|owner| matches!(owner, Owner::Person(_))).collect();
    let remedy = |candidate: Candidate| {
        let mut draft = Draft::new(snapshot.plan());
        hand_over(&mut draft, service.id, Some(Owner::Team(candidate.team)), role::OWNER, day);
        for owner in &persons {
            let id = draft.new_id::<Ownership>();
            let (service, owner, role) = (service.id, *owner, role::BACKUP.to_owned());
            let (from, confirmed) = (Some(day), Some(day));
            draft.put(Ownership { id, service, owner, role, from, confirmed, ..Ownership::default() });
        }
        let team = snapshot.plan().name_of(candidate.team.into());
        Remedy::new(format!("Give {} to {team}", service.name), draft.finish())
            .because(candidate.reasons_in_words())
    };
    Candidates::new(context).of(at).into_iter().take(3).map(remedy).collect()
}

/// The teams of a person, each once.
fn teams_of(snapshot: &Snapshot, at: PersonIx) -> Vec<TeamId> {
    let mut teams: Vec<TeamId> = snapshot.memberships(at).map(|membership| membership.team).collect();
    teams.sort_unstable_by_key(|team| snapshot.team_ix(*team));
    teams.dedup();
    teams
}

/// One remedy that lets dependencies end on the eve of the day.
fn end_dependencies<'a>(
    snapshot: &Snapshot,
    rows: impl Iterator<Item = &'a Dependency>,
    label: &str,
) -> Vec<Remedy> {
    let mut draft = Draft::new(snapshot.plan());
    for row in rows {
        let until = row.span().ended_before(snapshot.day()).until;
        draft.put(Dependency { until, ..row.clone() });
    }
    vec![Remedy::new(label, draft.finish())]
}
