use std::sync::Arc;

use headroom_model::{
    Dependency, DependencyId, Draft, Membership, Owner, Ownership, OwnershipId, Person, PersonId, Plan,
    Service, ServiceId, Team, TeamId, delete_cascading, role,
};
use rustc_hash::FxHashSet;

use super::*;
use crate::map::{Cluster, HiddenNodes, Inside, MapScope, everything};

const ABLE: TeamId = TeamId(1);
const BOLD: TeamId = TeamId(2);
const NEW: TeamId = TeamId(3);

fn put_team(draft: &mut Draft<'_>, id: TeamId, key: &str) {
    draft.put(Team { id, key: key.into(), name: key.into(), ..Team::default() });
}

/// A service whose ownership has its number plus 100.
fn put_service(draft: &mut Draft<'_>, id: u64, team: TeamId) {
    let (service, key) = (ServiceId(id), format!("s{id}"));
    draft.put(Service { id: service, name: key.clone(), key, ..Service::default() });
    own(draft, id, team);
}

fn own(draft: &mut Draft<'_>, service: u64, team: TeamId) {
    let (role, owner) = (role::OWNER.to_owned(), Owner::Team(team));
    let (id, service) = (OwnershipId(100 + service), ServiceId(service));
    draft.put(Ownership { id, service, owner, role, ..Ownership::default() });
}

fn depend(draft: &mut Draft<'_>, id: u64, from: u64, to: u64) {
    let (service, depends_on) = (ServiceId(from), ServiceId(to));
    draft.put(Dependency { id: DependencyId(id), service, depends_on, ..Dependency::default() });
}

fn finish(plan: &Plan, fill: impl FnOnce(&mut Draft<'_>)) -> Arc<Plan> {
    let mut draft = Draft::new(plan);
    fill(&mut draft);
    let changes = draft.finish();
    Arc::new(plan.after(&changes).unwrap())
}

/// Able owns 11, 12 and 13, each of which depends on the next; 13 depends on 14, which is Bold's.
fn before() -> Arc<Plan> {
    finish(&Plan::default(), |draft| {
        put_team(draft, ABLE, "able");
        put_team(draft, BOLD, "bold");
        for (id, team) in [(11, ABLE), (12, ABLE), (13, ABLE), (14, BOLD)] {
            put_service(draft, id, team);
        }
        for (id, from, to) in [(201, 11, 12), (202, 12, 13), (203, 13, 14)] {
            depend(draft, id, from, to);
        }
        let id = PersonId(31);
        draft.put(Person { id, key: "p".into(), name: "p".into(), ..Person::default() });
        let id = headroom_model::MembershipId(41);
        draft.put(Membership { id, person: PersonId(31), team: ABLE, ..Membership::default() });
    })
}

/// A new team takes over 12, with the person; 13 is Bold's; 14 is deleted, and 15 is new and depends on 11.
fn after(plan: &Plan) -> Arc<Plan> {
    finish(plan, |draft| {
        put_team(draft, NEW, "new");
        own(draft, 12, NEW);
        own(draft, 13, BOLD);
        delete_cascading(draft, ServiceId(14).into());
        put_service(draft, 15, ABLE);
        depend(draft, 204, 15, 11);
        let id = headroom_model::MembershipId(41);
        draft.put(Membership { id, person: PersonId(31), team: NEW, ..Membership::default() });
    })
}

fn snapshots(plans: [&Arc<Plan>; 2]) -> [Snapshot; 2] {
    plans.map(|plan| plan.as_of("2027-07-01".parse().unwrap()))
}

fn sides([before, after]: &[Snapshot; 2]) -> Sides<'_> {
    Sides { before, after }
}

fn nodes(map: &ComparedMap) -> Vec<(u64, Option<NodeMark>)> {
    map.nodes.iter().map(|node| (node.service.0, node.mark)).collect()
}

fn edges(map: &ComparedMap) -> Vec<(u64, u64, Option<EdgeMark>)> {
    let id = |at: usize| map.nodes[at].service.0;
    map.edges.iter().map(|edge| (id(edge.from), id(edge.to), edge.mark)).collect()
}

#[test]
fn the_union_has_all_of_both_plans_and_says_what_becomes_of_it() {
    let was = before();
    let both = snapshots([&was, &after(&was)]);
    let map = ComparedMap::new(sides(&both), &HiddenNodes::default(), MapScope::Everything);
    let (changed, added, removed) = (Some(NodeMark::Changed), Some(NodeMark::Added), Some(NodeMark::Removed));
    // What the second plan has no more comes last.
    assert_eq!(nodes(&map), [(11, None), (12, changed), (13, changed), (15, added), (14, removed)]);
    let across = Some(EdgeMark::BecomesCrossTeam);
    assert_eq!(
        edges(&map),
        [
            (11, 12, across),
            (12, 13, across),
            (13, 14, Some(EdgeMark::Removed)),
            (15, 11, Some(EdgeMark::Added))
        ]
    );
    let part = map.clone().of_side(0);
    assert_eq!(nodes(&part), [(11, None), (12, changed), (13, changed), (14, removed)]);
    assert_eq!(edges(&part).len(), 3);
    assert_eq!(nodes(&map.of_side(1)), [(11, None), (12, changed), (13, changed), (15, added)]);

    // The other way round what is added is removed, and what becomes cross-team is so no longer.
    let turned = ComparedMap::new(
        Sides { before: &both[1], after: &both[0] },
        &HiddenNodes::default(),
        MapScope::Everything,
    );
    let marks: Vec<_> =
        edges(&turned).into_iter().map(|(from, to, mark)| (from, to, mark.unwrap())).collect();
    assert_eq!(
        marks,
        [
            (11, 12, EdgeMark::NoLongerCrossTeam),
            (12, 13, EdgeMark::NoLongerCrossTeam),
            (13, 14, EdgeMark::Added),
            (15, 11, EdgeMark::Removed)
        ]
    );
}

#[test]
fn what_only_comes_into_sight_is_not_marked_as_added() {
    let was = before();
    let both = snapshots([&was, &after(&was)]);
    let scope = MapScope::Inside { of: Inside::Team(ABLE), with_neighbours: false };
    let map = ComparedMap::new(sides(&both), &HiddenNodes::default(), scope);
    // 12 and 13 are inside before only, and drawn in both: their dependency is there in both plans.
    let names: Vec<u64> = map.nodes.iter().map(|node| node.service.0).collect();
    assert_eq!(names, [11, 12, 13, 15]);
    assert!(edges(&map).contains(&(12, 13, Some(EdgeMark::BecomesCrossTeam))));
    let seen: Vec<u64> = map.of_side(1).nodes.iter().map(|node| node.service.0).collect();
    assert_eq!(seen, [11, 15]);

    // Around 13 there is 14 before, and nothing new after.
    let scope = MapScope::Around { service: ServiceId(13), up: 1, down: 1 };
    let map = ComparedMap::new(sides(&both), &HiddenNodes::default(), scope);
    assert_eq!(
        nodes(&map),
        [(12, Some(NodeMark::Changed)), (13, Some(NodeMark::Changed)), (14, Some(NodeMark::Removed))]
    );
    // Around what is there in one of the plans only.
    let scope = MapScope::Around { service: ServiceId(15), up: 1, down: 1 };
    let map = ComparedMap::new(sides(&both), &HiddenNodes::default(), scope);
    assert_eq!(nodes(&map), [(11, None), (15, Some(NodeMark::Added))]);
}

#[test]
fn owners_say_what_they_take_over_and_who_comes() {
    let was = before();
    let both = snapshots([&was, &after(&was)]);
    let owners = ComparedOwners::new(sides(&both), &HiddenNodes::default(), &FxHashSet::default());
    let marks: Vec<_> = owners.nodes.iter().map(|node| (node.cluster, node.mark)).collect();
    let team = |team| Cluster::Owner(Owner::Team(team));
    assert_eq!(
        marks,
        [
            (team(ABLE), Some(NodeMark::Changed)),
            (team(BOLD), Some(NodeMark::Changed)),
            (team(NEW), Some(NodeMark::Added))
        ]
    );
    let [able, bold, new] = &owners.nodes[..] else { panic!("three owners") };
    let ids = |numbers: &[u64]| numbers.iter().copied().map(ServiceId).collect::<Vec<_>>();
    assert_eq!(able.services, [ids(&[11, 12, 13]), ids(&[11, 15])]);
    assert_eq!((able.inner, &able.left), ([2, 1], &vec![PersonId(31)]));
    assert_eq!((bold.services.clone(), bold.joined.len()), ([ids(&[14]), ids(&[13])], 0));
    assert_eq!((new.is_in(0), new.is_in(1), &new.joined), (false, true, &vec![PersonId(31)]));
    let links: Vec<_> = owners.links.iter().map(|link| (link.from, link.to, link.mark.unwrap())).collect();
    assert_eq!(
        links,
        [
            (0, 1, EdgeMark::Removed),
            // 11 on 12, and 12 on 13: they were within Able.
            (0, 2, EdgeMark::Added),
            (2, 1, EdgeMark::Added)
        ]
    );
    let kept = owners.clone().strongest(2, 1);
    assert_eq!((kept.nodes.len(), kept.links.len()), (2, 1));
    assert_eq!(owners.of_side(0).nodes.len(), 2);

    // Where Able stands for the new team below it, what is between them is within.
    let below = finish(&after(&was), |draft| {
        let team = draft.get::<Team>(NEW).unwrap().clone();
        draft.put(Team { parent: Some(ABLE), ..team });
    });
    let both = snapshots([&was, &below]);
    let together = FxHashSet::from_iter([ABLE]);
    let owners = ComparedOwners::new(sides(&both), &HiddenNodes::default(), &together);
    assert_eq!(owners.nodes.len(), 2);
    assert_eq!((owners.nodes[0].inner, owners.nodes[0].joined.len()), ([2, 2], 0));
}

#[test]
fn a_plan_does_not_differ_from_itself_and_is_its_map() {
    let plan = before();
    let both = snapshots([&plan, &plan]);
    let found = ComparedMap::new(sides(&both), &HiddenNodes::default(), MapScope::Everything);
    let map = everything(&both[0], &HiddenNodes::default());
    assert!(found.nodes.iter().all(|node| node.mark.is_none() && node.is_selected == [true; 2]));
    assert!(found.edges.iter().all(|edge| edge.mark.is_none()));
    let things: Vec<_> = found.nodes.iter().map(|node| node.things[1].unwrap()).collect();
    assert_eq!(things, map.nodes.iter().map(|node| node.thing).collect::<Vec<_>>());
    let ends = |from: usize, to: usize, dependencies: &[DependencyId]| (from, to, dependencies.to_vec());
    assert_eq!(
        found
            .edges
            .iter()
            .map(|it| ends(it.from, it.to, it.dependencies[0].as_ref().unwrap()))
            .collect::<Vec<_>>(),
        map.edges.iter().map(|it| ends(it.from, it.to, &it.dependencies)).collect::<Vec<_>>()
    );
    let owners = ComparedOwners::new(sides(&both), &HiddenNodes::default(), &FxHashSet::default());
    assert!(
        owners.nodes.iter().all(|node| node.mark.is_none())
            && owners.links.iter().all(|it| it.mark.is_none())
    );
}
