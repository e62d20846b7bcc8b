//! Findings that were accepted or snoozed, and findings compared with those of an earlier run.

use std::fs;

use headroom_tests::Desk;
use serde_json::{Value, json};

const DAY: &str = "2026-11-23";

/// Two services that nobody owns.
fn desk() -> Desk {
    let desk = Desk::new();
    import(&desk, "services", "id,name,standalone\ncheckout,Checkout,yes\nsearch,Search,yes\n");
    desk
}

fn import(desk: &Desk, table: &str, rows: &str) {
    let file = desk.file(&format!("{table}/{table}.csv"), rows);
    desk.import(&[file.parent().unwrap()], &["--format", "csv"]);
}

/// Checkout's missing owner is accepted until the end of the year.
fn accept(desk: &Desk, severity: &str) {
    let row = format!("unowned-service/checkout,accepted,goes in spring,2026-11-20,2026-12-31,{severity}");
    import(desk, "finding_reviews", &format!("id,decision,reason,decided,until,severity\n{row}\n"));
}

fn found(desk: &Desk, day: &str, flags: &[&str]) -> Value {
    desk.json(&[&["findings", desk.path(), "--as-of", day, "--format", "json"], flags].concat())
}

fn status<'a>(found: &'a Value, id: &str) -> &'a str {
    let mut rows = found["findings"].as_array().unwrap().iter();
    rows.find(|row| row["id"] == id).unwrap()["status"].as_str().unwrap()
}

fn code(desk: &Desk, flags: &[&str]) -> Option<i32> {
    let day = if flags.contains(&"--as-of") { &[][..] } else { &["--as-of", DAY][..] };
    desk.run(&[&["findings", desk.path()], day, flags].concat()).status.code()
}

/// An output of this day, in a file.
fn saved(desk: &Desk, format: &str) -> String {
    let output = desk.done(&["findings", desk.path(), "--as-of", DAY, "--format", format]);
    desk.file(&format!("before.{format}"), output).to_str().unwrap().to_owned()
}

#[test]
fn accepted_findings_are_told_apart_until_they_are_open_again() {
    let desk = desk();
    accept(&desk, "critical");
    let then = found(&desk, "2026-12-31", &[]);
    assert_eq!(status(&then, "unowned-service/checkout"), "accepted");
    assert_eq!(status(&then, "unowned-service/search"), "open");
    assert_eq!((&then["accepted"], &then["snoozed"]), (&json!(1), &json!(0)));
    let review =
        &then["findings"].as_array().unwrap().iter().find(|row| !row["review"].is_null()).unwrap()["review"];
    assert_eq!((&review["reason"], &review["until"]), (&json!("goes in spring"), &json!("2026-12-31")));
    assert_eq!(status(&found(&desk, "2027-01-01", &[]), "unowned-service/checkout"), "open");
    let text = desk.done(&["findings", desk.path(), "--as-of", DAY]);
    assert!(text.contains("Checkout has no owner · accepted until 31 Dec 2026"), "{text}");
    assert!(text.ends_with("2 findings: 1 open, 1 accepted\n"), "{text}");
    // A decision about something less severe.
    accept(&desk, "low");
    assert_eq!(status(&found(&desk, DAY, &[]), "unowned-service/checkout"), "open");
}

#[test]
fn all_findings_are_denied_unless_told_otherwise() {
    let desk = desk();
    import(
        &desk,
        "finding_reviews",
        "id,decision,reason,decided,until,severity\n\
        unowned-service/checkout,accepted,known,2026-11-20,,critical\n\
        unowned-service/search,snoozed,,2026-11-20,2026-12-31,critical\n",
    );
    assert_eq!(code(&desk, &["--deny", "low"]), Some(1));
    assert_eq!(code(&desk, &["--deny", "low", "--open"]), Some(0));
    let told = desk.done(&["findings", desk.path(), "--as-of", DAY, "--open"]);
    assert_eq!(told, "no open findings; 1 accepted, 1 snoozed\n");
    assert_eq!(code(&desk, &["--deny", "low", "--open", "--as-of", "2027-01-01"]), Some(1));
    assert_eq!(found(&desk, DAY, &["--open"])["count"], 0);
}

#[test]
fn only_what_is_new_or_worse_than_the_baseline_is_denied() {
    for format in ["json", "sarif"] {
        let desk = desk();
        let before = saved(&desk, format);
        let deny = ["--deny", "low", "--baseline", &before];
        assert_eq!(code(&desk, &deny), Some(0), "{format}");
        let as_before = found(&desk, DAY, &["--baseline", &before]);
        assert_eq!(
            as_before["since_baseline"],
            json!({"new": 0, "worse": 0, "unchanged": 2, "resolved": []})
        );

        import(&desk, "services", "id,name,standalone,until\nsearch,Search,yes,2026-11-22\nnew,New,yes,\n");
        assert_eq!(code(&desk, &deny), Some(1), "{format}");
        let now = found(&desk, DAY, &["--baseline", &before]);
        let since = json!({"new": 1, "worse": 0, "unchanged": 1, "resolved": ["unowned-service/search"]});
        assert_eq!(now["since_baseline"], since, "{format}");
        let text = desk.done(&["findings", desk.path(), "--as-of", DAY, "--baseline", &before]);
        assert!(text.contains("New has no owner · new\n"), "{text}");
        assert!(text.ends_with("1 new, 0 worse, 1 unchanged, 1 resolved since the baseline\n"), "{text}");
    }
}

#[test]
fn what_is_worse_than_in_the_baseline_is_denied() {
    let desk = desk();
    let before = saved(&desk, "json");
    let text = fs::read_to_string(&before).unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    document["findings"][0]["severity"] = "low".into();
    fs::write(&before, document.to_string()).unwrap();
    assert_eq!(code(&desk, &["--deny", "medium", "--baseline", &before]), Some(1));
    assert_eq!(found(&desk, DAY, &["--baseline", &before])["since_baseline"]["worse"], 1);
}

#[test]
fn what_was_accepted_in_the_baseline_and_is_open_again_is_new_to_whoever_looks_at_open_ones() {
    let desk = desk();
    accept(&desk, "critical");
    let before = saved(&desk, "json");
    let later = ["--as-of", "2027-01-01", "--deny", "low", "--baseline", &before];
    assert_eq!(code(&desk, &later), Some(0));
    assert_eq!(code(&desk, &[&later[..], &["--open"]].concat()), Some(1));
    // And what is accepted meanwhile is not resolved.
    let first = desk.json(&["findings", desk.path(), "--as-of", "2027-01-01", "--format", "json"]);
    let file = desk.file("later.json", first.to_string());
    let now = found(&desk, DAY, &["--open", "--baseline", file.to_str().unwrap()]);
    assert_eq!(now["since_baseline"]["resolved"], json!([]));
}

#[test]
fn sarif_has_suppressions_and_the_state_since_the_baseline() {
    let desk = desk();
    let before = saved(&desk, "sarif");
    accept(&desk, "critical");
    import(&desk, "services", "id,name,standalone\nnew,New,yes\n");
    let flags = ["--format", "sarif", "--baseline", &before];
    let log = desk.json(&[&["findings", desk.path(), "--as-of", DAY], &flags[..]].concat());
    let results = log["runs"][0]["results"].as_array().unwrap();
    let of = |id: &str| {
        let is_it = |result: &&Value| result["partialFingerprints"]["headroomFinding/v1"] == id;
        results.iter().find(is_it).unwrap()
    };
    let accepted = of("unowned-service/checkout");
    assert_eq!(
        accepted["suppressions"],
        json!([{"kind": "external", "status": "accepted", "justification": "Accepted until 2026-12-31: goes in spring"}])
    );
    assert_eq!(of("unowned-service/search")["suppressions"], json!([]));
    assert_eq!(of("unowned-service/search")["baselineState"], "unchanged");
    assert_eq!(of("unowned-service/new")["baselineState"], "new");
}

#[test]
fn what_is_no_baseline_is_refused_with_its_name() {
    let desk = desk();
    for (name, text) in [("a.json", "{}"), ("b.json", "not JSON"), ("c.json", "[1]")] {
        let file = desk.file(name, text);
        let said = desk.refused(&["findings", desk.path(), "--baseline", file.to_str().unwrap()]);
        assert!(said.contains("cannot read the baseline") && said.contains(name), "{said}");
    }
    let said = desk.refused(&["findings", desk.path(), "--baseline", "nowhere.json"]);
    assert!(said.contains("nowhere.json"), "{said}");
}

#[test]
fn reviews_go_out_as_csv_and_come_back() {
    let desk = desk();
    import(&desk, "people", "id,name,email\nada,Ada,ada@example.org\n");
    let rows = "id,decision,reason,decided,until,severity,assignee,comments\n\
        unowned-service/checkout,accepted,\"goes, in spring\",2026-11-20,2026-12-31,high,ada,\
        \"[{\"\"at\"\":\"\"2026-11-20T09:00:00Z\"\",\"\"by\"\":\"\"Bo\"\",\"\"text\"\":\"\"asked\"\"}]\"\n";
    import(&desk, "finding_reviews", rows);
    let folder = desk.folder.path().join("csv");
    desk.done(&["export", desk.path(), folder.to_str().unwrap(), "--format", "csv"]);
    assert_eq!(fs::read_to_string(folder.join("finding_reviews.csv")).unwrap(), rows);
    let again = desk.import(&[&folder], &["--format", "csv", "--dry-run"]);
    assert_eq!(headroom_tests::sums(&again), (0, 0, 0), "{again}");
}
