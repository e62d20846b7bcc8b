//! The maps.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use headroom_model::{Snapshot, role};
use headroom_store::Store;
use headroom_tests::{
    Desk, real_data,
    window::{Start, Window},
};
use serde_json::{Value, json};

/// The sample as a file that a test can open.
fn sample() -> Desk {
    let desk = Desk::new();
    fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    desk
}

fn today(plan: &Path) -> Snapshot {
    let store = Store::open(plan, headroom_tests::now()).unwrap();
    store.plan().as_of(headroom_tests::today())
}

fn id_of(snapshot: &Snapshot, name: &str) -> u64 {
    let mut services = (0..snapshot.service_count()).map(|at| snapshot.service(at));
    services.find(|service| service.name == name).unwrap().id.0
}

/// The service with most direct dependents.
fn most_needed(snapshot: &Snapshot) -> u64 {
    let at = (0..snapshot.service_count()).max_by_key(|at| snapshot.needed_by(*at).len()).unwrap();
    snapshot.service(at).id.0
}

fn strings(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn shown(window: &Window) -> BTreeSet<String> {
    strings(&window.js("return [...document.querySelectorAll('[data-key]')].map((it) => it.dataset.key)"))
}

fn drawn(window: &Window) -> BTreeSet<String> {
    strings(&window.js("return [...document.querySelectorAll('[data-edge]')].map((it) => it.dataset.edge)"))
}

/// Every dependency of the day between two shown services, as the window names it.
fn stored(snapshot: &Snapshot, shown: &BTreeSet<String>) -> BTreeSet<String> {
    let mut edges = BTreeSet::new();
    for at in 0..snapshot.service_count() {
        for dependency in snapshot.dependencies(at) {
            let (from, to) =
                (format!("service:{}", dependency.service.0), format!("service:{}", dependency.depends_on.0));
            if shown.contains(&from) && shown.contains(&to) {
                edges.insert(format!("{from}>{to}"));
            }
        }
    }
    edges
}

fn wait_for_map(window: &Window, address: &str) {
    window.go(address);
    window.wait(&format!("the map of {address}"), |it| it.has("[data-testid=map-graph] .box").then_some(()));
    window.wait_gone(".picture .working");
}

/// Both graphs of services draw every stored edge between the services they show.
fn draws_every_edge(plan: &Path, window: &Window) {
    let snapshot = today(plan);
    let hub = most_needed(&snapshot);
    let team = {
        let most = (0..snapshot.team_count()).max_by_key(|at| snapshot.held_by_team(*at).count()).unwrap();
        snapshot.team(most).id.0
    };
    for address in [
        format!("#/map?picture=around&of=service:{hub}&up=1&down=1"),
        format!("#/map?picture=around&of=service:{hub}&up=3&down=3"),
        format!("#/map?picture=inside&of=team:{team}"),
        format!("#/map?picture=inside&of=team:{team}&outside=1"),
    ] {
        window.go("#/people");
        window.wait_gone("[data-testid=map-graph]");
        wait_for_map(window, &address);
        let shown = shown(window);
        let edges = stored(&snapshot, &shown);
        assert!(!edges.is_empty(), "{address}");
        assert_eq!(drawn(window), edges, "{address}, {} nodes", shown.len());
    }
}

#[test]
fn every_edge_between_shown_nodes_is_drawn() {
    let desk = sample();
    let window = Window::on_plan(desk.path());
    draws_every_edge(&desk.plan, &window);
}

#[test]
fn every_edge_between_shown_nodes_of_a_large_plan_is_drawn() {
    let Some(data) = real_data("debian-science") else { return };
    let desk = Desk::new();
    desk.import(&[&data], &[]);
    let window = Window::on_plan(desk.path());
    draws_every_edge(&desk.plan, &window);
    assert!(window.text("main").contains("nearest 150 of"), "a tangle is cut, and the page says so");
}

#[test]
fn owner_edges_count_every_dependency() {
    let desk = sample();
    let snapshot = today(&desk.plan);
    let mut across: BTreeMap<String, u32> = BTreeMap::new();
    let owner =
        |at: usize| match snapshot.ownerships(at).find(|row| row.role == role::OWNER).map(|row| row.owner) {
            Some(headroom_model::Owner::Team(team)) => format!("team:{}", team.0),
            Some(headroom_model::Owner::Person(person)) => format!("person:{}", person.0),
            None => "nobody".to_owned(),
        };
    for at in 0..snapshot.service_count() {
        for needed in snapshot.needs(at) {
            let (from, to) = (owner(at), owner(*needed as usize));
            if from != to {
                *across.entry(format!("{from}>{to}")).or_default() += 1;
            }
        }
    }
    let window = Window::on_plan(desk.path());
    wait_for_map(&window, "#/map?picture=teams");
    // Numbers are set once their edges have a way.
    let numbered =
        "return [...document.querySelectorAll('[data-edge]')].every((it) => it.querySelector('text'))";
    window.wait("the numbers", |it| (it.js(numbered) == true).then_some(()));
    let counts = window.js("return Object.fromEntries([...document.querySelectorAll('[data-edge]')]\
         .map((it) => [it.dataset.edge, Number(it.querySelector('text').textContent)]))");
    let mut counts: BTreeMap<String, u32> = serde_json::from_value(counts).unwrap();
    counts.retain(|edge, _| !edge.contains("missing"));
    assert_eq!(counts, across);

    let (edge, count) = across.iter().max_by_key(|(_, count)| **count).unwrap();
    window.js(&format!(
        "document.querySelector(`[data-edge=${{CSS.escape({})}}] .grip`).dispatchEvent(new MouseEvent('click', {{bubbles: true}}))",
        json!(edge)
    ));
    window.wait_text("[data-testid=map-edge]", &format!("{count} dependencies"));
    let rows = window.js("return document.querySelectorAll('[data-testid=map-edge] li').length");
    assert_eq!(rows, *count);

    window.js("document.querySelector('[data-testid=map-graph]').focus()");
    let listed = || window.text("[data-testid=map-edge] h2");
    let before = listed();
    window.press("{Right}e");
    window.wait("another edge, by the keyboard", |_| (listed() != before).then_some(()));
}

#[test]
fn maps_open_from_page_table_and_palette() {
    let desk = sample();
    let id = id_of(&today(&desk.plan), "Message Bus");
    let window = Window::on_plan(desk.path());
    let is_there = |window: &Window| {
        window.wait("its map", |it| {
            let hash = it.js("return location.hash");
            (hash.as_str()?.contains(&format!("of=service%3A{id}")) && it.has(".box.subject")).then_some(())
        });
        let title = window.js("return document.querySelector('.box.subject').textContent");
        assert!(title.as_str().unwrap().contains("Message Bus"), "{title}");
    };
    window.go(&format!("#/service?id={id}"));
    window.click("[data-testid=show-on-map]");
    is_there(&window);

    window.go(&format!("#/service?id={id}"));
    window.wait_text("[data-testid=service-page]", "Message Bus");
    window.press("{Ctrl}k");
    window.type_into("[data-testid=palette-input]", "show on map");
    window.wait_text("[data-testid=palette-list]", "Show on map");
    window.press("{Enter}");
    is_there(&window);

    window.go("#/ownership?text=message%20bus");
    window.wait_text("#services-0", "Message Bus");
    window.js("document.querySelector('#services-0').dispatchEvent(new MouseEvent('contextmenu', {bubbles: true, clientX: 400, clientY: 300}))");
    window.wait_text("[data-testid=context-menu]", "Show on map");
    window.press("{Down}{Enter}");
    is_there(&window);
}

#[test]
fn arrow_keys_navigate_and_enter_opens() {
    let desk = sample();
    let snapshot = today(&desk.plan);
    let id = id_of(&snapshot, "Message Bus");
    let window = Window::on_plan(desk.path());
    wait_for_map(&window, &format!("#/map?picture=around&of=service:{id}&up=1&down=1"));
    window.js("document.querySelector('[data-testid=map-graph]').focus()");
    window.press("{Left}{Left}");
    let walked = window.wait("a neighbour", |it| {
        let hash = it.js("return new URLSearchParams(location.hash.split('?')[1]).get('sel')");
        hash.as_str().filter(|key| *key != format!("service:{id}")).map(str::to_owned)
    });
    let at = snapshot.service_ix(headroom_model::ServiceId(id)).unwrap();
    let needed_by: Vec<String> = snapshot
        .needed_by(at)
        .iter()
        .map(|other| format!("service:{}", snapshot.service(*other as usize).id.0))
        .collect();
    assert!(needed_by.contains(&walked), "{walked} needs it");
    window.press("{Enter}");
    window.wait("the page", |it| {
        it.js("return location.hash").as_str()?.starts_with("#/service?").then_some(())
    });
}

#[test]
fn nodes_keep_their_places_when_the_plan_changes() {
    let desk = sample();
    let id = id_of(&today(&desk.plan), "Message Bus");
    let window = Window::on_plan(desk.path());
    wait_for_map(&window, &format!("#/map?picture=around&of=service:{id}&up=2&down=2"));
    let places = |window: &Window| -> BTreeMap<String, String> {
        let script = "return Object.fromEntries([...document.querySelectorAll('[data-key]')]\
                      .map((it) => [it.dataset.key, it.getAttribute('transform')]))";
        serde_json::from_value(window.js(script)).unwrap()
    };
    let before = places(&window);
    desk.file("more/services.csv", "id,name\nnewcomer,Newcomer\n");
    desk.file("more/dependencies.csv", "service,depends_on\nnewcomer,message-bus\n");
    desk.import(&[&desk.folder.path().join("more")], &[]);
    let snapshot = today(&desk.plan);
    let new_hire = format!("service:{}", id_of(&snapshot, "Newcomer"));
    window.wait("the newcomer", |it| shown(it).contains(&new_hire).then_some(()));
    let mut after = places(&window);
    assert!(after.remove(&new_hire).is_some());
    assert_eq!(after, before);
    assert_eq!(drawn(&window), stored(&snapshot, &shown(&window)));
}

#[test]
fn hiding_a_type_keeps_implied_dependencies() {
    let desk = Desk::new();
    desk.file(
        "csv/services.csv",
        "id,name,kind\nshop,Shop,service\nsdk,Client Kit,library\nledger,Ledger,service\n",
    );
    desk.file("csv/dependencies.csv", "service,depends_on\nshop,sdk\nsdk,ledger\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    let snapshot = today(&desk.plan);
    let (shop, ledger) = (id_of(&snapshot, "Shop"), id_of(&snapshot, "Ledger"));
    let window = Window::on_plan(desk.path());
    wait_for_map(&window, &format!("#/map?picture=around&of=service:{shop}&down=2&hide=library"));
    let edge = format!("service:{shop}>service:{ledger}");
    window.wait("the implied edge", |it| (drawn(it) == BTreeSet::from([edge.clone()])).then_some(()));
    assert!(window.has(".wire.implied"));
    window.wait_text("[data-testid=map-legend]", "via hidden services");
    window.click_in_toolbar("[data-testid=map-kinds]");
    window.js("[...document.querySelectorAll('.lines input')].find((it) => !it.checked).click()");
    window.wait("the library again", |it| (drawn(it).len() == 2).then_some(()));
    assert!(!window.has(".wire.implied"));
}

#[test]
fn matrix_opens_services_by_keyboard() {
    let desk = sample();
    let window = Window::on_plan(desk.path());
    window.go("#/map?picture=matrix");
    let edges: usize = {
        let snapshot = today(&desk.plan);
        snapshot.needs_graph().total() + snapshot.self_dependencies().count()
    };
    window.wait_text("[data-testid=matrix-count]", &format!("{edges} dependencies"));
    window.wait_text("[data-testid=matrix-count]", "1 cycle");
    window.js("document.querySelector('[data-testid=matrix]').focus()");
    window.press("{Down}");
    let first = window.wait("the first cell", |it| {
        let text = it.text("[data-testid=matrix-cell]");
        (!text.is_empty()).then_some(text)
    });
    window.press("{Shift}{Right}");
    window.wait_text("[data-testid=matrix-cell]", &format!("{} depends on", first.trim()));
    window.press("{Enter}");
    window.wait_text("[data-testid=service-page] h1", first.trim());
}

#[test]
fn matrix_of_a_large_plan_has_every_dependency() {
    let Some(data) = real_data("debian-science") else { return };
    let desk = Desk::new();
    desk.import(&[&data], &[]);
    let stats = desk.stats();
    let out = desk.folder.path().join("matrix.svg");
    let window = Window::start(&Start { arguments: &[desk.path()], dialog: Some(&out), ..Start::default() });
    window.go("#/map?picture=matrix");
    let group = |number: &Value| {
        let digits = number.to_string();
        match digits.len() {
            0..=3 => digits,
            long => format!("{} {}", &digits[..long - 3], &digits[long - 3..]),
        }
    };
    let text = window.wait_text("[data-testid=matrix-count]", "services");
    assert!(text.contains(&format!("{} services", group(&stats["services"]))), "{text}");
    assert!(text.contains(&format!("{} dependencies", group(&stats["dependency_edges"]))), "{text}");
    window.click_in_toolbar("[data-testid=export-picture]");
    window.click("[data-testid=export-svg]");
    window.wait_text("[data-testid=notices]", "Saved");
    let svg = fs::read_to_string(&out).unwrap();
    assert_eq!(svg.matches("class=\"edge\"").count() as u64, stats["dependency_edges"].as_u64().unwrap());
}

#[test]
fn maps_export_completely_as_svg_png_and_pdf() {
    let desk = sample();
    let id = id_of(&today(&desk.plan), "Message Bus");
    let address = format!("#/map?picture=around&of=service:{id}&up=2&down=2");
    let out = desk.folder.path().join("map");
    let window = Window::start(&Start { arguments: &[desk.path()], dialog: Some(&out), ..Start::default() });
    wait_for_map(&window, &address);
    // The whole diagram is exported, not only the visible part.
    window.js("document.querySelector('[data-testid=map-graph]').focus()");
    window.press("+++++");
    for (format, begins) in [("svg", "<?xml"), ("png", "\u{FFFD}PNG"), ("pdf", "%PDF")] {
        window.click_in_toolbar("[data-testid=export-picture]");
        window.click(&format!("[data-testid=export-{format}]"));
        window.wait(&format!("the {format}"), |_| {
            let bytes = fs::read(&out).ok()?;
            String::from_utf8_lossy(&bytes).starts_with(begins).then_some(())
        });
        window.wait_gone("[data-testid=export-progress]");
        if format == "svg" {
            let svg = fs::read_to_string(&out).unwrap();
            assert_eq!(svg.matches("class=\"edge\"").count(), drawn(&window).len());
            assert_eq!(svg.matches("class=\"node\"").count(), shown(&window).len());
            for edge in drawn(&window) {
                assert!(svg.contains(&format!("id=\"{}\"", edge.replace('>', "&gt;"))), "{edge}");
            }
        }
    }
}

#[test]
fn maps_export_as_graphs_for_other_tools() {
    let desk = sample();
    let id = id_of(&today(&desk.plan), "Message Bus");
    let out = desk.folder.path().join("graph");
    let window = Window::start(&Start { arguments: &[desk.path()], dialog: Some(&out), ..Start::default() });
    wait_for_map(&window, &format!("#/map?picture=around&of=service:{id}&up=1&down=2"));
    let edges = drawn(&window).len();
    for (format, begins, arrow) in [("dot", "digraph", "->"), ("mermaid", "flowchart", "-->")] {
        window.click_in_toolbar("[data-testid=export-picture]");
        window.click(&format!("[data-testid=export-{format}]"));
        let text = window.wait(format, |_| {
            let text = fs::read_to_string(&out).ok()?;
            text.contains(begins).then_some(text)
        });
        assert_eq!(text.matches(arrow).count(), edges, "{text}");
    }
}

#[test]
fn failed_exports_are_notices() {
    let desk = sample();
    let nowhere = desk.folder.path().join("no folder/map.pdf");
    let window =
        Window::start(&Start { arguments: &[desk.path()], dialog: Some(&nowhere), ..Start::default() });
    wait_for_map(&window, "#/map");
    window.click_in_toolbar("[data-testid=export-picture]");
    window.click("[data-testid=export-pdf]");
    window.wait_text("[data-testid=notices]", "Cannot write");
    window.go("#/organisation");
    window.wait_text("[data-testid=team-chart]", "Payments");
    assert!(window.has("[data-testid=export-picture]"));
}
