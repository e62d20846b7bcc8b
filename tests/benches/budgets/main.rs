//! Speed budgets (`make bench`), most of them as ratios within one run, so that they hold on any computer. Prints a
//! table; the exit code is 1 if a budget is exceeded. One file per budget; the organisation comes from
//! `synthetic.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod editing;
mod forecasting;
mod graphs;
mod importing;
mod merging;
mod moving;
mod onboarding;
mod opening;
mod painted;
mod reading;
mod reckoning;
mod redacting;
mod scenarios;
mod signals;
mod simulating;
mod sliding;
mod starting;
mod synthetic;
mod typing;

use std::{process::ExitCode, time::Instant};

/// A measurement and its limit, in milliseconds.
pub struct Line {
    pub what: String,
    pub measured_ms: f64,
    /// The reference and the factor, or a plain limit.
    pub against: String,
    pub limit_ms: f64,
}

impl Line {
    pub fn ratio(what: impl Into<String>, measured_ms: f64, other: &str, other_ms: f64, times: f64) -> Self {
        let against = format!("{times} × {other} ({other_ms:.1} ms): {:.2} ×", measured_ms / other_ms);
        Self { what: what.into(), measured_ms, against, limit_ms: other_ms * times }
    }

    pub fn limit(what: impl Into<String>, measured_ms: f64, limit_ms: f64) -> Self {
        Self { what: what.into(), measured_ms, against: format!("{limit_ms} ms"), limit_ms }
    }

    fn is_kept(&self) -> bool {
        self.measured_ms <= self.limit_ms
    }
}

/// The shortest of several runs, in milliseconds: other load on the computer can only make it longer.
pub fn shortest<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..runs {
        let start = Instant::now();
        std::hint::black_box(work());
        least = least.min(start.elapsed().as_secs_f64() * 1000.0);
    }
    least
}

fn main() -> ExitCode {
    let folder = tempfile::tempdir().unwrap();
    let large = synthetic::Organisation::large();
    let csv = folder.path().join("csv");
    large.write(&csv);
    let plan = folder.path().join("large.headroom");

    println!("{:<58} {:>10}   at most", "", "measured");
    let mut is_kept = true;
    // Parts that are named are measured alone: `make bench PARTS="opening scenarios"`. The plan of editing, merging,
    // forecasting and graphs is made by importing.
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let mut show = |part: &str, measure: &dyn Fn() -> Vec<Line>| {
        if !asked.is_empty() && !asked.iter().any(|asked| asked == part) {
            return;
        }
        for line in measure() {
            let verdict = if line.is_kept() { "kept" } else { "BROKEN" };
            println!("{:<58} {:>7.1} ms   {}  {verdict}", line.what, line.measured_ms, line.against);
            is_kept &= line.is_kept();
        }
    };
    show("importing", &|| importing::lines(&csv, &plan));
    show("editing", &|| editing::lines(&plan));
    show("merging", &|| merging::lines(&plan, folder.path()));
    show("forecasting", &|| forecasting::lines(&plan));
    show("graphs", &|| graphs::lines(&plan, folder.path()));
    show("reckoning", &|| reckoning::lines(folder.path()));
    show("redacting", &|| redacting::lines());
    show("simulating", &|| simulating::lines());
    show("starting", &|| starting::lines());
    show("onboarding", &|| onboarding::lines(folder.path()));
    show("moving", &|| moving::lines(folder.path()));
    show("scenarios", &|| scenarios::lines(folder.path()));
    show("sliding", &|| sliding::lines(folder.path()));
    show("signals", &|| signals::lines(folder.path()));
    show("opening", &|| opening::lines(folder.path()));
    show("typing", &|| typing::lines(folder.path()));
    if is_kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
