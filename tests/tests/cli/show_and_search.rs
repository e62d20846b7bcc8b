//! `headroom show` and `search`: the pages and the search of the window.

use std::fs;

use headroom_tests::Desk;
use serde_json::Value;

fn sample() -> Desk {
    let desk = Desk::new();
    fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    desk
}

fn small() -> Desk {
    let desk = Desk::new();
    let files = [
        desk.file("teams.csv", "id,name,parent\npay,Payments,\ncards,Card Payments,pay\n"),
        desk.file("people.csv", "id,name,title\nada,Ada,Engineer\nmax1,Max,\nmax2,Max,\n"),
        desk.file("memberships.csv", "person,team\nada,pay\n"),
        desk.file("ownership.csv", "service,owner\nledger,pay\nfees,pay\n"),
        desk.file("positions.csv", "id,title,team,pay\nHC-1,Engineer,pay,91000 EUR\n"),
        desk.file("services.csv", "id,name,tier\nledger,Ledger,1\nfees,Fees,2\n"),
        desk.file("dependencies.csv", "service,depends_on\nfees,ledger\n"),
    ];
    desk.import(&files.each_ref().map(|file| file.as_path()), &[]);
    desk
}

fn show(desk: &Desk, words: &[&str]) -> String {
    desk.done(&[&["show", desk.path()], words].concat())
}

#[test]
fn pages_are_shown_by_id_and_name() {
    let desk = small();
    let team = show(&desk, &["team", "payments"]);
    assert!(team.starts_with("Payments (pay)"), "{team}");
    assert!(team.contains("Card Payments") && team.contains("Ledger") && team.contains("tier 1"), "{team}");
    assert_eq!(show(&desk, &["team", "pay"]), team);
    let person = show(&desk, &["person", "Ada"]);
    assert!(person.contains("Engineer") && person.contains("Payments"), "{person}");
    let service = show(&desk, &["service", "ledger"]);
    assert!(service.contains("Fees") && service.contains("1 dependent"), "{service}");
}

#[test]
fn json_is_the_view_model_of_the_window() {
    let desk = small();
    let json =
        |words: &[&str]| -> Value { desk.json(&[&["show", desk.path()], words, &["--json"]].concat()) };
    let team = json(&["team", "pay"]);
    assert_eq!((&team["team"]["name"], &team["isActive"]), (&"Payments".into(), &true.into()));
    assert_eq!(json(&["service", "ledger"])["affected"], 1);
    let hits = desk.json(&["search", desk.path(), "payments", "--json"]);
    assert_eq!((&hits[0]["title"], &hits[1]["title"]), (&"Payments".into(), &"Card Payments".into()));
}

#[test]
fn salaries_are_shown_only_when_asked_for() {
    let desk = small();
    for form in [&[][..], &["--json"]] {
        let hidden = show(&desk, &[&["position", "HC-1"], form].concat());
        assert!(!hidden.contains("91000") && hidden.contains("•••"), "{hidden}");
        let shown = show(&desk, &[&["position", "HC-1", "--with-pay"], form].concat());
        assert!(shown.contains("91000.00 EUR"), "{shown}");
    }
}

#[test]
fn unknown_and_ambiguous_names_are_refused() {
    let desk = small();
    let refused = |words: &[&str]| desk.refused(&[&["show", desk.path()], words].concat());
    assert!(refused(&["team", "nobody"]).contains("no team “nobody”"));
    assert!(refused(&["person", "max"]).contains("“max” is ambiguous (max1, max2): use an ID"));
    assert!(refused(&["checklist", "ada"]).contains("Ada has no checklist"));
}

#[test]
fn checklists_of_the_sample_are_shown() {
    let desk = sample();
    let lists = desk.json(&["checklist", desk.path(), "list", "--json"]);
    let person = lists[0]["person"].as_str().unwrap();
    let shown = show(&desk, &["checklist", person]);
    assert!(shown.contains(lists[0]["name"].as_str().unwrap()) && shown.contains(" of "), "{shown}");
}

#[test]
fn search_lists_the_best_match_first_or_says_that_there_is_none() {
    let desk = small();
    let found = desk.done(&["search", desk.path(), "card", "payments"]);
    assert_eq!(found.split_whitespace().collect::<Vec<_>>()[..4], ["team", "cards", "Card", "Payments"]);
    assert!(desk.done(&["search", desk.path(), "unowned"]).contains("unowned-service"));
    assert!(desk.idle(&["search", desk.path(), "zebra"]).contains("nothing is named “zebra”"));
}

#[test]
fn overview_is_written_in_markdown_with_its_lists_counted() {
    let desk = small();
    let whole = desk.done(&["overview", desk.path()]);
    assert!(whole.starts_with("# ") && whole.contains("| Headcount | 3, "), "{whole}");
    assert!(whole.contains("## Most urgent\n\n- **"), "{whole}");
    assert!(whole.contains("## Leaving by ") && whole.ends_with("Nobody.\n"), "{whole}");
    assert!(!whole.contains("91000"), "salaries are hidden: {whole}");
    let sample = sample();
    assert!(!sample.done(&["overview", sample.path()]).contains("run rate"), "salaries are hidden");
    assert!(sample.done(&["overview", sample.path(), "--with-pay"]).contains(" EUR in 20"));
    assert!(sample.done(&["overview", sample.path(), "--with-pay"]).contains("run rate"));
    let team = desk.done(&["overview", desk.path(), "--team", "Card Payments"]);
    assert!(team.starts_with("# Card Payments on ") && team.contains("| Headcount | 0, "), "{team}");
    let shown = desk.json(&["overview", desk.path(), "--team", "pay", "--json"]);
    assert_eq!((&shown["team"]["name"], &shown["headcount"]["people"]), (&"Payments".into(), &1.0.into()));
}

#[test]
fn overview_is_of_a_domain_or_a_person() {
    let sample = sample();
    let domain = sample.done(&["overview", sample.path(), "--domain", "freight"]);
    assert!(domain.starts_with("# Freight on ") && domain.contains("| Services | "), "{domain}");
    let figures: Vec<&str> = domain.lines().filter(|line| line.starts_with('|')).collect();
    let is_of_money = |line: &&str| line.contains("Cost") || line.contains("budget");
    assert!(figures.len() > 3 && !figures.iter().any(is_of_money), "budgets are of teams: {domain}");
    let shown = sample.json(&["overview", sample.path(), "--domain", "Money", "--json"]);
    assert_eq!(
        (&shown["domain"]["domain"]["key"], &shown["cost"]),
        (&"money".into(), &serde_json::Value::Null)
    );
    let refused = sample.refused(&["overview", sample.path(), "--domain", "billing-system"]);
    assert!(refused.contains("no domain “billing-system”"), "{refused}");
    let person = sample.done(&["overview", sample.path(), "--person", "Fiona Ortega"]);
    assert!(person.starts_with("# Fiona Ortega on ") && person.contains("as buddy"), "{person}");
    let shown = sample.json(&["overview", sample.path(), "--person", "grace.nair", "--json"]);
    assert_eq!((&shown["isThere"], &shown["person"]["key"]), (&false.into(), &"grace.nair".into()));
    sample.refused(&["overview", sample.path(), "--domain", "money", "--person", "ada.tanaka"]);
}
