//! From the start of the process to the first view, against an empty Tauri window.

use std::{path::Path, time::Instant};

use headroom_tests::{
    built,
    window::{Start, Window},
};

use crate::Line;

const RUNS: usize = 7;

pub fn lines() -> Vec<Line> {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("sample.headroom");
    let made = headroom_tests::headroom().arg("new").arg(&plan).arg("--sample").output().unwrap();
    assert!(made.status.success());
    let empty = built("empty-window");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // In turns, so that load on the computer affects both.
    for _ in 0..RUNS {
        theirs.push(start(&empty, &[]));
        ours.push(start(&built("headroom-desktop"), &[plan.to_str().unwrap()]));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    vec![Line::ratio("first view of the window", ours, "an empty window", theirs, 1.2)]
}

/// Milliseconds until the first view of each of two plans is painted, in turns.
pub fn first_views(plans: [&Path; 2]) -> [f64; 2] {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        for (times, plan) in times.iter_mut().zip(plans) {
            times.push(start(&built("headroom-desktop"), &[plan.to_str().unwrap()]));
        }
    }
    times.map(median)
}

/// Milliseconds until the first view is painted.
fn start(program: &Path, arguments: &[&str]) -> f64 {
    let window = Window::prepare(&Start { arguments, ..Start::default() });
    let start = Instant::now();
    let window = window.open(program, arguments);
    window.wait("the first view", |it| {
        it.js("return document.documentElement.dataset.painted ?? null").as_str().map(drop)
    });
    start.elapsed().as_secs_f64() * 1000.0
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
