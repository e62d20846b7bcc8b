//! What-if departures; and results as of a date do not depend on the clock.

use headroom_tests::{Desk, headroom};
use serde_json::{Value, json};

/// Ada owns Till and Tips in person and leaves at the end of January. Bo and Cy are on Search, which owns Find.
fn shop() -> Desk {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name\nsearch,Search\n");
    desk.file("csv/people.csv", "id,name,until\nada,Ada Okafor,2027-01-31\nbo,Bo Lind,\ncy,Cy Marsh,\n");
    desk.file("csv/memberships.csv", "person,team\nbo,search\ncy,search\n");
    desk.file("csv/services.csv", "id,name,tier\ntill,Till,1\ntips,Tips,2\nfind,Find,1\n");
    let owners = "service,owner,owner_kind\ntill,ada,person\ntips,ada,person\nfind,search,team\n";
    desk.file("csv/ownership.csv", owners);
    desk.file("csv/dependencies.csv", "service,depends_on\nfind,till\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    desk
}

fn asked(desk: &Desk, departures: &[&str]) -> Value {
    let mut words = vec!["forecast", desk.path(), "--as-of", "2026-11-24", "--json"];
    departures.iter().for_each(|departure| words.extend(["--leaver", departure]));
    desk.json(&words)
}

/// Subject, type, whether new, days more than in the plan and than with everyone remaining, of each gap caused by the
/// departures.
fn theirs(answer: &Value) -> Vec<(String, String, bool, u64, u64)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let days = |value: &Value| value["days"].as_u64().unwrap_or_default();
    let gaps = answer["gaps"].as_array().unwrap().iter().filter(|gap| !gap["against_staying"].is_null());
    gaps.map(|gap| {
        let (kind, name) = (text(&gap["kind"]), text(&gap["subject"]["name"]));
        let new = gap["new"].as_bool().unwrap();
        (name, kind, new, days(&gap["against_plan"]), days(&gap["against_staying"]))
    })
    .collect()
}

fn lost(name: &str, kind: &str, is_new: bool, plan: u64, staying: u64) -> (String, String, bool, u64, u64) {
    (name.to_owned(), kind.to_owned(), is_new, plan, staying)
}

#[test]
fn what_if_starts_from_the_planned_departure() {
    let desk = shop();
    let answer = asked(&desk, &["ada"]);
    let planned = json!([{"person": "ada", "last_day": "2027-01-31", "planned_last_day": "2027-01-31"}]);
    assert_eq!(answer["leavers"], planned);
    let days = 297; // From 1 Feb to 24 Nov 2027.
    let both = ["Till", "Tips"].map(|name| lost(name, "nobody", false, 0, days));
    assert_eq!(theirs(&answer), both);
    assert_eq!(answer["planned_losses"], json!({"gaps": 2, "new": 2, "days": 2 * days}));
    assert_eq!(answer["against_staying"], answer["planned_losses"]);
    assert_eq!(answer["against_plan"], json!({"gaps": 0, "new": 0, "days": 0}));
    let text = desk.done(&["forecast", desk.path(), "--as-of", "2026-11-24", "--leaver", "Ada Okafor"]);
    assert!(text.contains("In the plan, Ada Okafor leaves on 31 Jan 2027, which opens 2 gaps."), "{text}");
    assert!(text.contains("Till has no one who can support it") && text.contains("[in the plan]"), "{text}");
    assert!(!text.contains(" + "), "nothing is added: {text}");
}

#[test]
fn earlier_departure_lengthens_the_same_gaps() {
    let desk = shop();
    let answer = asked(&desk, &["ada=2027-01-01"]);
    let both = ["Till", "Tips"].map(|name| lost(name, "nobody", false, 30, 327));
    assert_eq!(theirs(&answer), both);
    let earlier = &answer["gaps"].as_array().unwrap().iter().find(|gap| gap["kind"] == "nobody").unwrap();
    assert_eq!(earlier["against_plan"]["opens_days_earlier"], 30);
    let words = ["forecast", desk.path(), "--as-of", "2026-11-24", "--leaver", "ada=2027-01-01"];
    let text = desk.done(&words);
    assert!(text.contains("instead opens 2 gaps earlier, by 60 days in total."), "{text}");
    assert!(!text.contains("remains"), "{text}");
}

#[test]
fn several_departures_are_combined() {
    let desk = shop();
    let answer = asked(&desk, &["ada", "bo=2027-03-31", "cy=2027-05-31"]);
    let theirs = theirs(&answer);
    assert!(theirs.contains(&lost("Till", "nobody", false, 0, 297)), "{theirs:?}");
    assert!(theirs.contains(&lost("Find", "one-person", true, 61, 61)), "{theirs:?}");
    assert!(theirs.contains(&lost("Find", "nobody", true, 177, 177)), "{theirs:?}");
    let plain = asked(&desk, &[]);
    assert!(plain["leavers"].as_array().unwrap().is_empty() && plain.get("against_staying").is_none());
    assert!(plain["gaps"].as_array().unwrap().iter().all(|gap| gap["new"] == false));
}

#[test]
fn gap_severity_agrees_in_forecast_and_coverage() {
    let desk = shop();
    let severities = |answer: &Value| -> Vec<(Value, Value, Value)> {
        let of = |gap: &Value| (gap["subject"]["key"].clone(), gap["kind"].clone(), gap["severity"].clone());
        let mut all: Vec<_> = answer["gaps"].as_array().unwrap().iter().map(of).collect();
        all.sort_by_key(|it| format!("{it:?}"));
        all
    };
    let forecast = severities(&asked(&desk, &[]));
    let gaps = severities(&desk.json(&["coverage", desk.path(), "--as-of", "2026-11-24", "--json"]));
    assert!(!gaps.is_empty() && gaps.iter().all(|gap| forecast.contains(gap)), "{gaps:?}\n{forecast:?}");
}

/// The output of a command on a given date.
fn on(today: &str, words: &[&str]) -> String {
    let output = headroom().env("HEADROOM_TODAY", today).args(words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn results_as_of_a_date_are_independent_of_the_clock() {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name\ncash,Cash\n");
    desk.file("csv/people.csv", "id,name\nada,Ada\n");
    desk.file("csv/memberships.csv", "person,team\nada,cash\n");
    desk.file("csv/services.csv", "id,name,tier\ntill,Till,1\n");
    desk.file("csv/ownership.csv", "service,owner,confirmed\ntill,cash,2026-10-01\n");
    // A position to be opened: filled no sooner than the remaining steps take from the as-of date.
    desk.file("csv/positions.csv", "id,team,start,service\nHC-1,cash,2027-02-01,till\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    let path = desk.path();
    for day in ["2026-12-01", "2027-06-30"] {
        let commands: [&[&str]; 7] = [
            &["forecast", path, "--as-of", day, "--to", "2028-12-31", "--json"],
            &["forecast", path, "--as-of", day, "--to", "2028-12-31", "--leaver", "ada", "--json"],
            &["coverage", path, "--as-of", day, "--to", "2028-12-31", "--json"],
            &["coverage", path, "--as-of", day, "--from", "2027-01-01", "--to", "2028-12-31", "--json"],
            &["findings", path, "--as-of", day, "--format", "json"],
            &["suggest", path, "--as-of", day, "--json"],
            &["stats", path, "--as-of", day, "--json"],
        ];
        for words in commands {
            let [before, then, after] = ["2026-11-30", day, "2029-01-01"].map(|today| on(today, words));
            assert_eq!(then, before, "{words:?}");
            assert_eq!(then, after, "{words:?}");
        }
    }
    // Past days are answered as of then, days from today on as of today.
    let past = ["coverage", path, "--from", "2026-12-01", "--to", "2028-12-31", "--json"];
    assert_eq!(on("2026-12-01", &past), on("2028-01-01", &past));
    let as_of = |day| {
        on(day, &["coverage", path, "--as-of", day, "--from", "2026-12-01", "--to", "2028-12-31", "--json"])
    };
    assert_ne!(as_of("2026-12-01"), as_of("2027-12-01"), "a hire that is asked for later comes later");
}
