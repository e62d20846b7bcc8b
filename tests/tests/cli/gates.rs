//! Positions that wait for figures, by the command line: what is believed when a figure is restated, what is told, and
//! what a redacted copy leaves out.

use std::fs;

use headroom_tests::Desk;
use serde_json::json;

const METRICS: &str =
    "id,name,unit,kind,period,lag\npayback,Payback,months,ratio,month,5\nmrr,MRR,money,stock,month,3\n";
const OBJECTIVES: &str =
    "id,metric,op,value,periods\npayback-under-12,payback,<,12,2\nmrr-100,mrr,>=,100000 EUR,1\n";
const POSITIONS: &str = "id,title,waits_for\nHC-1,Engineer,payback-under-12; mrr-100\n";
const FIGURES: &str = "metric,first,last,value\n\
     payback,2026-08-01,2026-08-31,11\npayback,2026-09-01,2026-09-30,11.8\n\
     mrr,2026-09-01,2026-09-30,120000 EUR\n";

fn waiting() -> Desk {
    let desk = Desk::new();
    let told = desk.import_csv(&[
        ("metrics.csv", METRICS),
        ("objectives.csv", OBJECTIVES),
        ("positions.csv", POSITIONS),
        ("observations.csv", FIGURES),
    ]);
    assert!(told.contains("observation"), "{told}");
    desk
}

fn state(desk: &Desk, day: &str) -> String {
    desk.json(&["gates", desk.path(), "--as-of", day, "--json"])[0]["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_figure_that_is_restated_is_believed_from_that_day_on() {
    let mut desk = waiting();
    assert_eq!(state(&desk, "2026-10-10"), "met");
    let files = [("observations.csv", "metric,first,last,value\npayback,2026-09-01,2026-09-30,12.4\n")];
    desk.today = "2026-10-20".parse().unwrap();
    desk.import_csv(&files);
    assert_eq!([state(&desk, "2026-10-19"), state(&desk, "2026-10-20")], ["met", "not-met"]);
    let steps = desk.json(&["history", desk.path(), "--json"]).as_array().map(Vec::len);
    desk.import_csv(&files);
    assert_eq!(
        desk.json(&["history", desk.path(), "--json"]).as_array().map(Vec::len),
        steps,
        "nothing to do"
    );
    // Written and read again, it says the same.
    let out = desk.folder.path().join("out");
    desk.done(&["export", desk.path(), "--format", "csv", out.to_str().unwrap()]);
    let copy = Desk::new();
    copy.done(&["import", copy.path(), out.to_str().unwrap(), "--format", "csv"]);
    assert_eq!([state(&copy, "2026-10-19"), state(&copy, "2026-10-20")], ["met", "not-met"]);
}

#[test]
fn two_figures_for_one_month_are_told_with_their_lines_and_hold_the_gate() {
    let desk = waiting();
    let twice =
        "metric,first,last,value\npayback,2026-10-01,2026-10-31,11\npayback,2026-10-01,2026-10-31,13\n";
    let told = desk.import_csv(&[("observations.csv", twice)]);
    assert!(told.contains("observations.csv:3"), "{told}");
    assert!(told.contains("another figure for the same days"), "{told}");
    let gate = &desk.json(&["gates", desk.path(), "--as-of", "2026-11-10", "--json"])[0];
    assert_eq!(gate["state"], "unknown");
    let october = json!({"first": "2026-10-01", "value": null, "verdict": "unknown", "why": "twice"});
    assert_eq!(gate["objectives"][0]["periods"][0], october);
    let words = desk.done(&["gates", desk.path(), "--as-of", "2026-11-10"]);
    assert!(words.contains("? Oct 2026 two figures for the same days"), "{words}");
}

#[test]
fn a_redacted_copy_has_no_figure_of_money_and_ratios_by_choice() {
    let desk = waiting();
    let copied = |name: &str, options: &[&str]| {
        let copy = desk.folder.path().join(format!("{name}.headroom"));
        let told = desk.done(&[&["redact", desk.path(), copy.to_str().unwrap()], options].concat());
        let out = desk.folder.path().join(format!("{name}.json"));
        desk.done(&["export", copy.to_str().unwrap(), "--format", "json", out.to_str().unwrap()]);
        let text = fs::read_to_string(out).unwrap();
        assert!(!text.contains("120000") && !text.contains("100000"), "{text}");
        let gates = desk.json(&["gates", copy.to_str().unwrap(), "--as-of", "2026-10-10", "--json"]);
        (told, text, gates)
    };
    let (told, text, gates) = copied("without", &[]);
    assert!(!text.contains("11.8") && !text.contains("payback-under-12"), "{text}");
    assert_eq!(gates, json!([]));
    assert!(told.contains("waits_for: 2 objectives in 1 position (no longer waited for)"), "{told}");
    assert!(
        told.contains("value: 2 ratios in 2 observations (ratio of money, row removed): Payback"),
        "{told}"
    );
    assert!(told.contains("2 amounts and 3 ratios of money removed"), "{told}");

    let (told, text, gates) = copied("with", &["--keep-ratios"]);
    assert!(text.contains("11.8"), "{text}");
    let objectives = gates[0]["objectives"].as_array().unwrap();
    assert_eq!(
        objectives.iter().map(|it| it["objective"].as_str().unwrap()).collect::<Vec<_>>(),
        ["payback-under-12"]
    );
    assert_eq!(gates[0]["state"], "met");
    assert!(told.contains("2 amounts removed"), "{told}");
    assert!(
        told.contains("whoever knows one amount can work out others with these:\n  Payback = "),
        "{told}"
    );
}
