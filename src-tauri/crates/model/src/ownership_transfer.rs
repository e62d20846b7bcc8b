//! Transfer of an ownership role to another owner from a day on.

use chrono::NaiveDate;

use crate::{Draft, Entity, Owner, Ownership, ServiceId};

/// From `day` on, `owner` has the role for the service, confirmed that day; other holders end the day before. Without
/// an owner the role only ends.
pub fn transfer_ownership(
    draft: &mut Draft<'_>,
    service: ServiceId,
    owner: Option<Owner>,
    role: &str,
    day: NaiveDate,
) {
    let holds =
        |row: &&Ownership| row.service == service && row.role == role && row.date_range().contains(day);
    let current: Vec<Ownership> = draft.iter().filter(holds).cloned().collect();
    for row in current.iter().filter(|row| Some(row.owner) != owner) {
        match row.from {
            // Started on this day or later: delete it rather than end it.
            Some(from) if from >= day => draft.remove::<Ownership>(row.id),
            _ => {
                let until = row.date_range().ended_before(day).until;
                draft.put(Ownership { until, ..row.clone() });
            }
        }
    }
    let Some(owner) = owner else { return };
    if current.iter().any(|row| row.owner == owner) {
        return;
    }
    let id = draft.new_id::<Ownership>();
    let (role, confirmed, from) = (role.to_owned(), Some(day), Some(day));
    draft.put(Ownership { id, service, owner, role, confirmed, from, ..Ownership::default() });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, Plan, Service, Team, TeamId, role};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn apply(plan: &mut Plan, owner: Option<u64>, on: &str) -> Vec<Change> {
        let mut draft = Draft::new(plan);
        transfer_ownership(
            &mut draft,
            3.into(),
            owner.map(|id| Owner::Team(TeamId(id))),
            role::OWNER,
            day(on),
        );
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        changes
    }

    #[test]
    fn transfer_keeps_the_former_owners_past() {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        for (id, name) in [(TeamId(1), "a"), (TeamId(2), "b")] {
            draft.put(Team { id, key: name.into(), name: name.into(), ..Team::default() });
        }
        draft.put(Service { id: 3.into(), key: "s".into(), name: "s".into(), ..Service::default() });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();

        apply(&mut plan, Some(1), "2026-01-01");
        apply(&mut plan, Some(2), "2026-06-01");
        let owners = |plan: &Plan, on: &str| {
            let holds = |row: &&Ownership| row.date_range().contains(day(on));
            plan.ownerships.iter().filter(holds).map(|row| row.owner).collect::<Vec<_>>()
        };
        assert_eq!(owners(&plan, "2026-05-31"), [Owner::Team(TeamId(1))]);
        assert_eq!(owners(&plan, "2026-06-01"), [Owner::Team(TeamId(2))]);
        assert!(apply(&mut plan, Some(2), "2026-07-01").is_empty(), "the same owner again");
        apply(&mut plan, None, "2026-08-01");
        assert!(owners(&plan, "2026-08-01").is_empty());
    }
}
