//! Two days compared in the chart and as a list, on the sample.

use headroom_tests::window::Window;
use serde_json::Value;

use crate::sample_file::SampleFile;

const BAND: &str = "[data-testid=comparison-band]";
const LIST: &str = "[data-testid=comparison-list]";

fn opened(sample: &SampleFile) -> Window {
    let window = Window::on_plan(sample.desk.path());
    window.go("#/organisation");
    window.wait("the chart", |it| it.has("[data-testid=team-chart] .box").then_some(()));
    window
}

/// The comparison of the command line.
fn compared(sample: &SampleFile, until: &str) -> Value {
    let desk = &sample.desk;
    desk.json(&["compare", desk.path(), "--from", "2026-11-27", "--to", until, "--json"])
}

/// Chosen by key and by the palette, read in chart and list, left by Escape and by Back.
#[test]
fn two_days_are_compared_in_chart_and_list() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    let wanted = compared(&sample, "2027-09-30");

    window.press("{Alt}v");
    window.wait("the dialog", |it| it.has("dialog[open] [data-testid=compare-day]").then_some(()));
    window.click("[data-testid=compare-day]");
    window.press("{Ctrl}a");
    window.press("30 Sep 2027{Enter}");
    let band = window.wait_text(BAND, "Comparing 27 Nov 2026 with 30 Sep 2027");
    let sum = &wanted["headcount"];
    assert!(band.contains(&format!("{} → {} people", sum["before"], sum["after"])), "{band}");
    assert!(window.js("return location.hash").as_str().unwrap().contains("compare=2027-09-30"));

    // The list says what the command line says, and each is linked.
    let words = window.wait_text("[data-testid=comparison-words]", "Between 27 Nov 2026 and 30 Sep 2027");
    for count in wanted["counts"].as_array().unwrap() {
        assert!(words.contains(count["words"].as_str().unwrap()), "{words}: {count}");
    }
    let first = wanted["changes"].as_array().unwrap().iter().find(|row| row["kind"] == "left").unwrap();
    let name = first["subject"]["name"].as_str().unwrap();
    let left = window.wait_text("[data-testid=changes-left]", name);
    assert!(left.contains("2027") || left.contains("2026"), "{left}");
    // In the chart the same people are marked, with a word and not by colour alone.
    let legend = window.text("[data-testid=comparison-legend]");
    for word in ["Joined", "Left", "Planned hire"] {
        assert!(legend.contains(word), "{legend}");
    }
    let boxes = window.js("return [...document.querySelectorAll('[data-testid=team-chart] .box')]\
         .filter((box) => box.querySelector('.sign')).map((box) => box.getAttribute('aria-label'))");
    let boxes: Vec<&str> = boxes.as_array().unwrap().iter().map(|label| label.as_str().unwrap()).collect();
    assert!(boxes.iter().any(|label| label.contains(name) && label.contains("Left")), "{boxes:?}");

    // Headcount by team adds up.
    let rows = window
        .js("return [...document.querySelectorAll('[data-testid=comparison-headcount] tbody tr')]\
         .map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent) || 0))");
    let rows: Vec<Vec<i64>> = serde_json::from_value(rows).unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        assert_eq!(row[0] + row[1] - row[2] + row[3] - row[4], row[5], "{row:?}");
    }

    // Of one team; a link leads to a page, and Back to the comparison.
    window.choose("[data-testid=comparison-team]", "Customs");
    window.wait_text(BAND, "Customs:");
    window.press("{Alt}{Left}");
    window.wait("all teams", |it| it.has("[data-testid=comparison-team]").then_some(()));
    window.click("[data-testid=changes-left] a");
    window.wait_text("[data-testid=person-page]", name);
    window.press("{Alt}{Left}");
    window.wait_text(BAND, "30 Sep 2027");

    // As a list it has the whole room; Escape ends it.
    window.click("[data-testid=as-list]");
    window.wait("the list alone", |it| (!it.has("[data-testid=team-chart]") && it.has(LIST)).then_some(()));
    window.press("{Esc}");
    window.wait_gone(BAND);
    window.wait_text("main", "Payments");
    assert!(!window.js("return location.hash").as_str().unwrap().contains("compare"));
    window.press("{Alt}{Left}");
    window.wait_text(BAND, "30 Sep 2027");
    window.click("[data-testid=compare-end]");
    window.wait_gone(BAND);
}

/// A preset is one click, and the palette has the same ones.
#[test]
fn presets_are_in_the_dialog_and_in_the_palette() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    window.click("[data-testid=compare]");
    window.click("[data-testid=compare-year-end]");
    window.wait_text(BAND, "Comparing 27 Nov 2026 with 31 Dec 2026");
    window.press("{Ctrl}k");
    window.press("compare quarter later");
    window.wait_text("[data-testid=palette-list]", "A quarter later, 27 Feb 2027");
    window.press("{Down}{Enter}");
    window.wait_text(BAND, "Comparing 27 Nov 2026 with 27 Feb 2027");
    // From another day shown it goes the other way.
    window.go("#/organisation?day=2027-09-30&compare=2026-11-27");
    window.wait_text(BAND, "Comparing 27 Nov 2026 with 30 Sep 2027");
    // With everybody it is too much at once: teams are folded over those who stay.
    let folded = "[data-testid=team-chart] .fold text";
    assert!(!window.has(folded));
    window.click("[data-testid=with-staff]");
    window.wait("teams to be folded", |it| it.has(folded).then_some(()));
}
