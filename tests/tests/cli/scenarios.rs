//! `headroom scenario` and `--scenario`: futures of a plan, made, compared and merged.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

use headroom_tests::{Desk, headroom};
use serde_json::{Value, json};

/// Alpha with Ada and Bo, and Beta with nobody.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name\nalpha,Alpha\nbeta,Beta\n");
    desk.file("csv/people.csv", "id,name,title\nada,Ada,Engineer\nbo,Bo,Engineer\n");
    desk.file("csv/memberships.csv", "person,team\nada,alpha\nbo,alpha\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    desk
}

/// `headroom scenario PLAN …`.
fn words<'a>(desk: &'a Desk, rest: &[&'a str]) -> Vec<&'a str> {
    [&["scenario", desk.path()][..], rest].concat()
}

fn done(desk: &Desk, rest: &[&str]) -> String {
    desk.done(&words(desk, rest))
}

fn asked(desk: &Desk, rest: &[&str]) -> Value {
    desk.json(&words(desk, rest))
}

/// Runs the command, which must end with this code; gives all that it says.
fn ended(desk: &Desk, rest: &[&str], code: i32) -> String {
    let output = desk.run(&words(desk, rest));
    let said = [&output.stdout[..], &output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert_eq!(output.status.code(), Some(code), "{rest:?}: {said}");
    said
}

fn people(desk: &Desk, name: &str, text: &str, scenario: &[&str]) {
    let file = desk.file(name, text);
    desk.done(&[&["import", desk.path(), file.to_str().unwrap()][..], scenario].concat());
}

/// Ada's title, in the plan or in a scenario.
fn title(desk: &Desk, scenario: &[&str]) -> String {
    let page = desk.json(&[&["show", desk.path(), "person", "ada", "--json"][..], scenario].concat());
    let text = page.to_string();
    ["Engineer", "Lead", "Manager"].into_iter().find(|title| text.contains(title)).unwrap().to_owned()
}

const LEAD: &str = "id,name,title\nada,Ada,Lead\n";
const MANAGER: &str = "id,name,title\nada,Ada,Manager\n";

#[test]
fn a_scenario_is_made_shown_and_listed() {
    let desk = desk();
    assert!(done(&desk, &["list"]).contains("no scenarios"));
    let told = done(
        &desk,
        &[
            "new",
            "Promote Ada",
            "--about",
            "Ada leads",
            "--hypothesis",
            "She stays",
            "--success",
            "She does",
            "--owner",
            "bo",
            "--decide-by",
            "2026-11-01",
        ],
    );
    assert!(told.contains("added scenario promote-ada"), "{told}");
    people(&desk, "people.csv", LEAD, &["--scenario", "promote-ada"]);
    assert_eq!(
        (title(&desk, &[]), title(&desk, &["--scenario", "Promote Ada"])),
        ("Engineer".into(), "Lead".into())
    );
    let shown = asked(&desk, &["show", "promote-ada", "--json"]);
    let row = &shown["scenario"];
    assert_eq!((&row["changeCount"], &row["isOverdue"]), (&json!(1), &json!(true)));
    assert_eq!((&row["owner"]["name"], &row["hypothesis"]), (&json!("Bo"), &json!("She stays")));
    assert_eq!(shown["changes"][0]["team"]["key"], "alpha");
    let text = done(&desk, &["show", "promote-ada"]);
    for part in [
        "Ada leads",
        "She stays",
        "She does",
        "Bo",
        "was to be decided by 2026-11-01",
        "title: Engineer → Lead",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // One with its changes, and the list of both.
    done(&desk, &["new", "Promote both", "--from", "promote-ada"]);
    people(&desk, "people.csv", "id,name,title\nbo,Bo,Lead\n", &["--scenario", "promote-both"]);
    let rows = asked(&desk, &["list", "--json"]);
    let counts: Vec<(&str, u64)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["key"].as_str().unwrap(), row["changeCount"].as_u64().unwrap()))
        .collect();
    assert_eq!(counts, [("promote-ada", 1), ("promote-both", 2)]);
    let diff = asked(&desk, &["diff", "promote-ada", "promote-both", "--json"]);
    assert_eq!(diff.as_array().unwrap().len(), 2);
    assert!(done(&desk, &["diff", "promote-both"]).contains("title: Engineer → Lead"));
}

#[test]
fn a_scenario_takes_in_what_the_plan_does_and_is_merged() {
    let desk = desk();
    done(&desk, &["new", "Bet"]);
    people(&desk, "people.csv", LEAD, &["--scenario", "bet"]);
    people(&desk, "people.csv", "id,name,location\nbo,Bo,Oslo\n", &[]);
    assert_eq!(asked(&desk, &["show", "bet", "--json"])["scenario"]["behind"], 1);
    assert!(done(&desk, &["rebase", "bet"]).contains("took in 1 change"));
    assert_eq!(asked(&desk, &["show", "bet", "--json"])["scenario"]["behind"], 0);
    // Both change the same: it waits, and is decided for one side.
    people(&desk, "people.csv", MANAGER, &[]);
    let told = ended(&desk, &["merge", "bet"], 1);
    for part in ["1 conflict", "before    Engineer", "plan      Manager", "scenario  Lead"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(title(&desk, &[]), "Manager");
    let told = ended(&desk, &["rebase", "bet"], 1);
    assert!(told.contains("title"), "{told}");
    assert_eq!(title(&desk, &["--scenario", "bet"]), "Lead");
    let open = desk.done(&["conflicts", desk.path(), "--scenario", "bet"]);
    assert!(open.contains("title"), "{open}");
    // Undone in the scenario, and taken in for the side of the plan.
    desk.done(&["undo", desk.path(), "--scenario", "bet"]);
    done(&desk, &["rebase", "bet", "--take", "theirs"]);
    assert_eq!(title(&desk, &["--scenario", "bet"]), "Manager");
    desk.done(&["undo", desk.path(), "--scenario", "bet"]);
    desk.done(&["undo", desk.path(), "--scenario", "bet"]);
    let told = ended(&desk, &["merge", "bet", "--take", "theirs", "--dry-run"], 1);
    assert!(told.contains("would merge"), "{told}");
    assert_eq!(title(&desk, &[]), "Manager");
    let found = asked(&desk, &["merge", "bet", "--take", "theirs", "--outcome", "She stayed", "--json"]);
    assert_eq!(found["merged"], true);
    assert_eq!(title(&desk, &[]), "Lead");
    let row = asked(&desk, &["show", "bet", "--json"])["scenario"].clone();
    assert_eq!((&row["standing"], &row["outcome"]), (&json!("merged"), &json!("She stayed")));
    ended(&desk, &["merge", "bet"], 2);
    // One step of the plan, which is undone as one.
    desk.done(&["undo", desk.path()]);
    assert_eq!(title(&desk, &[]), "Manager");
    assert_eq!(asked(&desk, &["show", "bet", "--json"])["scenario"]["standing"], "open");
}

#[test]
fn a_scenario_is_dropped_and_opened_again() {
    let desk = desk();
    done(&desk, &["new", "Bet"]);
    people(&desk, "people.csv", LEAD, &["--scenario", "bet"]);
    assert!(done(&desk, &["drop", "bet", "--outcome", "Too dear"]).contains("dropped bet"));
    let row = asked(&desk, &["show", "bet", "--json"])["scenario"].clone();
    assert_eq!((&row["standing"], &row["outcome"]), (&json!("dropped"), &json!("Too dear")));
    assert_eq!(title(&desk, &["--scenario", "bet"]), "Lead", "it is kept");
    ended(&desk, &["merge", "bet"], 2);
    done(&desk, &["reopen", "bet"]);
    done(&desk, &["merge", "bet"]);
    assert_eq!(title(&desk, &[]), "Lead");
}

#[test]
fn commands_look_at_a_scenario_and_change_it() {
    let desk = desk();
    done(&desk, &["new", "Bet"]);
    let in_bet = ["--scenario", "bet"];
    let file = desk.file("teams.csv", "id,name\ngamma,Gamma\n");
    desk.done(&["import", desk.path(), file.to_str().unwrap(), "--scenario", "bet"]);
    let teams = |scenario: &[&str]| {
        desk.json(&[&["stats", desk.path(), "--json"][..], scenario].concat())["teams"].clone()
    };
    assert_eq!((teams(&[]), teams(&in_bet)), (json!(2), json!(3)));
    assert!(desk.done(&["search", desk.path(), "gamma", "--scenario", "bet"]).contains("Gamma"));
    assert!(!desk.run(&["search", desk.path(), "gamma"]).status.success());
    assert!(desk.done(&["show", desk.path(), "team", "gamma", "--scenario", "bet"]).contains("Gamma"));
    desk.refused(&["show", desk.path(), "team", "gamma"]);
    for words in [
        &["overview"][..],
        &["findings"],
        &["forecast"],
        &["coverage"],
        &["budget"],
        &["history"],
        &["compare", "--to", "2027-06-01"],
    ] {
        let arguments = [&[words[0], desk.path()][..], &words[1..], &in_bet].concat();
        let output = desk.run(&arguments);
        assert!(
            output.status.code() == Some(0),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let out = desk.folder.path().join("bet.json");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "json", "--scenario", "bet"]);
    assert!(fs::read_to_string(&out).unwrap().contains("Gamma"));
    // What was done in it is undone in it.
    desk.done(&["undo", desk.path(), "--scenario", "bet"]);
    assert_eq!(teams(&in_bet), 2);
    desk.done(&["redo", desk.path(), "--scenario", "bet"]);
    assert_eq!(teams(&in_bet), 3);
    assert_eq!(desk.json(&["doctor", desk.path(), "--json"])["sound"], true);
}

#[test]
fn what_knows_no_scenario_refuses_one() {
    let desk = desk();
    done(&desk, &["new", "Bet"]);
    done(&desk, &["new", "bet two"]);
    for words in [
        &["rules"][..],
        &["doctor", desk.path()],
        &["scenario", desk.path(), "list"],
        &["completions", "bash"],
    ] {
        let told = desk.refused(&[words, &["--scenario", "bet"]].concat());
        assert!(told.contains("--scenario is for commands that look at the plan"), "{told}");
    }
    for rest in
        [&["show", "nowhere"][..], &["merge", "nowhere"], &["rebase", "nowhere"], &["compare", "nowhere"]]
    {
        let told = ended(&desk, rest, 2);
        assert!(told.contains("no scenario “nowhere”"), "{told}");
    }
    assert!(desk.refused(&["stats", desk.path(), "--scenario", "nowhere"]).contains("nowhere"));
    ended(&desk, &["new", " "], 2);
    ended(&desk, &["compare"], 2);
    let told = ended(&desk, &["compare", "bet", "--from", "2027-02-01", "--to", "2027-01-01"], 2);
    assert!(told.contains("before start date"), "{told}");
    let told = ended(&desk, &["compare", "bet", "--format", "xlsx"], 2);
    assert!(told.contains("name a file"), "{told}");
}

#[test]
fn scenarios_are_compared_with_the_plan() {
    let desk = desk();
    done(&desk, &["new", "Bet", "--hypothesis", "Beta needs somebody", "--decide-by", "2027-02-01"]);
    let moved = desk.file("memberships.csv", "person,team\nada,beta\n");
    desk.done(&["import", desk.path(), moved.to_str().unwrap(), "--scenario", "bet"]);
    fn compare<'a>(names: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
        [&["compare"][..], names, &["--from", "2027-01-01", "--to", "2027-12-31"], more].concat()
    }
    let shown = asked(&desk, &compare(&["bet"], &["--json"]));
    let keys: Vec<&str> =
        shown["columns"].as_array().unwrap().iter().map(|column| column["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["", "bet"]);
    assert_eq!(shown["months"].as_array().unwrap().len(), 12);
    let keys = |names: &[&str]| {
        let shown = asked(&desk, &compare(names, &["--json"]));
        shown["columns"].as_array().unwrap().iter().map(|column| column["key"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&["bet", "plan"]), [json!("bet"), json!("")]);
    assert_eq!(keys(&["", "bet"]), [json!(""), json!("bet")]);
    let text = done(&desk, &compare(&["bet"], &[]));
    for part in [
        "# acme: Plan · Bet",
        "**Hypothesis:** Beta needs somebody",
        "to be decided by 1 Feb 2027",
        "| People, with planned hires | 2 | 2 |",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    for (format, name) in [("md", "c.md"), ("xlsx", "c.xlsx"), ("csv", "c.csv")] {
        let out = desk.folder.path().join(name);
        done(&desk, &compare(&["bet"], &["--format", format, "-o", out.to_str().unwrap()]));
        assert!(fs::metadata(&out).unwrap().len() > 500, "{name}");
    }
    assert_eq!(
        done(&desk, &compare(&["bet"], &["--format", "csv"])),
        fs::read_to_string(desk.folder.path().join("c.csv")).unwrap()
    );
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(desk.folder.path().join("c.xlsx")).unwrap();
    let names = calamine::Reader::sheet_names(&book);
    assert_eq!(names, ["Figures", "By month", "Changes"]);
    assert!(calamine::Reader::worksheet_range(&mut book, "Changes").unwrap().height() > 1);
}

/// What a plan and its scenario say: titles, standings, how far behind.
fn state(desk: &Desk) -> [String; 3] {
    let row = asked(desk, &["show", "bet", "--json"])["scenario"].clone();
    let counts = |scenario: &[&str]| {
        desk.json(&[&["stats", desk.path(), "--json"][..], scenario].concat()).to_string()
    };
    let standing = format!("{} {} {}", row["standing"], row["behind"], row["changeCount"]);
    [counts(&[]), counts(&["--scenario", "bet"]), standing]
}

/// Kills a command at many moments, each on a fresh copy: the plan is then as before or as after it.
fn killed_in_between(desk: &Desk, rest: &[&str]) {
    let kept = desk.folder.path().join("kept.headroom");
    fs::copy(&desk.plan, &kept).unwrap();
    let restored = || {
        fs::copy(&kept, &desk.plan).unwrap();
        for ending in ["-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(PathBuf::from(format!("{}{ending}", desk.path())));
        }
    };
    let before = state(desk);
    let start = Instant::now();
    done(desk, rest);
    let span = start.elapsed().max(Duration::from_millis(4));
    let after = state(desk);
    assert_ne!(before, after);
    let (mut was, mut is) = (0, 0);
    // On a computer that is busy meanwhile it takes longer than at first.
    let busy = (1..=8).map(|doubled| span * 2_u32.pow(doubled));
    for (round, moment) in (0..40).map(|round| span * round / 30).chain(busy).enumerate() {
        if round >= 40 && is > 0 {
            break;
        }
        restored();
        let mut running =
            headroom().args(words(desk, rest)).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(moment);
        running.kill().unwrap();
        let is_done = running.wait().unwrap().success();
        let found = state(desk);
        assert!(found == before || found == after, "{rest:?}, round {round}: {found:?}");
        assert!(!is_done || found == after, "{rest:?}: an acknowledged step is lost");
        was += u32::from(found == before);
        is += u32::from(found == after);
        let health = desk.json(&["doctor", desk.path(), "--json"]);
        assert_eq!(health["sound"], true, "{rest:?}, round {round}: {health}");
    }
    assert!(was > 0 && is > 0, "{rest:?}: {was} before, {is} after");
    restored();
}

#[test]
fn killed_at_any_moment_a_step_is_whole_or_none() {
    let desk = desk();
    done(&desk, &["new", "Bet"]);
    let rows = |count: usize, name: &str| {
        (0..count).fold(String::from("id,name\n"), |text, at| text + &format!("{name}-{at},{name} {at}\n"))
    };
    let file = desk.file("bet/teams.csv", rows(400, "Bet"));
    desk.done(&["import", desk.path(), file.to_str().unwrap(), "--scenario", "bet"]);
    let file = desk.file("plan/teams.csv", rows(400, "Plan"));
    desk.done(&["import", desk.path(), file.to_str().unwrap()]);
    for rest in [&["rebase", "bet"][..], &["merge", "bet"], &["drop", "bet"]] {
        killed_in_between(&desk, rest);
    }
}

#[test]
fn what_is_expected_in_figures_is_shown_and_found_missing_once_its_day_has_passed() {
    let desk = desk();
    let told = ended(&desk, &["new", "Bet", "--expect", "happiness at least 3 by 2026-11-20"], 2);
    assert!(told.contains("“happiness” is not one of headcount"), "{told}");
    let figure = "headcount for team alpha at least 3 by 2026-11-20";
    done(
        &desk,
        &[
            "new",
            "Bet",
            "--expect",
            figure,
            "--expect",
            "findings of unowned-service at most 0 by 2026-11-20",
        ],
    );
    let shown = asked(&desk, &["show", "bet", "--json"])["expected"].clone();
    let kept: Vec<&Value> =
        shown.as_array().unwrap().iter().map(|row| &row["inScenario"]["isKept"]).collect();
    assert_eq!(kept, [&json!(true), &json!(false)], "{shown}");
    let text = done(&desk, &["show", "bet"]);
    assert!(text.contains("Headcount of Alpha: at least 3 by 2026-11-20"), "{text}");
    assert!(text.contains("2, not kept"), "{text}");
    people(&desk, "people.csv", LEAD, &["--scenario", "bet"]);
    done(&desk, &["merge", "bet"]);
    let findings = desk.done(&["findings", desk.path(), "--rule", "expected-figure-missed"]);
    assert!(
        findings.contains("expected headcount of Alpha at least 3 by 20 Nov 2026: it was 2"),
        "{findings}"
    );
}

#[test]
fn a_merge_is_signed_off_where_the_plan_asks_for_it() {
    let desk = desk();
    let mut store = headroom_store::Store::open(Path::new(desk.path()), headroom_tests::now()).unwrap();
    let mut draft = headroom_model::Draft::new(store.plan());
    draft.set("scenarios.sign-off", "always");
    let changes = draft.finish();
    store.apply(&headroom_store::OperationMeta::edit("Ask", "Ada", headroom_tests::now()), changes).unwrap();
    drop(store);
    done(&desk, &["new", "Bet"]);
    people(&desk, "people.csv", LEAD, &["--scenario", "bet"]);
    let told = ended(&desk, &["merge", "bet"], 1);
    assert!(told.contains("the plan asks for it: sign it off with --signed-off-by NAME"), "{told}");
    done(&desk, &["merge", "bet", "--signed-off-by", "Bo Lind", "--signed-off", "2026-11-19"]);
    assert!(done(&desk, &["show", "bet"]).contains("by Bo Lind on 2026-11-19"));
    assert!(desk.done(&["history", desk.path()]).contains("signed off by Bo Lind on 19 Nov 2026"));
}
