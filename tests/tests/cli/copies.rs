//! Copies of a plan that come back, and undo of what is not the newest.

use std::{fs, path::PathBuf};

use headroom_tests::Desk;
use serde_json::json;

/// A plan in which Ada is, and a copy of it.
fn two_copies() -> (Desk, String) {
    let desk = Desk::new();
    import(&desk, desk.path(), "id,name,title\nada,Ada Okafor,Engineer\n");
    let copy: PathBuf = desk.folder.path().join("copy.headroom");
    fs::copy(&desk.plan, &copy).unwrap();
    (desk, copy.to_str().unwrap().to_owned())
}

fn import(desk: &Desk, plan: &str, people: &str) {
    let file = desk.file("people.csv", people);
    desk.done(&["import", plan, file.to_str().unwrap(), "--format", "csv"]);
}

fn failed(desk: &Desk, arguments: &[&str], code: i32) -> String {
    let output = headroom_tests::headroom().args(arguments).current_dir(desk.folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[test]
fn edits_of_both_copies_are_merged() {
    let (desk, copy) = two_copies();
    import(&desk, desk.path(), "id,name,location\nada,Ada Okafor,Oslo\n");
    import(&desk, &copy, "id,name,title\nada,Ada Okafor,Lead\nbo,Bo Lind,Engineer\n");
    let told = desk.done(&["merge", desk.path(), &copy, "--dry-run"]);
    assert!(told.starts_with("would merge 1 operation: 2 changes"), "{told}");
    assert!(desk.done(&["merge", desk.path(), &copy]).starts_with("merged 1 operation: 2 changes"));
    let people = desk.json(&["show", desk.path(), "person", "ada", "--json"]);
    assert!(people.to_string().contains("Lead") && people.to_string().contains("Oslo"), "{people}");
    assert!(desk.done(&["merge", desk.path(), &copy]).starts_with("nothing to merge"));
    // The other way round comes to the same.
    desk.done(&["merge", &copy, desk.path()]);
    let export = |plan: &str, name: &str| {
        let out = desk.folder.path().join(name);
        desk.done(&["export", plan, out.to_str().unwrap(), "--format", "json"]);
        fs::read_to_string(out).unwrap()
    };
    assert_eq!(export(desk.path(), "one.json"), export(&copy, "other.json"));
    desk.done(&["undo", desk.path()]);
    assert!(!desk.done(&["history", desk.path(), "-n", "1"]).is_empty());
    assert!(desk.json(&["show", desk.path(), "person", "ada", "--json"]).to_string().contains("Oslo"));
}

#[test]
fn conflicts_wait_until_they_are_decided() {
    let (desk, copy) = two_copies();
    import(&desk, desk.path(), "id,name,title\nada,Ada Okafor,Manager\n");
    import(&desk, &copy, "id,name,title\nada,Ada Okafor,Lead\n");
    let told = failed(&desk, &["merge", desk.path(), &copy], 1);
    assert!(told.contains("Ada Okafor: title was changed on both sides"), "{told}");
    let listed = desk.done(&["conflicts", desk.path()]);
    for line in ["before  Engineer", "here    Manager", "copy    Lead"] {
        assert!(listed.contains(line), "{listed}");
    }
    assert!(failed(&desk, &["conflicts", desk.path(), "2", "--take", "ours"], 1).contains("no conflict 2"));
    desk.done(&["conflicts", desk.path(), "1", "--take", "theirs"]);
    assert!(desk.json(&["show", desk.path(), "person", "ada", "--json"]).to_string().contains("Lead"));
    assert!(desk.done(&["conflicts", desk.path()]).contains("no open conflicts"));
    // What was decided can be undone, and is open again.
    desk.done(&["undo", desk.path()]);
    assert!(desk.done(&["conflicts", desk.path()]).contains("title"));
}

#[test]
fn history_shows_what_came_with_a_copy_below_its_merge() {
    let (desk, copy) = two_copies();
    import(&desk, &copy, "id,name,title\nada,Ada Okafor,Lead\n");
    import(&desk, desk.path(), "id,name,location\nada,Ada Okafor,Oslo\n");
    desk.done(&["merge", desk.path(), &copy]);
    let history = desk.json(&["history", desk.path(), "--json"]);
    let field = |name: &str| -> Vec<serde_json::Value> {
        history.as_array().unwrap().iter().map(|entry| entry[name].clone()).collect()
    };
    let (seqs, actions) = (field("seq"), field("action"));
    assert_eq!(actions, ["merge", "import", "import", "import"]);
    assert_eq!(field("merge"), [json!(null), seqs[0].clone(), json!(null), json!(null)]);
    let listed = desk.done(&["history", desk.path()]);
    let is_theirs: Vec<bool> = listed.lines().map(|line| line.contains("from a copy · 1 change")).collect();
    assert_eq!(is_theirs, [false, true, false, false], "{listed}");
    // Undone with the merge.
    desk.done(&["undo", desk.path()]);
    let undone = desk.done(&["history", desk.path()]);
    assert_eq!(undone.lines().filter(|line| line.contains("(undone)")).count(), 2, "{undone}");
}

#[test]
fn only_copies_of_one_plan_are_merged() {
    let (desk, _) = two_copies();
    let other = Desk::new();
    let told = failed(&desk, &["merge", desk.path(), other.path()], 2);
    assert!(told.contains("is not a copy of this plan"), "{told}");
}

#[test]
fn an_earlier_change_is_undone_and_later_ones_stay() {
    let (desk, _) = two_copies();
    import(&desk, desk.path(), "id,name,title\nada,Ada Okafor,Lead\n");
    import(&desk, desk.path(), "id,name,location\nada,Ada Okafor,Oslo\n");
    desk.done(&["undo", desk.path(), "--operation", "2"]);
    let ada = desk.json(&["show", desk.path(), "person", "ada", "--json"]).to_string();
    assert!(ada.contains("Engineer") && ada.contains("Oslo"), "{ada}");
    let told = failed(&desk, &["undo", desk.path(), "--operation", "1"], 1);
    assert!(told.contains("Ada Okafor: would be deleted, but location changed since"), "{told}");
}

/// Three copies of a plan with one team; two have described it, each in its own way.
fn three_copies() -> (Desk, [String; 3]) {
    let desk = Desk::new();
    describe(&desk, desk.path(), "base");
    let copy = |name: &str| {
        let path = desk.folder.path().join(name);
        fs::copy(&desk.plan, &path).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let copies = [desk.path().to_owned(), copy("b.headroom"), copy("c.headroom")];
    (desk, copies)
}

fn describe(desk: &Desk, plan: &str, text: &str) {
    let file = desk.file("teams.csv", format!("id,name,description\nx,X,{text}\n"));
    desk.done(&["import", plan, file.to_str().unwrap(), "--format", "csv"]);
}

/// Merges, whether or not there are conflicts.
fn merge(desk: &Desk, plan: &str, copy: &str, more: &[&str]) -> String {
    let mut arguments = vec!["merge", plan, copy];
    arguments.extend(more);
    let output =
        headroom_tests::headroom().args(&arguments).current_dir(desk.folder.path()).output().unwrap();
    assert!(output.status.code() < Some(2), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn description(desk: &Desk, plan: &str) -> String {
    desk.json(&["show", plan, "team", "x", "--json"]).to_string()
}

#[test]
fn what_a_copy_has_not_decided_comes_along_with_it() {
    let (desk, [a, b, c]) = three_copies();
    describe(&desk, &b, "fromB");
    describe(&desk, &c, "fromC");
    merge(&desk, &b, &c, &[]);
    assert!(merge(&desk, &a, &b, &[]).contains("fromC"), "it is told");
    assert!(desk.done(&["conflicts", &a]).contains("fromC"));
    // Decided in the copy, it is decided here with the next merge.
    desk.done(&["conflicts", &b, "1", "--take", "theirs"]);
    merge(&desk, &a, &b, &[]);
    assert!(desk.done(&["conflicts", &a]).contains("no open conflicts"));
    assert!(description(&desk, &a).contains("fromC"));
}

#[test]
fn a_merge_that_was_undone_can_be_made_again() {
    let (desk, [a, b, _]) = three_copies();
    describe(&desk, &b, "fromB");
    merge(&desk, &a, &b, &[]);
    desk.done(&["undo", &a]);
    assert!(description(&desk, &a).contains("base"));
    assert!(merge(&desk, &a, &b, &[]).starts_with("merged 1 operation: 1 change"));
    assert!(description(&desk, &a).contains("fromB"));
    assert!(merge(&desk, &a, &b, &[]).starts_with("nothing to merge"));
    desk.done(&["doctor", &a]);
}

#[test]
fn only_the_conflicts_of_the_merge_are_taken_and_numbers_stay() {
    let (desk, [a, b, c]) = three_copies();
    for (plan, text) in [(&a, "fromA"), (&b, "fromB"), (&c, "fromC")] {
        describe(&desk, plan, text);
    }
    merge(&desk, &a, &b, &[]);
    assert!(merge(&desk, &a, &b, &["--take", "theirs"]).starts_with("nothing to merge"));
    assert!(description(&desk, &a).contains("fromA"), "the earlier conflict is not decided by a later merge");
    assert!(merge(&desk, &a, &c, &[]).contains("   2  X"));
    // Two conflicts of one field are not both taken.
    let told = failed(&desk, &["conflicts", &a, "--take", "theirs"], 1);
    assert!(told.contains("stays open") && description(&desk, &a).contains("fromA"), "{told}");
    desk.done(&["conflicts", &a, "1", "--take", "theirs"]);
    assert!(description(&desk, &a).contains("fromB"));
    // The second keeps its number, and says what is here by now.
    let listed = desk.done(&["conflicts", &a]);
    assert!(listed.contains("   2  X") && listed.contains("here    fromB"), "{listed}");
    desk.done(&["conflicts", &a, "2", "--take", "ours"]);
    assert!(desk.done(&["conflicts", &a]).contains("no open conflicts"));
}

#[test]
fn a_choice_that_is_impossible_stays_open_and_the_others_are_made() {
    let (desk, copy) = two_copies();
    let teams = |plan: &str, rows: &str| {
        let file = desk.file("teams.csv", format!("id,name,parent,description\n{rows}"));
        desk.done(&["import", plan, file.to_str().unwrap(), "--format", "csv"]);
    };
    teams(desk.path(), "x,X,,\ny,Y,,\nz,Z,,base\n");
    fs::copy(&desk.plan, &copy).unwrap();
    teams(desk.path(), "x,X,y,\ny,Y,,\nz,Z,,ours\n");
    teams(&copy, "x,X,,\ny,Y,x,\nz,Z,,theirs\n");
    let told = failed(&desk, &["merge", desk.path(), &copy, "--take", "theirs"], 1);
    assert!(
        told.contains("1 conflict decided") && told.contains("Y stays open: would be above itself"),
        "{told}"
    );
    assert!(desk.json(&["show", desk.path(), "team", "z", "--json"]).to_string().contains("theirs"));
    desk.done(&["doctor", desk.path()]);
}
