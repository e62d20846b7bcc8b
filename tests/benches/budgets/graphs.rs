//! Algorithms on the dependency graph, against igraph (a C library) on the same graph.

use std::{fmt::Write, fs, path::Path, process::Command};

use headroom_analysis::graph::{self, DependencyGraph};
use headroom_model::Snapshot;
use headroom_store::Store;
use serde_json::Value;

use crate::{Line, shortest};

const RUNS: usize = 5;
const WITH_IGRAPH: &str = include_str!("with_igraph.py");

pub fn lines(plan: &Path, folder: &Path) -> Vec<Line> {
    let Ok(python) = std::env::var("HEADROOM_BENCH_PYTHON") else {
        eprintln!("SKIPPED: the comparison with igraph; `make bench` sets HEADROOM_BENCH_PYTHON");
        return Vec::new();
    };
    let store = Store::open(plan, headroom_tests::now()).unwrap();
    let snapshot = store.plan().as_of(headroom_tests::today());
    let edges = folder.join("edges.txt");
    fs::write(&edges, edge_list(&snapshot)).unwrap();

    let needs = DependencyGraph { forward: snapshot.needs_graph(), backward: snapshot.needed_by_graph() };
    let condensation = graph::condensation(needs);
    let weak = graph::articulation_points(needs);
    let dependents = graph::transitive_dependents(&condensation, needs.forward);
    let cycles_ms = shortest(RUNS, || graph::condensation(needs).cycles().len());
    let weak_ms = shortest(RUNS, || graph::articulation_points(needs));
    let dependents_ms =
        shortest(RUNS, || graph::transitive_dependents(&graph::condensation(needs), needs.forward));

    let output = Command::new(python)
        .args(["-c", WITH_IGRAPH])
        .args([edges.as_os_str(), snapshot.service_count().to_string().as_ref(), RUNS.to_string().as_ref()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let theirs: Value = serde_json::from_slice(&output.stdout).unwrap();
    // Comparing speed is pointless if the results differ.
    assert_eq!(theirs["cycles"], condensation.cycles().len());
    assert_eq!(theirs["articulation_points"], weak.is_articulation.iter().filter(|is| **is).count());
    assert_eq!(theirs["bridges"], weak.bridges.len());
    assert_eq!(theirs["dependents"], dependents.iter().map(|count| u64::from(*count)).sum::<u64>());

    let line = |what: &str, ms: f64| {
        let name = what.replace(' ', "_");
        Line::ratio(what, ms, "igraph", theirs[format!("{name}_ms")].as_f64().unwrap(), 1.0)
    };
    vec![
        line("cycles", cycles_ms),
        // One pass gives both; each is charged in full.
        line("articulation points", weak_ms),
        line("bridges", weak_ms),
        line("dependents", dependents_ms),
    ]
}

fn edge_list(snapshot: &Snapshot) -> String {
    let mut text = String::new();
    for from in 0..snapshot.service_count() {
        for to in snapshot.needs(from) {
            writeln!(text, "{from} {to}").unwrap();
        }
    }
    text
}
