//! Maps compared with brute force, on random plans.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use headroom_analysis::map::{
    By, Cluster, HiddenNodes, Inside, Map, MapNode, Thing, by_owner, cluster_of, everything, fold, inside,
    neighbourhood,
};
use headroom_model::{
    Dependency, DependencyId, Grouping, NewIds, Owner, Ownership, Plan, Service, ServiceId, Snapshot, Table,
    Tables, Team, TeamId, role,
};
use proptest::prelude::*;
use rustc_hash::FxHashSet;

const KINDS: [&str; 3] = ["service", "library", ""];

/// A service: type, whether it is confirmed, owning team, system.
type Drawn = (usize, bool, Option<u64>, Option<u64>);

/// A small plan. Services are 1, 2, …; teams are 101 to 103, of which 102 is below 101; systems are 201 and 202.
#[derive(Debug, Clone)]
struct Sketch {
    services: Vec<Drawn>,
    /// From, to, type.
    edges: BTreeSet<(usize, usize, bool)>,
}

fn sketch() -> impl Strategy<Value = Sketch> {
    (1usize..14).prop_flat_map(|count| {
        let service = (
            0..KINDS.len(),
            prop::bool::weighted(0.85),
            prop::option::of(101u64..104),
            prop::option::of(201u64..203),
        );
        let edge = (0..count, 0..count, prop::bool::weighted(0.8));
        (prop::collection::vec(service, count), prop::collection::btree_set(edge, 0..30))
            .prop_map(|(services, edges)| Sketch { services, edges })
    })
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 1).unwrap()
}

fn snapshot(sketch: &Sketch) -> Snapshot {
    let team = |id: u64| Team {
        id: TeamId(id),
        key: format!("t{id}"),
        name: format!("T{id}"),
        parent: (id == 102).then_some(TeamId(101)),
        ..Team::default()
    };
    let system = |id: u64| Grouping {
        id: id.into(),
        key: format!("g{id}"),
        name: format!("G{id}"),
        ..Grouping::default()
    };
    let service = |(at, row): (usize, &Drawn)| Service {
        id: ServiceId(at as u64 + 1),
        key: format!("s{at}"),
        name: format!("S{at}"),
        kind: KINDS[row.0].to_owned(),
        unconfirmed: !row.1,
        system: row.3.map(Into::into),
        ..Service::default()
    };
    let ownership = |(at, team): (usize, u64)| Ownership {
        id: (300 + at as u64).into(),
        service: ServiceId(at as u64 + 1),
        owner: Owner::Team(TeamId(team)),
        role: role::OWNER.to_owned(),
        ..Ownership::default()
    };
    let dependency = |(at, row): (usize, &(usize, usize, bool))| Dependency {
        id: (400 + at as u64).into(),
        service: ServiceId(row.0 as u64 + 1),
        depends_on: ServiceId(row.1 as u64 + 1),
        kind: if row.2 { "" } else { "calls" }.to_owned(),
        ..Dependency::default()
    };
    let owned = sketch.services.iter().enumerate().filter_map(|(at, row)| Some((at, row.2?)));
    let tables = Tables {
        teams: Table::from_sorted((101..104).map(team).collect()),
        groupings: Table::from_sorted((201..203).map(system).collect()),
        services: Table::from_sorted(sketch.services.iter().enumerate().map(service).collect()),
        ownerships: Table::from_sorted(owned.map(ownership).collect()),
        dependencies: Table::from_sorted(sketch.edges.iter().enumerate().map(dependency).collect()),
        ..Tables::default()
    };
    Arc::new(Plan::from_tables(tables, NewIds::default()).unwrap()).as_of(day())
}

fn ids(snapshot: &Snapshot, map: &Map) -> Vec<u64> {
    map.nodes.iter().map(|node| node.thing.id(snapshot).0).collect()
}

/// From and to, with the stored dependencies between them.
type Edges = BTreeMap<(u64, u64), BTreeSet<u64>>;

fn edges(snapshot: &Snapshot, map: &Map) -> Edges {
    let ids = ids(snapshot, map);
    let of = |rows: &[DependencyId]| rows.iter().map(|row| row.0).collect();
    map.edges.iter().map(|edge| ((ids[edge.from], ids[edge.to]), of(&edge.dependencies))).collect()
}

/// The edges that every map must have: all stored ones between its nodes, and exactly the implied ones.
fn expected_edges(snapshot: &Snapshot, map: &Map, is_hidden: impl Fn(u64) -> bool) -> Edges {
    let shown: BTreeSet<u64> = ids(snapshot, map).into_iter().collect();
    let is_known = |id: u64| snapshot.service_ix(ServiceId(id)).is_some();
    let stored: Vec<(u64, u64, u64)> = snapshot
        .plan()
        .dependencies
        .iter()
        .filter(|row| is_known(row.service.0))
        .map(|row| (row.service.0, row.depends_on.0, row.id.0))
        .collect();
    let mut expected = Edges::new();
    for (from, to, row) in &stored {
        if shown.contains(from) && shown.contains(to) {
            expected.entry((*from, *to)).or_default().insert(*row);
        }
    }
    // Pairs joined by a path whose inner nodes are hidden, by length.
    let mut paths: BTreeSet<(u64, u64)> = stored.iter().map(|(from, to, _)| (*from, *to)).collect();
    loop {
        let longer: Vec<(u64, u64)> = paths
            .iter()
            .filter(|(_, middle)| is_known(*middle) && is_hidden(*middle))
            .flat_map(|(from, middle)| {
                stored.iter().filter(move |row| row.0 == *middle).map(move |row| (*from, row.1))
            })
            .collect();
        let before = paths.len();
        paths.extend(longer);
        if paths.len() == before {
            break;
        }
    }
    for (from, to) in paths.into_iter().filter(|(from, to)| from != to) {
        if shown.contains(&from) && shown.contains(&to) {
            expected.entry((from, to)).or_default();
        }
    }
    expected
}

fn hidden() -> impl Strategy<Value = HiddenNodes> {
    (prop::sample::subsequence(KINDS.to_vec(), 0..=2), any::<bool>()).prop_map(|(kinds, missing)| {
        HiddenNodes { kinds: kinds.into_iter().map(str::to_owned).collect(), missing }
    })
}

proptest! {
    #[test]
    fn maps_have_all_stored_and_exactly_the_implied_edges(
        sketch in sketch(), hidden in hidden(), start in 0usize..14, up in 0usize..4, down in 0usize..4,
    ) {
        let snapshot = snapshot(&sketch);
        let is_hidden = |id: u64| hidden.kinds.iter().any(|kind| kind == KINDS[sketch.services[id as usize - 1].0]);
        let mut maps = vec![everything(&snapshot, &hidden)];
        for of in [Inside::Team(TeamId(101)), Inside::Branch(TeamId(101)), Inside::Grouping(201.into())] {
            maps.extend([false, true].map(|neighbours| inside(&snapshot, &hidden, of, neighbours)));
        }
        for map in &maps {
            prop_assert_eq!(edges(&snapshot, map), expected_edges(&snapshot, map, is_hidden));
            let place = |node: &MapNode| {
                (matches!(node.thing, Thing::Missing(_)), snapshot.plan().place_of(node.thing.id(&snapshot)))
            };
            prop_assert!(map.nodes.is_sorted_by_key(place));
        }
        if start < snapshot.service_count() {
            let centre = snapshot.service(start).id.0;
            let map = neighbourhood(&snapshot, &hidden, start, up, down);
            let expected = expected_edges(&snapshot, &map, |id| id != centre && is_hidden(id));
            prop_assert_eq!(edges(&snapshot, &map), expected);
        }
    }

    #[test]
    fn neighbourhood_agrees_with_counting_steps(
        sketch in sketch(), hidden in hidden(), start in 0usize..14, up in 0usize..4, down in 0usize..4,
    ) {
        let snapshot = snapshot(&sketch);
        prop_assume!(start < snapshot.service_count());
        let all = everything(&snapshot, &hidden);
        // The centre is shown even if its type is hidden, so the comparison is for centres of a type that is shown.
        let Some(centre) = all.position(Thing::Service(start)) else { return Ok(()) };
        let grown = |steps: usize, is_up: bool| {
            let mut reached = BTreeSet::from([centre]);
            for _ in 0..steps {
                let next: Vec<usize> = all
                    .edges
                    .iter()
                    .map(|edge| if is_up { (edge.to, edge.from) } else { (edge.from, edge.to) })
                    .filter(|(from, _)| reached.contains(from))
                    .map(|(_, to)| to)
                    .collect();
                reached.extend(next);
            }
            reached
        };
        let expected: FxHashSet<Thing> =
            grown(up, true).union(&grown(down, false)).map(|at| all.nodes[*at].thing).collect();
        let map = neighbourhood(&snapshot, &hidden, start, up, down);
        prop_assert_eq!(map.nodes.iter().map(|node| node.thing).collect::<FxHashSet<_>>(), expected);
    }

    #[test]
    fn inside_is_owned_services_and_direct_neighbours(sketch in sketch(), hidden in hidden()) {
        let snapshot = snapshot(&sketch);
        let all = everything(&snapshot, &hidden);
        let owner_of = |thing: Thing| match thing {
            Thing::Service(at) => sketch.services[snapshot.service(at).id.0 as usize - 1].2,
            Thing::Missing(_) => None,
        };
        for (of, teams) in [(Inside::Team(TeamId(101)), vec![101]), (Inside::Branch(TeamId(101)), vec![101, 102])] {
            let own: BTreeSet<usize> = (0..all.nodes.len())
                .filter(|at| owner_of(all.nodes[*at].thing).is_some_and(|team| teams.contains(&team)))
                .collect();
            let touching = all.edges.iter().filter(|edge| own.contains(&edge.from) || own.contains(&edge.to));
            let mut expected: BTreeSet<usize> = touching.flat_map(|edge| [edge.from, edge.to]).collect();
            expected.extend(&own);
            let map = inside(&snapshot, &hidden, of, true);
            let found: BTreeSet<usize> = map.nodes.iter().map(|node| all.position(node.thing).unwrap()).collect();
            prop_assert_eq!(&found, &expected);
            for node in &map.nodes {
                prop_assert_eq!(node.is_neighbour, !own.contains(&all.position(node.thing).unwrap()));
            }
            let alone = inside(&snapshot, &hidden, of, false);
            let services = alone.nodes.iter().filter(|node| matches!(node.thing, Thing::Service(_)));
            let found: BTreeSet<usize> = services.map(|node| all.position(node.thing).unwrap()).collect();
            prop_assert_eq!(found, own);
        }
    }

    #[test]
    fn folding_counts_every_node_and_edge_once(sketch in sketch(), hidden in hidden()) {
        let snapshot = snapshot(&sketch);
        let map = everything(&snapshot, &hidden);
        for by in [By::Owner, By::System] {
            let folded = fold(&snapshot, &map, by);
            let cluster = |at: usize| cluster_of(&snapshot, map.nodes[at].thing, by);
            for node in &folded.nodes {
                let things = (0..map.nodes.len()).filter(|at| cluster(*at) == node.cluster).count();
                prop_assert_eq!(node.things, things);
            }
            prop_assert_eq!(folded.nodes.iter().map(|node| node.things).sum::<usize>(), map.nodes.len());
            let inner: usize = folded.nodes.iter().map(|node| node.inner).sum();
            let outer: usize = folded.edges.iter().map(|edge| edge.stored + edge.implied).sum();
            prop_assert_eq!(inner + outer, map.edges.len());
            for edge in &folded.edges {
                let (from, to) = (folded.nodes[edge.from].cluster, folded.nodes[edge.to].cluster);
                let between = map.edges.iter().filter(|one| (cluster(one.from), cluster(one.to)) == (from, to));
                let (implied, stored): (Vec<_>, Vec<_>) = between.partition(|one| one.is_implied());
                prop_assert_eq!((edge.stored, edge.implied), (stored.len(), implied.len()));
            }
        }
    }
}

#[test]
fn hidden_service_leaves_an_implied_edge() {
    let sketch = Sketch {
        services: vec![
            (0, true, Some(101), Some(201)),
            (1, true, Some(102), None),
            (0, true, Some(103), Some(202)),
            (0, false, None, None),
            (0, true, None, None),
        ],
        // 1 → 2 (a library) → 3, 2 → 4 (not defined), 5 → 1, 5 → 5.
        edges: [(0, 1, true), (1, 2, true), (1, 3, true), (4, 0, true), (4, 4, true)].into_iter().collect(),
    };
    let snapshot = snapshot(&sketch);
    let hidden = HiddenNodes { kinds: vec!["library".to_owned()], missing: false };
    let map = everything(&snapshot, &hidden);
    assert_eq!(ids(&snapshot, &map), [1, 3, 5, 4]);
    let shown = edges(&snapshot, &map);
    assert_eq!(shown.keys().copied().collect::<Vec<_>>(), [(1, 3), (1, 4), (5, 1), (5, 5)]);
    assert!(shown[&(1, 3)].is_empty() && shown[&(1, 4)].is_empty());
    assert!(!shown[&(5, 1)].is_empty() && !shown[&(5, 5)].is_empty());

    let folded = by_owner(&snapshot, &hidden);
    let clusters: Vec<Cluster> = folded.nodes.iter().map(|node| node.cluster).collect();
    let team = |id| Cluster::Owner(Owner::Team(TeamId(id)));
    assert_eq!(clusters, [team(101), team(103), Cluster::Without, Cluster::Missing]);
    let counts: Vec<_> =
        folded.edges.iter().map(|edge| (edge.from, edge.to, edge.stored, edge.implied)).collect();
    assert_eq!(counts, [(0, 1, 0, 1), (0, 3, 0, 1), (2, 0, 1, 0)]);
    assert_eq!(folded.nodes[2].inner, 1);
}
