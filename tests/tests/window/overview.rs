//! The Overview: its figures are those of the command line, each leads to what makes it, and an empty plan shows the
//! ways in.

use std::path::Path;

use headroom_tests::{
    Desk,
    window::{Start, Window},
};
use serde_json::Value;

use crate::sample_file::SampleFile;

fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/overview");
    window.screenshot(&folder.join(name));
}

fn opened(desk: &Desk, size: (u32, u32)) -> Window {
    let window = Window::start(&Start { arguments: &[desk.path()], size: Some(size), ..Start::default() });
    window.wait("the figures", |it| it.has("[data-testid=tile-findings]").then_some(()));
    window
}

/// The figure of a tile, and the words below it.
fn tile(window: &Window, id: &str) -> (String, String) {
    let part = |part: &str| window.text(&format!("[data-testid=tile-{id}] {part}")).trim().to_owned();
    (part(".value"), part(".words"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The months of `headroom budget --json`, of the organisation or of one team.
fn months(desk: &Desk, from: &str, until: &str, team: Option<&str>) -> Vec<Value> {
    let mut arguments = vec!["budget", desk.path(), "--json", "--from", from, "--to", until];
    arguments.extend(team.iter().flat_map(|team| ["--team", team]));
    let report = desk.json(&arguments);
    let rows = if team.is_some() { &report["teams"][0]["months"] } else { &report["organisation"] };
    rows.as_array().unwrap().clone()
}

/// The sum of amounts such as `715669.09`, as `€8.59 m`.
fn in_millions(amounts: impl Iterator<Item = String>) -> String {
    let cents: i64 = amounts.map(|amount| amount.replace('.', "").parse::<i64>().unwrap()).sum();
    format!("€{:.2} m", cents as f64 / 100.0 / 1e6)
}

fn findings(desk: &Desk) -> Vec<Value> {
    let report = desk.json(&["findings", desk.path(), "--format", "json", "--limit", "0"]);
    report["findings"].as_array().or(report.as_array()).unwrap().clone()
}

#[test]
fn figures_equal_the_command_line() {
    let sample = SampleFile::new();
    let desk = &sample.desk;
    let window = opened(desk, (1280, 900));

    let (people, plan) = tile(&window, "headcount");
    assert_eq!(people, desk.stats()["people"].to_string());
    let ahead = months(desk, "2027-11-01", "2027-11-30", None);
    assert!(
        plan.contains(&format!("{} planned by Nov 2027", text(&ahead[0]["whole"]["headcount"]))),
        "{plan}"
    );

    let year = months(desk, "2027-01-01", "2027-12-31", None);
    let of = |name: &str| -> String {
        in_millions(year.iter().map(|month| match name {
            "budget" => text(&month["budget"]).to_owned(),
            name => text(&month["whole"][name]).to_owned(),
        }))
    };
    let (_, words) = tile(&window, "cost");
    assert!(words.contains(&format!("budget {}", of("budget"))), "{words}");
    assert!(!words.contains("run rate"), "{words}");
    window.click("[data-testid=show-pay]");
    window.wait_text("[data-testid=run-rate]", "run rate €");
    assert_eq!(tile(&window, "cost").0, of("cost"));
    assert_eq!(window.js("return document.querySelectorAll('.tiles svg').length"), 2);
    picture(&window, "1280-with-cost.png");
    window.click("[data-testid=show-pay]");
    window.wait_gone("[data-testid=run-rate]");

    let found = findings(desk);
    let count = |severity: &str| found.iter().filter(|it| it["severity"] == severity).count();
    let (total, words) = tile(&window, "findings");
    assert_eq!(total, found.len().to_string());
    assert!(words.contains(&format!("{} critical", count("critical"))), "{words}");
    let urgent = window.text("[data-testid=urgent]");
    let first = found.iter().find(|it| it["severity"] == "critical").unwrap();
    assert!(urgent.contains(text(&first["message"])), "{urgent}");
    assert_eq!(window.js("return document.querySelectorAll('[data-testid=urgent] li').length"), 5);

    // A team without members has a rule of its own.
    let rules = ["on-call-understaffed", "empty-team-owns"];
    let short = found.iter().filter(|it| rules.contains(&text(&it["rule"]))).count();
    let (staffed, _) = tile(&window, "on-call");
    let (staffed, teams) = staffed.split_once(" of ").unwrap();
    assert_eq!(teams.parse::<usize>().unwrap() - staffed.parse::<usize>().unwrap(), short);

    let forecast = desk.json(&["forecast", desk.path(), "--to", "2027-02-25", "--json"]);
    let opening: Vec<&Value> =
        forecast["gaps"].as_array().unwrap().iter().filter(|gap| !gap["opens"].is_null()).collect();
    let (gaps, words) = tile(&window, "gaps");
    assert_eq!(gaps, opening.len().to_string());
    let unowned: Vec<&str> = opening
        .iter()
        .filter(|gap| gap["kind"] == "unowned" || gap["kind"] == "nobody")
        .map(|gap| text(&gap["subject"]["name"]))
        .collect();
    assert!(words.contains(&format!("{} services unowned", unowned.len())), "{words}");
    let listed = window.text("[data-testid=unowned]");
    assert!(unowned.iter().all(|name| listed.contains(name)), "{listed}");
    assert!(listed.contains("1 Feb 2027"), "{listed}");

    let lists = desk.json(&["checklist", desk.path(), "list", "--json"]);
    let overdue: u64 = lists.as_array().unwrap().iter().map(|list| list["overdue"].as_u64().unwrap()).sum();
    assert_eq!(tile(&window, "overdue").0, overdue.to_string());

    // Of a team with those below it.
    window.go(&sample.address("#/overview?team={team:payments}"));
    window.wait("the team", |it| (it.text("main").contains("Open team page")).then_some(()));
    let team = months(desk, "2026-11-01", "2026-11-30", Some("payments"));
    assert_eq!(tile(&window, "headcount").0, text(&team[0]["whole"]["headcount"]));
    picture(&window, "1280-team.png");
    window.js("const select = document.querySelector('[data-testid=overview-scope]'); select.value = '';\
         select.dispatchEvent(new Event('change', {bubbles: true}))");
    window.wait("the organisation", |it| (tile(it, "headcount").0 == people).then_some(()));
}

#[test]
fn figures_lead_to_what_makes_them() {
    let sample = SampleFile::new();
    let window = opened(&sample.desk, (1280, 900));
    assert!(window.text("nav li").contains("Overview"), "it comes first");
    for (link, address, shown) in [
        ("[data-testid=tile-headcount] .figure", "#/people", "#people-3"),
        (
            "[data-testid=tile-headcount] .words a",
            "#/hiring?part=money&step=month",
            "[data-testid=budgets] li",
        ),
        (
            "[data-testid=tile-cost] .figure",
            "#/hiring?part=money&step=year&from=2027",
            "[data-testid=budgets] li",
        ),
        ("[data-testid=tile-positions] .figure", "#/hiring?part=timeline", "[data-testid=seat-bars]"),
        ("[data-testid=late]", "#/hiring?part=timeline&state=late", "[data-testid=seat-bars]"),
        (
            "[data-testid=tile-on-call] .figure",
            "#/hiring?part=capacity&of=oncall",
            "[data-testid=team-months] td",
        ),
        ("[data-testid=tile-gaps] .figure", "#/forecast?until=2027-02-25", "[data-testid=gap]"),
        ("[data-testid=tile-moves] .figure", "#/onboarding", "[data-testid=starters]"),
        ("[data-testid=tile-overdue] .figure", "#/onboarding?part=chase", "#overdue-1"),
        ("[data-testid=tile-findings] .figure", "#/findings", "#findings-3"),
        ("[data-testid=urgent] a", "#/findings?finding=", "[data-testid=finding]"),
        ("[data-testid=unowned] a", "#/service?id=", "[data-testid=service-page]"),
        ("[data-testid=leaving] a", "#/person?id=", "[data-testid=person-page]"),
    ] {
        window.click(link);
        window.wait(&format!("{link} to lead to {address}"), |it| {
            let hash = it.js("return location.hash");
            (hash.as_str()?.starts_with(address) && it.has(shown)).then_some(())
        });
        window.press("{Alt}{Left}");
        window.wait("the way back", |it| it.has("[data-testid=tile-findings]").then_some(()));
    }
}

#[test]
fn changes_since_the_last_visit_are_listed() {
    let sample = SampleFile::new();
    let window = opened(&sample.desk, (1280, 900));
    window.wait_text("[data-testid=since]", "No changes since");
    sample.desk.done(&["checklist", sample.desk.path(), "move", "grace.nair", "--on", "2027-01-18"]);
    let said = window.wait_text("[data-testid=since]", "Tester");
    assert!(!said.contains("No changes"), "{said}");
    window.click("[data-testid=since] a");
    window.wait("the step", |it| it.has("[data-testid=history]").then_some(()));
}

#[test]
fn empty_plans_show_the_ways_in() {
    for (size, theme) in [((1280, 900), "light"), ((1024, 700), "dark")] {
        let desk = Desk::new();
        let window =
            Window::start(&Start { arguments: &[desk.path()], size: Some(size), ..Start::default() });
        window.wait_text("[data-testid=way-in]", "The sample");
        if theme == "dark" {
            window.click("[data-testid=theme]");
        }
        picture(&window, &format!("empty-{}-{theme}.png", size.0));
        if theme == "dark" {
            continue;
        }
        window.click("[data-testid=first-import]");
        window.wait("the import", |it| it.has("[data-testid=choose-folder]").then_some(()));
        window.press("{Alt}1");
        window.click("[data-testid=first-team]");
        window.type_into("[data-testid=add-name]", "First Team");
        window.click("[data-testid=add-done]");
        window.wait_text("[data-testid=team-page]", "First Team");
        window.press("{Alt}1");
        window.wait("the figures", |it| (tile(it, "headcount").0 == "0").then_some(()));
        assert_eq!(tile(&window, "on-call").1, "no team needs a rota");
        picture(&window, "one-team.png");
        window.click("[data-testid=nav-overview]");
    }
    let desk = Desk::new();
    let window = Window::on_plan(desk.path());
    window.click("[data-testid=first-sample]");
    window.wait_text("[data-testid=urgent]", "Label Printer Hub");
    window.wait_text("nav", "Tidewater");
}

/// Parts that stick out of the window or of their tile.
const OUT: &str = "
    const out = [];
    if (document.documentElement.scrollWidth > innerWidth) out.push('the page');
    const main = document.querySelector('[data-testid=overview]');
    if (main.scrollWidth > main.clientWidth) out.push('the view');
    for (const tile of document.querySelectorAll('.tiles > li')) {
      const frame = tile.getBoundingClientRect();
      for (const part of tile.querySelectorAll('*')) {
        const place = part.getBoundingClientRect();
        if (place.width && (place.right > frame.right + 1 || place.bottom > frame.bottom + 1))
          out.push(`${tile.dataset.testid}: ${part.tagName} ${part.textContent}`);
      }
      const curve = tile.querySelector('svg')?.getBoundingClientRect();
      const figure = document.createRange();
      figure.selectNodeContents(tile.querySelector('.value'));
      if (curve && figure.getBoundingClientRect().right > curve.left) out.push(`${tile.dataset.testid}: the curve covers it`);
      if (curve && tile.querySelector('.words').getBoundingClientRect().top < curve.bottom)
        out.push(`${tile.dataset.testid}: the curve covers the words`);
      for (const text of tile.querySelectorAll('.value, .label'))
        if (text.scrollWidth > text.clientWidth + 1) out.push(`${text.textContent} is cut`);
    }
    return out.join('; ')";

#[test]
fn nothing_is_cut_at_any_size() {
    let sample = SampleFile::new();
    for size in [(1024, 700), (1280, 900), (2560, 1440)] {
        let window = opened(&sample.desk, size);
        for theme in ["light", "dark"] {
            if window.js("return document.documentElement.dataset.theme") != theme {
                window.click("[data-testid=theme]");
            }
            picture(&window, &format!("{}-{theme}.png", size.0));
            assert_eq!(window.js(OUT), "", "{size:?}");
        }
        window.click("[data-testid=show-pay]");
        window.wait_text("[data-testid=run-rate]", "run rate");
        assert_eq!(window.js(OUT), "", "{size:?} with cost");
        picture(&window, &format!("{}-with-cost.png", size.0));
    }
}

#[test]
fn the_most_urgent_finding_with_a_remedy_is_dealt_with_in_two_clicks() {
    let sample = SampleFile::new();
    let window = opened(&sample.desk, (1280, 900));
    let row = "[data-testid=urgent] li:has([data-testid=urgent-way])";
    window.wait("a way", |it| it.has(row).then_some(()));
    let message = window.text(&format!("{row} a"));
    window.click(&format!("{row} [data-testid=urgent-way]"));
    let effect = window.wait_text("[data-testid=effect]", "Resolves");
    assert!(effect.contains(&message), "{message}: {effect}");
    picture(&window, "urgent-way.png");
    window.click("[data-testid=remedy-apply]");
    window.wait_gone("dialog[open]");
    window
        .wait("the finding to go", |it| (!it.text("[data-testid=urgent]").contains(&message)).then_some(()));
    picture(&window, "urgent-dealt-with.png");
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=urgent]", &message);
}
