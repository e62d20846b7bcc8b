//! Real tables of HR software through the command line, against figures that were calculated independently.

use std::{
    fs,
    path::{Path, PathBuf},
};

use headroom_tests::{
    Desk,
    hr::{Seats, check_employees, check_organogram, repeated},
    real_data,
};
use serde_json::Value;

/// File lines at which the report has this message.
fn lines_told(report: &Value, said: &str) -> Vec<u64> {
    let problems = report["problems"].as_array().unwrap().iter();
    problems
        .filter(|problem| problem["message"].as_str().unwrap().contains(said))
        .map(|problem| problem["line"].as_u64().unwrap())
        .collect()
}

/// Saves a built-in profile in the plan under another name, so that the import has to name it.
fn kept(desk: &Desk, built_in: &str, options: &[&str]) {
    let mut arguments = vec!["import-profiles", desk.path(), "--show", built_in, "--save", "ours"];
    arguments.extend(options);
    desk.done(&arguments);
    assert!(desk.done(&["import-profiles", desk.path()]).contains("ours "));
}

#[test]
fn organograms_match_independent_counts() {
    let Some(folder) = real_data("uk-organograms") else { return };
    let truth: Value = serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap();
    let bodies = truth["departments"].as_object().unwrap();
    assert_eq!(bodies.len(), 6);
    for (body, truth) in bodies {
        organogram(&folder, body, truth);
    }
}

fn organogram(folder: &Path, body: &str, truth: &Value) {
    let desk = Desk::new();
    kept(&desk, "uk-organogram", &[]);
    let (senior, junior) =
        (folder.join(format!("{body}-senior.csv")), folder.join(format!("{body}-junior.csv")));
    let report = desk.import(&[&senior, &junior], &["--profile", "ours"]);
    check_organogram(&Seats::of(&desk), &senior, body, truth);

    // The first row of a repeated post counts, and each further one is reported with its line.
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_path(&senior).unwrap().records().map(Result::unwrap).collect();
    let repeated = repeated(&senior);
    let told = lines_told(&report, "is already at");
    assert_eq!(told.len(), repeated.len(), "{body}: repeated rows");
    let more: u64 =
        truth["post_ref_repeated"].as_array().unwrap().iter().map(|pair| pair[1].as_u64().unwrap() - 1).sum();
    assert_eq!(told.len() as u64, more, "{body}: repeated rows");
    for line in told {
        let row = &rows[line as usize - 2];
        assert!(repeated.iter().any(|other| other[0] == row[0]), "{body}: line {line}");
    }
    let unknown = lines_told(&report, "no position “").len() as u64;
    let reporting = &truth["reporting_first_row_wins"];
    assert_eq!(unknown, reporting["manager_unknown_count"].as_u64().unwrap(), "{body}: unknown managers");
    for pair in truth["same_name_on_several_posts"].as_array().unwrap() {
        let (name, posts) = (pair[0].as_str().unwrap(), pair[1].as_u64().unwrap());
        let told = lines_told(&report, &format!("“{name}” is also at")).len() as u64;
        assert_eq!(told, posts - 1, "{body}: {name} is told");
    }

    let again = desk.import(&[&senior, &junior], &["--profile", "ours", "--full-sync"]);
    assert_eq!(headroom_tests::sums(&again), (0, 0, 0), "{body}: a second import");
    let undone = desk.done(&["undo", desk.path()]);
    assert!(undone.contains("Import"), "{undone}");
    assert!(Seats::of(&desk).rows("positions").is_empty(), "{body}: undone");
}

#[test]
fn oracle_employees_match_independent_counts() {
    let Some(folder) = real_data("oracle-hr") else { return };
    let truth: Value = serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap();
    let files: Vec<PathBuf> =
        ["employees", "departments", "jobs"].iter().map(|name| folder.join(format!("{name}.csv"))).collect();
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let desk = Desk::new();
    kept(&desk, "oracle-hr", &["--currency", "USD"]);
    let report = desk.import(&files, &["--profile", "ours"]);
    assert!(
        report["problems"].as_array().unwrap().iter().all(|problem| problem["level"] == "note"),
        "{}",
        report["problems"]
    );
    check_employees(&Seats::of(&desk), &truth);
    let again = desk.import(&files, &["--profile", "ours", "--full-sync"]);
    assert_eq!(headroom_tests::sums(&again), (0, 0, 0));
}

#[test]
fn unanswered_ambiguities_skip_their_cells() {
    let Some(folder) = real_data("oracle-hr") else { return };
    let desk = Desk::new();
    let report = desk.import(&[&folder], &["--format", "sheet"]);
    let told = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["message"].as_str().unwrap().contains("which currency"));
    assert_eq!(told.count(), 3, "{}", report["problems"]);
    let seats = Seats::of(&desk);
    assert!(seats.rows("positions").iter().all(|row| row["pay"].is_null()));
    assert_eq!(seats.rows("positions").len(), 107);
}
