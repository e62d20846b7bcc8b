//! Remedies that several rules offer.

use headroom_model::{Dependency, Draft, Entity, Owner, Ownership, Snapshot, role, transfer_ownership};

use crate::{
    assign::{Candidate, Candidates},
    context::Context,
    finding::{Finding, Remedy},
};

/// Remedies that transfer a service to each of the best candidate teams. A person who owned it becomes its backup.
pub fn to_a_team(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let (service, day) = (snapshot.service(at), snapshot.day());
    let persons: Vec<Owner> =
        snapshot.owners(at).iter().copied().filter(|owner| matches!(owner, Owner::Person(_))).collect();
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

/// One remedy that ends dependencies with the day before the snapshot's.
pub fn end_dependencies<'a>(
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
