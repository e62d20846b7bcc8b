//! Commands from end to end, on the sample and on small files.

use std::process::Command;

use headroom_tests::{Desk, TODAY, headroom, sums};
use serde_json::Value;

fn sample() -> Desk {
    let desk = Desk::new();
    std::fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    desk
}

#[test]
fn sample_has_findings() {
    let desk = sample();
    let found = desk.json(&["findings", desk.path(), "--as-of", "2026-11-23", "--format", "json"]);
    let rules: std::collections::BTreeSet<&str> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    assert!(rules.len() >= 14, "{rules:?}");
    let first = &found["findings"][0];
    assert_eq!(
        (first["rule"].as_str(), first["severity"].as_str()),
        (Some("fragile-articulation"), Some("critical"))
    );
}

#[test]
fn deny_sets_the_exit_code_by_severity() {
    let desk = sample();
    let code = |arguments: &[&str]| {
        let mut all = vec!["findings", desk.path()];
        all.extend(arguments);
        desk.run(&all).status.code()
    };
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--deny", "high"]), Some(1));
    assert_eq!(code(&["--rule", "self-dependency", "--deny", "high"]), Some(0));
    assert_eq!(code(&["--rule", "no-such-rule"]), Some(2));
}

#[test]
fn sarif_lists_its_rules() {
    let desk = sample();
    let log = desk.json(&["findings", desk.path(), "--format", "sarif"]);
    let run = &log["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
    }
}

#[test]
fn every_rule_has_an_explanation() {
    let rules = headroom().args(["rules", "--json"]).output().unwrap();
    let rules: Vec<Value> = serde_json::from_slice(&rules.stdout).unwrap();
    assert!(rules.len() >= 17);
    for rule in rules {
        let id = rule["id"].as_str().unwrap();
        let text = headroom().args(["rules", id]).output().unwrap();
        let text = String::from_utf8(text.stdout).unwrap();
        assert!(text.contains("Recommended fix") && text.contains("https://"), "{text}");
    }
}

#[test]
fn import_can_be_undone_and_redone() {
    let desk = Desk::new();
    let teams = desk.file("teams.csv", "id,name\na,Alpha\n");
    assert_eq!(sums(&desk.import(&[&teams], &["--dry-run"])), (1, 0, 0));
    assert_eq!(desk.stats()["teams"], 0);
    desk.import(&[&teams], &[]);
    assert_eq!(desk.stats()["teams"], 1);
    desk.done(&["undo", desk.path()]);
    assert_eq!(desk.stats()["teams"], 0);
    desk.done(&["redo", desk.path()]);
    assert_eq!(desk.stats()["teams"], 1);
    assert!(desk.refused(&["redo", desk.path()]).contains("nothing to redo"));
    let history = desk.json(&["history", desk.path(), "--changes", "--json"]);
    assert_eq!(history.as_array().unwrap().len(), 3);
    assert_eq!(history[2]["changes"][0]["name"], "Alpha");
    assert_eq!(history[2]["author"], "Tester");
}

#[test]
fn missing_rows_end_only_with_full_sync() {
    let desk = Desk::new();
    let teams = desk.file("teams.csv", "id,name\na,Alpha\nb,Beta\n");
    desk.import(&[&teams], &[]);
    desk.file("teams.csv", "id,name\na,Alpha One\n");
    assert_eq!(sums(&desk.import(&[&teams], &[])), (0, 1, 0));
    assert_eq!(sums(&desk.import(&[&teams], &["--full-sync"])), (0, 0, 1));
    assert_eq!(desk.stats()["teams"], 1);
    assert_eq!(sums(&desk.import(&[&teams], &["--full-sync"])), (0, 0, 0));
    let before = desk.json(&["stats", desk.path(), "--json", "--as-of", "2020-01-01"]);
    assert_eq!(before["teams"], 2, "what ended was there before");
    desk.file("teams.csv", "id,name\na,Alpha One\nb,Beta\n");
    assert_eq!(sums(&desk.import(&[&teams], &[])), (0, 1, 0), "what comes back is no new team");
    assert_eq!(desk.stats()["teams"], 2);
}

#[test]
fn unknown_owners_become_stubs_with_suggestions() {
    let desk = Desk::new();
    desk.file("in/teams.csv", "id,name\npayments,Payments\n");
    desk.file("in/services.csv", "id,name\nledger,Ledger\n");
    desk.file("in/ownership.csv", "service,owner,owner_kind,role\nledger,payment,team,owner\n");
    let folder = desk.folder.path().join("in");
    let report = desk.import(&[&folder], &[]);
    assert_eq!(report["unresolved"][0]["suggestions"][0], "payments");
    assert_eq!(desk.stats()["unknown_owners"][0], "payment");
    assert_eq!(desk.stats()["teams"], 1);
    assert_eq!(sums(&desk.import(&[&folder], &[])), (0, 0, 0));
    desk.file("in/teams.csv", "id,name\npayments,Payments\npayment,Payment\n");
    assert_eq!(sums(&desk.import(&[&folder], &[])), (0, 1, 0));
    assert_eq!(desk.stats()["unknown_owners"].as_array().unwrap().len(), 0);
}

#[test]
fn exports_of_the_sample_round_trip() {
    let desk = sample();
    let out = desk.folder.path().join("out");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "csv"]);
    let copy = Desk::new();
    copy.import(&[&out], &[]);
    let again = desk.folder.path().join("again");
    copy.done(&["export", copy.path(), again.to_str().unwrap(), "--format", "csv"]);
    for file in std::fs::read_dir(&out).unwrap().map(Result::unwrap) {
        let (first, second) = (std::fs::read(file.path()), std::fs::read(again.join(file.file_name())));
        assert_eq!(first.unwrap(), second.unwrap(), "{:?}", file.file_name());
    }
    for day in ["2024-06-30", "2026-11-23", "2027-06-30"] {
        let stats = |desk: &Desk| desk.json(&["stats", desk.path(), "--json", "--as-of", day]);
        assert_eq!(stats(&desk), stats(&copy), "on {day}");
    }
}

#[test]
fn owners_resolve_by_former_name_on_first_import() {
    let desk = Desk::new();
    desk.file("org/teams.csv", "id,name,aliases\ncash,Cash,Tills; Money Desk\n");
    desk.file("org/people.csv", "id,name\nada,Ada\n");
    desk.file("org/services.csv", "id,name,objective,standalone\ntill,Till,99.95%,yes\n");
    desk.file("org/ownership.csv", "service,owner,owner_kind,role\ntill,Money Desk,team,owner\n");
    desk.file(
        "org/interactions.csv",
        "team,with,mode,purpose,expected_end\ncash,Ledger,collaboration,close the books,2027-03-31\ncash,cash,facilitating,,\n",
    );
    let folder = desk.folder.path().join("org");
    let first = desk.import(&[&folder], &[]);
    assert_eq!(first["unresolved"].as_array().unwrap().len(), 1, "the ledger alone: {first}");
    assert_eq!(first["problems"][0]["column"], 2);
    assert_eq!(sums(&desk.import(&[&folder], &[])), (0, 0, 0));

    let out = desk.folder.path().join("out");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "csv"]);
    let text = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    assert!(text("ownership.csv").contains("till,cash,team,owner,,Money Desk,,"));
    assert!(text("services.csv").contains("99.95%,yes"));
    assert!(text("interactions.csv").contains("cash,Ledger,collaboration,close the books,2027-03-31,,"));
    assert_eq!(sums(&desk.import(&[&out], &[])), (0, 0, 0));
}

#[test]
fn simulation_is_deterministic_by_seed() {
    let desk = sample();
    let run = |more: &[&str]| {
        let arguments =
            [&["simulate", desk.path(), "--runs", "300", "--from", "2027-01-15", "--json"], more].concat();
        desk.json(&arguments)
    };
    let one = run(&["--seed", "4", "--months", "6"]);
    assert_eq!(one, run(&["--seed", "4", "--months", "6"]));
    assert_ne!(one["months"], run(&["--seed", "5", "--months", "6"])["months"]);
    assert_eq!(one["months"].as_array().unwrap().len(), 6);
    assert_eq!(one["months"][0]["month"], "2027-01");
    let fan = &one["months"][5]["headcount"];
    let value = |name: &str| fan[name].as_f64().unwrap();
    assert!(value("p10") < value("p50") && value("p50") < value("p90"), "{fan}");
    assert!(
        one["assumptions"].as_array().unwrap().iter().all(|row| !row["origin"].as_str().unwrap().is_empty())
    );
    let team = run(&["--team", "payments", "--months", "1"]);
    assert!(team["seats"].as_u64() < one["seats"].as_u64() && team["seats"].as_u64() > Some(0));
    let errors = desk.refused(&["simulate", desk.path(), "--team", "nobody-is-called-so"]);
    assert!(errors.contains("no team “nobody-is-called-so” on"), "{errors}");
}

/// A desktop, a timer or a container may start the command without any of the usual variables.
#[test]
fn changes_have_an_author_without_an_environment() {
    let desk = Desk::new();
    let Ok(login) = Command::new("id").arg("-un").output() else { return };
    if !login.status.success() {
        return;
    }
    let uid = Command::new("id").arg("-u").output().unwrap().stdout;
    let uid = String::from_utf8(uid).unwrap();
    let accounts = Command::new("getent").args(["passwd", uid.trim()]).output().unwrap().stdout;
    let account = String::from_utf8(accounts).unwrap();
    let file = desk.file("teams.csv", "id,name\npayments,Payments\n");
    let import = ["import", desk.path(), file.to_str().unwrap(), "--format", "csv"];
    let output = headroom().env_clear().env("HEADROOM_TODAY", TODAY).args(import).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let history = desk.json(&["history", desk.path(), "--json"]);
    let author = history[0]["author"].as_str().unwrap();
    let login = String::from_utf8(login.stdout).unwrap();
    let name = account.split(':').nth(4).unwrap_or_default().split(',').next().unwrap_or_default();
    assert_eq!(author, if name.is_empty() { login.trim() } else { name });
}
