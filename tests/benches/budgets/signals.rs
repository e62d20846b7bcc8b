//! A million figures of five hundred metrics: their import, against `.import` of the sqlite3 shell on the same file; a plan
//! that has them, against the same without; the gates of five hundred positions; the slider.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::Command,
};

use chrono::{Days, NaiveDate};
use headroom_analysis::gates::gates;
use headroom_store::Store;
use headroom_tests::{
    headroom,
    window::{Start, Window},
};

use crate::{
    Line, shortest, sliding,
    starting::first_views,
    synthetic::{Numbers, Organisation},
};

const METRICS: u64 = 500;
const DAYS: u64 = 2_000;
const RUNS: usize = 3;
const DAYS_ASKED: u64 = 60;

pub fn lines(folder: &Path) -> Vec<Line> {
    let (with, without) = (folder.join("with-figures"), folder.join("without-figures"));
    for csv in [&with, &without] {
        // As large as a large real one.
        Organisation::new(4_197, 8_422).write(csv);
        write_gates(csv);
    }
    write_figures(&with.join("observations.csv"));
    let least = |run: fn(&Path) -> f64| (0..RUNS).map(|_| run(&with)).fold(f64::INFINITY, f64::min);
    let (ours, theirs) = (least(import), least(import_with_sqlite));
    import(&without);
    let mut lines = vec![Line::ratio("import of a million figures", ours, "sqlite3 .import", theirs, 3.0)];
    let (with, without) = (plan_of(&with), plan_of(&without));
    lines.extend(opening([&with, &without]));
    lines.extend(gates_of_days(&with));
    lines.extend(slider(&with));
    lines
}

fn plan_of(csv: &Path) -> PathBuf {
    csv.with_extension("headroom")
}

/// A metric, an objective by month and a position that waits for it, five hundred times.
fn write_gates(csv: &Path) {
    let mut metrics = String::from("id,name,unit,kind,period,lag,better\n");
    let mut objectives = String::from("id,metric,op,value,period,periods\n");
    let mut positions = String::from("id,title,status,start,waits_for\n");
    for number in 0..METRICS {
        metrics += &format!("m{number},Metric {number},count,flow,day,1,up\n");
        objectives += &format!("o{number},m{number},>=,30000,month,3\n");
        positions += &format!("w{number},Engineer {number},planned,2027-03-01,o{number}\n");
    }
    for (file, text) in [("metrics", metrics), ("objectives", objectives), ("positions", positions)] {
        fs::write(csv.join(format!("{file}.csv")), text).unwrap();
    }
}

fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 31).unwrap()
}

fn write_figures(path: &Path) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    let mut numbers = Numbers::new(7);
    writeln!(file, "metric,first,last,value,origin").unwrap();
    for back in (0..DAYS).rev() {
        let day = last_day() - Days::new(back);
        for metric in 0..METRICS {
            writeln!(file, "m{metric},{day},{day},{},warehouse", 500 + numbers.below(1_000)).unwrap();
        }
    }
}

fn import(csv: &Path) -> f64 {
    let plan = plan_of(csv);
    let _ = fs::remove_file(&plan);
    assert!(headroom().arg("new").arg(&plan).output().unwrap().status.success());
    shortest(1, || {
        let output = headroom().arg("import").arg(&plan).arg(csv).args(["--format", "csv"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    })
}

fn import_with_sqlite(csv: &Path) -> f64 {
    let database = csv.with_extension("db");
    let _ = fs::remove_file(&database);
    let mut shell = Command::new("sqlite3");
    shell.arg(&database).arg(".mode csv");
    for name in ["teams", "people", "memberships", "services", "ownership", "dependencies"]
        .into_iter()
        .chain(["metrics", "objectives", "positions", "observations"])
    {
        shell.arg(format!(".import {} {name}", csv.join(format!("{name}.csv")).display()));
    }
    shortest(1, || assert!(shell.status().unwrap().success()))
}

fn opening(plans: [&Path; 2]) -> [Line; 2] {
    let now = last_day().and_hms_opt(12, 0, 0).unwrap().and_utc();
    let [with, without] = plans.map(|plan| shortest(7, || Store::open(plan, now).unwrap()));
    let [shown_with, shown_without] = first_views(plans);
    [
        Line::ratio("reading a plan with a million figures", with, "without", without, 1.5),
        Line::ratio("first view of a plan with a million figures", shown_with, "without", shown_without, 1.5),
    ]
}

/// The slowest of many days: once somebody has asked for one.
fn gates_of_days(plan: &Path) -> [Line; 1] {
    let store = Store::open(plan, last_day().and_hms_opt(12, 0, 0).unwrap().and_utc()).unwrap();
    assert_eq!(gates(store.plan(), last_day()).len() as u64, METRICS);
    let days = (0..DAYS_ASKED).map(|back| last_day() - Days::new(back * 17));
    let slowest = days.map(|day| shortest(RUNS, || gates(store.plan(), day))).fold(0.0, f64::max);
    [Line::limit("gates of 500 positions on any of 60 days", slowest, 10.0)]
}

fn slider(plan: &Path) -> Vec<Line> {
    let window = Window::start(&Start { arguments: &[plan.to_str().unwrap()], ..Start::default() });
    window.go("#/findings");
    window.wait("findings", |it| it.has("[role=row]").then_some(()));
    sliding::lines_of(&window, "findings with a million figures")
}
