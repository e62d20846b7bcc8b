//! A scenario against the plan, on the map and in the chart, on the sample.

use std::{collections::BTreeMap, fs, path::Path};

use headroom_model::{Service, Team};
use headroom_tests::window::{Start, Window};

use crate::sample_file::SampleFile;

const COMPARED: &str = "[data-testid=map-compared]";
const LEGEND: &str = "[data-testid=change-legend]";

fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/against-plan");
    window.screenshot(&folder.join(name));
}

fn opened(sample: &SampleFile, address: &str) -> Window {
    let window = Window::start(&Start {
        arguments: &[sample.desk.path()],
        size: Some((1024, 700)),
        ..Start::default()
    });
    window.go(address);
    window
}

/// What each box or edge says of itself, by its key.
fn labels(window: &Window, attribute: &str) -> BTreeMap<String, String> {
    let script = format!(
        "return Object.fromEntries([...document.querySelectorAll('[data-{attribute}]')]\
         .map((it) => [it.dataset.{attribute}, it.getAttribute('aria-label')]))"
    );
    serde_json::from_value(window.js(&script)).unwrap()
}

fn drawn(window: &Window, words: &str) {
    window.wait_text(COMPARED, words);
    window.wait("the map", |it| it.has("[data-testid=map-graph] .box").then_some(()));
    window.wait_gone(".picture .working");
}

fn service(sample: &SampleFile, key: &str) -> String {
    format!("service:{}", sample.id::<Service>(key))
}

/// From the page of the scenario to the map of the owners, to the team inside, and to each of the plans alone, by mouse.
#[test]
fn the_map_shows_what_a_scenario_changes() {
    let sample = SampleFile::new();
    let window = opened(&sample, &sample.address("#/scenario?id={scenario:split-payments}"));
    window.click("[data-testid=blast-on-map]");
    drawn(&window, "against the plan on 1 Feb 2027, plan and scenario together:");
    let owners = labels(&window, "key");
    let payments = &owners[&format!("team:{}", sample.id::<Team>("payments"))];
    assert!(payments.contains("Changed:") && payments.contains("gives up"), "{payments}");
    let new = owners.values().find(|label| label.starts_with("Invoicing ·")).unwrap();
    assert!(new.contains("Added:"), "{new}");
    let quiet = owners.values().filter(|label| label.contains("Unchanged")).count();
    assert!(quiet > 3, "{owners:?}");
    let edges = labels(&window, "edge");
    assert!(edges.values().any(|label| label.contains("Invoices → Ledger becomes cross-team")), "{edges:?}");
    let legend = window.text(LEGEND);
    for words in ["Added", "Changed"] {
        assert!(legend.contains(words), "{legend}");
    }
    assert!(window.has("[data-testid=map-graph] .box.quietly") && window.has(".wire .sign"));
    picture(&window, "owners.png");
    // What is behind the new link.
    window.js(
        "[...document.querySelectorAll('.wire')].find((it) => it.ariaLabel.includes('Invoices → Ledger'))\
               .querySelector('.grip').dispatchEvent(new MouseEvent('click', {bubbles: true}))",
    );
    window.wait_text("[data-testid=map-edge]", "Becomes cross-team");
    picture(&window, "link.png");

    // Inside the team: its services of both plans.
    window
        .go(&sample
            .address("#/map?picture=inside&of=team:{team:payments}&scenario=split-payments&against=both"));
    drawn(&window, "1 becomes cross-team");
    let boxes = labels(&window, "key");
    for key in ["invoices", "tax", "duties", "dunning"] {
        let label = &boxes[&service(&sample, key)];
        assert!(label.contains("Changed: ") && label.contains("Payments & Invoicing → Invoicing"), "{label}");
    }
    let ledger = &boxes[&service(&sample, "ledger")];
    assert!(ledger.contains("Unchanged"), "{ledger}");
    let edge = format!("{}>{}", service(&sample, "invoices"), service(&sample, "ledger"));
    assert!(labels(&window, "edge")[&edge].contains("Becomes cross-team"));
    picture(&window, "inside-both.png");

    // Each of the plans alone; what is there keeps its place.
    let place = |window: &Window, key: &str| {
        window.js(&format!("return document.querySelector('[data-key=\"{key}\"]').getAttribute('transform')"))
    };
    let (ledger, invoices) = (service(&sample, "ledger"), service(&sample, "invoices"));
    let before = place(&window, &ledger);
    window.click("[data-testid=map-against]");
    window.press("{Up}{Enter}");
    drawn(&window, "what the scenario has");
    window.wait("only what stays", |it| (!labels(it, "key").contains_key(&invoices)).then_some(()));
    assert_eq!(place(&window, &ledger), before);
    assert!(window.js("return location.hash").as_str().unwrap().contains("against=after"));
    let value = "return document.querySelector('[data-testid=map-against]').value";
    assert_eq!(window.js(value), "after");
    picture(&window, "inside-after.png");
    window.press("{Alt}{Left}");
    drawn(&window, "together");

    // The matrix has no comparison, and says so; back in the plan there is none.
    window.click("[data-testid=picture-matrix]");
    window.wait_text("[data-testid=map-against-none]", "the scenario alone");
    window.press("{Alt}{Left}");
    drawn(&window, "together");
    window.press("{Alt}{End}");
    window.wait_gone(COMPARED);
    assert!(!window.has("[data-testid=map-against]"));
}

/// All of it by keyboard, and the files that are made of it.
#[test]
fn the_comparison_is_turned_on_by_keyboard_and_exported_with_its_marks() {
    let sample = SampleFile::new();
    let out = sample.desk.folder.path().join("map");
    let window =
        Window::start(&Start { arguments: &[sample.desk.path()], dialog: Some(&out), ..Start::default() });
    window.go(&format!("#/map?picture=around&of={}&scenario=split-payments", service(&sample, "invoices")));
    window.wait("the map", |it| it.has(".box.subject").then_some(()));
    let palette = |words: &str, line: &str| {
        window.press("{Ctrl}k");
        window.type_into("[data-testid=palette-input]", words);
        window.wait_text("[data-testid=palette-list]", line);
        window.press("{Enter}");
    };
    palette("against the plan: both", "Against the plan: both");
    drawn(&window, "3 become cross-team");
    picture(&window, "around-wide.png");
    window.js("document.querySelector('[data-testid=map-graph]').focus()");
    window.press("{Right}");
    window.wait("a box to be chosen", |it| {
        it.js("return location.hash").as_str()?.contains("sel=").then_some(())
    });
    for (format, begins, holds) in [
        ("svg", "<?xml", vec!["↗ Becomes cross-team: ", ">±</text>"]),
        ("dot", "digraph", vec!["± becomes cross-team", "± Invoices"]),
        ("mermaid", "flowchart", vec![":::changed", "linkStyle"]),
        ("png", "\u{FFFD}PNG", vec![]),
    ] {
        window.click_in_toolbar("[data-testid=export-picture]");
        window.click(&format!("[data-testid=export-{format}]"));
        let text = window.wait(&format!("the {format}"), |_| {
            let text = String::from_utf8_lossy(&fs::read(&out).ok()?).into_owned();
            text.starts_with(begins).then_some(text)
        });
        for part in holds {
            assert!(text.contains(part), "{format}: {part}\n{text}");
        }
    }
    palette("against the plan: off", "Against the plan: off");
    window.wait_gone(COMPARED);
    palette("scenario against the plan in the", "in the organisation chart");
    window.wait_text("[data-testid=comparison-band]", "with the plan on 1 Feb 2027");
}

/// The chart and its list, with the same marks as for two days.
#[test]
fn the_chart_shows_a_scenario_against_the_plan() {
    let sample = SampleFile::new();
    let window = opened(&sample, "#/organisation?scenario=split-payments");
    window.wait("the chart", |it| it.has("[data-testid=team-chart] .box").then_some(()));
    window.click_in_toolbar("[data-testid=chart-against-plan]");
    let band = "[data-testid=comparison-band]";
    window.wait_text(band, "Split Payments & Invoicing with the plan on 1 Feb 2027");
    let legend = window.wait_text("[data-testid=comparison-legend]", "New team");
    for word in ["Moved in", "Moved out"] {
        assert!(legend.contains(word), "{legend}");
    }
    let words = window.wait_text("[data-testid=comparison-words]", "6 moved");
    assert!(words.contains("1 new team") && words.contains("4 services changed owner"), "{words}");
    let owners = window.text("[data-testid=changes-ownerChanged]");
    for name in ["Invoices", "Tax", "Customs Duties", "Payment Reminders", "1 Feb 2027"] {
        assert!(owners.contains(name), "{owners}");
    }
    picture(&window, "chart.png");
    window.click("[data-testid=as-list]");
    window.wait_gone("[data-testid=team-chart]");
    picture(&window, "chart-list.png");
    // Escape ends it; the dialog has it as well.
    window.press("{Esc}");
    window.wait_gone(band);
    window.press("{Alt}v");
    window.wait("the dialog", |it| it.has("dialog[open] [data-testid=compare-plan]").then_some(()));
    picture(&window, "dialog.png");
    window.click("[data-testid=compare-plan]");
    window.wait_text(band, "with the plan on 1 Feb 2027");
    // In the plan itself there is nothing to compare with, and the other control is gone.
    window.press("{Alt}{End}");
    window.wait_gone(band);
    window.wait_text("main", "Payments");
    assert!(!window.has("[data-testid=chart-against-plan]"));
}
