//! Metamorphic tests: related plans must give related results, and different commands must agree on the same thing.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use headroom_analysis::DayView;
use headroom_store::Store;
use headroom_tests::Desk;
use serde_json::Value;

const TODAY: &str = "2027-02-08";
const UNTIL: &str = "2028-06-30";

type Files = BTreeMap<&'static str, String>;

/// A till of tier 1, owned by Cash with Ada and Bo in positions filled long ago; a shelf with Ada as the only
/// responder. Cy joins in March, in a position and on no team yet.
fn organisation() -> Files {
    let file = |text: &str| text.trim_start().lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let files = [
        ("teams.csv", "id,name\ncash,Cash\ngoods,Goods\nstore,Store"),
        (
            "people.csv",
            "id,name,from,until\nada,Ada,2022-03-01,\nbo,Bo,2023-05-01,\ncy,Cy,2027-03-15,\ndee,Dee,,",
        ),
        ("memberships.csv", "person,team\nada,cash\nbo,cash\nada,goods\ndee,store"),
        ("services.csv", "id,name,tier\ntill,Till,1\nshelf,Shelf,2\nlabels,Labels,4\nstock,Stock,3"),
        (
            "ownership.csv",
            "service,owner,owner_kind,from,until\ntill,cash,team,,\nshelf,goods,team,,\nlabels,ada,person,,\nstock,store,team,,",
        ),
        (
            "positions.csv",
            "id,title,team,status,pay,start,need_by\nq1,Engineer,cash,approved,60000.00 EUR,2022-03-01,\n\
             q2,Engineer,cash,open,72000.00 EUR,,2023-06-01\nq3,Engineer,store,offered,66000.00 EUR,2027-03-15,",
        ),
        ("assignments.csv", "position,person,from\nq1,ada,2022-03-01\nq2,bo,2023-05-01\nq3,cy,2027-03-15"),
    ];
    files.into_iter().map(|(name, text)| (name, file(text))).collect()
}

/// The files with one text replaced by another.
fn with(files: &Files, name: &'static str, from: &str, to: &str) -> Files {
    let mut files = files.clone();
    let text = files.get_mut(name).unwrap();
    assert!(text.contains(from), "{from} is not in {name}");
    *text = text.replace(from, to);
    files
}

fn desk(files: &Files) -> Desk {
    let mut desk = Desk::new();
    desk.today = TODAY.parse().unwrap();
    for (name, text) in files {
        desk.file(&format!("csv/{name}"), text);
    }
    let folder = desk.folder.path().join("csv");
    desk.import(&[&folder], &[]);
    desk
}

/// Everything about each gap except whether it is new.
fn forecast(desk: &Desk, departures: &[&str]) -> Vec<Value> {
    let mut arguments = vec!["forecast", desk.path(), "--as-of", TODAY, "--to", UNTIL, "--json"];
    for departure in departures {
        arguments.extend(["--leaver", departure]);
    }
    let told = desk.json(&arguments);
    let gap = |gap: &Value| -> Value {
        ["kind", "subject", "opens", "closes", "people"].iter().map(|it| gap[*it].clone()).collect()
    };
    told["gaps"].as_array().unwrap().iter().map(gap).collect()
}

fn findings(desk: &Desk, day: &str) -> Vec<Value> {
    let told = desk.json(&["findings", desk.path(), "--as-of", day, "--format", "json"]);
    told["findings"].as_array().unwrap().clone()
}

fn about<'a>(findings: &'a [Value], rule: &str, subject: &str) -> Vec<&'a Value> {
    let is_meant = |finding: &&Value| finding["rule"] == rule && finding["subject"]["key"] == subject;
    findings.iter().filter(is_meant).collect()
}

fn worst(findings: &[Value], subject: &str) -> usize {
    let order = ["low", "medium", "high", "critical"];
    let of = findings.iter().filter(|finding| finding["subject"]["key"] == subject);
    let of = of.map(|it| 1 + order.iter().position(|name| it["severity"] == *name).unwrap());
    of.max().unwrap_or(0)
}

#[test]
fn what_if_departure_equals_planned_departure() {
    let files = organisation();
    let before = desk(&files);
    for (person, row) in [
        ("ada", "ada,Ada,2022-03-01,"),
        ("bo", "bo,Bo,2023-05-01,"),
        ("cy", "cy,Cy,2027-03-15,"),
        ("dee", "dee,Dee,,"),
    ] {
        for last in ["2027-02-08", "2027-03-14", "2027-03-31", "2027-09-30", "2028-12-31"] {
            // Someone who leaves before they join ends the day before the start.
            let end = if person == "cy" && last < "2027-03-14" { "2027-03-14" } else { last };
            let after = desk(&with(&files, "people.csv", row, &format!("{row}{end}")));
            let asked = forecast(&before, &[&format!("{person}={last}")]);
            assert_eq!(asked, forecast(&after, &[]), "{person} until {last}");
        }
    }
}

#[test]
fn past_dates_of_a_position_plan_no_successor() {
    let left = with(&organisation(), "people.csv", "ada,Ada,2022-03-01,", "ada,Ada,2022-03-01,2027-03-31");
    let row = "q1,Engineer,cash,approved,60000.00 EUR,2022-03-01,";
    let told = |row_after: &str| {
        let desk = desk(&with(&left, "positions.csv", row, row_after));
        let months = ["--from", TODAY, "--to", "2027-12-31", "--json"];
        let mut budget = vec!["budget", desk.path()];
        budget.extend(months);
        let cost = desk.json(&budget)["organisation"].clone();
        let gaps = desk.json(&["coverage", desk.path(), "--from", TODAY, "--json"]);
        let rows = findings(&desk, TODAY);
        let undecided = about(&rows, "leaver-undecided", "q1").len();
        (cost, gaps, forecast(&desk, &[]), undecided)
    };
    for status in ["planned", "approved", "open", "offered"] {
        let plain = told(&format!("q1,Engineer,cash,{status},60000.00 EUR,,"));
        assert_eq!(plain.3, 1, "nothing follows");
        for days in ["2022-03-01,", "2024-01-01,2024-06-01", ",2027-03-31", "2027-03-31,2027-03-01"] {
            assert_eq!(
                told(&format!("q1,Engineer,cash,{status},60000.00 EUR,{days}")),
                plain,
                "{status} {days}"
            );
        }
        // A start after the departure still plans a successor.
        let followed = told(&format!("q1,Engineer,cash,{status},60000.00 EUR,2027-04-01,"));
        assert_eq!(followed.3, 0);
        assert_ne!(followed.0, plain.0);
    }
    for status in ["frozen", "closed"] {
        let of = |days: &str| told(&format!("q1,Engineer,cash,{status},60000.00 EUR,{days}"));
        assert_eq!(of("2022-03-01,"), of(","));
        assert_eq!(of("2027-04-01,").3, 0, "{status}");
    }
}

/// A departure in the past has the same severity as in the future, for every service.
#[test]
fn past_departures_are_as_severe_as_future_ones() {
    let files = organisation();
    let severities = |until: &str, service: &str| {
        let row = "ada,Ada,2022-03-01,";
        let desk = desk(&with(&files, "people.csv", row, &format!("{row}{until}")));
        worst(&findings(&desk, TODAY), service)
    };
    for service in ["till", "shelf", "labels"] {
        let (never, soon, gone) =
            (severities("", service), severities("2027-04-30", service), severities("2027-02-07", service));
        assert!(never <= soon && soon <= gone, "{service}: {never} {soon} {gone}");
    }
    assert_eq!(severities("2027-02-07", "shelf"), 4, "no one can support a service of tier 2");
    assert_eq!(severities("2027-02-07", "labels"), 3, "nor one of tier 4");
}

/// Every way in which a service can lose responders, by ownership and teams.
#[test]
fn every_forecast_gap_is_a_finding_on_its_day() {
    let files = organisation();
    let (one, nobody) = ("leaver-leaves-one", "leaver-leaves-nobody");
    let till = "till,cash,team,,";
    let cases = [
        (
            till,
            "till,cash,team,,2027-05-31\ntill,store,team,2027-06-01,",
            one,
            "Only Dee can support Till|Cash hands it over to Store",
        ),
        (
            till,
            "till,cash,team,,2027-05-31\ntill,dee,person,2027-06-01,",
            one,
            "Only Dee can support Till|Cash hands it over to Dee",
        ),
        (
            till,
            "till,cash,team,,2027-05-31\ntill,empty,team,2027-06-01,",
            nobody,
            "No one can support Till|Cash hands it over to Empty",
        ),
        (till, "till,cash,team,,2027-05-31", nobody, "Till has no owner|Cash no longer owns it"),
        (
            till,
            "till,cash,team,,2027-05-31\ntill,goods,team,,",
            one,
            "Only Ada can support Till|Cash no longer owns it",
        ),
    ];
    for (from, to, rule, words) in cases {
        let files = with(&files, "ownership.csv", from, to);
        let files = with(&files, "teams.csv", "goods,Goods", "goods,Goods\nempty,Empty");
        let told = findings(&desk(&files), TODAY);
        let found = about(&told, rule, "till");
        assert_eq!(found.len(), 1, "{to}: {found:?}");
        let (what, cause) = words.split_once('|').unwrap();
        assert_eq!(found[0]["message"], format!("{what} from 1 Jun 2027 ({cause})"));
        // It does not depend on later events.
        let later = with(&files, "people.csv", "dee,Dee,,", "dee,Dee,,2027-10-31");
        let told_later = findings(&desk(&later), TODAY);
        let still = about(&told_later, rule, "till");
        assert_eq!(
            (&still[0]["message"], &still[0]["severity"]),
            (&found[0]["message"], &found[0]["severity"])
        );
    }
    let dissolved = with(&files, "teams.csv", "id,name\ncash,Cash", "id,name,until\ncash,Cash,2027-05-31");
    let told = findings(&desk(&dissolved), TODAY);
    let message = &about(&told, nobody, "till")[0]["message"];
    assert_eq!(*message, "No one can support Till from 1 Jun 2027 (Cash is dissolved)");
    let begins =
        with(&files, "services.csv", "id,name,tier\n", "id,name,tier,from\nkiosk,Kiosk,2,2027-06-01\n");
    let told = findings(&desk(&begins), TODAY);
    assert_eq!(
        about(&told, nobody, "kiosk")[0]["message"],
        "Kiosk has no owner from 1 Jun 2027 (when it goes live)"
    );
}

/// The same gap has the same severity in coverage and findings.
#[test]
fn gap_severity_agrees_across_commands() {
    let files = with(&organisation(), "people.csv", "ada,Ada,2022-03-01,", "ada,Ada,2022-03-01,2027-04-30");
    let desk = desk(&files);
    let gaps = desk.json(&["coverage", desk.path(), "--from", TODAY, "--json"]);
    let told = findings(&desk, TODAY);
    let mut compared = 0;
    for gap in gaps["gaps"].as_array().unwrap() {
        let (kind, subject) = (gap["kind"].as_str().unwrap(), gap["subject"]["key"].as_str().unwrap());
        let is_coming = gap["opens"].is_string();
        let rule = match (kind, is_coming) {
            ("nobody", true) => "leaver-leaves-nobody",
            ("one-person", true) => "leaver-leaves-one",
            ("nobody" | "one-person", false) => gap["rule"].as_str().unwrap(),
            _ => continue,
        };
        if let [finding] = about(&told, rule, subject)[..] {
            assert_eq!(finding["severity"], gap["severity"], "{subject} {kind}");
            compared += 1;
        }
    }
    assert!(compared >= 5, "{compared}");
}

/// Fewer responders never lower the severity.
#[test]
fn severity_is_monotone_in_responders() {
    let mut files = organisation();
    let needs = "service,depends_on\nstock,labels\nlabels,shelf";
    files.insert("dependencies.csv", needs.to_owned());
    let one = worst(&findings(&desk(&files), TODAY), "labels");
    let unowned = with(&files, "ownership.csv", "\nlabels,ada,person,,", "");
    let empty = with(&files, "ownership.csv", "labels,ada,person,,", "labels,empty,team,,");
    let empty = with(&empty, "teams.csv", "goods,Goods", "goods,Goods\nempty,Empty");
    for files in [unowned, empty] {
        let told = findings(&desk(&files), TODAY);
        let message = &about(&told, "fragile-articulation", "labels")[0]["message"];
        assert_eq!(*message, "Labels connects key parts of the system, and no one can support it");
        assert!(worst(&told, "labels") >= one);
    }
}

/// Seen ahead, nothing is reported for lack of what could not have been done by today.
#[test]
fn future_dates_report_nothing_that_is_not_due_yet() {
    let today: NaiveDate = "2026-11-24".parse().unwrap();
    let desk = Desk::of_sample_on(today);
    let store = Store::open(&desk.plan, headroom_tests::now()).unwrap();
    let count = |day: NaiveDate, rule: &str| {
        let view = DayView::asked_on(store.plan(), day, today, None);
        view.findings().iter().filter(|finding| finding.rule.id == rule).count()
    };
    for rule in [
        "ownership-unconfirmed",
        "template-stale",
        "collaboration-outlived",
        "seat-not-opened",
        "starter-without-checklist",
        "starter-without-buddy",
        "first-day-not-ready",
    ] {
        for ahead in [1, 30, 90, 160, 400] {
            let (now, then) = (count(today, rule), count(today + Days::new(ahead), rule));
            assert!(then <= now, "{rule}: {now} become {then} in {ahead} days");
        }
    }
}
