//! Two copies of a plan into which different organisations were imported, merged in both orders.

use std::{fs, path::Path};

use headroom_tests::{Desk, headroom, real_data};
use serde_json::Value;

fn import(desk: &Desk, plan: &Path, folder: &Path) {
    desk.done(&["import", plan.to_str().unwrap(), folder.to_str().unwrap()]);
}

/// Merges, whether or not there are conflicts.
fn merge(plan: &Path, copy: &Path) -> Value {
    let output = headroom().arg("merge").args([plan, copy]).arg("--json").output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn json(desk: &Desk, plan: &Path) -> String {
    let out = desk.folder.path().join("out.json");
    desk.done(&["export", plan.to_str().unwrap(), out.to_str().unwrap(), "--format", "json"]);
    fs::read_to_string(out).unwrap()
}

#[test]
fn imports_on_both_sides_are_both_there() {
    let Some(folders) =
        ["backstage-acme", "kubernetes"].map(real_data).into_iter().collect::<Option<Vec<_>>>()
    else {
        return;
    };
    let desk = Desk::new();
    fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    let path = |name: &str| desk.folder.path().join(name);
    for (name, folder) in ["one", "other"].iter().zip(&folders) {
        fs::copy(&desk.plan, path(name)).unwrap();
        import(&desk, &path(name), folder);
        fs::copy(path(name), path(&format!("{name}-before"))).unwrap();
    }
    let told = [merge(&path("one"), &path("other-before")), merge(&path("other"), &path("one-before"))];
    for merge in &told {
        assert_eq!(merge["conflicts"].as_array().map(Vec::len), Some(0), "{}", merge["conflicts"]);
        assert!(merge["changes"].as_u64() > Some(100));
    }
    assert_eq!(told[0]["renamed"], told[1]["renamed"]);
    let merged = json(&desk, &path("one"));
    assert!(merged == json(&desk, &path("other")), "both orders come to the same");
    assert_eq!(merge(&path("one"), &path("other-before"))["operations"], 0);
    for plan in ["one", "other"] {
        desk.done(&["doctor", path(plan).to_str().unwrap()]);
    }
    // Nothing of either is lost: as many rows of each kind as both have added to the sample.
    let count = |text: &str, table: &str| {
        let document: Value = serde_json::from_str(text).unwrap();
        document[table].as_array().unwrap().len()
    };
    let [sample, one, other] =
        [desk.plan.clone(), path("one-before"), path("other-before")].map(|plan| json(&desk, &plan));
    for table in ["teams", "people", "services", "memberships", "ownerships", "dependencies"] {
        let expected = count(&one, table) + count(&other, table) - count(&sample, table);
        assert_eq!(count(&merged, table), expected, "{table}");
    }
}
