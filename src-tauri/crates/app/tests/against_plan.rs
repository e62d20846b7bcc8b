//! A scenario against the plan, on the map and in the chart: what is in either is there, with what becomes of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::NaiveDate;
use headroom_app::{
    at::At,
    comparison::{CompareQuery, TeamState, compare_days, comparison_text},
    entities::{entity::EntityKind, id::Id},
    map::{
        behind::map_edge,
        comparison::{AgainstPart, MapMark},
        drawing::export_graph,
        filter::MapFilter,
        graph::{GraphScope, MapGraph, MapQuery, MapSubject, map_graph},
    },
    state::{AppState, now, today},
};
use headroom_model::{
    Dependency, Draft, Membership, Owner, Ownership, Person, PersonId, Scenario, ScenarioId, Service,
    ServiceId, Team, TeamId, delete_cascading, role, transfer_ownership,
};
use headroom_store::{OperationMeta, Store};

const PAYMENTS: TeamId = TeamId(1);
const SEARCH: TeamId = TeamId(2);
const INVOICING: TeamId = TeamId(3);
const INVOICES: ServiceId = ServiceId(11);
const LEDGER: ServiceId = ServiceId(12);
const ARCHIVE: ServiceId = ServiceId(13);
const ADA: PersonId = PersonId(21);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn put_team(draft: &mut Draft<'_>, id: TeamId, name: &str, from: Option<NaiveDate>) {
    draft.put(Team { id, key: name.to_lowercase(), name: name.into(), from, ..Team::default() });
}

/// Payments owns Invoices, which depends on Ledger and Archive; Ada is on it.
fn rows(draft: &mut Draft<'_>) {
    put_team(draft, PAYMENTS, "Payments", None);
    put_team(draft, SEARCH, "Search", None);
    for (service, name, team) in
        [(INVOICES, "Invoices", PAYMENTS), (LEDGER, "Ledger", PAYMENTS), (ARCHIVE, "Archive", SEARCH)]
    {
        let key = name.to_lowercase();
        draft.put(Service { id: service, key, name: name.into(), ..Service::default() });
        let (id, role) = (draft.new_id::<Ownership>(), role::OWNER.to_owned());
        draft.put(Ownership { id, service, owner: Owner::Team(team), role, ..Ownership::default() });
    }
    for depends_on in [LEDGER, ARCHIVE] {
        let id = draft.new_id::<Dependency>();
        draft.put(Dependency { id, service: INVOICES, depends_on, ..Dependency::default() });
    }
    draft.put(Person { id: ADA, key: "ada".into(), name: "Ada".into(), ..Person::default() });
    let id = draft.new_id::<Membership>();
    draft.put(Membership { id, person: ADA, team: PAYMENTS, ..Membership::default() });
}

/// Looked at from a scenario in which Invoicing begins in February of the year after next, takes over Invoices with Ada,
/// and Archive is deleted.
fn app() -> (tempfile::TempDir, AppState) {
    let folder = tempfile::tempdir().unwrap();
    let note = OperationMeta::edit("Acme", "Eve", now());
    let mut store = Store::create(&folder.path().join("acme.headroom"), now()).unwrap();
    let mut draft = Draft::new(store.plan());
    rows(&mut draft);
    let changes = draft.finish();
    store.apply(&note, changes).unwrap();
    let id = ScenarioId(91);
    let row = Scenario { id, key: "split".into(), name: "Split".into(), ..Scenario::default() };
    store.add_scenario(&note, row, None).unwrap();
    store.switch(Some(id)).unwrap();
    let mut draft = Draft::new(store.plan());
    let from = start();
    put_team(&mut draft, INVOICING, "Invoicing", Some(from));
    transfer_ownership(&mut draft, INVOICES, Some(Owner::Team(INVOICING)), role::OWNER, from);
    draft.alter::<Membership>(|row| Some(Membership { until: from.pred_opt(), ..row.clone() }));
    let row = draft.new_id::<Membership>();
    let from = Some(from);
    draft.put(Membership { id: row, person: ADA, team: INVOICING, from, ..Membership::default() });
    delete_cascading(&mut draft, ARCHIVE.into());
    let changes = draft.finish();
    store.apply(&note, changes).unwrap();
    (folder, AppState::on(store, "Eve".to_owned()))
}

/// Some day to come, whenever the test runs.
fn start() -> NaiveDate {
    today().max(day("2027-01-01")) + chrono::Days::new(400)
}

fn query(picture: GraphScope, of: Option<(EntityKind, Id)>, against: Option<AgainstPart>) -> MapQuery {
    MapQuery {
        picture,
        of: of.map(|(kind, id)| MapSubject { kind, id }),
        up: 1,
        down: 1,
        neighbours: false,
        hide: MapFilter::default(),
        together: None,
        against,
    }
}

/// Titles with marks and words.
fn nodes(graph: &MapGraph) -> Vec<(String, Option<MapMark>, String)> {
    let row = |node: &headroom_app::map::MapNodeView| {
        let words = node.change.as_ref().map(|change| change.words.join("; ")).unwrap_or_default();
        (node.title.clone(), node.change.as_ref().map(|change| change.mark), words)
    };
    graph.nodes.iter().map(row).collect()
}

fn edges(graph: &MapGraph) -> Vec<(String, Option<MapMark>)> {
    let title = |at: u32| graph.nodes[at as usize].title.clone();
    let row = |edge: &headroom_app::map::graph::MapEdge| {
        (format!("{} > {}", title(edge.from), title(edge.to)), edge.change.as_ref().map(|change| change.mark))
    };
    graph.edges.iter().map(row).collect()
}

#[test]
fn the_map_of_a_service_has_both_plans_on_the_day_on_which_all_is_in_effect() {
    let (_folder, app) = app();
    let around = |part| query(GraphScope::Around, Some((EntityKind::Service, INVOICES.into())), Some(part));
    let both = map_graph(&app, around(AgainstPart::Both), At::default()).unwrap();
    let against = both.against.unwrap();
    assert_eq!((against.day, against.is_in_effect), (start(), true));
    let row = |name: &str, mark, words: &str| (name.to_owned(), mark, words.to_owned());
    assert_eq!(
        nodes(&both),
        [
            row("Invoices", Some(MapMark::Changed), "Payments → Invoicing"),
            row("Ledger", None, ""),
            row("Archive", Some(MapMark::Removed), "")
        ]
    );
    let edge = |name: &str, mark| (name.to_owned(), Some(mark));
    let ledger = edge("Invoices > Ledger", MapMark::BecomesCrossTeam);
    assert_eq!(edges(&both), [ledger.clone(), edge("Invoices > Archive", MapMark::Removed)]);
    assert_eq!(both.nodes[0].change.as_ref().unwrap().short, "→ Invoicing");
    // The one that is drawn is the last one: its owner is that of the scenario.
    assert_eq!(both.owners[both.nodes[0].owner.unwrap() as usize].name, "Invoicing");

    let before = map_graph(&app, around(AgainstPart::Before), At::default()).unwrap();
    assert_eq!(before.nodes.len(), 3);
    assert_eq!(before.owners[before.nodes[0].owner.unwrap() as usize].name, "Payments");
    let after = map_graph(&app, around(AgainstPart::After), At::default()).unwrap();
    assert_eq!(edges(&after), [ledger]);

    // On a day before it begins only what is deleted differs.
    let at = At::default().on(start().pred_opt().unwrap());
    let early = map_graph(&app, around(AgainstPart::Both), at).unwrap();
    assert!(!early.against.unwrap().is_in_effect);
    assert_eq!(edges(&early)[0].1, None);
    // From the plan itself there is nothing to compare.
    let error = map_graph(&app.in_plan(), around(AgainstPart::Both), At::default()).unwrap_err();
    assert!(error.message.contains("only a scenario"), "{}", error.message);
    let gone = query(GraphScope::Around, Some((EntityKind::Service, Id(99))), Some(AgainstPart::Both));
    assert!(map_graph(&app, gone, At::default()).is_err());
}

#[test]
fn the_map_of_owners_says_what_each_takes_over_and_what_is_behind_a_link() {
    let (_folder, app) = app();
    let teams = query(GraphScope::Teams, None, Some(AgainstPart::Both));
    let both = map_graph(&app, teams, At::default()).unwrap();
    let row = |name: &str, mark, words: &str| (name.to_owned(), Some(mark), words.to_owned());
    assert_eq!(
        nodes(&both),
        [
            row("Invoicing", MapMark::Added, "0 → 1 services; takes over Invoices; Ada joins"),
            row("Payments", MapMark::Changed, "2 → 1 services; gives up Invoices; Ada leaves the team"),
            row("Search", MapMark::Changed, "1 → 0 services; gives up Archive")
        ]
    );
    let edge = |name: &str, mark| (name.to_owned(), Some(mark));
    assert_eq!(
        edges(&both),
        [edge("Invoicing > Payments", MapMark::Added), edge("Payments > Search", MapMark::Removed)]
    );
    let words = &both.edges[0].change.as_ref().unwrap().words;
    assert_eq!(words, &["Invoices → Ledger becomes cross-team"]);
    let (from, to) = (format!("team:{}", INVOICING.0), format!("team:{}", PAYMENTS.0));
    let behind = |part| {
        map_edge(&app, from.clone(), to.clone(), MapFilter::default(), vec![], Some(part), At::default())
    };
    let rows = behind(AgainstPart::Both).unwrap();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((&*row.from.name, &*row.to.name), ("Invoices", "Ledger"));
    assert_eq!(row.change.as_ref().unwrap().mark, MapMark::BecomesCrossTeam);
    assert!(behind(AgainstPart::Before).unwrap().is_empty());
}

#[test]
fn files_of_a_comparison_carry_the_marks() {
    let (folder, app) = app();
    let path = folder.path().join("map.txt");
    let write = |picture, format: &str| {
        let shown = query(picture, Some((EntityKind::Service, INVOICES.into())), Some(AgainstPart::Both));
        let path = path.display().to_string();
        export_graph(&app, shown, false, format.to_owned(), path.clone(), At::default()).unwrap();
        std::fs::read_to_string(path).unwrap()
    };
    let dot = write(GraphScope::Around, "dot");
    for line in [
        r##"    "archive" [label="− Archive\n(removed)", style="rounded,dashed", color="#b3121d", penwidth=2];"##,
        r##"    "invoices" [label="± Invoices\n(changed)", color="#7d5a00", penwidth=2];"##,
        r##"  "invoices" -> "ledger" [label="± becomes cross-team", color="#7d5a00", fontcolor="#7d5a00", penwidth=2];"##,
        r##"  "invoices" -> "archive" [label="− removed", style=dashed, color="#b3121d", fontcolor="#b3121d", penwidth=2];"##,
    ] {
        assert!(dot.lines().any(|found| found == line), "{line}\n{dot}");
    }
    let mermaid = write(GraphScope::Teams, "mermaid");
    for part in [":::added", "0 → 1 services", "classDef added stroke:#17703f", "-.->"] {
        assert!(mermaid.contains(part), "{part}\n{mermaid}");
    }
}

#[test]
fn the_chart_compares_a_scenario_with_the_plan_and_loses_nothing_of_either() {
    let (_folder, app) = app();
    let query = |team: Option<TeamId>| CompareQuery { with: None, team: team.map(Into::into) };
    let found = compare_days(&app, query(None), At::default()).unwrap();
    assert_eq!((found.before, found.after, found.is_in_effect), (start(), start(), true));
    assert_eq!(found.scenario.as_ref().unwrap().name, "Split");
    let words: Vec<&str> = found.counts.iter().map(|count| &*count.words).collect();
    assert_eq!(words, ["1 moved", "1 new team", "1 service changed owner", "1 retired service"]);
    let named = |at: usize| (&*found.changes[at].subject.name, found.changes[at].day);
    assert_eq!([named(0), named(1)], [("Ada", Some(start())), ("Invoicing", Some(start()))]);
    // What the scenario has no more has its name and its owner of the plan.
    assert_eq!((named(3), &*found.changes[3].from[0].name), (("Archive", None), "Search"));
    let states: Vec<_> = found.teams.iter().map(|team| (&*team.name, team.state)).collect();
    assert_eq!(
        states,
        [("Invoicing", TeamState::New), ("Payments", TeamState::Kept), ("Search", TeamState::Kept)]
    );
    let text = comparison_text(&app, query(Some(INVOICING)), At::default()).unwrap();
    assert!(text.starts_with("Invoicing, scenario Split against the plan on "), "{text}");
    // From the scenario two days are compared as before.
    let days = CompareQuery { with: Some(start()), team: None };
    assert!(compare_days(&app, days, At::default().on(day("2026-01-01"))).unwrap().scenario.is_none());
    assert!(compare_days(&app.in_plan(), query(None), At::default()).is_err());
}
