//! Importing six CSV files, against `.import` of the sqlite3 shell on the same files.

use std::{fs, path::Path, process::Command};

use headroom_tests::{headroom, real_data};

use crate::{Line, shortest};

const FILES: [&str; 6] = ["teams", "people", "memberships", "services", "ownership", "dependencies"];
const RUNS: usize = 5;

/// Leaves the imported plan at `plan`.
pub fn lines(csv: &Path, plan: &Path) -> Vec<Line> {
    let mut lines = vec![line("34,000 services, 146,000 dependencies", csv, plan)];
    if let Some(data) = real_data("debian-science") {
        let folder = tempfile::tempdir().unwrap();
        lines.push(line("debian-science", &data, &folder.path().join("debian.headroom")));
    }
    lines
}

fn line(name: &str, csv: &Path, plan: &Path) -> Line {
    let ours = (0..RUNS).map(|_| import(csv, plan)).fold(f64::INFINITY, f64::min);
    let database = plan.with_extension("db");
    let theirs = (0..RUNS).map(|_| import_with_sqlite(csv, &database)).fold(f64::INFINITY, f64::min);
    Line::ratio(format!("import of six CSV files: {name}"), ours, "sqlite3 .import", theirs, 3.0)
}

fn import(csv: &Path, plan: &Path) -> f64 {
    let _ = fs::remove_file(plan);
    assert!(headroom().arg("new").arg(plan).output().unwrap().status.success());
    let mut files: Vec<_> = FILES.iter().map(|name| csv.join(format!("{name}.csv"))).collect();
    files.retain(|file| file.exists());
    shortest(1, || {
        let output = headroom().arg("import").arg(plan).args(&files).arg("--json").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    })
}

fn import_with_sqlite(csv: &Path, database: &Path) -> f64 {
    let _ = fs::remove_file(database);
    let mut shell = Command::new("sqlite3");
    shell.arg(database).arg(".mode csv");
    for name in FILES {
        let file = csv.join(format!("{name}.csv"));
        if file.exists() {
            shell.arg(format!(".import {} {name}", file.display()));
        }
    }
    shortest(1, || assert!(shell.status().unwrap().success()))
}
