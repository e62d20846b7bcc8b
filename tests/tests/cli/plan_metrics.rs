//! Gates that wait for what the plan says itself: how many are there, what they can do, who is on call, what they cost.

use std::fs;

use headroom_tests::Desk;

const TEAMS: &str = "id,name,parent\npay,Payments,\nledger,Ledger,pay\n";
const PEOPLE: &str =
    "id,name,from,until\nada,Ada,2024-01-01,\nben,Ben,2026-05-04,\ncem,Cem,2026-06-15,2026-08-31\n";
const MEMBERSHIPS: &str = "person,team\nada,pay\nben,ledger\ncem,pay\n";
const POSITIONS: &str = "id,title,team,pay,start,waits_for\n\
     HC-1,Engineer,pay,60000 EUR,,\nHC-2,Engineer,ledger,72000 EUR,,\nHC-3,Engineer,pay,60000 EUR,,\n\
     HC-4,Engineer,pay,60000 EUR,2026-02-01,\nHC-5,Lead,pay,90000 EUR,2027-01-01,team-of-three\n";
const ASSIGNMENTS: &str = "position,person\nHC-1,ada\nHC-2,ben\nHC-3,cem\n";
/// No row says what headcount is.
const OBJECTIVES: &str =
    "id,metric,op,value,team\nteam-of-three,headcount,>=,3,pay\nbelow-20000,people-cost,<,20000 EUR,\n";

fn organisation() -> Desk {
    let desk = Desk::new();
    let told = desk.import_csv(&[
        ("teams.csv", TEAMS),
        ("people.csv", PEOPLE),
        ("memberships.csv", MEMBERSHIPS),
        ("positions.csv", POSITIONS),
        ("assignments.csv", ASSIGNMENTS),
        ("objectives.csv", OBJECTIVES),
    ]);
    assert!(!told.contains("warning"), "{told}");
    desk
}

fn gate(desk: &Desk, day: &str) -> serde_json::Value {
    desk.json(&["gates", desk.path(), "--as-of", day, "--json"])[0].clone()
}

/// The value of a month, in words of JSON.
fn value(desk: &Desk, metric: &str, team: Option<&str>, month: &str) -> serde_json::Value {
    let series = desk.json(&["metrics", desk.path(), metric, "--as-of", "2026-12-10", "--json"]);
    let of = series.as_array().unwrap().iter().find(|series| series["team"].as_str() == team).unwrap();
    let periods = of["periods"].as_array().unwrap();
    periods.iter().find(|period| period["last"] == month).unwrap()["value"].clone()
}

#[test]
fn a_gate_waits_for_the_people_of_a_team_and_not_for_planned_hires() {
    let desk = organisation();
    let before = gate(&desk, "2026-06-30");
    assert_eq!((&before["state"], &before["earliest"]), (&"not-met".into(), &"2026-07-01".into()));
    let met = gate(&desk, "2026-08-20");
    assert_eq!((&met["state"], &met["since"]), (&"met".into(), &"2026-07-01".into()));
    // Cem’s last day is in the plan.
    assert_eq!(gate(&desk, "2026-10-01")["state"], "not-met");
    let words = desk.done(&["gates", desk.path(), "--as-of", "2026-10-01"]);
    assert!(words.contains("Headcount (Payments) ≥ 3"), "{words}");
    let findings = desk.run(&["findings", desk.path(), "--as-of", "2026-10-01"]);
    let findings = String::from_utf8(findings.stdout).unwrap();
    assert!(!findings.contains("waits for a figure"), "{findings}");
}

#[test]
fn figures_of_the_plan_are_listed_without_being_imported() {
    let desk = organisation();
    let three = serde_json::json!(3.0);
    assert_eq!(value(&desk, "headcount", Some("pay"), "2026-07-31"), three);
    assert_eq!(value(&desk, "headcount", Some("ledger"), "2026-07-31"), serde_json::json!(1.0));
    assert_eq!(value(&desk, "headcount", None, "2026-09-30"), serde_json::json!(2.0));
    // (60 000 + 72 000) / 12, with the usual burden of 30 %.
    assert_eq!(value(&desk, "people-cost", None, "2026-09-30"), serde_json::json!(14_300.0));
    let all = desk.json(&["metrics", desk.path(), "--as-of", "2026-12-10", "--json"]);
    let headcount = all.as_array().unwrap().iter().find(|one| one["metric"] == "headcount").unwrap();
    assert_eq!(
        (&headcount["unit"], &headcount["formula"]),
        (&"count".into(), &"People who are there, each once".into())
    );
    assert_eq!(headcount["periods"][0]["source"], "worked out from the plan");
    let words = desk.done(&["metrics", desk.path(), "--as-of", "2026-12-10"]);
    assert!(words.contains("Effective capacity  worked out from the plan"), "{words}");
    assert!(!words.contains("On-call"), "no team needs a rota: {words}");
}

#[test]
fn figures_of_a_file_are_left_out_and_told() {
    let desk = organisation();
    let told = desk.import_csv(&[(
        "observations.csv",
        "metric,first,last,value\nheadcount,2026-09-01,2026-09-30,70\nheadcount,2026-10-01,2026-10-31,80\n",
    )]);
    assert!(told.contains("observations.csv:2"), "{told}");
    assert!(told.contains("“headcount” is worked out from the plan; 2 figures of it ignored"), "{told}");
    assert_eq!(value(&desk, "headcount", None, "2026-09-30"), serde_json::json!(2.0));
}

#[test]
fn a_metric_of_ones_own_is_not_shadowed() {
    let desk = Desk::new();
    let own = [
        ("people.csv", "id,name\nada,Ada\n"),
        ("metrics.csv", "id,name,unit,kind,period\nheadcount,Headcount,count,stock,month\n"),
        ("observations.csv", "metric,first,last,value\nheadcount,2026-09-01,2026-09-30,70\n"),
        ("objectives.csv", "id,metric,op,value\nseventy,headcount,>=,70\n"),
        ("positions.csv", "id,title,waits_for\nHC-1,Engineer,seventy\n"),
    ];
    desk.import_csv(&own);
    assert_eq!(value(&desk, "headcount", None, "2026-09-30"), serde_json::json!(70.0));
    assert_eq!(gate(&desk, "2026-10-10")["state"], "met");
    assert_eq!(value(&desk, "plan-headcount", None, "2026-09-30"), serde_json::json!(1.0));
}

#[test]
fn a_redacted_copy_has_no_cost_of_people_and_nothing_that_asks_for_it() {
    let desk = organisation();
    let copy = desk.folder.path().join("copy.headroom");
    desk.done(&["redact", desk.path(), copy.to_str().unwrap()]);
    let copy = copy.to_str().unwrap();
    let cost = desk.json(&["metrics", copy, "people-cost", "--as-of", "2026-12-10", "--json"]);
    assert_eq!(cost, serde_json::json!([]), "without pay nothing is known");
    let out = desk.folder.path().join("copy.json");
    desk.done(&["export", copy, "--format", "json", out.to_str().unwrap()]);
    let text = fs::read_to_string(out).unwrap();
    assert!(text.contains("team-of-three") && !text.contains("below-20000"), "{text}");
}

#[test]
fn a_scenario_has_figures_of_its_own() {
    let desk = organisation();
    desk.done(&["scenario", desk.path(), "new", "Cem remains"]);
    let folder = desk.folder.path().join("more");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("people.csv"), "id,name,from,until\ndee,Dee,2026-07-01,\n").unwrap();
    fs::write(folder.join("memberships.csv"), "person,team\ndee,pay\n").unwrap();
    let scenario = ["--scenario", "Cem remains"];
    let files = ["import", desk.path(), folder.to_str().unwrap(), "--format", "csv"];
    desk.done(&[&scenario[..], &files[..]].concat());
    let gates = ["gates", desk.path(), "--as-of", "2026-10-01", "--json"];
    assert_eq!(desk.json(&[&scenario[..], &gates[..]].concat())[0]["state"], "met");
    assert_eq!(gate(&desk, "2026-10-01")["state"], "not-met");
}
