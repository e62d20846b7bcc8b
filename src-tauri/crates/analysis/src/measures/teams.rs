//! Two teams become one; a domain is handed over.

use chrono::NaiveDate;
use headroom_model::{
    Draft, Entity, GroupingId, Interaction, Membership, Owner, Ownership, PersonId, Position, ServiceId,
    Snapshot, Team, TeamId, role, team_move::move_position, transfer_ownership,
};
use rustc_hash::FxHashSet;

use crate::{
    domain::Domain,
    team_split::{Departing, depart},
};

/// Has a team join another one: its people with their positions, its services, its sub-teams. It ends the day before, and
/// its interactions with it. Its budgets stay as they are.
pub fn merge_teams(draft: &mut Draft<'_>, snapshot: &Snapshot, team: TeamId, into: TeamId, day: NaiveDate) {
    let (services, people) = held(draft, snapshot, team, day);
    depart(draft, Departing { from: team, to: into, services: &services, people: &people, day });
    // Those that nobody is in.
    let is_left = |row: &&Position| row.team == Some(team) && row.date_range().reaches(day);
    let positions: Vec<Position> = draft.iter::<Position>().filter(is_left).cloned().collect();
    for position in positions {
        move_position(draft, &position, into, day);
    }
    let backups: FxHashSet<ServiceId> = draft
        .iter::<Ownership>()
        .filter(|row| {
            row.owner == Owner::Team(team) && row.role != role::OWNER && row.date_range().reaches(day)
        })
        .map(|row| row.service)
        .collect();
    for service in backups {
        end_ownerships(draft, service, Owner::Team(team), day);
    }
    draft.alter::<Team>(|row| {
        // A team is not above itself, also where it was below the one that joins it.
        let parent = if row.id == into { draft_parent(snapshot, team) } else { Some(into) };
        (row.parent == Some(team)).then(|| Team { parent, ..row.clone() })
    });
    draft.alter::<Interaction>(|row| {
        let is_theirs = (row.team == team || row.with == team) && row.date_range().reaches(day);
        is_theirs.then(|| Interaction { until: row.date_range().ended_before(day).until, ..row.clone() })
    });
    draft.alter::<Team>(|row| {
        (row.id == team).then(|| Team { until: row.date_range().ended_before(day).until, ..row.clone() })
    });
}

fn draft_parent(snapshot: &Snapshot, team: TeamId) -> Option<TeamId> {
    snapshot.plan().get::<Team>(team).and_then(|row| row.parent)
}

/// The services that a team owns from the day on, and the people on it.
fn held(
    draft: &Draft<'_>,
    snapshot: &Snapshot,
    team: TeamId,
    day: NaiveDate,
) -> (Vec<ServiceId>, Vec<PersonId>) {
    let owns = |row: &&Ownership| {
        row.owner == Owner::Team(team) && row.role == role::OWNER && row.date_range().reaches(day)
    };
    let mut services: Vec<ServiceId> =
        draft.iter::<Ownership>().filter(owns).map(|row| row.service).collect();
    services.sort_by_cached_key(|service| snapshot.plan().place_of(*service));
    services.dedup();
    let is_on = |row: &&Membership| row.team == team && row.date_range().reaches(day);
    let mut people: Vec<PersonId> = draft.iter::<Membership>().filter(is_on).map(|row| row.person).collect();
    people.sort_by_cached_key(|person| snapshot.plan().place_of(*person));
    people.dedup();
    (services, people)
}

fn end_ownerships(draft: &mut Draft<'_>, service: ServiceId, owner: Owner, day: NaiveDate) {
    let rows: Vec<Ownership> = draft
        .iter::<Ownership>()
        .filter(|row| row.service == service && row.owner == owner && row.date_range().reaches(day))
        .cloned()
        .collect();
    for row in rows {
        match row.from {
            Some(from) if from >= day => draft.remove::<Ownership>(row.id),
            _ => draft.put(Ownership { until: row.date_range().ended_before(day).until, ..row }),
        }
    }
}

/// Hands every service of a domain over to a team from the day on; gives how many.
pub fn hand_over_domain(
    draft: &mut Draft<'_>,
    snapshot: &Snapshot,
    domain: GroupingId,
    to: TeamId,
    day: NaiveDate,
) -> usize {
    let mut services: Vec<ServiceId> = Domain::new(snapshot, domain).services.into_iter().collect();
    services.sort_by_cached_key(|service| snapshot.plan().place_of(*service));
    for service in &services {
        transfer_ownership(draft, *service, Some(Owner::Team(to)), role::OWNER, day);
    }
    services.len()
}
